"""What the attacks are written with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HEAD = "openapi: 3.1.0\ninfo: { title: Hostile, version: 1.0.0 }\n"
Writer = Callable[[Path], Path]
ATTACKS: dict[str, tuple[Writer, str]] = {}


def attack(answer: str = "ok") -> Callable[[Writer], Writer]:
    def note(writer: Writer) -> Writer:
        ATTACKS[writer.__name__.removeprefix("_")] = (writer, answer)
        return writer

    return note


def text(folder: Path, content: str | Iterable[str], name: str = "openapi.yaml") -> Path:
    path = folder / name
    with path.open("w") as file:
        file.writelines([content] if isinstance(content, str) else content)
    return path


def data(folder: Path, name: str = "openapi.json", **members: Any) -> Path:
    document = {"openapi": "3.1.0", "info": {"title": "Hostile", "version": "1.0.0"}, "paths": {}} | members
    return text(folder, json.dumps(document), name)


def schemas(folder: Path, **members: Any) -> Path:
    return data(folder, components={"schemas": members})


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def operation(**members: Any) -> dict[str, Any]:
    return {"responses": {"200": {"description": "Done."}}} | members


def nested(open: str, close: str, levels: int, middle: str = "") -> str:
    return open * levels + middle + close * levels
