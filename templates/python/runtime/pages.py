# SPDX-License-Identifier: 0BSD
"""One page of a list, which iterates over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from .guards import is_row
from .message import Headers
from .pagination import NextCall, Pagination, follow, next_call

ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class Page(Generic[ItemT, BodyT]):
    """One page of a list. Iterating gives the items of this page, then of all that follow, fetched as they are needed.

    Attributes:
        body: The answer itself, typed.
        headers: The headers of the answer.
    """

    def __init__(
        self,
        body: BodyT,
        headers: Headers,
        url: str,
        rule: Pagination,
        given: dict[str, Any],
        fetch: Callable[[NextCall], Page[ItemT, BodyT]],
    ) -> None:
        self.body = body
        self.headers = headers
        self._rule = rule
        self._url = url
        self._given = given
        self._fetch = fetch

    @property
    def items(self) -> list[ItemT]:
        """The items of this page alone."""
        found: Any = follow(self.body, self._rule.items)
        return list(found) if is_row(found) else []

    @property
    def has_next(self) -> bool:
        """Whether the answer says that there is another page."""
        return self._next() is not None

    def next_page(self) -> Page[ItemT, BodyT] | None:
        """The next page, or None behind the last."""
        following = self._next()
        return None if following is None else self._fetch(following)

    def pages(self) -> Iterator[Page[ItemT, BodyT]]:
        """This page and all that follow."""
        page: Page[ItemT, BodyT] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[ItemT]:
        for page in self.pages():
            yield from page.items

    def __repr__(self) -> str:
        return f"<Page of {len(self.items)}{', more to come' if self.has_next else ''}>"

    def _next(self) -> NextCall | None:
        return next_call(self._rule, self.body, self.headers, self._url, self._given)
