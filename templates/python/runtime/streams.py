# SPDX-License-Identifier: 0BSD
"""Answers that arrive item by item: server-sent events and JSON lines."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, NamedTuple, TypeVar

from .message import Headers, Request
from .models import build_json
from .transport import Answer

T = TypeVar("T")


class ServerSentEvent(NamedTuple):
    """One event, as the server sent it."""

    data: str
    event: str = "message"
    id: str | None = None
    retry: int | None = None


class EventDecoder:
    """Lines to events (WHATWG HTML, 9.2.6). Remembers the last event id, so that a stream can be taken up again."""

    def __init__(self) -> None:
        self.last_id: str | None = None
        self.retry: int | None = None
        self._data: list[str] = []
        self._event = ""

    def feed(self, line: str) -> ServerSentEvent | None:
        """Takes a line; gives an event when the line ends one."""
        if not line:
            if not self._data:
                self._event = ""
                return None
            made = ServerSentEvent(
                "\n".join(self._data), self._event or "message", self.last_id, self.retry
            )
            self._data, self._event = [], ""
            return made
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self.last_id = value
        elif name == "retry" and value.isdigit():
            self.retry = int(value)
        return None


class LineDecoder:
    """Bytes to lines, ended by LF, CR or both; bytes that are no UTF-8 become replacement characters."""

    def __init__(self, *, carriage_return: bool = True) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._carriage_return = carriage_return

    def feed(self, chunk: bytes, *, final: bool = False) -> list[str]:
        """Takes bytes; gives the lines that they complete."""
        text = self._rest + self._decode.decode(chunk, final)
        if self._carriage_return:
            held = "\r" if text.endswith("\r") and not final else ""
            text = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n")
        else:
            held = ""
        *lines, rest = text.split("\n")
        self._rest = rest + held
        if final and self._rest:
            lines.append(self._rest)
            self._rest = ""
        return lines


class Stream(Generic[T]):
    """Typed items as they arrive. Iterate over it once; leaving the loop, or `with`, closes the connection.

    Attributes:
        status: The status code.
        headers: The headers.
    """

    def __init__(
        self,
        answer: Answer,
        request: Request,
        item: Callable[[], Any],
        kind: str,
        reopen: Callable[[str], Answer | None] | None = None,
    ) -> None:
        self._answer = answer
        self._item = item
        self._kind = kind
        self._reopen = reopen
        self._items = self._iterate()
        self.request = request
        self.status: int = answer.status
        self.headers: Headers = answer.headers

    def __iter__(self) -> Iterator[T]:
        try:
            yield from self._items
        finally:
            self.close()

    def __next__(self) -> T:
        return next(self._items)

    def events(self) -> Iterator[ServerSentEvent]:
        """The events themselves, with their names and ids, instead of their typed data."""
        from .errors import APIConnectionError

        decoder = EventDecoder()
        while True:
            try:
                for line in lines_of(self._answer.chunks()):
                    event = decoder.feed(line)
                    if event is not None:
                        yield event
                return
            except APIConnectionError:
                again = (
                    self._reopen(decoder.last_id)
                    if self._reopen is not None and decoder.last_id
                    else None
                )
                if again is None:
                    raise
                self._answer = again

    def close(self) -> None:
        """Ends the stream."""
        self._answer.close()

    def __enter__(self) -> Stream[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _iterate(self) -> Iterator[T]:
        annotation: Any = self._item()
        if self._kind == "events":
            for event in self.events():
                if event.data.strip() == "[DONE]":
                    return
                yield item_of(annotation, event)
        else:
            for line in lines_of(self._answer.chunks(), carriage_return=False):
                text = line.strip(" \t\r\n\x1e")
                if text:
                    yield build_json(annotation, text.encode())


def item_of(annotation: Any, event: ServerSentEvent) -> Any:
    """The data of an event as its type; data that is no JSON stays text."""
    if annotation is ServerSentEvent:
        return event
    try:
        return build_json(annotation, event.data.encode())
    except (json.JSONDecodeError, ValueError):
        return event.data


def lines_of(chunks: Iterable[bytes], *, carriage_return: bool = True) -> Iterator[str]:
    """Bytes to lines."""
    decoder = LineDecoder(carriage_return=carriage_return)
    for chunk in chunks:
        yield from decoder.feed(chunk)
    yield from decoder.feed(b"", final=True)
