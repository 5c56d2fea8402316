"""What a server that means harm can do to a caller: nothing but an exception of ours, a bounded wait, bounded memory."""

from __future__ import annotations

import gzip
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from server import Server, answer


def operation(method: str = "GET", **options: Any) -> Any:
    from sample import types
    from sample._runtime.operation import Operation

    options.setdefault("responses", {"200": {"application/json": lambda: types.Book}})
    return Operation("getBook", method, "/book", **options)


def raw(*lines: bytes, body: bytes = b"{}") -> bytes:
    """An answer whose header lines are as a test wrote them."""
    head = [b"HTTP/1.1 200 OK", b"Content-Type: application/json", b"Content-Length: %d" % len(body), *lines]
    return b"\r\n".join([*head, b"Connection: close", b"", body])


DEEP = b"[" * 200_000 + b"]" * 200_000


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize(
    "body", [DEEP, b'{"id":' * 100_000, b'{"id": ' + b"9" * 100_000 + b"}", b'{"\\ud800": "\\udfff"}', b"\xff\xfe\x00", b"nan"]
)
def test_json_of_any_depth_is_a_value_or_our_exception(client: Any, server: Server, status: int, body: bytes) -> None:
    from sample._runtime.errors import APIError

    server.reply(answer(status, body))
    try:
        client.call(operation())
    except APIError as error:
        assert type(error).__name__ in ("APIResponseError", "NotFoundError")
    else:
        assert status == 200


@pytest.mark.parametrize("media_type", ["text/event-stream", "application/x-ndjson"])
def test_deep_items_of_a_stream_are_values_or_our_exception(client: Any, server: Server, media_type: str) -> None:
    from sample._runtime.errors import APIError

    body = b"data: " + DEEP + b"\n\n" if "event" in media_type else DEEP + b"\n"
    server.reply(answer(200, body, {"Content-Type": media_type}))
    stream = client.call(operation(responses={"200": {media_type: lambda: Any}}))
    try:
        assert list(stream) == [DEEP.decode()]
    except APIError:
        assert "json" in media_type


@pytest.mark.parametrize("charset", ["idna", "punycode", "hex", "undefined", "a\0b", "../../os", "x" * 5000, "utf-7", ""])
def test_text_of_any_charset_is_text(charset: str) -> None:
    from sample._runtime.response import text_of

    assert isinstance(text_of(f"text/plain; charset={charset}", b"\xff caf\xc3\xa9 \\N{DASH}"), str)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_not_held_in_memory(
    client: Any, server: Server, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sample._runtime.errors import APIResponseError

    monkeypatch.setattr("sample._runtime.response.LARGEST_BODY", 1 << 20)
    bomb = (gzip.compress if encoding == "gzip" else zlib.compress)(b" " * (16 << 20))
    server.reply(answer(200, bomb, {"Content-Encoding": encoding}))
    with pytest.raises(APIResponseError, match="larger than 1048576 bytes"):
        client.call(operation())
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("media_type", "part"),
    [("text/event-stream", b"data: x"), ("text/event-stream", b"data: x\n"), ("application/x-ndjson", b'"x')],
)
def test_an_item_that_never_ends_is_not_held_in_memory(
    client: Any, server: Server, media_type: str, part: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sample._runtime.errors import APIResponseError

    monkeypatch.setattr("sample._runtime.streams.LONGEST_ITEM", 100_000)
    server.reply(answer(200, part * 1_000_000, {"Content-Type": media_type}))
    stream = client.call(operation(responses={"200": {media_type: lambda: Any}}))
    with pytest.raises(APIResponseError, match="sent an item longer than 100000 characters"):
        list(stream)


def test_a_long_line_costs_no_more_than_many() -> None:
    from sample._runtime.streams import LineDecoder

    decoder, started = LineDecoder(), time.monotonic()
    for _ in range(20_000):
        assert decoder.feed(b"x" * 1000) == []
    assert [len(line) for line in decoder.feed(b"\r\n")] == [20_000_000] or decoder.feed(b"y") == ["x" * 20_000_000]
    assert time.monotonic() - started < 3


def test_lines_end_by_each_kind_of_break_wherever_chunks_end() -> None:
    from sample._runtime.streams import LineDecoder

    text = b"\xef\xbb\xbfa\r\nb\rc\n\nd\r\r\ne"
    for size in range(1, len(text) + 1):
        decoder = LineDecoder()
        lines = [line for at in range(0, len(text), size) for line in decoder.feed(text[at : at + size])]
        assert lines + decoder.feed(b"", final=True) == ["a", "b", "c", "", "d", "", "e"], size


@pytest.mark.parametrize("retry", ["9" * 5000, "\u00b2", "-1", "999999999"])
def test_a_stream_is_taken_up_again_within_a_minute(
    client: Any, server: Server, retry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(_: object, seconds: float) -> None:
        waits.append(seconds)

    for wire in ("blocking.BlockingWire", "async_transport.AsyncWire"):
        monkeypatch.setattr(f"sample._runtime.{wire}.sleep", sleep)
    first = f"retry: {retry}\nid: 7\ndata: 1\n\ndata".encode()
    server.reply(
        answer(200, first, {"Content-Type": "text/event-stream", "Content-Length": str(len(first) + 9)}),
        answer(200, b"data: 2\n\n", {"Content-Type": "text/event-stream"}),
    )
    stream = client.call(operation(responses={"200": {"text/event-stream": lambda: int}}))
    assert list(stream) == [1, 2]
    assert len(waits) == 1 and waits[0] <= 60


@pytest.mark.parametrize(
    "value",
    ["Mon, 01 Jan 99999999999 00:00:00 GMT", "Mon, 99 Jan 2026 99:99:99 +999999", "1e400", "nan", "-5", "9" * 5000, "\u00b2"],
)
def test_any_retry_after_is_a_short_wait(value: str) -> None:
    from sample._runtime.message import Headers
    from sample._runtime.retry import delay

    for name in ("Retry-After", "Retry-After-Ms"):
        assert 0 <= delay(0, Headers({name: value})) <= 60


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,x",
        "ftp://x.example/",
        "http://[::1",
        "http://x.example:99999999/",
        "http://x.example:a/",
        "//[v1.x]:y/",
    ],
)
def test_a_redirect_to_what_is_no_page_is_refused(client: Any, server: Server, location: str) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(answer(302, b"", {"Location": location}))
    with pytest.raises(APIConnectionError, match="refused a redirect"):
        client.call(operation())


