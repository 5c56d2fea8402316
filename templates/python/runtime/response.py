# SPDX-License-Identifier: 0BSD
"""From an answer to a value: by status, then by media type, as the document says.

Pydantic is loaded when there is something to build: making a client costs nothing of it.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar

from typing_extensions import Self

from .disposition import filename_of
from .errors import APIResponseError, APITimeoutError
from .message import Headers, Request
from .operation import Operation, Types
from .typed_headers import typed_headers
from .wire import Incoming, Wire, run

if TYPE_CHECKING:
    from ..headers import ResponseHeaders

T = TypeVar("T")

LARGEST_BODY = 256 * 1024 * 1024
"""Bytes of an answer that is read whole. Downloads and streams have no such limit."""


class Response(Generic[T]):
    """An answer with what it was read as.

    Attributes:
        data: What the method alone would have returned.
        status: The status code.
        headers: The headers, as text.
        declared: The types of those that the document describes.
        request: What was sent.
        body: The bytes as they came; None when they are handed over while they arrive.
    """

    def __init__(
        self,
        data: T,
        status: int,
        headers: Headers,
        request: Request,
        body: bytes | None = None,
        declared: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        self.data = data
        self.status = status
        self.headers = headers
        self.declared = declared or {}
        self.request = request
        self.body = body

    @cached_property
    def typed_headers(self) -> ResponseHeaders:
        """The headers that the document describes and that came, as the types that it gives them."""
        return typed_headers(self.declared, self.headers)

    @property
    def request_id(self) -> str | None:
        """The server's name for the request, if it gives one."""
        return self.headers.first(
            "x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"
        )

    def __repr__(self) -> str:
        return f"<Response {self.status} {self.data!r}>"


class BaseDownload:
    """What is known of a file before its bytes arrive."""

    def __init__(self, incoming: Incoming, request: Request) -> None:
        self._incoming = incoming
        self.request = request
        self.status = incoming.status
        self.headers = incoming.headers

    @property
    def content_type(self) -> str | None:
        """The media type."""
        return self.headers.get("content-type")

    @property
    def length(self) -> int | None:
        """The number of bytes, if the server tells it."""
        text = self.headers.get("content-length", "")
        known = text.isascii() and text.isdigit() and "content-encoding" not in self.headers
        return int(text[:18]) if known else None

    @property
    def filename(self) -> str | None:
        """The name that the server proposes. It is a stranger's word: never a path, and a name on every system."""
        return filename_of(self.headers.get("content-disposition", ""))


class Download(BaseDownload):
    """A file on its way: read it, save it or iterate over it. Closed when all of it was read, or by `with`.

    Attributes:
        request: What was sent.
        status: The status code.
        headers: The headers.
    """

    def __iter__(self) -> Iterator[bytes]:
        try:
            while chunk := run(self._incoming.chunk()):
                yield chunk
        finally:
            self.close()

    def read(self) -> bytes:
        """All bytes."""
        return b"".join(self)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the file. It appears under its name only when it is complete."""
        target = Path(path)
        with partial(target) as file:
            for chunk in self:
                file.write(chunk)
        return target

    def close(self) -> None:
        """Stops the download."""
        run(self._incoming.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@contextlib.contextmanager
def partial(target: Path) -> Generator[IO[bytes], None, None]:
    """A file to write to, which gets the name of the target when it was left without an exception."""
    path = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with path.open("wb") as file:
            yield file
        path.replace(target)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def kind_of(media_type: str) -> str:
    """How a media type is read: `json`, `events`, `lines`, `text` or `binary`."""
    essence = media_type.split(";")[0].strip().lower()
    if essence in ("application/json", "text/json", "*/*", "application/*") or essence.endswith(
        "+json"
    ):
        return "lines" if essence == "application/stream+json" else "json"
    if essence == "text/event-stream":
        return "events"
    if essence in _LINES:
        return "lines"
    if essence.startswith("text/") or essence == "application/xml" or essence.endswith("+xml"):
        return "text"
    return "text" if essence == "application/x-www-form-urlencoded" else "binary"


_LINES = frozenset(
    {
        "application/jsonl",
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-seq",
        "application/x-json-stream",
    }
)


def declared(responses: Types, status: int) -> Mapping[str, Callable[[], Any]] | None:
    """What the document says of a status: the status itself, its hundred, else the default."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in responses:
            return responses[key]
    return None


