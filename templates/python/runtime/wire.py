# SPDX-License-Identifier: 0BSD
"""What a call needs of the world: to send, to wait, to ask functions of the caller, and to be alone for a while.

How a call goes is written once, in coroutines that wait for nothing but a `Wire`. The wire of the asynchronous client
gives way to the event loop. That of the synchronous one blocks instead, so that its coroutines end at their first step,
and no event loop is needed: `run`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from .message import Headers, Request
    from .options import Timeout
    from .streams import Items

T = TypeVar("T")


class Incoming(Protocol):
    """An answer whose body is still on its way."""

    @property
    def status(self) -> int:
        """The status code."""
        ...

    @property
    def reason(self) -> str:
        """The words beside the status code."""
        ...

    @property
    def headers(self) -> Headers:
        """The headers."""
        ...

    async def chunk(self) -> bytes:
        """The next bytes of the body, decompressed; none at its end.

        Raises:
            APIConnectionError: The answer was cut off.
            APITimeoutError: It took too long.
        """
        ...

    async def close(self) -> None:
        """Gives the connection back, or ends it when the body was not read."""
        ...


class Reopen(Protocol):
    """Sends a request again, to go on where an answer broke off."""

    async def __call__(
        self, headers: Mapping[str, str], breaks: int, wait: float | None
    ) -> Incoming | None:
        """The new answer to the request with these headers more, after so many breaks and so many seconds.

        None when the request must not be sent again.
        """
        ...


class Wire(Protocol):
    """The world, as a client sees it: the blocking one, or the one of an event loop."""

    async def send(self, request: Request, timeout: Timeout) -> Incoming:
        """Sends one request and waits for the headers of its answer; follows no redirect."""
        ...

    async def read(self, incoming: Incoming, seconds: float | None, request: Request) -> bytes:
        """The next bytes of a body, for which it waits no longer than so many seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...

    async def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls a function of the caller: a hook, or what gives a secret."""
        ...

    def alone(self, owner: object) -> AbstractAsyncContextManager[None]:
        """Keeps all other calls out that want to be alone with the same owner."""
        ...

    def download(self, incoming: Incoming, request: Request) -> Any:
        """A file on its way, in the form that this client gives."""
        ...

    def stream(self, items: Items) -> Any:
        """Items as they arrive, in the form that this client gives."""
        ...


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine whose wire blocks: it ends at its first step."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    coroutine.close()
    raise RuntimeError("a synchronous call waited for an event loop")
