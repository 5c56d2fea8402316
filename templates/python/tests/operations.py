"""The operation that tests call, and what it answers."""

from __future__ import annotations

from typing import Any

from server import answer


def operation(method: str = "GET", **options: Any) -> Any:
    from sample import types
    from sample._runtime.operation import Operation

    options.setdefault(
        "responses",
        {"200": {"application/json": lambda: types.Book}, "404": {"application/problem+json": lambda: types.Cover}},
    )
    return Operation("getBook", method, "/book", **options)


BOOK = answer(200, {"id": "1"})
