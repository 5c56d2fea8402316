# SPDX-License-Identifier: 0BSD
"""One page of a list, which iterates over all of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from .guards import is_row
from .message import Headers
from .pagination import NextCall, Pagination, follow, next_call
from .wire import run

ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class Fetched(NamedTuple):
    """A page as it came, with all that is needed to fetch the next."""

    body: Any
    headers: Headers
    url: str
    rule: Pagination
    given: dict[str, Any]
    seen: frozenset[str]
    fetch: Callable[[NextCall], Coroutine[Any, Any, Fetched]]


class BasePage(Generic[ItemT, BodyT]):
    """What is known of a page.

    Attributes:
        body: The answer itself, typed.
        headers: The headers of the answer.
    """

    def __init__(self, fetched: Fetched) -> None:
        self.body: BodyT = fetched.body
        self.headers = fetched.headers
        self._fetched = fetched

    @property
    def items(self) -> list[ItemT]:
        """The items of this page alone."""
        found: Any = follow(self.body, self._fetched.rule.items)
        return list(found) if is_row(found) else []

    @property
    def has_next(self) -> bool:
        """Whether the answer says that there is another page."""
        return self._next() is not None

    def __repr__(self) -> str:
        more = ", more to come" if self.has_next else ""
        return f"<{type(self).__name__} of {len(self.items)}{more}>"

    def _next(self) -> NextCall | None:
        page = self._fetched
        following = next_call(page.rule, page.body, page.headers, page.url, page.given)
        # A server that leads back to where it was would be followed for ever.
        return None if following is not None and following.key in page.seen else following


class Page(BasePage[ItemT, BodyT]):
    """One page of a list. Iterating gives the items of this page, then of all that follow, fetched as they are needed.

    Attributes:
        body: The answer itself, typed.
        headers: The headers of the answer.
    """

    def next_page(self) -> Page[ItemT, BodyT] | None:
        """The next page, or None behind the last."""
        following = self._next()
        return None if following is None else Page(run(self._fetched.fetch(following)))

    def pages(self) -> Iterator[Page[ItemT, BodyT]]:
        """This page and all that follow."""
        page: Page[ItemT, BodyT] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def take(self, count: int) -> list[ItemT]:
        """At most so many items of this page and those that follow; fetches no page more than that takes."""
        return list(islice(self, max(count, 0)))

    def __iter__(self) -> Iterator[ItemT]:
        for page in self.pages():
            yield from page.items
