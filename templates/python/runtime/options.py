# SPDX-License-Identifier: 0BSD
"""What a caller may choose, for a client and for one call."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from typing_extensions import TypedDict

from .errors import InvalidRequestError

if TYPE_CHECKING:
    from .message import Headers, Request


class Timeout(NamedTuple):
    """Seconds: for each attempt of a call, and for its connection alone. None waits for ever.

    Of a stream or a download, whose end nobody knows, it bounds each wait for more. The synchronous client cannot
    bound the headers of an answer as a whole on a `requests.Session` or an `httpx2.Client` of your own: there a server
    that keeps sending bits of them is waited for.
    """

    total: float | None = 60.0
    connect: float | None = 5.0


TimeoutInput = Union[float, int, Timeout, None]
"""Seconds for each attempt of a call, a Timeout, or None to wait for ever."""


def timeout_of(value: TimeoutInput) -> Timeout:
    """The timeout that a caller means.

    Raises:
        InvalidRequestError: It leaves no time at all.
    """
    if value is None:
        return Timeout(None, None)
    if not isinstance(value, Timeout):
        value = Timeout(float(value), min(float(value), 5.0))
    if not all(seconds is None or seconds > 0 for seconds in value):
        raise InvalidRequestError("a timeout is more than nothing; None waits for ever")
    return value


class RequestOptions(TypedDict, total=False):
    """Options of one call.

    Attributes:
        headers: Headers to add or to replace; None removes one.
        query: Query parameters to add.
        body: Members to add to a JSON object or a form, or a whole body of your own.
        timeout: Seconds for each attempt.
        max_retries: How often to try again.
        idempotency_key: The key by which the server recognises a repeated request.
        base_url: Another server, also for an operation that has one of its own.
    """

    headers: Mapping[str, str | None]
    query: Mapping[str, Any]
    body: Any
    timeout: TimeoutInput
    max_retries: int
    idempotency_key: str
    base_url: str


@dataclasses.dataclass(frozen=True)
class ClientOptions:
    """Options of a client, complete.

    Attributes:
        base_url: Where requests go.
        base_url_given: Whether it was chosen: then also operations that have servers of their own go there.
    """

    base_url: str
    base_url_given: bool = False
    timeout: Timeout = dataclasses.field(default_factory=Timeout)
    max_retries: int = 2
    # What is in these may be secret, and a representation ends in logs.
    headers: Mapping[str, str | None] = dataclasses.field(
        default_factory=dict[str, "str | None"], repr=False
    )
    query: Mapping[str, Any] = dataclasses.field(default_factory=dict[str, Any], repr=False)
    before_request: Callable[[Request], Any] | None = None
    after_response: Callable[[Request, int, Headers], Any] | None = None


def environment(name: str) -> str | None:
    """A variable of the environment; empty counts as unset."""
    return os.environ.get(name) or None
