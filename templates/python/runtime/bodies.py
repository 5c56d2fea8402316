# SPDX-License-Identifier: 0BSD
"""Bodies of requests: JSON, forms, multipart, text and bytes.

A `Content` knows its media type and its length where there is one, and opens a fresh stream for every attempt, so that
a retry sends the same bytes again. What can only be read once says so.
"""

from __future__ import annotations

import io
import mimetypes
import os
import uuid
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from pathlib import Path
from typing import IO, Any, NamedTuple, Union
from urllib.parse import quote_plus

from .encode import model_members, to_json, to_text
from .errors import InvalidRequestError
from .guards import is_async_iterable, is_bytes, is_iterable, is_mapping, is_path, is_row
from .message import check_header
from .parameters import Parameter, form_pairs
from .sentinel import NotGiven

CHUNK = 64 * 1024

FileContent = Union[
    bytes, bytearray, str, "os.PathLike[str]", IO[bytes], Iterable[bytes], AsyncIterable[bytes]
]
"""Bytes, text, the path of a file (a `pathlib.Path`), an open file, or chunks of bytes; for the asynchronous client also
chunks that come asynchronously."""


class File(NamedTuple):
    """A file to upload, with what to say about it."""

    content: FileContent
    name: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] | None = None


FileInput = Union[FileContent, File, "tuple[str, FileContent]", "tuple[str, FileContent, str]"]
"""A file's content, or with a name, or with a name and a media type."""


class Content:
    """A body: where its bytes come from, and what they are.

    Attributes:
        media_type: The Content-Type to send.
        length: How many bytes it has, if that is known.
        replayable: Whether it can be opened a second time.
        waits: Whether reading it may take time, as of a file.
        asynchronous: Whether its bytes can be had asynchronously alone.
    """

    __slots__ = (
        "_open",
        "_parts",
        "_used",
        "asynchronous",
        "length",
        "media_type",
        "replayable",
        "waits",
    )

    def __init__(
        self,
        open_stream: Callable[[], Iterable[bytes] | AsyncIterable[bytes]],
        media_type: str,
        length: int | None = None,
        replayable: bool = True,
        *,
        waits: bool = False,
        asynchronous: bool = False,
        parts: Sequence[Content] = (),
    ) -> None:
        self._open = open_stream
        self._parts = parts
        self._used = False
        self.media_type = media_type
        self.length = length
        self.replayable = replayable
        self.waits = waits
        self.asynchronous: bool = asynchronous or any(part.asynchronous for part in parts)

    def start(self) -> Iterable[bytes] | AsyncIterable[bytes]:
        """The bytes, from the beginning; asynchronous when they were given so."""
        if self._used and not self.replayable:
            raise InvalidRequestError("the body was read already and cannot be sent again")
        self._used = True
        return self._open()

    def pieces(self) -> Sequence[Content]:
        """What it is made of, to be sent one after the other: itself, or its parts."""
        if not self._parts:
            return (self,)
        self.start()
        return self._parts

    def open(self) -> Iterator[bytes]:
        """The bytes, from the beginning.

        Raises:
            InvalidRequestError: They can be had asynchronously alone.
        """
        if self.asynchronous:
            raise InvalidRequestError("an asynchronous body needs the asynchronous client")
        streams = (piece.start() for piece in self.pieces())
        return (chunk for stream in streams if isinstance(stream, Iterable) for chunk in stream)

    def read(self) -> bytes:
        """All bytes at once."""
        return b"".join(self.open())

    @property
    def can_send_again(self) -> bool:
        """Whether another attempt would send the same."""
        return self.replayable or not self._used


class Encoding(NamedTuple):
    """How one property of a form or a multipart body is written, in the words of the document."""

    content_type: str | None = None
    parameter: Parameter | None = None


def content_of(
    media_type: str, body: Any, encodings: Mapping[str, Encoding] | None = None
) -> Content:
    """The body in the form that the media type names."""
    essence = media_type.split(";")[0].strip().lower()
    if essence in ("application/json", "text/json") or essence.endswith("+json"):
        return bytes_content(to_json(body), media_type)
    if essence == "application/x-www-form-urlencoded":
        return bytes_content(form_text(body, encodings).encode("ascii"), media_type)
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


def bytes_content(data: bytes, media_type: str) -> Content:
    """A body that is in memory."""
    return Content(lambda: (data,) if data else (), media_type, len(data))


