"""The asynchronous client, called as if it were the synchronous one: so the same tests hold for both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anyio.from_thread import BlockingPortal


class Blocked:
    """An object of the asynchronous client. What is awaited, or iterated over, runs in the event loop of the portal."""

    def __init__(self, portal: BlockingPortal, inner: Any) -> None:
        self._portal = portal
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        return self._settled(getattr(self.inner, name))

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        arguments = tuple(value.inner if isinstance(value, Blocked) else value for value in arguments)

        async def call() -> Any:
            value = self.inner(*arguments, **options)
            return await value if hasattr(value, "__await__") else value

        return self._settled(self._portal.call(call))

    def __iter__(self) -> Iterator[Any]:
        items = self.inner.__aiter__()

        async def following() -> tuple[Any, ...]:
            return tuple([item async for item in _first(items)])

        while found := self._portal.call(following):
            yield self._settled(found[0])

    def __enter__(self) -> Any:
        return self._settled(self._portal.call(self.inner.__aenter__))

    def __exit__(self, *raised: Any) -> None:
        self._portal.call(self.inner.__aexit__, *raised)

    def _settled(self, value: Any) -> Any:
        ours = type(value).__name__.startswith("Async") or hasattr(value, "__aiter__")
        return Blocked(self._portal, value) if ours or callable(value) else value


async def _first(items: Any) -> Any:
    item = await anext(items, None)
    if item is not None:
        yield item
