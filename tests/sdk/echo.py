"""A server that keeps each request and answers with what a test chose: for documents of a few lines, where the very bytes matter."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator, NamedTuple


class Seen(NamedTuple):
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Echo:
    """What came, and what to answer.

    Attributes:
        url: Where it listens.
        seen: The requests, oldest first.
        body: What it answers, always.
        headers: The headers of its answers.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[Seen] = []
        self.body = b"{}"
        self.headers = {"Content-Type": "application/json"}

    @property
    def last(self) -> Seen:
        return self.seen[-1]


@contextmanager
def echo() -> Iterator[Echo]:
    """Listens on a free port until it is left."""

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline()
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            running.seen.append(Seen(self.command, self.path, headers, body))
            self.send_response(200)
            for name, value in {**running.headers, "Content-Length": str(len(running.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(running.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Echo(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
