# SPDX-License-Identifier: 0BSD
"""The tree of exceptions.

APIError
├── MissingCredentialsError    before anything is sent: no credentials, or not all of them
├── InvalidRequestError        before anything is sent: a value that cannot travel
├── APIConnectionError         no answer came, or not all of it
│   └── APITimeoutError        it took too long
├── APIResponseError           an answer came, and it is not what the document promises
├── APIValidationError         the same, member by member: only where models are strict
├── WebhookVerificationError   a webhook that its sender did not sign
└── APIStatusError             an answer with a status that is not a success
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .guards import is_dict

if TYPE_CHECKING:
    from ..headers import ResponseHeaders
    from .message import Headers, Request


class APIError(Exception):
    """The base of all exceptions of this package."""


class InvalidRequestError(APIError, ValueError):
    """A value cannot be sent as it is, e.g. an empty path value or a header with a line break."""


class MissingCredentialsError(APIError):
    """The operation demands credentials that were not given. The message names the variables to set."""


class APIConnectionError(APIError):
    """The server could not be reached, or the connection broke before the whole answer came.

    Attributes:
        request: What was sent.
    """

    request: Request | None

    def __init__(self, message: str, *, request: Request | None = None) -> None:
        super().__init__(message)
        self.request = request


class APITimeoutError(APIConnectionError):
    """The answer took longer than the timeout."""


class APIResponseError(APIError):
    """The answer cannot be read: another media type, broken JSON, a page without its items.

    Attributes:
        status: The status code.
        headers: The headers of the answer.
        body: The first bytes of the answer.
    """

    def __init__(self, message: str, *, status: int, headers: Headers, body: bytes = b"") -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.body = body


class APIValidationError(APIError):
    """The data of an answer, an event or a webhook does not fit its type. Only packages with strict models raise it.

    Attributes:
        problems: Each place that does not fit, as member names and numbers joined by dots, and what is wrong there.
        body: The first bytes of the data.
    """

    def __init__(self, message: str, *, problems: list[tuple[str, str]], body: bytes) -> None:
        super().__init__(message)
        self.problems = problems
        self.body = body[:500]


class WebhookVerificationError(APIError):
    """A webhook is not signed, not by this secret, or too old."""


class APIStatusError(APIError):
    """The server answered with a status that is not a success.

    Attributes:
        status: The status code.
        headers: The headers of the answer.
        declared: The types of those that the document describes.
        request_id: The server's name for the request, if it gives one. Tell it to support.
        data: The body, typed by the operation's own schema for this status; text or None when it has none.
        body: The body as it came.
        request: What was sent.
    """

    data: Any

    def __init__(
        self,
        message: str,
        *,
        status: int,
        headers: Headers,
        data: Any,
        body: bytes,
        request: Request | None = None,
        declared: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.declared = declared or {}
        self.request_id = headers.first(
            "x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"
        )
        self.data = data
        self.body = body
        self.request = request

    @cached_property
    def typed_headers(self) -> ResponseHeaders:
        """The headers that the document describes and that came, as the types that it gives them."""
        from .typed_headers import typed_headers

        return typed_headers(self.declared, self.headers)


def describe(status: int, reason: str, data: object, body: bytes) -> str:
    """One line for people: the status and what the server says of it."""
    said = ""
    members: Any = getattr(data, "__dict__", data) if not is_dict(data) else data
    if is_dict(members):
        extra: Any = getattr(data, "model_extra", None)
        known: dict[str, Any] = {**members, **extra} if is_dict(extra) else members
        inner: Any = known.get("error")
        if is_dict(inner):
            known = {**known, **inner}
        elif inner is not None and hasattr(inner, "__dict__"):
            known = {**known, **vars(inner)}
        found = [
            known[name]
            for name in ("title", "message", "detail", "error_description", "error")
            if name in known
        ]
        said = ": ".join(
            dict.fromkeys(item for item in found[:3] if isinstance(item, str) and item)
        )
    elif isinstance(data, str):
        said = data.strip().partition("\n")[0]
    elif body:
        said = body[:200].decode("utf-8", "replace").strip().partition("\n")[0]
    head = f"{status} {reason}".strip()
    return f"{head}: {said[:500]}" if said else head
