# SPDX-License-Identifier: 0BSD
"""Files to upload: from bytes, text, a path, an open file, or chunks of any origin."""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, Union

from .content import Content, bytes_content
from .encode import to_text
from .errors import InvalidRequestError
from .guards import is_async_iterable, is_bytes, is_iterable, is_mapping, is_model, is_path, is_row

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


def is_file(value: Any) -> bool:
    """Whether a value is a file rather than a value with members or items."""
    return isinstance(value, File) or is_bytes(value) or is_path(value) or hasattr(value, "read")


def file_of(value: Any) -> Any:
    """The file that a tuple of a name and a content means; anything else as it is."""
    parts: Any = value
    named = isinstance(value, tuple) and not isinstance(value, File) and len(parts) in (2, 3)
    if named and isinstance(parts[0], str):
        return File(parts[1], parts[0], parts[2] if len(parts) == 3 else None)
    return parts


def file_content(body: Any, media_type: str) -> Content:
    """A body from bytes, text, a path, an open file or chunks.

    Raises:
        InvalidRequestError: It is none of these.
    """
    body = file_of(body)
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
    if is_mapping(body) or is_model(body):
        raise InvalidRequestError(
            f"a body of {media_type} is text or bytes, not a value with members"
        )
    if is_async_iterable(body):
        return Content(
            lambda: _checked_async(body), media_type, None, False, waits=True, asynchronous=True
        )
    if is_iterable(body):
        again = is_row(body)
        return Content(lambda: _checked(body), media_type, None, again, waits=not again)
    return bytes_content(to_text(body).encode(), media_type)


def guessed_type(body: Any) -> str | None:
    """The media type of a file, by its name."""
    content = body.content if isinstance(body, File) else body
    name = (body.name if isinstance(body, File) else None) or file_name(content)
    return mimetypes.guess_type(name)[0] if name else None


def file_name(content: Any) -> str | None:
    """The name of a file: of its path, or what an open one says of itself."""
    name: Any = content if is_path(content) else getattr(content, "name", None)
    return os.path.basename(str(name)) or None if isinstance(name, str) or is_path(name) else None


def _checked(chunks: Iterable[Any]) -> Iterator[bytes]:
    return (_bytes(chunk) for chunk in chunks)


def _checked_async(chunks: AsyncIterable[Any]) -> AsyncIterator[bytes]:
    return (_bytes(chunk) async for chunk in chunks)


def _bytes(chunk: Any) -> bytes:
    if not is_bytes(chunk):
        raise InvalidRequestError(f"chunks of a body are bytes, not {type(chunk).__name__}")
    return bytes(chunk)


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
