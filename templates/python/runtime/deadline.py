# SPDX-License-Identifier: 0BSD
"""Answers of `requests` that come in time: it knows a timeout for each read, which a server that drips bytes never exceeds.

Loaded when the first request is sent: this imports `requests`.
"""

from __future__ import annotations

import http.client
import io
import time
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool


class BoundedAdapter(HTTPAdapter):
    """Connections on which all headers of an answer arrive within the timeout, however they arrive."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        _bound(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return _bound(super().proxy_manager_for(proxy, **options))


class BoundedReads(io.RawIOBase):
    """The reads of a socket, all of which together take no longer than it is told."""

    def __init__(self, reads: io.RawIOBase, sock: Any) -> None:
        self._reads = reads
        self._sock = sock
        self._deadline: float | None = None

    def wait_at_most(self, seconds: float | None) -> None:
        """Bounds the reads from now on; None lets them wait for ever."""
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._sock.settimeout(seconds)

    def wait_each(self, seconds: float | None) -> None:
        """Bounds each read alone."""
        self._deadline = None
        self._sock.settimeout(seconds)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._deadline is not None:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
        read: Any = self._reads.readinto(buffer)
        return None if read is None else int(read)

    def close(self) -> None:
        self._reads.close()
        super().close()


class _BoundedResponse(http.client.HTTPResponse):
    def __init__(self, sock: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        whole: Any = self.fp
        self._socket = sock
        self._reads = BoundedReads(whole.detach(), sock)
        self.fp = io.BufferedReader(self._reads)

    def begin(self) -> None:
        # urllib3 has just given the socket the timeout of this answer.
        seconds = self._socket.gettimeout()
        self._reads.wait_at_most(seconds)
        super().begin()
        self._reads.wait_each(seconds)


class _BoundedPool(HTTPConnectionPool):
    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.response_class = _BoundedResponse
        return connection


def _bound(manager: Any) -> Any:
    manager.pool_classes_by_scheme = {
        scheme: kind
        if issubclass(kind, _BoundedPool)
        else type(kind.__name__, (_BoundedPool, kind), {})
        for scheme, kind in manager.pool_classes_by_scheme.items()
    }
    return manager
