# SPDX-License-Identifier: 0BSD
"""Headers of answers as the types that the document gives them: style simple, or JSON (OpenAPI 3.0.4, 4.8.21)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from .message import Headers


class TypedHeaders(Mapping[str, Any]):
    """The headers that the document describes and that came, typed; names are compared without case.

    What does not fit its type stays text.
    """

    def __init__(self, declared: Mapping[str, Callable[[], Any]], headers: Headers) -> None:
        self._declared = declared
        self._headers = headers

    @cached_property
    def _values(self) -> dict[str, tuple[str, Any]]:
        return {
            name.lower(): (name, header_value(thunk(), self._headers[name]))
            for name, thunk in self._declared.items()
            if name in self._headers
        }

    def __getitem__(self, name: str) -> Any:
        return self._values[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._values.values())

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"TypedHeaders({list(self)!r})"


def header_value(annotation: Any, text: str) -> Any:
    """The value that the text of a header means."""
    from .models import build_text, parse_json, shape_of

    data: Any = text
    shape = shape_of(annotation)
    if shape != "scalar":
        with contextlib.suppress(ValueError):
            if text[:1] in ("[", "{"):
                return build_text(annotation, parse_json(text.encode()), text)
        items = [item.strip() for item in text.split(",")] if text.strip() else []
        data = items if shape == "list" else _members(items)
    return build_text(annotation, data, text)


def _members(items: list[str]) -> dict[str, str]:
    if all("=" in item for item in items):
        return {name: value for name, _, value in (item.partition("=") for item in items)}
    return dict(zip(items[::2], items[1::2], strict=False))
