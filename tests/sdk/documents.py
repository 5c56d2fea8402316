"""Packages of documents that tests write down in a few lines."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from workshop import WORK, portolan


def generated(name: str, document: dict[str, Any], *options: str) -> Path:
    """The Python package of a document, made by this build; `name` is what it is imported by."""
    folder = WORK / "documents" / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "openapi.json"
    path.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": name, "version": "1"}, **document}))
    portolan("generate", path, "--target", "python", "--out", folder, "--package", name, "--quiet", "--force", *options)
    return folder / "python"


def imported(package: Path) -> ModuleType:
    """The module that the package has."""
    source = package / "src"
    sys.path.insert(0, str(source))
    return importlib.import_module(next(source.iterdir()).name)


def json_body(schema: Any) -> dict[str, Any]:
    """Content that is JSON of a schema."""
    return {"content": {"application/json": {"schema": schema}}}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
