# SPDX-License-Identifier: 0BSD
"""Answers that arrive item by item, for the asynchronous client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from types import TracebackType
from typing import Any, Generic, TypeVar

from typing_extensions import Self

from .async_opening import Opening
from .message import Headers
from .streams import Items, ServerSentEvent

T = TypeVar("T")


class AsyncStream(Generic[T]):
    """Typed items as they arrive. Iterate over it once, by `async for`; `async with` closes the connection.

    Attributes:
        request: What was sent.
        status: The status code.
        headers: The headers.
    """

    def __init__(self, items: Items) -> None:
        self._items = items
        self.request = items.request
        self.status: int = items.incoming.status
        self.headers: Headers = items.incoming.headers

    async def __aiter__(self) -> AsyncIterator[T]:
        try:
            while True:
                try:
                    item: T = await self._items.next()
                except StopAsyncIteration:
                    return
                yield item
        finally:
            await self.close()

    async def __anext__(self) -> T:
        item: T = await self._items.next()
        return item

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """The events themselves, with their names and ids, instead of their typed data."""
        try:
            while True:
                try:
                    event = await self._items.next_event()
                except StopAsyncIteration:
                    return
                yield event
        finally:
            await self.close()

    async def close(self) -> None:
        """Ends the stream."""
        await self._items.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


class AsyncStreamCall(Opening[AsyncStream[T]], Generic[T]):
    """A stream that was not asked for yet: `await` and `async with` give it, `async for` its items.

    Example:
        `async for event in client.events.stream(): ...`
    """

    def __init__(self, call: Callable[[], Coroutine[Any, Any, AsyncStream[T]]]) -> None:
        super().__init__(call)

    async def __aiter__(self) -> AsyncIterator[T]:
        async with self as stream:
            async for item in stream:
                yield item
