# SPDX-License-Identifier: 0BSD
"""Requests and headers as plain values: what hooks see, what transports send."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from .errors import InvalidRequestError
from .guards import is_mapping

if TYPE_CHECKING:
    from .content import Content

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


class Headers(MutableMapping[str, str]):
    """Headers, compared without case. Repeated ones are one value with commas; `all` keeps them apart."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._items: dict[str, list[tuple[str, str]]] = {}
        given: Any = items
        for name, value in given.items() if is_mapping(given) else given:
            self.add(name, value)

    def __getitem__(self, name: str) -> str:
        return ", ".join(value for _, value in self._items[name.lower()])

    def __setitem__(self, name: str, value: str) -> None:
        self._items[name.lower()] = [(name, value)]

    def __delitem__(self, name: str) -> None:
        del self._items[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return (values[0][0] for values in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._items

    def __repr__(self) -> str:
        return f"Headers({list(self)!r})"

    def add(self, name: str, value: str) -> None:
        """Adds a value and keeps those of the same name."""
        self._items.setdefault(name.lower(), []).append((name, value))

    def all(self, name: str) -> list[str]:
        """Every value of the name, in the order of arrival."""
        return [value for _, value in self._items.get(name.lower(), ())]

    def first(self, *names: str) -> str | None:
        """The value of the first of these names that is there."""
        return next((self[name] for name in names if name in self), None)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every name and value, as written."""
        for values in self._items.values():
            yield from values

    def copy(self) -> Headers:
        """The same headers, to change."""
        return Headers(self.pairs())


def is_token(text: str) -> bool:
    """Whether it can be the name of a header or a method (RFC 9110, 5.6.2)."""
    return _TOKEN.fullmatch(text) is not None


def check_header(name: str, value: str) -> None:
    """Refuses names and values that would end a header and begin another (RFC 9110, 5.5).

    Raises:
        InvalidRequestError: The name is no token, or the value holds a control character.
    """
    if not is_token(name):
        raise InvalidRequestError(f"{name!r} is not a header name")
    if any((character < " " and character != "\t") or character == "\x7f" for character in value):
        raise InvalidRequestError(
            f"the value of the header {name} holds a line break or another control character"
        )


class Request:
    """One request, complete but for credentials of the transport. A hook may change it before it is sent.

    Attributes:
        method: The HTTP method.
        url: The whole URL, percent-encoded.
        headers: All headers.
        content: The body, if there is one; it can be opened once for every attempt.
        operation: The id of the operation.
        secrets: The names of headers and query parameters that carry credentials: never logged, never redirected.
        foreign: Whether a redirect has led it to another origin than it was made for: no credential may go along.
    """

    __slots__ = ("content", "foreign", "headers", "method", "operation", "secrets", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: Headers,
        content: Content | None = None,
        operation: str = "",
        secrets: frozenset[str] = frozenset(),
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.content = content
        self.operation = operation
        self.secrets = secrets
        self.foreign = False

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.operation}>"
