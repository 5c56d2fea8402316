# SPDX-License-Identifier: 0BSD
"""The synchronous side: a wire that blocks, and calls that return when they are done."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, TypeVar

from .errors import InvalidRequestError
from .message import Request
from .operation import Operation
from .options import RequestOptions, Timeout
from .pages import Page
from .pagination import Pagination
from .pipeline import Pipeline
from .response import Download
from .sentinel import NOT_GIVEN, NotGiven
from .streams import Items, Stream
from .transport import Answer, Certificate, Transport, transport_of
from .wire import Incoming, run

T = TypeVar("T")
BodyT = TypeVar("BodyT")


class Calls:
    """What resources call."""

    __slots__ = ("pipeline",)

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def call(
        self,
        operation: Operation[T, Any],
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> T:
        """Does the operation and gives what it answers, typed.

        Raises:
            APIError: One of the tree in the module `errors`.
        """
        value: T = run(self.pipeline.call(operation, values, body, content_type, options))
        return value

    def page(
        self,
        operation: Operation[BodyT, Any],
        rule: Pagination,
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> Page[Any, BodyT]:
        """Does an operation that lists, and gives its first page."""
        return Page(run(self.pipeline.page(operation, rule, values, body, content_type, options)))


class BlockingWire:
    """Sends by a `Transport`, which is made when the first request is sent."""

    def __init__(self, http_client: Any, certificate: Certificate | None) -> None:
        self._http_client = http_client
        self._certificate = certificate
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._transport: Transport | None = None
        self._making = threading.Lock()
        self._locks: dict[object, threading.Lock] = {}

    def _started(self) -> Transport:
        if self._process != os.getpid():
            # A forked process must not speak on the connections of its parent, nor wait for locks that it held.
            self._begin()
        with self._making:
            if self._transport is None:
                self._transport = transport_of(self._http_client, self._certificate)
            return self._transport

    async def send(self, request: Request, timeout: Timeout) -> Incoming:
        return BlockingIncoming(self._started().send(request, timeout))

    async def read(self, incoming: Incoming, seconds: float | None, request: Request) -> bytes:
        if isinstance(incoming, BlockingIncoming):
            incoming.wait_at_most(seconds)
        return await incoming.chunk()

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    async def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        value = function(*arguments)
        if hasattr(value, "__await__"):
            if hasattr(value, "close"):
                value.close()
            raise InvalidRequestError("an asynchronous function needs the asynchronous client")
        return value

    def alone(self, owner: object) -> AbstractAsyncContextManager[None]:
        return _Held(self._locks.setdefault(owner, threading.Lock()))

    def download(self, incoming: Incoming, request: Request) -> Download:
        return Download(incoming, request)

    def stream(self, items: Items) -> Stream[Any]:
        return Stream(items)

    def close(self) -> None:
        """Closes the connections."""
        transport, self._transport = self._transport, None
        if transport is not None and self._process == os.getpid():
            transport.close()


class BlockingIncoming:
    """An answer of a `Transport`."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._chunks = iter(answer.chunks())
        self.status = answer.status
        self.reason = answer.reason
        self.headers = answer.headers

    def wait_at_most(self, seconds: float | None) -> None:
        """Bounds the next read, where the transport can."""
        bound: Any = getattr(self._answer, "wait_at_most", None)
        if bound is not None:
            bound(seconds)

    async def chunk(self) -> bytes:
        return next(filter(None, self._chunks), b"")

    async def close(self) -> None:
        self._answer.close()


class _Held(AbstractAsyncContextManager[None]):
    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    async def __aenter__(self) -> None:
        self._lock.acquire()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()
