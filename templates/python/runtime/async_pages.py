# SPDX-License-Identifier: 0BSD
"""Pages of the asynchronous client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from typing import Any, Generic

from .pages import BasePage, BodyT, Fetched, ItemT


class AsyncPage(BasePage[ItemT, BodyT]):
    """One page of a list. `async for` gives the items of this page, then of all that follow, fetched as they are needed.

    Attributes:
        body: The answer itself, typed.
        headers: The headers of the answer.
    """

    async def next_page(self) -> AsyncPage[ItemT, BodyT] | None:
        """The next page, or None behind the last."""
        following = self._next()
        return None if following is None else AsyncPage(await self._fetched.fetch(following))

    async def pages(self) -> AsyncIterator[AsyncPage[ItemT, BodyT]]:
        """This page and all that follow."""
        page: AsyncPage[ItemT, BodyT] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def take(self, count: int) -> list[ItemT]:
        """At most so many items of this page and those that follow; fetches no page more than that takes."""
        taken: list[ItemT] = []
        page: AsyncPage[ItemT, BodyT] | None = self
        while page is not None:
            taken += page.items[: max(count - len(taken), 0)]
            page = await page.next_page() if len(taken) < count else None
        return taken

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        page: AsyncPage[ItemT, BodyT] | None = self
        while page is not None:
            for item in page.items:
                yield item
            page = await page.next_page()


class AsyncPages(Generic[ItemT, BodyT]):
    """A list that was not fetched yet: `await` gives its first page, `async for` the items of all pages.

    Example:
        `async for book in client.books.list(): ...` or `page = await client.books.list()`
    """

    def __init__(self, fetch: Callable[[], Coroutine[Any, Any, Fetched]]) -> None:
        self._fetch = fetch

    def __await__(self) -> Generator[Any, Any, AsyncPage[ItemT, BodyT]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        async for item in await self._first():
            yield item

    async def pages(self) -> AsyncIterator[AsyncPage[ItemT, BodyT]]:
        """All pages."""
        page: AsyncPage[ItemT, BodyT] | None = await self._first()
        while page is not None:
            yield page
            page = await page.next_page()

    async def take(self, count: int) -> list[ItemT]:
        """At most so many items of all pages; fetches no page more than that takes."""
        return await (await self._first()).take(count)

    async def _first(self) -> AsyncPage[ItemT, BodyT]:
        return AsyncPage(await self._fetch())
