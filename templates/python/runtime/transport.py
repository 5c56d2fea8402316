# SPDX-License-Identifier: 0BSD
"""How requests reach the server: a small protocol, and `requests` behind it.

A transport sends one request and follows nothing: retries and redirects belong to the pipeline, so that credentials
never travel further than they should.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol, Union

from .errors import APIConnectionError, APITimeoutError
from .inflate import inflater_of
from .message import Headers, Request
from .operation import expects_body
from .options import Timeout

if TYPE_CHECKING:
    import requests

CHUNK = 64 * 1024

_OURS = frozenset({"content-length", "transfer-encoding"})
_HARMLESS = frozenset({"accept-encoding", "connection", "host"})

Certificate = Union[str, "tuple[str, str]"]
"""The path of a client certificate, and of its key when that is in another file."""


class Answer(Protocol):
    """An answer whose body is still on its way."""

    @property
    def status(self) -> int:
        """The status code."""
        ...

    @property
    def reason(self) -> str:
        """The words beside the status code."""
        ...

    @property
    def headers(self) -> Headers:
        """The headers."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the body as they arrive, decompressed."""
        ...

    def close(self) -> None:
        """Gives the connection back."""
        ...


class Transport(Protocol):
    """What sends requests. Give your own to send them another way."""

    def send(self, request: Request, timeout: Timeout) -> Answer:
        """Sends one request and waits for the headers of its answer; follows no redirect.

        Raises:
            APIConnectionError: No answer came.
            APITimeoutError: It took too long.
        """
        ...

    def close(self) -> None:
        """Closes all connections."""
        ...


class RequestsTransport:
    """`requests`, with one session of connections kept open."""

    def __init__(
        self, session: requests.Session | None = None, certificate: Certificate | None = None
    ) -> None:
        import http.cookiejar

        import requests

        self._own = session is None
        if session is None:
            from .deadline import BoundedAdapter

            session = requests.Session()
            # An API is not a browser: what it sets as a cookie is not sent back unasked.
            session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
            adapter = BoundedAdapter(pool_connections=16, pool_maxsize=64)
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            session.cert = certificate
        self.session = session

    def send(self, request: Request, timeout: Timeout) -> Answer:
        import requests
        import urllib3

        session = self.session
        try:
            # An `auth` of any kind keeps requests from sending what ~/.netrc says instead of our credentials.
            auth = None if request.foreign else session.auth
            draft = requests.Request(request.method, request.url, auth=auth or _unchanged)
            prepared = session.prepare_request(draft)
            settings = session.merge_environment_settings(
                prepared.url or request.url, {}, True, None, None
            )
            # The URL is percent-encoded already: requests would decode parts of it. Methods keep their case (RFC 9110, 9.1).
            prepared.url, prepared.method = request.url, request.method
            headers: Any = prepared.headers
            for name in list(headers):
                if name.lower() in _OURS or not may_add(name, request):
                    del headers[name]
            for name, value in request.headers.items():
                # http.client would write text as Latin-1; both clients send UTF-8.
                headers[name] = value if value.isascii() else value.encode()
            content = request.content
            if content is not None:
                if content.length is None:
                    headers["Transfer-Encoding"] = "chunked"
                else:
                    headers["Content-Length"] = str(content.length)
                body: Any = content.open()
                prepared.body = body
            elif expects_body(request.method):
                headers["Content-Length"] = "0"
            prepared.register_hook("response", _lead_nowhere)
            answer = session.send(
                prepared,
                timeout=(timeout.connect, timeout.total),
                allow_redirects=False,
                **settings,
            )
        except requests.Timeout as error:
            raise APITimeoutError(
                f"no answer within the timeout: {request.method} {request.operation}",
                request=request,
            ) from _cause(error)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            cause = _cause(error)
            raise APIConnectionError(
                f"the connection failed: {_said(cause)}", request=request
            ) from cause
        return RequestsAnswer(answer, request)

    def close(self) -> None:
        if self._own:
            self.session.close()


class RequestsAnswer:
    """An answer of `requests`."""

    def __init__(self, answer: requests.Response, request: Request) -> None:
        self._answer = answer
        self._request = request
        self.status = answer.status_code
        self.reason = answer.reason or ""
        raw: Any = getattr(answer.raw, "headers", None)
        self.headers = Headers(raw.items() if raw is not None else answer.headers.items())

    def chunks(self) -> Iterator[bytes]:
        import urllib3

        raw: Any = self._answer.raw
        inflater = inflater_of(self.headers.get("content-encoding"))
        try:
            while chunk := raw.read1(CHUNK, decode_content=inflater is None):
                if inflater is None:
                    yield chunk
                else:
                    yield from inflater.feed(chunk)
            if inflater is not None:
                inflater.finish()
        except urllib3.exceptions.ReadTimeoutError as error:
            raise APITimeoutError(
                "the answer took longer than the timeout", request=self._request
            ) from error
        except (urllib3.exceptions.HTTPError, OSError, EOFError, zlib.error) as error:
            raise APIConnectionError(
                f"the answer was cut off: {_said(_cause(error))}", request=self._request
            ) from error
        finally:
            self.close()

    def wait_at_most(self, seconds: float | None) -> None:
        """Bounds the next reads of the body; `requests` itself only knows one wait for all of them."""
        held: Any = self._answer.raw
        for name in ("_fp", "fp", "raw"):
            held = getattr(held, name, None)
        # A session of the caller's own has no such reads: there it bounds each read, not all of them.
        bound = getattr(held, "wait_at_most", None)
        bound = bound or getattr(getattr(held, "_sock", None), "settimeout", None)
        if bound is not None:
            bound(seconds)

    def close(self) -> None:
        self._answer.close()


def transport_of(client: Any, certificate: Certificate | None = None) -> Transport:
    """The transport that a caller means: a `requests.Session`, an `httpx2.Client`, or one of their own."""
    if client is None:
        return RequestsTransport(certificate=certificate)
    module = type(client).__module__.partition(".")[0]
    if module in ("httpx2", "httpx"):
        from .transport_httpx import HttpxTransport

        if not hasattr(client, "__enter__"):
            raise TypeError("the synchronous client takes an httpx2.Client, not an AsyncClient")

        return HttpxTransport(client)
    if hasattr(client, "prepare_request"):
        return RequestsTransport(client)
    transport: Transport = client
    return transport


def _lead_nowhere(answer: requests.Response, **_: Any) -> None:
    # Else requests prepares a redirect that nobody asks for, and fails at a strange Location.
    answer.headers.pop("Location", None)


def _unchanged(request: Any) -> Any:
    return request


def may_add(name: str, request: Request) -> bool:
    """Whether the HTTP client may add a header of its own: one that may be a credential stays at its origin."""
    return not request.foreign or name.lower() in _HARMLESS


def _cause(error: BaseException) -> BaseException:
    """The innermost reason. What `requests` and `urllib3` say around it holds the URL, and with it secrets of the query."""
    reason: Any = error
    while isinstance(
        inner := getattr(reason, "reason", None) or (reason.args[0] if reason.args else None),
        BaseException,
    ):
        reason = inner
    found: BaseException = reason
    return found


def _said(reason: BaseException) -> str:
    text = str(reason)
    if text.startswith(("<", "HTTPConnection", "HTTPSConnection")):
        text = text.partition(": ")[2]
    return text or type(reason).__name__
