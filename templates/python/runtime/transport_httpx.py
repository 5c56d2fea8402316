# SPDX-License-Identifier: 0BSD
"""`httpx2` as a transport, for callers who bring a client of their own."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from .errors import APIConnectionError, APITimeoutError, InvalidRequestError
from .inflate import Inflater, inflater_of
from .message import Headers, Request
from .options import Timeout
from .transport import Answer, may_add

_BODY = frozenset({"content-length", "transfer-encoding"})


class HttpxTransport:
    """An `httpx2.Client`, which stays open when the API's client is closed."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def send(self, request: Request, timeout: Timeout) -> Answer:
        try:
            sent = httpx_request(
                self.client, request, timeout, request.content.open() if request.content else None
            )
            answer = self.client.send(sent, **httpx_options(request))
        except Exception as error:
            raise connection_error(error, request) from error
        return HttpxAnswer(answer, request)

    def close(self) -> None:
        return None


class HttpxAnswer:
    """An answer of `httpx2`."""

    def __init__(self, answer: Any, request: Request) -> None:
        self._answer = answer
        self._request = request
        self.status: int = answer.status_code
        self.reason: str = answer.reason_phrase
        self.headers = Headers(answer.headers.multi_items())

    def chunks(self) -> Iterator[bytes]:
        try:
            inflater = inflater_of_answer(self._answer)
            if inflater is None:
                yield from self._answer.iter_bytes()
                return
            for chunk in self._answer.iter_raw():
                yield from inflater.feed(chunk)
            inflater.finish()
        except Exception as error:
            raise connection_error(error, self._request) from error
        finally:
            self.close()

    def close(self) -> None:
        self._answer.close()


def inflater_of_answer(answer: Any) -> Inflater | None:
    """What reads the body of an answer; None when `httpx2` is to do so, or has done so already."""
    if answer.is_stream_consumed:
        return None
    return inflater_of(answer.headers.get("content-encoding"))


def httpx_request(client: Any, request: Request, timeout: Timeout, body: Any) -> Any:
    """The request of `httpx2`, with the length of its body where that is known."""
    headers = [(name.encode(), value.encode()) for name, value in request.headers.pairs()]
    if request.content is not None and request.content.length is not None:
        headers.append((b"Content-Length", str(request.content.length).encode()))
    waits = {
        "connect": timeout.connect,
        "read": timeout.total,
        "write": timeout.total,
        "pool": timeout.total,
    }
    sent = client.build_request(
        request.method, request.url, headers=headers, content=body, extensions={"timeout": waits}
    )
    # Methods keep their case (RFC 9110, 9.1).
    sent.method = request.method
    for name in {name for name in sent.headers if name not in request.headers}:
        if name not in _BODY and not may_add(name, request):
            del sent.headers[name]
    return sent


def httpx_options(request: Request) -> dict[str, Any]:
    """How `httpx2` is to send it: `auth` of the client is for the origin that the request was made for."""
    options: dict[str, Any] = {"stream": True, "follow_redirects": False}
    return {**options, "auth": None} if request.foreign else options


def connection_error(error: Exception, request: Request) -> Exception:
    """The exception of ours that says what an exception of `httpx2` says."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "TimeoutException" in names:
        return APITimeoutError(
            f"no answer within the timeout: {request.operation}", request=request
        )
    failures = {"TransportError", "StreamError", "DecodingError"}
    if names & failures or isinstance(error, (OSError, EOFError, zlib.error)):
        return APIConnectionError(f"the connection failed: {error}", request=request)
    if "InvalidURL" in names:
        return InvalidRequestError(f"{request.operation} cannot be sent: {error}")
    return error
