"""The table of styles that the SDKs of all languages share, as a document with one operation for each row."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from workshop import ROOT

TABLE = json.loads((ROOT / "tests/fixtures/parameter-styles.json").read_text())
ROWS = [*TABLE["table"], *TABLE["beyond"]]


def name(row: dict) -> str:
    """What the parameter of a row is called."""
    return "X-Color" if row["in"] == "header" else "color"


def document(schema: Callable[[Any], dict] = lambda value: {}) -> dict:
    """An operation for each row, `row00`, `row01` and so on; `schema` makes the type of a row's value."""
    paths = {}
    for index, row in enumerate(ROWS):
        place = row["in"]
        described = (
            {"content": {row["content"]: {"schema": schema(row["value"])}}}
            if "content" in row
            else {
                "style": row["style"],
                "explode": row["explode"],
                "allowReserved": row.get("allowReserved", False),
                "schema": schema(row["value"]),
            }
        )
        if place in ("header", "cookie"):
            described.pop("allowReserved", None)
        parameter = {"name": name(row), "in": place, "required": place == "path", **described}
        path = f"/row{index:02}" + ("/{color}" if place == "path" else "")
        operation = {"operationId": f"row{index:02}", "tags": ["rows"], "parameters": [parameter]}
        paths[path] = {"get": operation | {"responses": {"204": {"description": "Done."}}}}
    info = {"title": "Styles", "version": "1.0.0"}
    return {"openapi": "3.2.0", "info": info, "servers": [{"url": "https://styles.invalid"}], "paths": paths}
