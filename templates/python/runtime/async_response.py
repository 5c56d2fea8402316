# SPDX-License-Identifier: 0BSD
"""A file on its way to the asynchronous client."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType

from typing_extensions import Self

from .async_opening import Opening
from .response import BaseDownload, partial


class AsyncDownload(BaseDownload):
    """A file on its way: read it, save it or iterate over it. Closed when all of it was read, or by `async with`.

    Attributes:
        request: What was sent.
        status: The status code.
        headers: The headers.
    """

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while chunk := await self._incoming.chunk():
                yield chunk
        finally:
            await self.close()

    async def read(self) -> bytes:
        """All bytes."""
        return b"".join([chunk async for chunk in self])

    async def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the file, in a thread. It appears under its name only when it is complete."""
        import anyio.to_thread

        target = Path(path)
        try:
            with partial(target) as file:
                while chunk := await self._incoming.chunk():
                    await anyio.to_thread.run_sync(file.write, chunk)
        finally:
            await self.close()
        return target

    async def close(self) -> None:
        """Stops the download."""
        await self._incoming.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


class AsyncDownloadCall(Opening[AsyncDownload]):
    """A download that was not asked for yet: `await` and `async with` give it.

    Example:
        `async with client.books.download("bk_1") as file: ...`
    """
