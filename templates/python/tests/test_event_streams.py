"""Events and lines as they arrive, taken up again where they break; each against a real socket."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest
from operations import operation
from server import Server, answer, of_request


def test_events_arrive_one_by_one_and_are_taken_up_again(client: Any, server: Server) -> None:
    from sample import types

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 4000\r\n\r\n"
    server.reply(
        head + b': hello\r\nid: 7\r\nevent: book\rdata: {"id":\ndata: "1"}\r\n\r\n',
        of_request(
            lambda seen: answer(200, b'data: {"id":"2"}\n\ndata: [DONE]\n\n', {"Content-Type": "text/event-stream"})
        ),
    )
    events = operation(responses={"200": {"text/event-stream": lambda: types.Book}})
    with client.call(events) as stream:
        assert [book.id for book in stream] == ["1", "2"]
    assert server.seen[1].headers["last-event-id"] == "7"


def test_an_event_that_was_cut_off_comes_once(client: Any, server: Server) -> None:
    from sample import types

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 4000\r\n\r\n"
    server.reply(
        head + b'retry: 1\nid: 1\ndata: {"id":"1"}\n\nid: 2\ndata: {"id":\nda',
        answer(200, b'id: 2\ndata: {"id":"2"}\n\n', {"Content-Type": "text/event-stream"}),
    )
    events = operation(responses={"200": {"text/event-stream": lambda: types.Book}})
    with client.call(events) as stream:
        assert [book.id for book in stream] == ["1", "2"]


def test_a_stream_that_breaks_again_and_again_ends(client: Any, server: Server) -> None:
    from sample import types
    from sample._runtime.errors import APIConnectionError

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 4000\r\n\r\n"
    server.reply(head + b"retry: 1\nid: 1\n\n")
    events = operation(responses={"200": {"text/event-stream": lambda: types.Book}})
    with pytest.raises(APIConnectionError), client.call(events) as stream:
        list(stream)
    assert len(server.seen) == 4


def test_leaving_a_stream_closes_the_connection(client: Any, server: Server) -> None:
    from sample import types

    gone = threading.Event()

    def endless(connection: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        connection.sendall(head + b'data: {"id":"1"}\n\n')
        while connection.recv(100):
            pass
        gone.set()

    server.reply(endless)
    events = operation(responses={"200": {"text/event-stream": lambda: types.Book}})
    with client.call(events) as stream:
        assert next(iter(stream)).id == "1"
    assert gone.wait(2)


def test_json_lines_are_typed(client: Any, server: Server) -> None:
    from sample import types

    server.reply(answer(200, b'{"id":"1"}\n\n{"id":"2"}', {"Content-Type": "application/x-ndjson"}))
    lines = operation(responses={"200": {"application/x-ndjson": lambda: types.Book}})
    assert [book.id for book in client.call(lines)] == ["1", "2"]
