"""Timeouts hold whatever the server does: silent, slow, dripping byte by byte."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any

import pytest
from operations import operation
from server import Server, answer, read_request


def silent(connection: socket.socket) -> None:
    """Answers nothing until the client has gone."""
    gone(connection)


def dripping(connection: socket.socket) -> None:
    drip(connection, b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n", b" ")


def falling_silent(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n")
    time.sleep(0.25)
    connection.sendall(b" ")
    gone(connection)


def drip(connection: socket.socket, head: bytes, drop: bytes) -> None:
    """Sends something every 50 ms for as long as the client listens, for 20 seconds at most."""
    connection.sendall(head)
    connection.settimeout(0.05)
    for _ in range(400):
        with contextlib.suppress(TimeoutError):
            if not connection.recv(1):
                return
        connection.sendall(drop)


def gone(connection: socket.socket) -> None:
    """Returns when the client has closed the connection, in 20 seconds at most."""
    connection.settimeout(20)
    with contextlib.suppress(OSError):
        connection.recv(1)


def dripping_headers(connection: socket.socket) -> None:
    drip(connection, b"HTTP/1.1 200 OK\r\nX-Long: ", b"x")


def dripping_status(connection: socket.socket) -> None:
    drip(connection, b"HTTP/1.1 200 ", b"O")


def dripping_sizes(connection: socket.socket) -> None:
    drip(connection, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0")


DRIPPING = [dripping, dripping_status, dripping_headers, dripping_sizes]


@pytest.mark.parametrize("reply", [silent, falling_silent, *DRIPPING])
def test_a_slow_answer_ends_at_the_timeout(client: Any, server: Server, reply: Any) -> None:
    from sample._runtime.errors import APITimeoutError

    server.reply(reply)
    started = time.monotonic()
    with pytest.raises(APITimeoutError):
        client.call(operation(), options={"timeout": 0.4, "max_retries": 0})
    # Nobody but the client ends these answers. How late it may be is for the machine to say.
    assert 0.35 < time.monotonic() - started < 10


def test_a_connection_waits_for_each_answer_anew(make: Any) -> None:
    asked_again = threading.Event()
    ok = answer(200, {"id": "1"}).replace(b"Connection: close\r\n", b"")

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            read_request(connection)
            connection.sendall(ok)
            read_request(connection)
            asked_again.set()
            drip(connection, ok[:20], b"x")

    from sample._runtime.errors import APITimeoutError

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        with make(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", max_retries=0) as client:
            assert client.call(operation()).id == "1"
            started = time.monotonic()
            with pytest.raises(APITimeoutError):
                client.call(operation(), options={"timeout": 0.4})
    assert asked_again.is_set()
    assert time.monotonic() - started < 10


def test_a_server_that_does_not_accept_ends_at_the_connect_timeout(make: Any) -> None:
    from sample._runtime.errors import APITimeoutError
    from sample._runtime.options import Timeout

    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port = full.getsockname()[1]
        # What nobody accepts fills the queue: whoever comes next gets no answer at all.
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        client = stack.enter_context(
            make(base_url=f"http://127.0.0.1:{port}", max_retries=0, timeout=Timeout(total=20, connect=0.2))
        )
        started = time.monotonic()
        with pytest.raises(APITimeoutError):
            client.call(operation())
        assert time.monotonic() - started < 2