def test_an_unencoded_redirect_is_followed(client: Any, server: Server) -> None:
    server.reply(answer(302, b"", {"Location": "/b\xe9 k?q=<\xff>#part"}), answer(200, {"id": "1"}))
    assert client.call(operation()).id == "1"
    assert server.seen[1].target.isascii() and " " not in server.seen[1].target


def test_another_origin_gets_no_header_that_may_be_a_secret(make: Any, server: Server) -> None:
    with Server() as other:
        other.reply(answer(200, {"id": "1"}))
        server.reply(answer(307, b"", {"Location": f"{other.url}/x"}))
        headers = {"X-Own-Secret": "s3cret", "Accept-Language": "de"}
        with make(base_url=server.url, api_key="k3y", default_headers=headers) as client:
            assert client.call(operation()).id == "1"
        assert server.seen[0].headers["x-own-secret"] == "s3cret"
        assert "s3cret" not in str(other.seen) and "k3y" not in str(other.seen)
        assert other.seen[0].headers["accept-language"] == "de"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Windows\\\\evil.exe"', "evil.exe"),
        ("attachment; filename*=UTF-8''..%2F..%2F.bashrc", ".bashrc"),
        ('attachment; filename=".."', None),
        ('attachment; filename="a/.."', None),
        ("attachment; filename*=UTF-8''a%00b%0Ac", "a_b_c"),
        ("attachment; filename*=UTF-8''invoice%E2%80%AEfdp.exe", "invoice_fdp.exe"),
        ('attachment; filename="a:b"', "a_b"),
        ('attachment; filename="NUL.txt"', "_NUL.txt"),
        ('attachment; filename="report. . "', "report"),
        ("attachment; filename*=no-such-charset''%ff", "\ufffd"),
        ("attachment; filename*=UTF-8''%ff%fe", "\ufffd\ufffd"),
        ("attachment; filename*0*=a; filename*=;;;=", None),
        (";" * 10_000, None),
    ],
)
def test_a_proposed_name_is_a_name_on_every_system(disposition: str, name: str | None) -> None:
    from sample._runtime.disposition import filename_of

    assert filename_of(disposition) == name


def test_a_proposed_name_is_not_too_long_for_a_file(tmp_path: Path) -> None:
    from sample._runtime.disposition import filename_of

    name = filename_of(f"attachment; filename*=UTF-8''{'%C3%A9' * 500}.pdf")
    assert name is not None and name.endswith("\xe9.pdf")
    (tmp_path / name).write_bytes(b"")