def file_content(body: Any, media_type: str) -> Content:
    """A body from bytes, text, a path, an open file or chunks."""
    if isinstance(body, File):
        return file_content(body.content, body.content_type or media_type)
    if isinstance(body, str):
        return bytes_content(body.encode(), media_type)
    if is_bytes(body):
        return bytes_content(bytes(body), media_type)
    if is_path(body):
        path = Path(body)
        return Content(lambda: _chunks_of_path(path), media_type, path.stat().st_size, waits=True)
    if isinstance(body, io.TextIOBase):
        raise InvalidRequestError("open the file in binary mode")
    if hasattr(body, "read"):
        return _open_file_content(body, media_type)
    if is_iterable(body) or is_async_iterable(body):
        chunks: Iterable[bytes] | AsyncIterable[bytes] = body
        again = is_row(body)
        return Content(
            lambda: chunks,
            media_type,
            None,
            again,
            waits=not again,
            asynchronous=not is_iterable(body),
        )
    return bytes_content(to_text(body).encode(), media_type)


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


def guessed_type(body: Any) -> str | None:
    """The media type of a file, by its name."""
    content = body.content if isinstance(body, File) else body
    name = (body.name if isinstance(body, File) else None) or _file_name(content)
    return mimetypes.guess_type(name)[0] if name else None


def _members(body: Any) -> dict[str, Any]:
    if is_mapping(body):
        return {str(name): value for name, value in body.items() if not isinstance(value, NotGiven)}
    if hasattr(body, "model_fields_set"):
        return model_members(body)
    raise InvalidRequestError(f"a form needs members, not a {type(body).__name__}")


def _is_file(value: Any) -> bool:
    return isinstance(value, (bytes, bytearray, memoryview, os.PathLike, File)) or hasattr(
        value, "read"
    )


def _is_items(value: Any) -> bool:
    return isinstance(value, (Iterable, AsyncIterable)) and not _is_file(value)


def _json_lines(items: Any) -> Iterator[bytes] | AsyncIterator[bytes]:
    if is_async_iterable(items):
        return (to_json(item) + b"\n" async for item in items)
    return (to_json(item) + b"\n" for item in items)


def _part_values(value: Any, encoding: Encoding) -> list[Any]:
    if isinstance(value, NotGiven):
        return []
    if (
        is_row(value)
        and isinstance(value, tuple)
        and not isinstance(value, File)
        and len(value) in (2, 3)
        and isinstance(value[0], str)
    ):
        return [File(value[1], value[0], value[2] if len(value) == 3 else None)]
    if is_row(value) and not isinstance(value, File):
        if encoding.content_type is not None and "json" in encoding.content_type:
            return [value]
        return [part for item in value for part in _part_values(item, encoding)]
    return [value]


def _part(name: str, value: Any, encoding: Encoding) -> tuple[str, Content]:
    declared = (encoding.content_type or "").split(",")[0].strip()
    if "*" in declared:
        declared = ""
    headers: Mapping[str, str] = {}
    filename: str | None = None
    if _is_file(value) or isinstance(value, (Iterator, AsyncIterator)):
        file = value if isinstance(value, File) else File(value)
        filename = file.name or _file_name(file.content) or name
        headers = file.headers or {}
        guessed = mimetypes.guess_type(filename)[0]
        allowed = [
            item.strip() for item in (encoding.content_type or "").split(",") if item.strip()
        ]
        media_type = (
            file.content_type
            or (guessed if guessed in allowed else declared or guessed)
            or "application/octet-stream"
        )
        content = file_content(file.content, media_type)
    elif isinstance(value, (Mapping, list, tuple)) or hasattr(value, "model_fields_set"):
        media_type = declared or "application/json"
        content = bytes_content(to_json(value), media_type)
    elif "json" in declared:
        media_type = declared
        content = bytes_content(to_json(value), media_type)
    else:
        media_type = declared
        content = bytes_content(to_text(value).encode(), media_type)
    disposition = f'form-data; name="{_quoted(name)}"'
    if filename is not None:
        disposition += f'; filename="{_quoted(filename)}"'
    lines = [f"Content-Disposition: {disposition}"]
    if media_type:
        check_header("Content-Type", media_type)
        lines.append(f"Content-Type: {media_type}")
    for header, text in headers.items():
        check_header(header, text)
        lines.append(f"{header}: {text}")
    return "\r\n".join(lines) + "\r\n", content


def _quoted(text: str) -> str:
    # WHATWG HTML, 4.10.22.8: exactly these three are escaped, and in this way.
    return text.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")


def _file_name(content: Any) -> str | None:
    name: Any = content if is_path(content) else getattr(content, "name", None)
    return os.path.basename(str(name)) or None if isinstance(name, str) or is_path(name) else None


def _chunks_of_path(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _chunks(file)


def _chunks(file: Any) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _open_file_content(file: Any, media_type: str) -> Content:
    try:
        start = file.tell()
        end = file.seek(0, os.SEEK_END)
        file.seek(start)
    except (OSError, AttributeError, ValueError):
        return Content(lambda: _chunks(file), media_type, None, False, waits=True)

    def again() -> Iterator[bytes]:
        file.seek(start)
        return _chunks(file)

    length = end - start if isinstance(end, int) else None
    return Content(again, media_type, length, waits=True)
