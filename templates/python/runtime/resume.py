# SPDX-License-Identifier: 0BSD
"""A file whose connection broke is taken up where it stopped (RFC 9110, 14), if it is still the same file."""

from __future__ import annotations

from .errors import APIConnectionError
from .message import Headers, Request
from .wire import Incoming, Reopen


class Resumable:
    """An answer that goes on behind a break of its connection, where the server can send the rest alone."""

    def __init__(self, incoming: Incoming, request: Request, reopen: Reopen) -> None:
        self._incoming = incoming
        self._reopen = reopen
        self._validator = validator_of(incoming.status, incoming.headers, request)
        self._received = 0
        self._breaks = 0
        self.status = incoming.status
        self.reason = incoming.reason
        self.headers = incoming.headers

    async def chunk(self) -> bytes:
        while True:
            try:
                chunk = await self._incoming.chunk()
            except APIConnectionError as error:
                await self._take_up_again(error)
                continue
            if chunk:
                self._received += len(chunk)
                self._breaks = 0
            return chunk

    async def close(self) -> None:
        await self._incoming.close()

    async def _take_up_again(self, error: APIConnectionError) -> None:
        await self._incoming.close()
        if self._validator is None:
            raise error
        asked = {"Range": f"bytes={self._received}-", "If-Range": self._validator}
        again = await self._reopen(asked, self._breaks, None)
        if again is None:
            raise error
        if not _goes_on(again, self._received):
            await again.close()
            raise error
        self._breaks += 1
        self._incoming = again


def validator_of(status: int, headers: Headers, request: Request) -> str | None:
    """What tells whether a file is still the same; None when it cannot be taken up."""
    partial = "Range" in request.headers or headers.get("accept-ranges", "").strip() == "none"
    if status != 200 or partial or "content-encoding" in headers:
        return None
    tag = headers.get("etag")
    # RFC 9110, 13.1.5: a weak validator cannot be used for this.
    return headers.get("last-modified") if tag is None or tag.startswith("W/") else tag


def _goes_on(answer: Incoming, received: int) -> bool:
    unit, _, place = answer.headers.get("content-range", "").partition(" ")
    first = place.partition("-")[0].strip()
    encoded = "content-encoding" in answer.headers
    return answer.status == 206 and unit == "bytes" and first == str(received) and not encoded
