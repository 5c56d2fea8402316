"""A server on a real socket that answers exactly what a test wrote, byte for byte, however wrong."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

Reply = Callable[[socket.socket], None]


class Seen(NamedTuple):
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Server:
    """Answers connection after connection; the last reply is given again and again."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.replies: list[Reply | bytes | Callable[[Seen], bytes]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def reply(self, *replies: Any) -> Server:
        self.replies += replies
        return self

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, IndexError):
            seen = read_request(connection)
            with self._lock:
                self.seen.append(seen)
                reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
            if isinstance(reply, bytes):
                connection.sendall(reply)
            else:
                answer = reply(seen) if getattr(reply, "of_request", False) else reply(connection)
                if isinstance(answer, bytes):
                    connection.sendall(answer)


def of_request(function: Callable[[Seen], bytes]) -> Callable[[Seen], bytes]:
    """Marks a reply that is made from the request."""
    function.of_request = True  # type: ignore[attr-defined]
    return function


def read_request(connection: socket.socket) -> Seen:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536) or (_ for _ in ()).throw(OSError("closed"))
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(65536)
        body = unchunk(body)
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return Seen(method, target, headers, body)


def unchunk(data: bytes) -> bytes:
    result = b""
    while data:
        size, _, rest = data.partition(b"\r\n")
        length = int(size, 16)
        result += rest[:length]
        data = rest[length + 2 :] if length else b""
    return result


def answer(status: int = 200, body: Any = b"", headers: dict[str, str] | None = None) -> bytes:
    """A well-formed answer; a body that is not bytes goes as JSON."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent.setdefault("Content-Length", str(len(data)))
    lines = [f"HTTP/1.1 {status} Words", *(f"{name}: {value}" for name, value in sent.items()), "Connection: close"]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + data
