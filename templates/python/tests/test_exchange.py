"""What a call gives, sends and refuses: errors, redirects, options, hooks, pages; each against a real socket."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from operations import BOOK, operation
from server import Server, answer


def test_an_error_carries_its_data_typed(client: Any, server: Server) -> None:
    from sample import NotFoundError

    server.reply(
        answer(404, {"url": "u", "title": "Gone"}, {"Content-Type": "application/problem+json", "X-Request-Id": "r1"})
    )
    with pytest.raises(NotFoundError) as caught:
        client.call(operation())
    error = caught.value
    assert (error.data.url, error.request_id, str(error)) == ("u", "r1", "404 Words: Gone")


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
