# SPDX-License-Identifier: 0BSD
"""Bodies of requests, in the form that their media type names: JSON, forms, JSON lines, or bytes as they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from .content import Content, bytes_content
from .encode import to_json
from .files import file_content, is_file
from .forms import Encoding, form_text, multipart_content
from .guards import is_async_iterable, is_iterable, is_row


def content_of(
    media_type: str, body: Any, encodings: Mapping[str, Encoding] | None = None
) -> Content:
    """The body in the form that the media type names."""
    essence = media_type.split(";")[0].strip().lower()
    if essence in ("application/json", "text/json") or essence.endswith("+json"):
        return bytes_content(to_json(body), media_type)
    if essence == "application/x-www-form-urlencoded" and not is_file(body):
        return bytes_content(form_text(body, encodings).encode(), media_type)
    if essence.startswith("multipart/"):
        return multipart_content(essence, body, encodings)
    if "json" in essence and not isinstance(body, (str, bytes, bytearray)) and _is_items(body):
        return Content(
            lambda: _json_lines(body),
            media_type,
            None,
            is_row(body),
            asynchronous=not is_iterable(body),
        )
    return file_content(body, media_type)


def _is_items(value: Any) -> bool:
    return (is_iterable(value) or is_async_iterable(value)) and not is_file(value)


def _json_lines(items: Any) -> Iterator[bytes] | AsyncIterator[bytes]:
    if is_async_iterable(items):
        return (to_json(item) + b"\n" async for item in items)
    return (to_json(item) + b"\n" for item in items)
