"""Answers that are not what the document promises, and errors in every state of repair."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from server import Server, answer

HTML = {"Content-Type": "text/html"}
BOOK = answer(200, {"id": "1"})


def operation(method: str = "GET", **options: Any) -> Any:
    from sample import types
    from sample._runtime.operation import Operation

    options.setdefault(
        "responses",
        {
            "200": {"application/json": lambda: types.Book, "text/plain": lambda: str},
            "2XX": {"application/vnd.cover+json": lambda: types.Cover},
            "204": {},
            "409": {"application/json": lambda: types.Book},
            "4XX": {"application/json": lambda: types.Cover},
            "default": {"application/json": lambda: dict},
        },
    )
    return Operation("getBook", method, "/book", **options)


@pytest.mark.parametrize(
    ("status", "media_type", "body", "kind"),
    [
        (200, "application/json; charset=utf-8", b'{"id":"1"}', "Book"),
        (200, "text/plain", b"words", "str"),
        (201, "application/json", b'{"url":"u"}', "Cover"),
        (299, "application/vnd.cover+json", b'{"url":"u"}', "Cover"),
        (204, "application/json", b"", "NoneType"),
    ],
)
def test_a_success_is_typed_by_status_and_media_type(
    client: Any, server: Server, status: int, media_type: str, body: bytes, kind: str
) -> None:
    server.reply(answer(status, body, {"Content-Type": media_type}))
    response = client.with_response(client.call, operation())
    assert (type(response.data).__name__, response.body) == (kind, body)


@pytest.mark.parametrize(
    ("status", "body", "headers", "kind"),
    [
        (409, b'{"id":"1"}', {}, "Book"),
        (418, b'{"url":"u"}', {}, "Cover"),
        (500, b'{"a":1}', {}, "dict"),
        (500, b"<html>Bad gateway</html>", HTML, "str"),
        (500, b"", {}, "NoneType"),
        (418, b"<html>", {"Content-Type": "application/json"}, "str"),
        (418, b'{"url":7}', {}, "Cover"),
        (418, b'{"url":"u"', {"Content-Length": "90"}, "NoneType"),
        (418, b"[" * 100_000, {}, "str"),
        (300, b"{}", {}, "dict"),
    ],
)
def test_an_error_keeps_its_status_whatever_its_body_is(
    client: Any, server: Server, status: int, body: bytes, headers: dict[str, str], kind: str
) -> None:
    from sample import APIStatusError

    server.reply(answer(status, body, {"X-Request-Id": "r1", **headers}))
    with pytest.raises(APIStatusError) as caught:
        client.call(operation(), options={"max_retries": 0})
    error = caught.value
    assert (error.status, error.request_id, type(error.data).__name__) == (status, "r1", kind)
    assert len(str(error)) < 600 and str(error).startswith(str(status))


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"id":' + b"9" * 5000 + b"}", b"\xff\xfe", b'{"id":"1"', b"NaN,"])
def test_json_that_is_broken_is_an_error_of_the_api(client: Any, server: Server, body: bytes) -> None:
    from sample._runtime.errors import APIResponseError

    server.reply(answer(200, body))
    with pytest.raises(APIResponseError) as caught:
        client.call(operation())
    assert (caught.value.status, len(caught.value.body) <= 500) == (200, True)


def chunked_and_cut(connection: socket.socket) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.sendall(head + b'4\r\n{"id\r\n')


def wrong_chunk(connection: socket.socket) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.sendall(head + b"what?\r\n")


def no_http(connection: socket.socket) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")


@pytest.mark.parametrize("first", [chunked_and_cut, wrong_chunk, no_http])
def test_what_breaks_on_its_way_is_asked_for_again(client: Any, server: Server, first: Any) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(first, BOOK)
    assert client.call(operation("POST"), body={"a": 1}).id == "1"
    server.replies[:] = [first]
    with pytest.raises(APIConnectionError):
        client.call(operation(), options={"max_retries": 0})
    assert len(server.seen) == 3


@pytest.mark.parametrize(("retries", "requests"), [(0, 1), (1, 2), (4, 5)])
def test_a_call_says_how_often_it_is_tried(make: Any, server: Server, retries: int, requests: int) -> None:
    from sample import APIStatusError

    server.reply(answer(429, {}, {"Retry-After-Ms": "1"}))
    with pytest.raises(APIStatusError), make(base_url=server.url, max_retries=1) as client:
        client.call(operation(), options={"max_retries": retries})
    assert len(server.seen) == requests


def test_a_key_is_sent_also_where_the_document_names_none(client: Any, server: Server) -> None:
    server.reply(answer(503, {}, {"Retry-After": "0"}), BOOK, BOOK, BOOK)
    client.call(operation("POST"), body={}, options={"idempotency_key": "k1"})
    client.call(operation("POST"), body={})
    client.call(operation("POST", idempotency="X-Once"), body={}, options={"idempotency_key": "k2"})
    keys = [(seen.headers.get("idempotency-key"), seen.headers.get("x-once")) for seen in server.seen]
    assert keys == [("k1", None), ("k1", None), (None, None), (None, "k2")]


def test_more_can_be_said_in_headers_query_and_body(client: Any, server: Server) -> None:
    from sample import types
    from sample._runtime.models import build

    server.reply(BOOK)
    more: Any = {"headers": {"Accept": None, "X-A": "1"}, "query": {"q": ["a", "b"], "n": None}, "body": {"new": 1}}
    for body in ({"id": "1"}, build(types.Book, {"id": "1"})):
        client.call(operation("POST"), body=body, options=more)
    for seen in server.seen:
        assert (seen.target, seen.body, seen.headers["x-a"]) == ("/book?q=a&q=b", b'{"id":"1","new":1}', "1")
        assert seen.headers.get("accept") in (None, "*/*")


@pytest.mark.parametrize(
    ("media_type", "body", "sent"),
    [
        ("text/plain; charset=utf-8", "é", "é".encode()),
        ("application/xml", "<a/>", b"<a/>"),
        ("application/octet-stream", memoryview(b"ab"), b"ab"),
        ("application/octet-stream", ("a.bin", b"ab"), b"ab"),
        ("application/x-ndjson", [{"a": 1}], b'{"a":1}\n'),
        ("application/x-www-form-urlencoded", {"a": None, "b": "é"}, b"a=&b=%C3%A9"),
        ("application/vnd.x+json", None, b"null"),
    ],
)
def test_a_body_goes_as_its_media_type_says(client: Any, server: Server, media_type: str, body: Any, sent: bytes) -> None:
    server.reply(BOOK)
    client.call(operation("POST", content_type="application/json"), body=body, content_type=media_type)
    assert (server.seen[0].headers["content-type"], server.seen[0].body) == (media_type, sent)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/xml", {"a": 1}),
        ("text/plain", ["a"]),
        ("multipart/form-data", "text"),
        ("application/json", {"a": float("nan")}),
        ("application/json", {"a": "\ud800"}),
        ("application/json", {"a": object()}),
    ],
)
def test_a_body_that_cannot_travel_is_refused(client: Any, server: Server, media_type: str, body: Any) -> None:
    from sample._runtime.errors import InvalidRequestError

    server.reply(BOOK)
    with pytest.raises(InvalidRequestError):
        client.call(operation("POST", content_type=media_type), body=body)


def test_a_multipart_body_that_can_be_read_once_is_not_sent_again(client: Any, server: Server) -> None:
    from sample import APIStatusError

    server.reply(answer(503, {}))
    upload = operation("POST", content_type="multipart/form-data")
    with pytest.raises(APIStatusError):
        client.call(upload, body={"file": ("a.txt", (chunk for chunk in [b"a"]))})
    assert len(server.seen) == 1


def test_headers_are_typed_as_the_document_says(client: Any, server: Server) -> None:
    import datetime

    from sample import APIStatusError, types

    declared: Any = {
        "X-Left": lambda: int,
        "X-Until": lambda: datetime.datetime,
        "X-Ids": lambda: list[int],
        "X-Cover": lambda: types.Cover,
        "X-Flat": lambda: dict[str, int],
        "X-Json": lambda: list[dict[str, int]],
        "X-Maybe": lambda: bool | None,
        "X-Odd": lambda: int,
        "X-Absent": lambda: int,
    }
    headers = {
        "x-left": "41",
        "x-until": "2026-01-02T03:04:05Z",
        "x-ids": "1, 2,3",
        "x-cover": "url=u,title=t",
        "x-flat": "R,100,G,200",
        "x-json": '[{"a":1}]',
        "x-maybe": "true",
        "x-odd": "many",
        "x-other": "1",
    }
    server.reply(answer(200, {"id": "1"}, headers), answer(409, {"id": "1"}, {"X-Left": "0"}))
    typed = client.with_response(client.call, operation(headers=declared)).typed_headers
    assert list(typed) == list(declared)[:-1]
    assert (typed["X-Left"], typed["x-ids"], typed["X-Flat"], typed["X-Json"]) == (41, [1, 2, 3], {"R": 100, "G": 200}, [{"a": 1}])
    assert (typed["X-Cover"].url, typed["X-Maybe"], typed["X-Odd"]) == ("u", True, "many")
    assert typed["X-Until"] == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    assert "X-Absent" not in typed and "X-Other" not in typed
    with pytest.raises(APIStatusError) as caught:
        client.call(operation(headers=declared), options={"max_retries": 0})
    assert dict(caught.value.typed_headers) == {"X-Left": 0}
