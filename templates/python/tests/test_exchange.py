"""Retries, timeouts, redirects, broken connections, wrong answers: each against a real socket."""

from __future__ import annotations

import contextlib
import email.utils
import gzip
import io
import logging
import socket
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from server import Seen, Server, answer, of_request, read_request


def operation(method: str = "GET", **options: Any) -> Any:
    from sample import types
    from sample._runtime.operation import Operation

    options.setdefault(
        "responses",
        {"200": {"application/json": lambda: types.Book}, "404": {"application/problem+json": lambda: types.Cover}},
    )
    return Operation("getBook", method, "/book", **options)


BOOK = answer(200, {"id": "1"})


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After-Ms": "120"}, 0.12),
        ({"Retry-After": email.utils.formatdate(time.time() - 10, usegmt=True)}, 0.0),
    ],
)
def test_a_busy_server_is_asked_again_when_it_says(
    client: Any, server: Server, headers: dict[str, str], least: float
) -> None:
    server.reply(answer(503, {}, headers), BOOK)
    started = time.monotonic()
    assert client.call(operation()).id == "1"
    assert len(server.seen) == 2
    assert least <= time.monotonic() - started < 3


def test_retry_after_is_read_in_three_forms_and_has_a_limit() -> None:
    from sample._runtime.message import Headers
    from sample._runtime.retry import asks_too_much, delay, retry_after

    now = 1_700_000_000.0
    date = email.utils.formatdate(now + 30, usegmt=True)
    assert retry_after(Headers({"Retry-After": "7"})) == 7
    assert retry_after(Headers({"Retry-After": date}), now) == 30
    assert retry_after(Headers({"retry-after-ms": "250"})) == 0.25
    assert not asks_too_much(Headers({"Retry-After": "60"}))
    assert asks_too_much(Headers({"Retry-After": "61"}))
    assert 6 <= delay(9) <= 8


def test_who_asks_for_more_than_a_minute_is_not_asked_again(client: Any, server: Server) -> None:
    server.reply(answer(429, {}, {"Retry-After": "61"}))
    with pytest.raises(Exception) as caught:
        client.call(operation())
    assert getattr(caught.value, "status", None) == 429
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_retries_end(client: Any, server: Server, status: int) -> None:
    from sample import APIStatusError

    server.reply(answer(status, {"message": "no"}, {"Retry-After-Ms": "1"}))
    with pytest.raises(APIStatusError) as caught:
        client.call(operation())
    assert (caught.value.status, len(server.seen), str(caught.value)) == (status, 3, f"{status} Words: no")


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_what_cannot_get_better_is_not_tried_again(client: Any, server: Server, status: int) -> None:
    from sample import APIStatusError

    server.reply(answer(status, {}))
    with pytest.raises(APIStatusError):
        client.call(operation())
    assert len(server.seen) == 1


def test_an_error_carries_its_data_typed(client: Any, server: Server) -> None:
    from sample import NotFoundError

    server.reply(
        answer(404, {"url": "u", "title": "Gone"}, {"Content-Type": "application/problem+json", "X-Request-Id": "r1"})
    )
    with pytest.raises(NotFoundError) as caught:
        client.call(operation())
    error = caught.value
    assert (error.data.url, error.request_id, str(error)) == ("u", "r1", "404 Words: Gone")


def test_a_cut_off_body_is_fetched_again(client: Any, server: Server) -> None:
    server.reply(answer(200, {"id": "1"}, {"Content-Length": "500"}), BOOK)
    assert client.call(operation()).id == "1"
    assert len(server.seen) == 2


def test_a_connection_that_closes_at_once_is_tried_again(client: Any, server: Server) -> None:
    server.reply(lambda connection: connection.close(), BOOK)
    assert client.call(operation()).id == "1"


def test_nobody_at_home_is_a_connection_error(make: Any) -> None:
    from sample._runtime.errors import APIConnectionError

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(APIConnectionError), make(base_url=f"http://127.0.0.1:{port}", max_retries=0) as client:
        client.call(operation())


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


COMPRESSED = {
    "gzip": gzip.compress(b'{"id": "1"}'),
    "x-gzip": gzip.compress(b'{"id": ') + gzip.compress(b'"1"}') + b"\0\0",
    "deflate": zlib.compress(b'{"id": "1"}'),
}