def form_of(
    content: Mapping[str, Callable[[], Any]], media_type: str
) -> tuple[str, Callable[[], Any]] | None:
    """The declared form that an answer of the media type has."""
    essence = media_type.split(";")[0].strip().lower()
    for name, thunk in content.items():
        if name.split(";")[0].strip().lower() == essence:
            return kind_of(essence), thunk
    for name, thunk in content.items():
        pattern = name.split(";")[0].strip().lower()
        if pattern == "*/*" or (pattern.endswith("/*") and essence.startswith(pattern[:-1])):
            return kind_of(essence), thunk
    for name, thunk in content.items():
        if not essence or kind_of(name) == kind_of(essence):
            return kind_of(name), thunk
    return None


def is_streamed(operation: Operation[Any], answer: Incoming) -> bool:
    """Whether the body is handed over while it arrives, rather than read first."""
    if answer.status >= 300:
        return False
    content = declared(operation.responses, answer.status)
    media_type = answer.headers.get("content-type", "")
    form = form_of(content, media_type) if content else None
    if form is None:
        return (
            bool(media_type)
            and kind_of(media_type) == "binary"
            and not content
            and answer.status not in (204, 205)
        )
    return form[0] in ("binary", "events", "lines")


def value_of(operation: Operation[Any], status: int, headers: Headers, body: bytes) -> Any:
    """The body of a success as the type that the document names.

    Raises:
        APIResponseError: It is something else.
        APIValidationError: It does not fit its type, and models are strict.
    """
    content = declared(operation.responses, status)
    if operation.method == "HEAD" or status in (204, 205) or (not body and not content):
        return None
    media_type = headers.get("content-type", "")
    if not content:
        return _undeclared(media_type, body)
    form = form_of(content, media_type)
    wanted = next(iter(content))
    if form is None and kind_of(wanted) != "json":
        return _undeclared(media_type, body)
    kind, thunk = form or ("json", content[wanted])
    if kind == "text":
        return text_of(media_type, body)
    from .models import build_json

    try:
        return build_json(thunk(), body)
    except ValueError as error:
        found = "an empty body" if not body else media_type or "something that is no JSON"
        if headers.get("content-encoding") not in (None, "identity", "gzip", "deflate"):
            found += f" in the encoding {headers['content-encoding']}"
        raise APIResponseError(
            f"{operation.id} answered {status} with {found}; expected {wanted}",
            status=status,
            headers=headers,
            body=body[:500],
        ) from error


def error_data(operation: Operation[Any], status: int, headers: Headers, body: bytes) -> Any:
    """The body of a failure: typed where the document says how, else JSON, text or None. Never raises."""
    if not body:
        return None
    from .models import build_leniently, parse_json

    media_type = headers.get("content-type", "")
    content = declared(operation.responses, status)
    form = form_of(content, media_type) if content else None
    with contextlib.suppress(ValueError):
        if form is not None and form[0] == "json":
            return build_leniently(form[1](), body)
        if kind_of(media_type or "application/json") == "json":
            return parse_json(body)
    return text_of(media_type, body)


async def read_body(
    wire: Wire, incoming: Incoming, timeout: float | None, request: Request
) -> bytes:
    """The whole body, within the timeout: no read waits longer than what is left of it.

    Raises:
        APITimeoutError: It took longer.
        APIResponseError: It is too large to be held in memory; a small answer may be decompressed to such.
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    chunks: list[bytes] = []
    size = 0
    while True:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise APITimeoutError("the answer took longer than the timeout", request=request)
        chunk = await wire.read(incoming, left, request)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_BODY:
            raise APIResponseError(
                f"the answer is larger than {LARGEST_BODY} bytes",
                status=incoming.status,
                headers=incoming.headers,
                body=b"",
            )


def text_of(media_type: str, body: bytes) -> str:
    """Text in the charset that the media type names."""
    charset = "utf-8"
    for part in media_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"')
    try:
        return body.decode(charset, "replace")
    except (LookupError, ValueError):  # no charset, or one that knows no replacement
        return body.decode("utf-8", "replace")


def _undeclared(media_type: str, body: bytes) -> Any:
    kind = kind_of(media_type or "text/plain")
    with contextlib.suppress(ValueError):
        if kind in ("json", "text"):
            from .models import parse_json

            return parse_json(body) if kind == "json" else text_of(media_type, body)
    return body
