# SPDX-License-Identifier: 0BSD
"""Forms: URL-encoded, and in parts."""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from .content import Content, bytes_content
from .encode import model_members, to_json, to_text
from .errors import InvalidRequestError
from .files import File, file_content, file_name, file_of, is_file
from .guards import is_mapping, is_row
from .message import check_header
from .parameters import Parameter, form_pairs, has_parts, plain
from .sentinel import NotGiven


class Encoding(NamedTuple):
    """How one property of a form or a multipart body is written, in the words of the document."""

    content_type: str | None = None
    parameter: Parameter | None = None
    headers: Mapping[str, str] | None = None


def form_text(body: Any, encodings: Mapping[str, Encoding] | None = None) -> str:
    """`application/x-www-form-urlencoded` (WHATWG URL, 5.2)."""
    if isinstance(body, str):
        return body
    pairs: list[tuple[str, str]] = []
    for name, value in _members(body).items():
        encoding = (encodings or {}).get(name, Encoding())
        if (
            encoding.content_type is not None
            and encoding.parameter is None
            and "json" in encoding.content_type
        ):
            pairs.append((name, to_json(value).decode()))
        else:
            pairs += form_pairs(name, value, encoding.parameter)
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)


def multipart_content(
    media_type: str, body: Any, encodings: Mapping[str, Encoding] | None = None
) -> Content:
    """`multipart/form-data` and its like (RFC 7578): one part for each value, several for a list."""
    boundary = uuid.uuid4().hex
    pieces: list[Content] = []
    for name, value in _members(body).items():
        encoding = (encodings or {}).get(name, Encoding())
        for item in _part_values(value, encoding):
            head, content = _part(name, item, encoding)
            pieces += [
                bytes_content(f"--{boundary}\r\n{head}\r\n".encode(), ""),
                content,
                bytes_content(b"\r\n", ""),
            ]
    pieces.append(bytes_content(f"--{boundary}--\r\n".encode(), ""))
    lengths = [piece.length for piece in pieces]
    length = sum(item for item in lengths if item is not None) if None not in lengths else None
    return Content(
        lambda: (),
        f"{media_type}; boundary={boundary}",
        length,
        all(piece.replayable for piece in pieces),
        parts=pieces,
    )


def _members(body: Any) -> dict[str, Any]:
    if is_mapping(body):
        return {str(name): value for name, value in body.items() if not isinstance(value, NotGiven)}
    if hasattr(body, "model_fields_set"):
        return model_members(body)
    raise InvalidRequestError(f"a form needs members, not a {type(body).__name__}")


def _part_values(value: Any, encoding: Encoding) -> list[Any]:
    value = file_of(value)
    if isinstance(value, NotGiven):
        return []
    if is_row(value) and not isinstance(value, File):
        if encoding.content_type is not None and "json" in encoding.content_type:
            return [value]
        return [part for item in value for part in _part_values(item, encoding)]
    return [value]


def _part(name: str, value: Any, encoding: Encoding) -> tuple[str, Content]:
    if is_file(value) or isinstance(value, (Iterator, AsyncIterator)):
        return _file_part(name, value if isinstance(value, File) else File(value), encoding)
    media_type = _first(encoding.content_type)
    if has_parts(plain(value)):
        media_type = media_type or "application/json"
        data = to_json(value)
    else:
        data = to_json(value) if "json" in media_type else to_text(value).encode()
    return _head(name, None, media_type, encoding, {}), bytes_content(data, media_type)


def _file_part(name: str, file: File, encoding: Encoding) -> tuple[str, Content]:
    filename = file.name or file_name(file.content) or name
    guessed = mimetypes.guess_type(filename)[0]
    allowed = [item.strip() for item in (encoding.content_type or "").split(",")]
    declared = guessed if guessed in allowed else _first(encoding.content_type) or guessed
    media_type = file.content_type or declared or "application/octet-stream"
    head = _head(name, filename, media_type, encoding, file.headers or {})
    return head, file_content(file.content, media_type)


def _first(media_types: str | None) -> str:
    """The first of several media types, unless it stands for many."""
    first = (media_types or "").split(",")[0].strip()
    return "" if "*" in first else first


def _head(
    name: str, filename: str | None, media_type: str, encoding: Encoding, headers: Mapping[str, str]
) -> str:
    disposition = f'form-data; name="{_quoted(name)}"'
    if filename is not None:
        disposition += f'; filename="{_quoted(filename)}"'
    lines = {"Content-Disposition": disposition}
    if media_type:
        lines["Content-Type"] = media_type
    given = {header.lower() for header in headers}
    fixed = (encoding.headers or {}).items()
    lines.update((header, text) for header, text in fixed if header.lower() not in given)
    lines.update(headers)
    for header, text in lines.items():
        check_header(header, text)
    return "".join(f"{header}: {text}\r\n" for header, text in lines.items())


def _quoted(text: str) -> str:
    # WHATWG HTML, 4.10.22.8: exactly these three are escaped, and in this way.
    return text.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")