def chunked(data: bytes) -> bytes:
    """The data byte by byte."""
    return b"".join(b"1\r\n%c\r\n" % byte for byte in data) + b"0\r\n\r\n"


@pytest.mark.parametrize("encoding", COMPRESSED)
@pytest.mark.parametrize("framing", ["length", "chunked"])
@pytest.mark.parametrize("missing", [0, 1, 6])
def test_a_compressed_body_without_its_end_is_no_answer(
    client: Any, server: Server, encoding: str, framing: str, missing: int
) -> None:
    from sample._runtime.errors import APIConnectionError, APITimeoutError

    body = COMPRESSED[encoding]
    if missing:
        body = body.rstrip(b"\0") if encoding == "x-gzip" else body
        body = body[:-missing]
    if framing == "length":
        server.reply(answer(200, body, {"Content-Encoding": encoding}))
    else:
        head = answer(200, b"", {"Content-Encoding": encoding, "Content-Length": "", "Transfer-Encoding": "chunked"})
        server.reply(head.replace(b"Content-Length: \r\n", b"") + chunked(body))
    if not missing:
        assert client.call(operation()).id == "1"
        return
    with pytest.raises(APIConnectionError, match="the compressed body ends too early") as raised:
        client.call(operation(), options={"max_retries": 0})
    assert not isinstance(raised.value, APITimeoutError)


@pytest.mark.parametrize("body", [b"", zlib.compress(b"{}")[2:-4]])
def test_a_deflated_body_may_be_empty_or_without_a_header(client: Any, server: Server, body: bytes) -> None:
    server.reply(answer(200, body, {"Content-Encoding": "deflate", "Content-Type": "application/pdf"}))
    bare = operation(responses={"200": {"application/pdf": lambda: bytes}})
    assert client.call(bare).read() == (b"{}" if body else b"")


def test_a_large_piece_comes_in_many(client: Any, server: Server) -> None:
    whole = b"0123456789" * 100_000
    server.reply(answer(200, gzip.compress(whole), {"Content-Encoding": "gzip", "Content-Type": "application/pdf"}))
    file = client.call(operation(responses={"200": {"application/pdf": lambda: bytes}}))
    chunks = list(file)
    assert b"".join(chunks) == whole
    assert max(map(len, chunks)) <= 64 * 1024


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


def test_chunked_and_compressed_answers_are_read(client: Any, server: Server) -> None:
    body = b'{"id":"1"}'
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.reply(
        head.encode() + b"4\r\n" + body[:4] + b"\r\n6\r\n" + body[4:] + b"\r\n0\r\n\r\n",
        answer(200, gzip.compress(body), {"Content-Encoding": "gzip"}),
        answer(200, zlib.compress(body), {"Content-Encoding": "deflate"}),
    )
    assert [client.call(operation()).id for _ in range(3)] == ["1", "1", "1"]
    accepted = set(server.seen[0].headers["accept-encoding"].replace(" ", "").split(","))
    assert {"gzip", "deflate"} <= accepted


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_answer_that_is_broken_is_a_connection_error(client: Any, server: Server, encoding: str) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(answer(200, b"not compressed at all", {"Content-Encoding": encoding}))
    with pytest.raises(APIConnectionError):
        client.call(operation(), options={"max_retries": 0})


