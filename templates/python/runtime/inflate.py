# SPDX-License-Identifier: 0BSD
"""Compressed bodies, in pieces of bounded size, and none that is cut off: HTTP clients hand those over as if they were whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

LARGEST_PIECE = 64 * 1024

_GZIP = frozenset({"gzip", "x-gzip"})
_ZLIB = 8


def inflater_of(encoding: str | None) -> Inflater | None:
    """What reads a body of this `Content-Encoding`; None when the HTTP client is to do so."""
    name = (encoding or "").strip().lower()
    return Inflater(name in _GZIP) if name in _GZIP or name == "deflate" else None


class Inflater:
    """Reads gzip, of one or more members, and deflate, with the header of zlib or without."""

    def __init__(self, gzip: bool) -> None:
        self._gzip = gzip
        self._stream: Any = None
        self._members = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The pieces that these bytes give; none is empty.

        Raises:
            zlib.error: They are something else.
        """
        while data := self._beginning(data):
            if self._stream is None:
                self._stream = zlib.decompressobj(self._window(data[0]))
            stream = self._stream
            piece = stream.decompress(data, LARGEST_PIECE)
            while piece:
                yield piece
                piece = stream.decompress(stream.unconsumed_tail, LARGEST_PIECE)
            data = stream.unused_data
            if stream.eof:
                self._stream = None
                self._members += 1

    def finish(self) -> None:
        """Says that no more bytes come.

        Raises:
            EOFError: More should have come.
        """
        if self._stream is not None:
            raise EOFError("the compressed body ends too early")

    def _beginning(self, data: bytes) -> bytes:
        # What follows a whole body and does not begin another is padding.
        if self._stream is not None or self._members == 0:
            return data
        data = data.lstrip(b"\0")
        return data if self._gzip and data[:1] == b"\x1f" else b""

    def _window(self, first: int) -> int:
        if self._gzip:
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if first & 0x0F == _ZLIB else -zlib.MAX_WBITS
