"""No secret in a log, in a representation, in an exception or in its traceback."""

from __future__ import annotations

import logging
import socket
import traceback
from typing import Any

import pytest
from server import Seen, Server, answer, of_request

KEY, TOKEN, SECRET = "k3y-secret", "t0ken-secret", "cl1ent-secret"
EVERYTHING = (KEY, TOKEN, SECRET, "p4ss", "c00kie", "s1gned")


def operation(*security: Any) -> Any:
    from sample._runtime.operation import Operation

    return Operation("getBook", "GET", "/book", security=security, responses={"200": {"application/json": lambda: dict}})


def clean(text: str) -> bool:
    return not any(secret in text for secret in EVERYTHING)


def test_logs_hide_what_is_secret_by_its_scheme_or_by_its_name(
    make: Any, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    @of_request
    def both(seen: Seen) -> bytes:
        if seen.target == "/token":
            return answer(200, {"access_token": TOKEN})
        return answer(302 if "again" not in seen.target else 200, {}, {
            "Location": "/book?again=1&X-Amz-Signature=s1gned", "Set-Cookie": "sid=c00kie", "X-Session-Token": TOKEN,
        })  # fmt: skip

    caplog.set_level(logging.DEBUG, "sample")
    server.reply(both)
    headers = {"X-Api-Key": KEY, "Cookie": "a=c00kie", "X-Custom-Auth": "s1gned"}
    client = make(
        base_url=server.url, api_key=KEY, username="u", password="p4ss", client_id="i", client_secret=SECRET,
        token_url="/token", default_headers=headers,
    )  # fmt: skip
    for security in ["key", "queryKey", "cookieKey", "basic", "oauth"]:
        client.call(operation({security: ()}), options={"query": {"access_token": TOKEN, "page": 2, "password": "p4ss"}})
    client.call(operation({"key": ()}), options={"headers": {"X-Key": KEY}})
    assert clean(caplog.text)
    assert "page=2" in caplog.text and "access_token=***" in caplog.text and "X-Amz-Signature=***" in caplog.text
    assert "for a token" in caplog.text


def test_levels_are_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from sample._runtime.logs import logger_of

    for number, (said, level) in enumerate(
        [("debug", logging.DEBUG), ("INFO", logging.INFO), ("", logging.NOTSET), ("loud", logging.NOTSET)]
    ):
        monkeypatch.setenv("SAMPLE_LOG", said)
        logger = logger_of(f"sample.test{number}", "SAMPLE_LOG")
        assert (logger.level, len(logger.handlers)) == (level, int(level != logging.NOTSET))


def test_nothing_that_a_client_is_made_of_shows_a_secret(make: Any, server: Server) -> None:
    client = make(
        base_url=server.url, api_key=KEY, username="u", password="p4ss", token=TOKEN, client_secret=SECRET,
        default_headers={"Authorization": TOKEN, "X-Key": KEY},
    )  # fmt: skip
    server.reply(answer(200, {}))
    response = client.with_response(client.call, operation({"queryKey": ()}))
    own = getattr(client, "inner", client)
    shown = [own, own._core, own._core.options, *own._core.schemes.values(), response.request, response.request.headers]
    assert all(clean(repr(each)) and clean(str(each)) for each in shown)


@pytest.mark.parametrize("failure", ["refused", "silent", "cut", "status"])
def test_no_traceback_shows_the_url_or_the_headers(make: Any, server: Server, failure: str) -> None:
    from sample._runtime.errors import APIError

    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    server.reply(
        {
            "refused": b"",
            "silent": lambda connection: connection.recv(1),
            "cut": answer(200, b"{", {"Content-Length": "90"}),
            "status": answer(404, {"message": "no"}),
        }[failure]
    )
    url = f"http://127.0.0.1:{port}" if failure == "refused" else server.url
    client = make(base_url=url, api_key=KEY, token=TOKEN, max_retries=0, timeout=0.3)
    for security in [{"queryKey": ()}, {"bearer": (), "cookieKey": ()}]:
        with pytest.raises(APIError) as caught:
            client.call(operation(security))
        assert clean("".join(traceback.format_exception(caught.value)))


@pytest.mark.parametrize("options", [{"api_key": "k3y-secret\r\nX: y"}, {"token": "t0ken-secret\n"}])
def test_a_secret_with_a_line_break_is_refused_without_being_told(
    make: Any, server: Server, options: dict[str, str]
) -> None:
    from sample._runtime.errors import InvalidRequestError

    security = {"key" if "api_key" in options else "bearer": ()}
    with pytest.raises(InvalidRequestError) as caught:
        make(base_url=server.url, **options).call(operation(security))
    assert clean(str(caught.value)) and server.seen == []


def test_a_base_url_holds_no_password() -> None:
    from sample._runtime.errors import InvalidRequestError
    from sample._runtime.server import server_of

    with pytest.raises(InvalidRequestError) as caught:
        server_of("https://u:p4ss@api.example", "X_BASE_URL", None)
    assert clean(str(caught.value))
