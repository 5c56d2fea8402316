# SPDX-License-Identifier: 0BSD
"""What a body is, whatever its form: where its bytes come from, and whether they can be had again."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Sequence

from .errors import InvalidRequestError


class Content:
    """A body: where its bytes come from, and what they are.

    Attributes:
        media_type: The Content-Type to send.
        length: How many bytes it has, if that is known.
        replayable: Whether it can be opened a second time.
        waits: Whether reading it may take time, as of a file.
        asynchronous: Whether its bytes can be had asynchronously alone.
    """

    __slots__ = (
        "_open",
        "_parts",
        "_used",
        "asynchronous",
        "length",
        "media_type",
        "replayable",
        "waits",
    )

    def __init__(
        self,
        open_stream: Callable[[], Iterable[bytes] | AsyncIterable[bytes]],
        media_type: str,
        length: int | None = None,
        replayable: bool = True,
        *,
        waits: bool = False,
        asynchronous: bool = False,
        parts: Sequence[Content] = (),
    ) -> None:
        self._open = open_stream
        self._parts = parts
        self._used = False
        self.media_type = media_type
        self.length = length
        self.replayable = replayable
        self.waits = waits
        self.asynchronous: bool = asynchronous or any(part.asynchronous for part in parts)

    def start(self) -> Iterable[bytes] | AsyncIterable[bytes]:
        """The bytes, from the beginning; asynchronous when they were given so."""
        if self._used and not self.replayable:
            raise InvalidRequestError("the body was read already and cannot be sent again")
        self._used = True
        return self._open()

    def pieces(self) -> Sequence[Content]:
        """What it is made of, to be sent one after the other: itself, or its parts."""
        if not self._parts:
            return (self,)
        self.start()
        return self._parts

    def open(self) -> Iterator[bytes]:
        """The bytes, from the beginning.

        Raises:
            InvalidRequestError: They can be had asynchronously alone.
        """
        if self.asynchronous:
            raise InvalidRequestError("an asynchronous body needs the asynchronous client")
        streams = (piece.start() for piece in self.pieces())
        return (chunk for stream in streams if isinstance(stream, Iterable) for chunk in stream)

    def read(self) -> bytes:
        """All bytes at once."""
        return b"".join(self.open())

    @property
    def can_send_again(self) -> bool:
        """Whether another attempt would send the same."""
        return self.replayable or not self._used


def bytes_content(data: bytes, media_type: str) -> Content:
    """A body that is in memory."""
    return Content(lambda: (data,) if data else (), media_type, len(data))
