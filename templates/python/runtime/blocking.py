# SPDX-License-Identifier: 0BSD
"""The synchronous side: a wire that blocks, and calls that return when they are done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cached_property
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
        self._locks: dict[object, threading.Lock] = {}

    @cached_property
    def _transport(self) -> Transport:
        return transport_of(self._http_client, self._certificate)

    async def send(self, request: Request, timeout: Timeout) -> Incoming:
        return BlockingIncoming(self._transport.send(request, timeout))

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
        if "_transport" in self.__dict__:
            self._transport.close()
            del self.__dict__["_transport"]


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
