"""Mistakes without number."""

from __future__ import annotations

from pathlib import Path

from .writing import attack, schemas


@attack()
def _a_flood_of_warnings(folder: Path) -> Path:
    return schemas(
        folder,
        A={"type": "object", "properties": {f"p{n}": {"type": "string", "description": n} for n in range(100_000)}},
    )


@attack("invalid-type")
def _a_flood_of_errors(folder: Path) -> Path:
    return schemas(
        folder, A={"type": "object", "properties": dict.fromkeys((f"p{n}" for n in range(200_000)), "wrong")}
    )


@attack("invalid-type")
def _a_flood_of_errors_in_one_line_of_many_characters(folder: Path) -> Path:
    return schemas(folder, A={"type": "object", "properties": {f"é{n}": "wrong" * 20 for n in range(50_000)}})
