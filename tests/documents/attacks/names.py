"""Names and suggestions: whatever is compared with everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .writing import attack, data, ref, schemas


@attack()
def _many_unresolved_references(folder: Path) -> Path:
    held = {f"SomeRatherLongName{n}": {"type": "string"} for n in range(10_000)}
    held["All"] = {"type": "object", "properties": {f"p{n}": ref(f"SomeRatherLongNome{n}x") for n in range(20_000)}}
    return schemas(folder, **held)


@attack()
def _many_unresolved_anchors(folder: Path) -> Path:
    held = {f"SomeRatherLongName{n}": {"type": "string"} for n in range(10_000)}
    held["All"] = {"type": "object", "properties": {f"p{n}": {"$ref": f"#anchor{n}"} for n in range(20_000)}}
    return schemas(folder, **held)


@attack()
def _many_anchors_of_schemas(folder: Path) -> Path:
    held = {f"Name{n}": {"$anchor": f"a{n}", "type": "string"} for n in range(10_000)}
    held["All"] = {"type": "object", "properties": {f"p{n}": {"$ref": f"#a{n}"} for n in range(10_000)}}
    return schemas(folder, **held)


@attack()
def _many_schemas_and_references(folder: Path) -> Path:
    count = 40_000
    return schemas(
        folder,
        **{
            f"SomeRatherLongName{n}": {
                "type": "object",
                "properties": {"next": ref(f"SomeRatherLongName{(n + 1) % count}")},
            }
            for n in range(count)
        },
    )


@attack()
def _many_unknown_keys(folder: Path) -> Path:
    return data(folder, **{f"sommething{n}": n for n in range(100_000)})


@attack()
def _many_unknown_keys_of_schemas(folder: Path) -> Path:
    return schemas(folder, A={"type": "object"} | {f"additionalPropertiez{n}": n for n in range(50_000)})


@attack()
def _long_unknown_keys(folder: Path) -> Path:
    return data(folder, **{"x" * 100_000 + str(n): n for n in range(50)})


@attack()
def _long_names_of_schemas(folder: Path) -> Path:
    return schemas(
        folder,
        **{"Name" * 25_000 + str(n): {"type": "object", "properties": {"a": {"type": "object"}}} for n in range(50)},
    )


@attack()
def _long_unresolved_references(folder: Path) -> Path:
    held: dict[str, Any] = {"Name" * 25_000 + str(n): {"type": "string"} for n in range(50)}
    held["All"] = {"type": "object", "properties": {f"p{n}": ref("Nome" * 25_000 + str(n)) for n in range(50)}}
    return schemas(folder, **held)


@attack()
def _names_that_collide(folder: Path) -> Path:
    return schemas(folder, **{"a" + "-" * n + "b": {"type": "object"} for n in range(1, 2000)})


@attack()
def _inline_names_that_collide(folder: Path) -> Path:
    many = [
        {
            "type": "object",
            "properties": {
                "a": {"type": "string"},
                f"b{n}": {"type": "object", "properties": {"c": {"type": "string"}}},
            },
        }
        for n in range(3000)
    ]
    return schemas(folder, A={"oneOf": many})