def test_a_page_of_html_is_no_book(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIResponseError

    server.reply(answer(200, b"<html>Sign in</html>", {"Content-Type": "text/html"}))
    with pytest.raises(APIResponseError, match="getBook answered 200 with text/html; expected application/json"):
        client.call(operation())


def test_json_that_is_called_text_is_still_read(client: Any, server: Server) -> None:
    server.reply(answer(200, {"id": "1"}, {"Content-Type": "text/plain"}))
    assert client.call(operation()).id == "1"


def test_credentials_do_not_follow_to_another_origin(client: Any, server: Server) -> None:
    with Server() as other:
        other.reply(BOOK)
        server.reply(answer(302, b"", {"Location": f"{other.url}/elsewhere", "Set-Cookie": "a=b"}))
        assert client.call(operation(security=({"key": ()},)), options={"headers": {"Cookie": "c=d"}}).id == "1"
        assert server.seen[0].headers["x-key"] == "k3y"
        assert not {"x-key", "cookie", "authorization"} & set(other.seen[0].headers)


def test_credentials_follow_within_the_origin(client: Any, server: Server) -> None:
    server.reply(answer(307, b"", {"Location": "/there"}), BOOK)
    client.call(operation("POST", security=({"key": ()},)), body={"a": 1})
    assert [(seen.method, seen.target, seen.headers["x-key"], seen.body) for seen in server.seen] == [
        ("POST", "/book", "k3y", b'{"a":1}'),
        ("POST", "/there", "k3y", b'{"a":1}'),
    ]


def test_a_circle_of_redirects_ends(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(answer(302, b"", {"Location": "/book"}))
    with pytest.raises(APIConnectionError, match="redirects"):
        client.call(operation(), options={"max_retries": 0})


def test_a_repeated_request_keeps_its_idempotency_key_and_its_body(client: Any, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(b"x" * 100_000)
    server.reply(answer(503, {}), answer(200, {"id": "1"}))
    client.call(operation("POST", idempotency="Idempotency-Key", content_type="application/octet-stream"), body=file)
    first, second = server.seen
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] != ""
    assert first.body == second.body == b"x" * 100_000


def test_an_open_file_is_rewound_and_a_generator_is_not_sent_twice(client: Any, server: Server) -> None:
    from sample import APIStatusError

    upload = operation("POST", content_type="application/octet-stream")
    server.reply(answer(503, {}), BOOK)
    file = io.BytesIO(b"skipped" + b"sent")
    file.seek(7)
    client.call(upload, body=file)
    assert [seen.body for seen in server.seen] == [b"sent", b"sent"]
    server.replies[:] = [answer(503, {})]
    with pytest.raises(APIStatusError):
        client.call(upload, body=(chunk for chunk in [b"a", b"b"]))
    assert [seen.body for seen in server.seen[2:]] == [b"ab"]


def test_hooks_options_and_raw_answers(make: Any, server: Server) -> None:
    told: list[Any] = []

    def sign(request: Any) -> None:
        request.headers["X-Signed"] = "yes"

    server.reply(answer(200, {"id": "1"}, {"X-Request-Id": "r9"}))
    client = make(
        base_url=server.url,
        before_request=sign,
        after_response=lambda *seen: told.append(seen[1]),
        default_headers={"X-All": "1"},
    )
    quick = client.with_options(headers={"X-Quick": "2"}, timeout=3, query={"v": 2})
    response = quick.with_response(quick.call, operation(), options={"headers": {"X-All": None}})
    assert (response.status, response.request_id, response.data.id, told) == (200, "r9", "1", [200])
    seen = server.seen[0]
    assert (seen.target, seen.headers["x-signed"], seen.headers["x-quick"], "x-all" in seen.headers) == (
        "/book?v=2",
        "yes",
        "2",
        False,
    )
    assert seen.headers["user-agent"].startswith("sample-python/1.0.0 portolan")
    assert client.request("GET", "/free") == {"id": "1"}


def test_a_method_keeps_its_case(client: Any, server: Server) -> None:
    server.reply(answer(200, {}))
    client.call(operation("test"))
    assert server.seen[0].method == "test"


def test_a_server_that_was_chosen_holds_for_all_operations(make: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    # Who names a mock expects all requests there; else an operation with a server of its own goes to that.
    server.reply(BOOK)
    own = operation(base_url="http://127.0.0.1:1/own")
    relative = operation(base_url="/own")
    with make(base_url=server.url, max_retries=0) as client:
        client.call(own)
        client.call(relative)
        client.call(relative, options={"base_url": f"{server.url}/other"})
    with make(base_url="http://127.0.0.1:1", chosen=False, max_retries=0) as client:
        with pytest.raises(APIConnectionError):
            client.call(own)
        client.with_options(base_url=server.url).call(own)
        client.call(own, options={"base_url": server.url})
    with make(base_url=f"{server.url}/v1", chosen=False) as client:
        client.call(relative)
        client.call(operation())
    targets = ["/book", "/book", "/other/book", "/book", "/book", "/own/book", "/v1/book"]
    assert [seen.target for seen in server.seen] == targets


def test_logs_show_no_secret(client: Any, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sample")
    server.reply(answer(200, {"id": "1"}, {"Set-Cookie": "session=s3cret"}))
    client.call(operation(security=({"key": ()},)))
    client.call(operation(security=({"queryKey": ()},)))
    client.call(operation(security=({"cookieKey": ()},)))
    assert "k3y" not in caplog.text and "s3cret" not in caplog.text and "***" in caplog.text
    assert server.seen[1].target == "/book?key=k3y" and server.seen[2].headers["cookie"] == "sid=k3y"


def test_a_session_of_the_callers_own_is_used_and_stays_open(server: Server) -> None:
    import requests
    from sample import Sample

    server.reply(BOOK)
    session = requests.Session()
    session.headers["X-Mine"] = "1"
    with Sample(base_url=server.url, http_client=session) as client:
        client.call(operation())
    assert server.seen[0].headers["x-mine"] == "1"


def test_a_httpx2_client_is_a_transport_too(server: Server) -> None:
    httpx2 = pytest.importorskip("httpx2")
    from sample import Sample

    server.reply(answer(503, {}, {"Retry-After-Ms": "1"}), BOOK)
    with httpx2.Client() as http, Sample(base_url=server.url, http_client=http) as client:
        assert client.call(operation("POST"), body={"a": 1}).id == "1"
    assert [seen.body for seen in server.seen] == [b'{"a":1}'] * 2


def test_a_download_is_saved_whole_or_not_at_all(client: Any, server: Server, tmp_path: Path) -> None:
    from sample._runtime.errors import APIConnectionError

    download = operation(responses={"200": {"application/pdf": lambda: bytes}})
    headers = {"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="../../etc/x.pdf"'}
    server.reply(answer(200, b"%PDF" * 50_000, headers))
    with client.call(download) as file:
        assert (file.filename, file.length, file.content_type) == ("x.pdf", 200_000, "application/pdf")
        assert file.save(tmp_path / "a.pdf").read_bytes() == b"%PDF" * 50_000
    server.replies[:] = [answer(200, b"%PDF", {**headers, "Content-Length": "900"})]
    with pytest.raises(APIConnectionError):
        client.call(download).save(tmp_path / "b.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_multipart_is_byte_for_byte_what_the_standard_says(client: Any, server: Server, tmp_path: Path) -> None:
    from sample._runtime.files import File
    from sample._runtime.forms import Encoding

    path = tmp_path / 'a"b.txt'
    path.write_bytes(b"hi")
    server.reply(BOOK)
    upload = operation(
        "POST",
        content_type="multipart/form-data",
        encodings={"meta": Encoding("application/json"), "file": Encoding("text/plain")},
    )
    client.call(
        upload,
        body={
            "file": path,
            "meta": {"a": 1},
            "note": "n",
            "tags": ["x", "y"],
            "more": [File(b"1", "1.png", headers={"X-P": "p"}), ("2.png", b"2")],
        },
    )
    seen: Seen = server.seen[0]
    boundary = seen.headers["content-type"].partition("boundary=")[2]
    parts = [
        'Content-Disposition: form-data; name="file"; filename="a%22b.txt"\r\nContent-Type: text/plain\r\n\r\nhi',
        'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}',
        'Content-Disposition: form-data; name="note"\r\n\r\nn',
        'Content-Disposition: form-data; name="tags"\r\n\r\nx',
        'Content-Disposition: form-data; name="tags"\r\n\r\ny',
        'Content-Disposition: form-data; name="more"; filename="1.png"\r\nContent-Type: image/png\r\nX-P: p\r\n\r\n1',
        'Content-Disposition: form-data; name="more"; filename="2.png"\r\nContent-Type: image/png\r\n\r\n2',
    ]
    expected = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"
    assert seen.body.decode() == expected
    assert seen.headers["content-length"] == str(len(expected))


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"id": "1"}, ("application/json", b'{"id":"1"}')),
        ([{"id": "1"}], ("application/json", b'[{"id":"1"}]')),
        ("hi", ("text/plain; charset=utf-8", b"hi")),
        (1.5, ("application/json", b"1.5")),
        (None, ("application/json", b"null")),
        (b"\x00", ("application/octet-stream", b"\x00")),
        ([b"\x00", b"\x01"], ("application/octet-stream", b"\x00\x01")),
    ],
)
def test_a_body_of_any_media_type_is_sent_as_what_it_is(
    client: Any, server: Server, body: Any, sent: tuple[str, bytes]
) -> None:
    server.reply(BOOK)
    client.call(operation("POST", content_type="*/*"), body=body)
    assert (server.seen[0].headers["content-type"], server.seen[0].body) == sent


def test_a_form_that_is_written_already_is_sent_as_it_is(client: Any, server: Server, tmp_path: Path) -> None:
    (tmp_path / "form").write_bytes(b"a=3")
    server.replies[:] = [BOOK]
    for body in ["a=1", b"a=2", tmp_path / "form"]:
        client.call(operation("POST", content_type="application/x-www-form-urlencoded"), body=body)
    assert [seen.body for seen in server.seen] == [b"a=1", b"a=2", b"a=3"]


def test_members_of_a_form_that_have_parts_are_json(client: Any, server: Server) -> None:
    server.reply(BOOK)
    client.call(
        operation("POST", content_type="application/x-www-form-urlencoded"),
        body={"a": "b c", "d": {"e": [1, 2]}, "f": [{"g": True}, 1], "n": None},
    )
    assert server.seen[0].body == b"a=b+c&d=%7B%22e%22%3A%5B1%2C2%5D%7D&f=%7B%22g%22%3Atrue%7D&f=1&n="


def test_absent_and_null_are_two_things_in_a_body(client: Any, server: Server) -> None:
    from sample._runtime.sentinel import NOT_GIVEN

    server.reply(BOOK)
    client.call(operation("PATCH"), body={"a": None, "b": NOT_GIVEN, "c": {"d": NOT_GIVEN, "e": "é"}})
    assert server.seen[0].body == '{"a":null,"c":{"e":"é"}}'.encode()


def test_pages(client: Any, server: Server) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.pagination import Cursor, LinkHeader, Offset, PageNumber
    from sample._runtime.parameters import query

    def listing(name: str) -> Any:
        return Operation(
            "l", "GET", "/l", parameters=(query(name),), responses={"200": {"application/json": lambda: dict[str, Any]}}
        )

    server.reply(answer(200, {"data": [1, 2], "next": "c2"}), answer(200, {"data": [3], "next": None}))
    page = client.page(listing("cursor"), Cursor("cursor", ("next",), ("data",)), "c1")
    assert (page.items, page.has_next, list(page)) == ([1, 2], True, [1, 2, 3])
    server.replies[:] = [answer(200, {"data": [1, 2], "total": 3}), answer(200, {"data": [3], "total": 3})]
    assert list(client.page(listing("offset"), Offset("offset", ("data",), ("total",)), 0)) == [1, 2, 3]
    server.replies[:] = [answer(200, {"data": [1]}), answer(200, {"data": [2]}), answer(200, {"data": []})]
    assert list(client.page(listing("page"), PageNumber("page", 1, ("data",)), 1)) == [1, 2]
    server.replies[:] = [
        answer(200, {"data": [1]}, {"Link": '</l?p=2>; rel="next", </l>; rel="first"'}),
        answer(200, {"data": [2]}),
    ]
    assert list(client.page(listing("p"), LinkHeader(("data",)), 1)) == [1, 2]
    targets = [seen.target for seen in server.seen]
    assert targets == [
        "/l?cursor=c1",
        "/l?cursor=c2",
        "/l?offset=0",
        "/l?offset=2",
        "/l?page=1",
        "/l?page=2",
        "/l?page=3",
        "/l?p=1",
        "/l?p=2",
    ]


def test_a_next_page_at_another_origin_is_refused(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError
    from sample._runtime.operation import Operation
    from sample._runtime.pagination import NextUrl

    server.reply(answer(200, {"data": [1], "next": "http://evil.example/"}))
    page = client.page(
        Operation("l", "GET", "/l", responses={"200": {"application/json": lambda: dict}}),
        NextUrl(("next",), ("data",)),
    )
    with pytest.raises(APIConnectionError, match="another origin"):
        list(page)


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
