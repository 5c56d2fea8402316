# SPDX-License-Identifier: 0BSD
"""How a list gives its next page: rules as data, and what each changes about the call. Nothing here sends anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Union

from .errors import APIError
from .guards import is_dict, is_row
from .message import Headers
from .redirects import absolute, origin

Path = Sequence[str]
"""Member names, by the wire, that lead from the body to a value."""


class Cursor(NamedTuple):
    """The answer holds the value of the parameter for the next page."""

    parameter: str
    next: Path
    items: Path
    has_more: Path | None = None


class LastItem(NamedTuple):
    """The cursor is a member of the last item."""

    parameter: str
    member: Path
    items: Path
    has_more: Path | None = None


class Offset(NamedTuple):
    """The next page begins behind the items read so far."""

    parameter: str
    items: Path
    total: Path | None = None


class PageNumber(NamedTuple):
    """Pages are counted."""

    parameter: str
    first: int
    items: Path
    total_pages: Path | None = None
    size: str | None = None


class NextUrl(NamedTuple):
    """The answer holds the URL of the next page."""

    next: Path
    items: Path


class LinkHeader(NamedTuple):
    """The header `Link` with `rel="next"` (RFC 8288)."""

    items: Path


Pagination = Union[Cursor, LastItem, Offset, PageNumber, NextUrl, LinkHeader]


class NextCall(NamedTuple):
    """What the next call changes: values of parameters, or the whole URL."""

    changes: dict[str, Any]
    url: str | None = None

    @property
    def key(self) -> str:
        """What tells it from other calls of the same list."""
        return self.url or "&".join(f"{name}={value}" for name, value in self.changes.items())


def next_call(
    rule: Pagination, body: Any, headers: Headers, url: str, given: dict[str, Any]
) -> NextCall | None:
    """What to change for the next page; None behind the last one. `given` holds the values of this call."""
    if isinstance(rule, NextUrl):
        link = follow(body, rule.next)
        return NextCall({}, _target(url, link)) if isinstance(link, str) and link else None
    if isinstance(rule, LinkHeader):
        target = next_link(headers)
        return NextCall({}, _target(url, target)) if target else None
    items = follow(body, rule.items)
    count = len(items) if is_row(items) else 0
    if isinstance(rule, (Cursor, LastItem)):
        if rule.has_more is not None and follow(body, rule.has_more) is False:
            return None
        if isinstance(rule, Cursor):
            cursor = follow(body, rule.next)
        else:
            cursor = follow(items[-1], rule.member) if count else None
        if cursor is None or cursor == "" or cursor == given.get(rule.parameter):
            return None
        return NextCall({rule.parameter: cursor})
    if count == 0:
        return None
    if isinstance(rule, Offset):
        offset = _integer(given.get(rule.parameter)) + count
        total = follow(body, rule.total) if rule.total is not None else None
        return (
            None
            if isinstance(total, int) and offset >= total
            else NextCall({rule.parameter: offset})
        )
    page = _integer(given.get(rule.parameter), rule.first)
    pages = follow(body, rule.total_pages) if rule.total_pages is not None else None
    if isinstance(pages, int) and page - rule.first + 1 >= pages:
        return None
    size = _integer(given.get(rule.size)) if rule.size else 0
    return None if size and count < size else NextCall({rule.parameter: page + 1})


def follow(value: Any, path: Path) -> Any:
    """The value behind member names of the wire, in typed models and in plain data."""
    for name in path:
        value = member(value, name)
        if value is None:
            return None
    return value


def member(value: Any, name: str) -> Any:
    """A member by its name on the wire."""
    if is_dict(value):
        return value.get(name)
    fields: dict[str, Any] = getattr(value.__class__, "model_fields", {})
    for attribute, field in fields.items():
        if (field.alias or attribute) == name:
            return getattr(value, attribute)
    extra: dict[str, Any] | None = getattr(value, "model_extra", None)
    return extra.get(name) if extra else None


def next_link(headers: Headers) -> str | None:
    """The target of `rel="next"`."""
    for target, parameters in re.findall(
        r"<([^<>]*)>((?:\s*;\s*[^,;=\s]+(?:=(?:\"[^\"]*\"|[^,;\s]*))?)*)", headers.get("link", "")
    ):
        relation = re.search(r";\s*rel=(?:\"([^\"]*)\"|([^,;\s]*))", parameters, re.IGNORECASE)
        if relation and "next" in (relation[1] or relation[2] or "").lower().split():
            return str(target)
    return None


def _target(url: str, link: str) -> str:
    try:
        target = absolute(url, link)
        origin(target)
    except ValueError as error:
        raise APIError("the link to the next page is no URL") from error
    return target


def _integer(value: Any, default: int = 0) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return default
