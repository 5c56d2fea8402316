"""Server-sent events and JSON lines as awkward as servers send them."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import pytest
from server import Server, answer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
BROKEN = HEAD + b"Content-Length: 4000\r\n\r\n"


def operation(media_type: str = "text/event-stream", method: str = "GET") -> Any:
    from sample import types
    from sample._runtime.operation import Operation

    return Operation("listen", method, "/s", responses={"200": {media_type: lambda: types.Book}})


def chunked(*chunks: bytes) -> Any:
    """An answer whose chunks arrive one by one, wherever they were cut."""

    def reply(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for chunk in chunks:
            connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            time.sleep(0.01)
        connection.sendall(b"0\r\n\r\n")

    return reply


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_events_cut_anywhere_are_whole(client: Any, server: Server, end: bytes) -> None:
    lines = [
        b"\xef\xbb\xbf: a comment", b"event: book", b'data:{"id":', 'data: "é😀"}'.encode(), b"",
        b"unknown: field", b"data", b"", b"id: 1", b"retry: 10", b'data: {"id":"2"}', b"", b"data: cut off",
    ]  # fmt: skip
    whole = end.join(lines)
    server.reply(chunked(*(whole[place : place + 3] for place in range(0, len(whole), 3))))
    with client.call(operation()) as stream:
        found = [(event.event, event.data, event.id, event.retry) for event in stream.events()]
    assert found == [
        ("book", '{"id":\n"é😀"}', None, None),
        ("message", "", None, None),
        ("message", '{"id":"2"}', "1", 10),
    ]


def test_a_stream_asks_for_what_did_not_come_whole(client: Any, server: Server) -> None:
    end = answer(200, b'data: {"id":"3"}\n\n', {"Content-Type": "text/event-stream"})
    server.reply(BROKEN + b'retry: 200\nid: 1\ndata: {"id":"1"}\n\nid: 2\ndata: {"id":"2"}\n', end)
    started = time.monotonic()
    with client.call(operation()) as stream:
        assert [book.id for book in stream] == ["1", "3"]
    assert server.seen[1].headers["last-event-id"] == "1"
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("retry", ["²", "-1", "1e3", "soon", "9" * 5000])
def test_a_time_to_wait_that_nobody_can_mean_is_no_trouble(retry: str) -> None:
    from sample._runtime.streams import EventDecoder

    decoder = EventDecoder()
    assert decoder.feed(f"retry: {retry}") is None
    assert decoder.retry is None or decoder.retry < 1e9


@pytest.mark.parametrize(
    ("method", "beginning"), [("POST", b"id: 1\ndata: {}\n\n"), ("GET", b"data: {}\n\n")], ids=["POST", "no id"]
)
def test_what_cannot_be_taken_up_is_not(client: Any, server: Server, method: str, beginning: bytes) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(BROKEN + beginning)
    with pytest.raises(APIConnectionError), client.call(operation(method=method)) as stream:
        list(stream)
    assert len(server.seen) == 1


def test_a_stream_that_is_refused_when_taken_up_ends_with_the_break(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(BROKEN + b"retry: 1\nid: 1\ndata: {}\n\n", answer(404, {}))
    with pytest.raises(APIConnectionError), client.call(operation()) as stream:
        list(stream)


@pytest.mark.parametrize("lines", [b'{"id":"1"}\n{"id":', b'{"id":"1"}\n<html>\n{"id":"2"}\n'])
def test_a_line_that_is_no_json_is_an_error_of_the_api(client: Any, server: Server, lines: bytes) -> None:
    from sample._runtime.errors import APIResponseError

    server.reply(answer(200, lines, {"Content-Type": "application/x-ndjson"}))
    found = []
    with pytest.raises(APIResponseError, match="listen sent a line that is no JSON"):
        for book in client.call(operation("application/x-ndjson")):
            found.append(book.id)
    assert found == ["1"]


def test_lines_that_are_cut_off_are_a_connection_error(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(answer(200, b'{"id":"1"}\n', {"Content-Type": "application/x-ndjson", "Content-Length": "90"}))
    found = []
    with pytest.raises(APIConnectionError):
        for book in client.call(operation("application/x-ndjson")):
            found.append(book.id)
    assert found == ["1"]


def test_a_line_may_hold_what_ends_lines_elsewhere(client: Any, server: Server) -> None:
    lines = '{"id":"a\u2028b\x85"}\r\n\x1e{"id":"c"}\n'.encode()
    server.reply(answer(200, lines, {"Content-Type": "application/json-seq"}))
    assert [book.id for book in client.call(operation("application/json-seq"))] == ["a\u2028b\x85", "c"]


def test_breaking_out_of_a_loop_closes_the_connection(server: Server) -> None:
    from sample import Sample

    gone = threading.Event()

    def endless(connection: socket.socket) -> None:
        connection.sendall(HEAD + b'\r\ndata: {"id":"1"}\n\n')
        while connection.recv(100):
            pass
        gone.set()

    server.reply(endless)
    with Sample(base_url=server.url) as client:
        for book in client.call(operation()):
            assert book.id == "1"
            break
        assert gone.wait(2)


def test_silence_in_a_stream_ends_at_the_timeout(client: Any, server: Server) -> None:
    from sample._runtime.errors import APITimeoutError

    def silent(connection: socket.socket) -> None:
        connection.sendall(HEAD + b'\r\ndata: {"id":"1"}\n\n')
        time.sleep(1)

    server.reply(silent)
    with pytest.raises(APITimeoutError), client.call(operation(), options={"timeout": 0.3}) as stream:
        list(stream)
