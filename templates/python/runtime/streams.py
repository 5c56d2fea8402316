# SPDX-License-Identifier: 0BSD
"""Answers that arrive item by item: server-sent events and JSON lines."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Generic, NamedTuple, TypeVar

from typing_extensions import Self

from .errors import APIConnectionError, APIResponseError
from .message import Headers, Request
from .wire import Incoming, Reopen, run

T = TypeVar("T")

LONGEST_ITEM = 64 * 1024 * 1024
"""Characters of a line or an event. A server that never ends one must not fill the memory."""

LONGEST_WAIT = 60.0
"""Seconds that a server may ask to wait before a stream is taken up again."""


class ServerSentEvent(NamedTuple):
    """One event, as the server sent it."""

    data: str
    event: str = "message"
    id: str | None = None
    retry: int | None = None


class EventDecoder:
    """Lines to events (WHATWG HTML, 9.2.6). Remembers the last event id, so that a stream can be taken up again."""

    def __init__(self, last_id: str | None = None, retry: int | None = None) -> None:
        self.last_id = last_id
        self.retry = retry
        self.held = 0
        self._id = last_id
        self._data: list[str] = []
        self._event = ""

    def feed(self, line: str) -> ServerSentEvent | None:
        """Takes a line; gives an event when the line ends one."""
        if not line:
            # Only now: an event that never came whole must come once more when the stream is taken up again.
            self.last_id = self._id
            if not self._data:
                self._event = ""
                return None
            made = ServerSentEvent(
                "\n".join(self._data), self._event or "message", self.last_id, self.retry
            )
            self._data, self._event, self.held = [], "", 0
            return made
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self.held += len(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value[:9])
        return None


class LineDecoder:
    """Bytes to lines, ended by LF, CR or both; bytes that are no UTF-8 become replacement characters."""

    def __init__(self, *, carriage_return: bool = True) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._pieces: list[str] = []
        self._held_return = ""
        self._carriage_return = carriage_return
        self.held = 0

    def feed(self, chunk: bytes, *, final: bool = False) -> list[str]:
        """Takes bytes; gives the lines that they complete."""
        text = self._held_return + self._decode.decode(chunk, final)
        if self._carriage_return:
            self._held_return = "\r" if text.endswith("\r") and not final else ""
            text = text.removesuffix(self._held_return).replace("\r\n", "\n").replace("\r", "\n")
        # What was read of a line is not looked at again: a line of many chunks costs no more than many lines.
        first, *lines = text.split("\n")
        self._pieces.append(first)
        self.held += len(first)
        if lines:
            first = "".join(self._pieces)
            self._pieces = [lines.pop()]
            self.held = len(self._pieces[0])
            lines.insert(0, first)
        if final and self.held:
            lines.append("".join(self._pieces))
            self._pieces, self.held = [], 0
        return lines


class Items:
    """The items of an answer, one after the other. Events are taken up again where the connection broke.

    Attributes:
        incoming: The answer that they come from.
        request: What was sent for it.
    """

    def __init__(
        self,
        incoming: Incoming,
        request: Request,
        item: Callable[[], Any],
        kind: str,
        reopen: Reopen,
    ) -> None:
        self.incoming = incoming
        self.request = request
        self._item = item
        self._kind = kind
        self._reopen = reopen
        self._events = EventDecoder()
        self._decoder = LineDecoder(carriage_return=kind == "events")
        self._lines: deque[str] = deque()
        self._ended = False
        self._breaks = 0

    async def next(self) -> Any:
        """The next item.

        Raises:
            StopAsyncIteration: There are no more.
        """
        from .models import build_json

        annotation = self._item()
        if self._kind == "events":
            event = await self.next_event()
            if event.data.strip() == "[DONE]":
                await self.close()
                raise StopAsyncIteration
            return item_of(annotation, event)
        while (line := await self._next_line()) is not None:
            text = line.strip(" \t\r\n\x1e").encode()
            if text:
                try:
                    return build_json(annotation, text)
                except ValueError as error:
                    await self.close()
                    raise self._refusal("sent a line that is no JSON", text) from error
        raise StopAsyncIteration

    async def next_event(self) -> ServerSentEvent:
        """The next event itself.

        Raises:
            StopAsyncIteration: There are no more.
        """
        while True:
            try:
                line = await self._next_line()
            except APIConnectionError as error:
                await self._take_up_again(error)
                continue
            if line is None:
                raise StopAsyncIteration
            event = self._events.feed(line)
            if event is not None:
                self._breaks = 0
                return event

    async def close(self) -> None:
        """Ends the stream."""
        self._ended = True
        self._lines.clear()
        await self.incoming.close()

    async def _next_line(self) -> str | None:
        while not self._lines and not self._ended:
            chunk = await self.incoming.chunk()
            self._ended = not chunk
            self._lines += self._decoder.feed(chunk, final=self._ended)
            if self._decoder.held + self._events.held > LONGEST_ITEM:
                await self.close()
                raise self._refusal(f"sent an item longer than {LONGEST_ITEM} characters")
        return self._lines.popleft() if self._lines else None

    def _refusal(self, words: str, text: bytes = b"") -> APIResponseError:
        return APIResponseError(
            f"{self.request.operation} {words}",
            status=self.incoming.status,
            headers=self.incoming.headers,
            body=text[:500],
        )

    async def _take_up_again(self, error: APIConnectionError) -> None:
        await self.incoming.close()
        last_id = self._events.last_id
        again = None
        if last_id:
            asked = self._events.retry
            wait = None if asked is None else min(asked / 1000, LONGEST_WAIT)
            again = await self._reopen({"Last-Event-ID": last_id}, self._breaks, wait)
        if again is None or again.status != 200:
            self._ended = True
            raise error
        self._breaks += 1
        self.incoming = again
        # What had come of a line or an event comes once more.
        self._lines.clear()
        self._decoder = LineDecoder()
        self._events = EventDecoder(last_id, self._events.retry)


class Stream(Generic[T]):
    """Typed items as they arrive. Iterate over it once; leaving the loop, or `with`, closes the connection.

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

    def __iter__(self) -> Iterator[T]:
        try:
            while (item := self._next()) is not _END:
                yield item
        finally:
            self.close()

    def __next__(self) -> T:
        item = self._next()
        if item is _END:
            raise StopIteration
        value: T = item
        return value

    def events(self) -> Iterator[ServerSentEvent]:
        """The events themselves, with their names and ids, instead of their typed data."""
        try:
            while True:
                try:
                    event = run(self._items.next_event())
                except StopAsyncIteration:
                    return
                yield event
        finally:
            self.close()

    def close(self) -> None:
        """Ends the stream."""
        run(self._items.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _next(self) -> Any:
        try:
            return run(self._items.next())
        except StopAsyncIteration:
            return _END


_END: Any = object()


def item_of(annotation: Any, event: ServerSentEvent) -> Any:
    """The data of an event as its type; data that is no JSON stays text."""
    if annotation is ServerSentEvent:
        return event
    from .models import build_json

    try:
        return build_json(annotation, event.data.encode())
    except ValueError:
        return event.data
