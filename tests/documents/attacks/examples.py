"""Examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .writing import attack, data, ref, schemas


@attack()
def _an_example_under_unions(folder: Path) -> Path:
    variants = [
        {"type": "object", "properties": {"next": ref("U"), f"p{n}": {"type": "integer"}}, "required": [f"p{n}"]}
        for n in range(8)
    ]
    example: Any = "wrong"
    for _ in range(100):
        example = {"next": example}
    return schemas(folder, U={"oneOf": variants, "example": example})


@attack()
def _a_large_example_under_unions(folder: Path) -> Path:
    variants = [
        {"type": "array", "items": {"type": "object", "properties": {"a": {"type": kind}}}}
        for kind in ("string", "boolean", "integer")
    ]
    return schemas(folder, U={"oneOf": variants, "example": [{"a": n} for n in range(200_000)]})


@attack()
def _many_wrong_examples(folder: Path) -> Path:
    return schemas(folder, U={"type": "string", "examples": list(range(100_000))})


@attack()
def _an_example_wrong_in_many_places(folder: Path) -> Path:
    return schemas(folder, U={"type": "array", "items": {"type": "string"}, "example": list(range(300_000))})


@attack()
def _examples_made_of_examples(folder: Path) -> Path:
    """Each object holds ten of the next: a made example would have ten to the power of twenty members."""
    held: dict[str, Any] = {
        f"E{n}": {
            "type": "object",
            "required": [f"p{m}" for m in range(10)],
            "properties": {f"p{m}": ref(f"E{n + 1}") for m in range(10)},
        }
        for n in range(20)
    }
    paths = {
        "/a": {
            "get": {
                "responses": {"200": {"description": "Done.", "content": {"application/json": {"schema": ref("E0")}}}}
            }
        }
    }
    return data(folder, paths=paths, components={"schemas": held | {"E20": {"type": "string"}}})


@attack()
def _a_large_default_for_many(folder: Path) -> Path:
    held: dict[str, Any] = {f"A{n}": {"allOf": [ref("Base")]} for n in range(2_000)}
    return schemas(
        folder,
        **held,
        Base={
            "type": "array",
            "items": {"type": "integer"},
            "default": list(range(5_000)),
            "description": "d" * 100_000,
        },
    )


@attack("model-budget")
def _a_long_description_inherited(folder: Path) -> Path:
    held: dict[str, Any] = {
        f"A{n}": {"allOf": [ref("Base"), {"type": "object", "properties": {"x": {"type": "string"}}}]}
        for n in range(2_000)
    }
    return schemas(
        folder,
        **held,
        Base={
            "type": "object",
            "properties": {f"p{n}": {"type": "string", "description": "d" * 1_000} for n in range(100)},
        },
    )
