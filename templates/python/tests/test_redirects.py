"""Where a redirect may lead, and what may come along: nothing that is a secret, whoever put it onto the request."""

from __future__ import annotations

from typing import Any

import pytest
from server import Server, answer

BOOK = answer(200, {"id": "1"})


def operation(*security: Any, method: str = "GET", **options: Any) -> Any:
    from sample._runtime.operation import Operation

    responses = {"200": {"application/json": lambda: dict}}
    return Operation("getBook", method, "/book", security=security, responses=responses, **options)


@pytest.fixture
def elsewhere(server: Server) -> Any:
    with Server() as other:
        other.reply(BOOK)
        server.reply(answer(307, b"", {"Location": f"{other.url}/there"}))
        yield other


SECRETS = {"X-Key": "s1", "Authorization": "s2", "Cookie": "a=s3", "X-Auth-Token": "s4", "Proxy-Authorization": "s5"}


def test_secrets_that_the_caller_wrote_stay_at_their_origin(client: Any, elsewhere: Server) -> None:
    unknown = {"Idempotency-Key": "k1", "X-Trace": "t1", "Accept-Key": "s6"}
    headers = {**SECRETS, **unknown, "Accept-Language": "de"}
    client.call(operation({"key": ()}), options={"headers": headers})
    seen = elsewhere.seen[0].headers
    assert not {name.lower() for name in {**SECRETS, **unknown}} & set(seen)
    assert seen["accept-language"] == "de"


def test_secrets_of_the_query_stay_at_their_origin(client: Any, elsewhere: Server) -> None:
    client.call(operation({"queryKey": ()}))
    assert elsewhere.seen[0].target == "/there"


def test_a_way_back_does_not_bring_the_secrets_back(client: Any, server: Server) -> None:
    with Server() as other:
        server.reply(answer(307, b"", {"Location": f"{other.url}/there"}), BOOK)
        other.reply(answer(307, b"", {"Location": f"{server.url}/back"}))
        client.call(operation({"key": ()}))
    assert "x-key" in server.seen[0].headers
    assert "x-key" not in server.seen[1].headers


def test_secrets_of_a_session_stay_at_their_origin(server: Server, elsewhere: Server) -> None:
    import requests
    from sample import Sample

    session = requests.Session()
    session.headers.update({**SECRETS, "X-Anything": "s6"})
    session.auth = ("user", "s7")
    with Sample(base_url=server.url, http_client=session) as client:
        client.call(operation())
    assert "authorization" in server.seen[0].headers and "x-anything" in server.seen[0].headers
    names = {name.lower() for name in SECRETS} | {"x-anything"}
    assert not names & set(elsewhere.seen[0].headers)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_secrets_of_an_httpx2_client_stay_at_their_origin(
    server: Server, elsewhere: Server, asynchronous: bool
) -> None:
    import anyio
    import httpx2
    from sample import AsyncSample, Sample

    own: Any = {"headers": {**SECRETS, "X-Anything": "s6"}, "auth": ("user", "s7"), "cookies": {"a": "s8"}}

    async def main() -> None:
        async with httpx2.AsyncClient(**own) as http, AsyncSample(base_url=server.url, http_client=http) as client:
            await client.call(operation(method="POST"), body={"a": 1})

    if asynchronous:
        anyio.run(main)
    else:
        with httpx2.Client(**own) as http, Sample(base_url=server.url, http_client=http) as client:
            client.call(operation(method="POST"), body={"a": 1})
    assert "authorization" in server.seen[0].headers and "x-anything" in server.seen[0].headers
    names = {name.lower() for name in SECRETS} | {"x-anything"}
    assert not names & set(elsewhere.seen[0].headers)
    assert elsewhere.seen[0].body == b'{"a":1}'


@pytest.mark.parametrize("location", ["ftp://x/y", "file:///etc/passwd", "http://[", "http://x:port/"])
def test_a_redirect_to_something_else_is_refused_at_once(client: Any, server: Server, location: str) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(answer(302, b"", {"Location": location}))
    with pytest.raises(APIConnectionError, match="refused a redirect"):
        client.call(operation())
    assert len(server.seen) == 1


def test_a_redirect_from_https_to_http_is_refused() -> None:
    from sample._runtime.message import Headers, Request
    from sample._runtime.redirects import RefusedRedirectError, origin, redirect

    request = Request("GET", "https://api.example/a", Headers({"X-Key": "k"}))
    with pytest.raises(RefusedRedirectError):
        redirect(request, 302, Headers({"Location": "http://api.example/a"}))
    other_port = redirect(request, 302, Headers({"Location": "https://api.example:8443/a"}))
    assert other_port is not None and other_port.foreign and "X-Key" not in other_port.headers
    assert origin("https://API.example/") == origin("https://api.example:443/x")


@pytest.mark.parametrize(("status", "method", "body"), [(303, "GET", b""), (302, "GET", b""), (308, "POST", b'{"a":1}')])
def test_the_method_changes_as_in_browsers(client: Any, server: Server, status: int, method: str, body: bytes) -> None:
    server.reply(answer(status, b"", {"Location": "/é there?q=a b"}), BOOK)
    client.call(operation(method="POST"), body={"a": 1})
    seen = server.seen[1]
    assert (seen.method, seen.body, "content-type" in seen.headers) == (method, body, bool(body))
    assert seen.target == "/%C3%A9%20there?q=a%20b" or seen.target == "/%C3%83%C2%A9%20there?q=a%20b"


def test_a_body_that_can_be_read_once_does_not_follow(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(answer(307, b"", {"Location": "/there"}))
    upload = operation(method="POST", content_type="application/octet-stream")
    with pytest.raises(APIConnectionError, match="only be read once"):
        client.call(upload, body=(chunk for chunk in [b"a"]))
    assert len(server.seen) == 1
