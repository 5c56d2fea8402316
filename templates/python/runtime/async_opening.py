# SPDX-License-Identifier: 0BSD
"""Calls whose answer stays open until it is left."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar


class Closes(Protocol):
    """What is left by closing it."""

    async def close(self) -> None:
        """Ends it."""
        ...


OpenT = TypeVar("OpenT", bound=Closes)


class Opening(Generic[OpenT]):
    """A call that was not made yet: `await` makes it and gives what is open; `async with` also closes that."""

    def __init__(self, call: Callable[[], Coroutine[Any, Any, OpenT]]) -> None:
        self._call = call
        self._opened: list[OpenT] = []

    def __await__(self) -> Generator[Any, Any, OpenT]:
        return self._call().__await__()

    async def __aenter__(self) -> OpenT:
        opened = await self._call()
        self._opened.append(opened)
        return opened

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._opened.pop().close()
