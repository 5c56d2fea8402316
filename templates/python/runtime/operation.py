# SPDX-License-Identifier: 0BSD
"""What a call is made of: an operation of the document, as data, and the request that it becomes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic
from urllib.parse import quote, urljoin

from typing_extensions import TypeVar

from .auth import Requirements
from .bodies import content_of
from .content import Content
from .encode import model_members
from .errors import InvalidRequestError
from .files import guessed_type
from .forms import Encoding
from .guards import is_bytes, is_list, is_mapping, is_model
from .message import Headers, Request, check_header, is_token
from .parameters import (
    Parameter,
    cookie_pairs,
    header_text,
    path_text,
    query,
    query_pairs,
    querystring_text,
)
from .sentinel import NotGiven

if TYPE_CHECKING:
    # Bases of classes below name some of these in quotes, which the linter does not read.
    from .async_response import AsyncDownload  # noqa: F401
    from .async_streams import AsyncStream  # noqa: F401
    from .options import ClientOptions, RequestOptions
    from .response import Download  # noqa: F401
    from .streams import Stream  # noqa: F401

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
AsyncT_co = TypeVar("AsyncT_co", covariant=True, default=T_co)

Types = Mapping[str, Mapping[str, Callable[[], Any]]]
"""By status (`200`, `4XX`, `default`), then by media type: what gives the type of the body."""

_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class Operation(Generic[T_co, AsyncT_co]):
    """One operation of the document: what it gives to the synchronous client, and to the asynchronous one where it differs.

    Attributes:
        id: Its name in the document.
        method: The HTTP method.
        path: The path, with `{names}`.
        parameters: What is not in the body, in the order of the values of a call.
        security: A choice of requirements; empty when anybody may call.
        responses: What comes back.
        headers: The headers that come with it, and their types.
        content_type: The media type of the body, unless the call says another.
        body: The text of the body's type, where there are decimals in it that are numbers of JSON.
        encodings: How the properties of a form or a multipart body are written.
        accept: The media types to ask for.
        idempotency: The header of the idempotency key, if repeated requests are recognised.
        base_url: The server, if this operation has one of its own: for a client that was not told another.
    """

    __slots__ = (
        "accept",
        "base_url",
        "body",
        "content_type",
        "encodings",
        "headers",
        "id",
        "idempotency",
        "method",
        "parameters",
        "path",
        "responses",
        "security",
    )

    def __init__(
        self,
        id: str,
        method: str,
        path: str,
        *,
        parameters: Sequence[Parameter] = (),
        security: Requirements = (),
        responses: Types | None = None,
        headers: Mapping[str, Callable[[], Any]] | None = None,
        content_type: str | None = None,
        body: str | None = None,
        encodings: Mapping[str, Encoding] | None = None,
        accept: str | None = None,
        idempotency: str | None = None,
        base_url: str | None = None,
    ) -> None:
        self.id = id
        self.method = method
        self.path = path
        self.parameters = parameters
        self.security = security
        self.responses: Types = responses or {}
        self.headers: Mapping[str, Callable[[], Any]] = headers or {}
        self.content_type = content_type
        self.body = body
        self.encodings = encodings
        self.accept = accept
        self.idempotency = idempotency
        self.base_url = base_url


class StreamOperation(Operation["Stream[T]", "AsyncStream[T]"], Generic[T]):
    """One whose answer is a stream and nothing else."""

    __slots__ = ()


class DownloadOperation(Operation["Download", "AsyncDownload"]):
    """One whose answer is a file and nothing else."""

    __slots__ = ()


def build_request(
    operation: Operation[Any],
    values: Sequence[Any],
    body: Any,
    content_type: str | NotGiven,
    client: ClientOptions,
    options: RequestOptions,
    user_agent: str,
) -> Request:
    """The request of a call, without credentials.

    Raises:
        InvalidRequestError: A value cannot travel where the document wants it.
    """
    slots: dict[str, str] = {}
    pieces: list[str] = []
    cookies: list[str] = []
    headers = Headers({"User-Agent": user_agent, "Accept": operation.accept or "*/*"})
    for name, value in client.headers.items():
        _set_header(headers, name, value)
    for parameter, value in zip(operation.parameters, values, strict=True):
        if parameter.location == "path":
            slots[parameter.name] = path_text(parameter, value)
        elif parameter.location == "query":
            pieces += query_pairs(parameter, value)
        elif parameter.location == "querystring":
            pieces += [text for text in (querystring_text(parameter, value),) if text]
        elif parameter.location == "header":
            text = header_text(parameter, value)
            if text is not None:
                _set_header(headers, parameter.name, text)
        else:
            cookies += cookie_pairs(parameter, value)
    for name, value in {**client.query, **options.get("query", {})}.items():
        pieces += query_pairs(query(name), value)
    if cookies:
        _set_header(headers, "Cookie", "; ".join(cookies))
    content = _content(operation, body, content_type, options)
    if content is not None:
        _set_header(headers, "Content-Type", content.media_type)
    key = options.get("idempotency_key") or (operation.idempotency and str(uuid.uuid4()))
    key_header = operation.idempotency or "Idempotency-Key"
    if key and ("idempotency_key" in options or key_header not in headers):
        _set_header(headers, key_header, key)
    for name, value in options.get("headers", {}).items():
        _set_header(headers, name, value)
    own = None if client.base_url_given else operation.base_url
    base = urljoin(client.base_url, options.get("base_url") or own or "")
    url = base.rstrip("/") + fill_path(operation.path, slots)
    if pieces:
        url += ("&" if "?" in url else "?") + "&".join(pieces)
    if not is_token(operation.method):
        raise InvalidRequestError(f"{operation.method!r} is no method of HTTP")
    return Request(operation.method, url, headers, content, operation.id)


def fill_path(template: str, slots: Mapping[str, str]) -> str:
    """The path with its `{names}` replaced; other characters that a path cannot hold are percent-encoded."""
    parts: list[str] = []
    rest = template
    while "{" in rest and "}" in rest.partition("{")[2]:
        before, _, inside = rest.partition("{")
        name, _, rest = inside.partition("}")
        if name not in slots:
            raise InvalidRequestError(f"the path needs a value for {name!r}")
        parts += [_literal(before), slots[name]]
    path = "".join(parts) + _literal(rest)
    for segment in path.partition("?")[0].split("/"):
        if segment in (".", ".."):
            raise InvalidRequestError(f"the path would hold the segment {segment!r}")
    return path if path.startswith("/") or not path else "/" + path


def _literal(text: str) -> str:
    return quote(text, safe="/:@!$&'()*+,;=?%#~[]").replace("#", "%23")


def _set_header(headers: Headers, name: str, value: str | None) -> None:
    if value is None:
        headers.pop(name, None)
        return
    check_header(name, value)
    headers[name] = value


def _content(
    operation: Operation[Any], body: Any, content_type: str | NotGiven, options: RequestOptions
) -> Content | None:
    if "body" in options:
        extra = options["body"]
        members = model_members(body) if is_model(body) else body
        body = {**members, **extra} if is_mapping(members) and is_mapping(extra) else extra
    if isinstance(body, NotGiven):
        return None
    if operation.body is not None:
        from .decimals import marked

        body = marked(operation.body, body)
    media_type = operation.content_type if isinstance(content_type, NotGiven) else content_type
    media_type = media_type or "application/json"
    if "*" in media_type:
        media_type = _fitting(media_type, body)
    return content_of(media_type, body, operation.encodings)


def _fitting(media_range: str, body: Any) -> str:
    """The media type of a body where the document leaves the choice: values are JSON, text and files are what they are."""
    if isinstance(body, str) and media_range.startswith(("*/", "text/")):
        return "text/plain; charset=utf-8"
    if body is None or isinstance(body, (bool, int, float)) or is_mapping(body) or is_model(body):
        return "application/json"
    if is_list(body) and not all(is_bytes(item) for item in body):
        return "application/json"
    return guessed_type(body) or "application/octet-stream"


def expects_body(method: str) -> bool:
    """Whether a request of this method without a body says so by `Content-Length: 0`."""
    return method in _METHODS_WITH_BODY