def test_odd_header_lines_reach_the_caller_as_text_or_end_in_our_exception(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(raw(b"X-Odd: \xff\xfe\x80 caf\xc3\xa9", b"Set-Cookie: a=1", b"Content-Length : 3"))
    try:
        client.call(operation())
    except APIConnectionError:
        pass
    server.replies[:] = [answer(200, b"", {"Content-Type": "application/pdf", "Content-Length": "\xb2"})]
    try:
        client.call(operation(responses={"200": {"application/pdf": lambda: bytes}})).length
    except APIConnectionError:
        pass


def test_cookies_of_a_server_do_not_come_back(client: Any, server: Server) -> None:
    server.reply(answer(200, {"id": "1"}, {"Set-Cookie": "session=evil; Path=/"}))
    client.call(operation())
    client.call(operation())
    assert "cookie" not in server.seen[1].headers


@pytest.mark.parametrize("link", ["http://[::1", "http://x:99999999/", "\x00javascript:x"])
def test_a_link_that_leads_nowhere_is_our_exception(link: str) -> None:
    from sample._runtime.errors import APIError
    from sample._runtime.message import Headers
    from sample._runtime.pagination import NextUrl, next_call
    from sample._runtime.redirects import origin

    try:
        call = next_call(NextUrl(("next",), ("items",)), {"next": link}, Headers(), "http://a/b", {})
    except APIError:
        return
    assert call is not None and call.url is not None
    assert origin("http://a") != "x" and "\x00" not in call.url


def test_a_link_header_of_any_size_is_read_at_once() -> None:
    from sample._runtime.message import Headers
    from sample._runtime.pagination import next_link

    started = time.monotonic()
    for text in ("<" * 65_000, "<a>" + ';rel="' * 10_000, "<a>" + ";rel=next x" * 5_000, "<a>; " + " " * 60_000):
        next_link(Headers({"Link": text}))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET\r\nX: y", "/"), ("GET /x", "/"), ("", "/"), ("GET", "/a/../b"), ("GET", "/."), ("G\u00c9T", "/")],
)
def test_a_method_or_a_path_that_would_be_another_is_refused(client: Any, server: Server, method: str, path: str) -> None:
    from sample._runtime.errors import InvalidRequestError

    with pytest.raises(InvalidRequestError):
        client.request(method, path)
    assert not server.seen


@pytest.mark.parametrize("path", ["@other.example/", ".other.example/", "//other.example/", ":1/x", "\\\\other.example\\"])
def test_a_path_never_leads_to_another_host(client: Any, server: Server, path: str) -> None:
    server.reply(answer(200, {}))
    client.request("GET", path)
    assert server.seen[0].target.startswith("/")


def test_hostile_arguments_stay_where_they_were_put(client: Any, server: Server) -> None:
    from sample._runtime.errors import InvalidRequestError
    from sample._runtime.parameters import cookie, header, path, query

    server.reply(answer(200, {"id": "1"}))
    evil = "a\r\nX-Evil: 1; admin=1&b=2#c?d/../e\x00\u2028"
    many = operation(parameters=(query("q"), cookie("c", explode=False)))
    client.call(many, evil, evil)
    seen = server.seen[0]
    assert "x-evil" not in seen.headers and ";" not in seen.headers["cookie"] and " " not in seen.target
    assert seen.target.count("&") == 0 and "#" not in seen.target
    client.call(operation(parameters=(cookie("c", explode=True),)), {"k; admin": "1"})
    assert server.seen[1].headers["cookie"] == "k%3B%20admin=1"
    for parameter, value in [
        (header("X-H"), evil),
        (header("X-H"), "a\nb"),
        (header("X-H"), "a\x00b"),
        (cookie("c", style="cookie"), "1; admin=1"),
        (cookie("c", style="cookie"), "1\r\nX: y"),
    ]:
        with pytest.raises(InvalidRequestError):
            client.call(operation(parameters=(parameter,)), value)
    from sample._runtime.operation import fill_path
    from sample._runtime.parameters import path_text

    for template, values in [("/{a}", ["."]), ("/{a}", [".."]), ("/{a}", [""]), ("/{a}{b}", [".", "."]), ("/.{a}/x", ["."])]:
        with pytest.raises(InvalidRequestError):
            names = ["a", "b"][: len(values)]
            fill_path(template, {name: path_text(path(name), value) for name, value in zip(names, values, strict=True)})
