# SPDX-License-Identifier: 0BSD
"""Headers of answers as the types that the document gives them: style simple, or JSON (OpenAPI 3.0.4, 4.8.21)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from .message import Headers

if TYPE_CHECKING:
    from ..headers import ResponseHeaders


class TypedHeaders(dict[str, Any]):
    """Headers by the names that the document gives them; other spellings of those are found too."""

    def _spelling(self, name: object) -> str | None:
        if not isinstance(name, str):
            return None
        return next((known for known in self if known.lower() == name.lower()), None)

    def __missing__(self, name: str) -> Any:
        known = self._spelling(name)
        if known is None:
            raise KeyError(name)
        return self[known]

    def __contains__(self, name: object) -> bool:
        return self._spelling(name) is not None

    def get(self, name: str, default: Any = None, /) -> Any:
        """The value, or the default when the header did not come."""
        return self[name] if name in self else default


def typed_headers(
    declared: Mapping[str, Callable[[], Any]], headers: Headers | Mapping[str, str]
) -> ResponseHeaders:
    """The headers that the document describes and that came, typed. What does not fit its type stays text."""
    came = {
        name: header_value(thunk(), headers[name])
        for name, thunk in declared.items()
        if name in headers
    }
    return cast("ResponseHeaders", TypedHeaders(came))


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
