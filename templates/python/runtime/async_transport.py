# SPDX-License-Identifier: 0BSD
"""How requests of the asynchronous client reach the server: a small protocol, and `httpx2` behind it."""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from typing import Any, Protocol

from .async_response import AsyncDownload
from .async_streams import AsyncStream
from .content import Content
from .errors import APITimeoutError
from .message import Headers, Request
from .options import Timeout
from .streams import Items
from .transport import Certificate
from .transport_httpx import connection_error, httpx_options, httpx_request, inflater_of_answer
from .wire import Incoming


class AsyncTransport(Protocol):
    """What sends requests. Give your own to send them another way."""

    async def send(self, request: Request, timeout: Timeout) -> Incoming:
        """Sends one request and waits for the headers of its answer; follows no redirect.

        Raises:
            APIConnectionError: No answer came.
            APITimeoutError: It took too long.
        """
        ...

    async def close(self) -> None:
        """Closes all connections."""
        ...


class AsyncWire:
    """Sends by an `AsyncTransport`, which is made when the first request is sent; under asyncio and under trio."""

    def __init__(self, http_client: Any, certificate: Certificate | None) -> None:
        self._http_client = http_client
        self._certificate = certificate
        self._locks: dict[object, AbstractAsyncContextManager[None]] = {}

    @cached_property
    def _transport(self) -> AsyncTransport:
        return async_transport_of(self._http_client, self._certificate)

    async def send(self, request: Request, timeout: Timeout) -> Incoming:
        if timeout.total is None:
            return await self._transport.send(request, timeout)
        import anyio

        # Transports bound each read alone, which a server that drips the bytes of its headers never exceeds.
        with anyio.move_on_after(timeout.total):
            return await self._transport.send(request, timeout)
        raise APITimeoutError(
            f"no answer within the timeout: {request.method} {request.operation}", request=request
        )

    async def read(self, incoming: Incoming, seconds: float | None, request: Request) -> bytes:
        if seconds is None:
            return await incoming.chunk()
        import anyio

        with anyio.move_on_after(seconds):
            return await incoming.chunk()
        await incoming.close()
        raise APITimeoutError("the answer took longer than the timeout", request=request)

    async def sleep(self, seconds: float) -> None:
        import anyio

        await anyio.sleep(seconds)

    async def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        value = function(*arguments)
        return await value if hasattr(value, "__await__") else value

    def alone(self, owner: object) -> AbstractAsyncContextManager[None]:
        import anyio

        return self._locks.setdefault(owner, anyio.Lock())

    def download(self, incoming: Incoming, request: Request) -> AsyncDownload:
        return AsyncDownload(incoming, request)

    def stream(self, items: Items) -> AsyncStream[Any]:
        return AsyncStream(items)

    async def close(self) -> None:
        """Closes the connections."""
        if "_transport" in self.__dict__:
            await self._transport.close()
            del self.__dict__["_transport"]


class AsyncHttpxTransport:
    """`httpx2`, with one pool of connections kept open."""

    def __init__(self, client: Any = None, certificate: Certificate | None = None) -> None:
        self._own = client is None
        if client is None:
            client = _client(certificate)
        self.client = client

    async def send(self, request: Request, timeout: Timeout) -> Incoming:
        content = request.content
        body = None if content is None else AsyncChunks(content)
        try:
            sent = httpx_request(self.client, request, timeout, body)
            answer = await self.client.send(sent, **httpx_options(request))
        except Exception as error:
            raise connection_error(error, request) from error
        return AsyncHttpxIncoming(answer, request)

    async def close(self) -> None:
        if self._own:
            await self.client.aclose()


class AsyncHttpxIncoming:
    """An answer of `httpx2`."""

    def __init__(self, answer: Any, request: Request) -> None:
        self._answer = answer
        self._chunks = _chunks(answer)
        self._request = request
        self.status: int = answer.status_code
        self.reason: str = answer.reason_phrase
        self.headers = Headers(answer.headers.multi_items())

    async def chunk(self) -> bytes:
        try:
            return await anext(self._chunks, b"")
        except Exception as error:
            await self.close()
            raise connection_error(error, self._request) from error

    async def close(self) -> None:
        import anyio

        # Also when the call was cancelled: a connection that is not given back is lost to the pool.
        with anyio.CancelScope(shield=True):
            await self._answer.aclose()


async def _chunks(answer: Any) -> AsyncIterator[bytes]:
    inflater = inflater_of_answer(answer)
    if inflater is None:
        async for chunk in answer.aiter_bytes():
            yield chunk
        return
    async for chunk in answer.aiter_raw():
        for piece in inflater.feed(chunk):
            yield piece
    inflater.finish()


class AsyncChunks:
    """The bytes of a body for the event loop: what may take long is read in a thread."""

    def __init__(self, content: Content) -> None:
        self._pieces = iter(content.pieces())
        self._waits = False
        self._current: Any = iter(())

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        while not (chunk := await self._chunk()):
            piece = next(self._pieces, None)
            if piece is None:
                raise StopAsyncIteration
            stream: Any = piece.start()
            self._waits = piece.waits
            self._current = stream.__aiter__() if piece.asynchronous else iter(stream)
        return chunk

    async def _chunk(self) -> bytes:
        if hasattr(self._current, "__anext__"):
            async for chunk in self._current:
                if chunk:
                    return bytes(chunk)
            return b""
        chunks = filter(None, self._current)
        if not self._waits:
            return next(chunks, b"")
        import anyio.to_thread

        return await anyio.to_thread.run_sync(next, chunks, b"")


def async_transport_of(client: Any, certificate: Certificate | None = None) -> AsyncTransport:
    """The transport that a caller means: an `httpx2.AsyncClient`, or one of their own."""
    if client is None:
        return AsyncHttpxTransport(certificate=certificate)
    if type(client).__module__.partition(".")[0] in ("httpx2", "httpx"):
        if not hasattr(client, "__aenter__"):
            raise TypeError("the asynchronous client takes an httpx2.AsyncClient, not a Client")
        return AsyncHttpxTransport(client)
    transport: AsyncTransport = client
    return transport


def demand(extra: str, client: Any) -> None:
    """Says what to install when it is not.

    Raises:
        ImportError: There is nothing to send with.
    """
    needed = "anyio" if client is not None else "httpx2"
    if importlib.util.find_spec(needed) is None:
        raise ImportError(f'the asynchronous client needs {needed}: pip install "{extra}"')


def _client(certificate: Certificate | None) -> Any:
    import http.cookiejar

    import httpx2

    verify: Any = True
    if certificate is not None:
        verify = httpx2.create_ssl_context()
        paths = (certificate,) if isinstance(certificate, str) else certificate
        verify.load_cert_chain(*paths)
    # An API is not a browser: what it sets as a cookie is not sent back unasked.
    policy = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
    return httpx2.AsyncClient(
        verify=verify,
        cookies=http.cookiejar.CookieJar(policy),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=64),
    )
