"""Credentials: which are taken, where they travel, and how tokens are fetched."""

from __future__ import annotations

import base64
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from server import Seen, Server, answer, of_request


def operation(*security: Any) -> Any:
    from sample._runtime.operation import Operation

    return Operation(
        "getBook", "GET", "/book", security=security, responses={"200": {"application/json": lambda: dict}}
    )


@pytest.fixture
def made(make: Any) -> Any:
    return lambda server, **options: make(base_url=server.url, **options)


def test_a_missing_credential_fails_before_anything_is_sent(made: Any, server: Server) -> None:
    from sample._runtime.errors import MissingCredentialsError

    with pytest.raises(MissingCredentialsError) as caught:
        made(server).call(operation({"key": ()}, {"basic": (), "bearer": ()}))
    expected = (
        "getBook needs credentials: give api_key (SAMPLE_API_KEY), or username and password and token (SAMPLE_TOKEN)"
    )
    assert (str(caught.value), server.seen) == (expected, [])


def test_requirements_are_a_choice_of_sets(made: Any, server: Server) -> None:
    server.reply(answer(200, {}))
    both = made(server, username="u", password=lambda: "p", api_key="k")
    both.call(operation({"bearer": ()}, {"basic": (), "key": ()}))
    made(server).call(operation({"bearer": ()}, {}))
    made(server, token="t").call(operation({}, {"bearer": ()}))
    sent = [(seen.headers.get("authorization"), seen.headers.get("x-key")) for seen in server.seen]
    assert sent == [("Basic " + base64.b64encode(b"u:p").decode(), "k"), (None, None), ("Bearer t", None)]


def test_fifty_calls_at_once_fetch_one_token(made: Any, server: Server) -> None:
    fetched = threading.Event()

    @of_request
    def both(seen: Seen) -> bytes:
        if seen.target == "/token":
            time.sleep(0.1)
            fetched.set()
            return answer(200, {"access_token": "t0k", "expires_in": 3600})
        return answer(200, {"sent": seen.headers["authorization"]})

    server.reply(both)
    client = made(server, client_id="i d", client_secret="s", token_url="/token")
    with ThreadPoolExecutor(50) as pool:
        results = list(pool.map(lambda _: client.call(operation({"oauth": ("read",)})), range(50)))
    tokens = [seen for seen in server.seen if seen.target == "/token"]
    assert len(tokens) == 1 and fetched.is_set()
    assert tokens[0].body == b"grant_type=client_credentials&scope=read"
    assert tokens[0].headers["authorization"] == "Basic " + base64.b64encode(b"i%20d:s").decode()
    assert results == [{"sent": "Bearer t0k"}] * 50


def test_a_refused_token_is_fetched_once_more(made: Any, server: Server) -> None:
    @of_request
    def both(seen: Seen) -> bytes:
        if seen.target == "/token":
            count = sum(other.target == "/token" for other in server.seen)
            return answer(200, {"access_token": f"t{count}"})
        good = seen.headers["authorization"] == "Bearer t2"
        return answer(200 if good else 401, {"sent": seen.headers["authorization"]})

    server.reply(both)
    client = made(server, client_id="i", client_secret="s", token_url="/token")
    assert client.call(operation({"oauth": ()})) == {"sent": "Bearer t2"}
    assert [seen.target for seen in server.seen] == ["/token", "/book", "/token", "/book"]


def test_a_token_endpoint_that_refuses_says_why(made: Any, server: Server) -> None:
    from sample import APIStatusError

    server.reply(answer(400, {"error": "invalid_client", "error_description": "unknown client"}))
    client = made(server, client_id="i", client_secret="s", token_url="/token")
    with pytest.raises(APIStatusError, match="the token endpoint answered 400: unknown client"):
        client.call(operation({"oauth": ()}))


def test_netrc_does_not_replace_credentials(made: Any, server: Server, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login evil password evil\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.reply(answer(200, {}))
    made(server, token="t").call(operation({"bearer": ()}))
    assert server.seen[0].headers["authorization"] == "Bearer t"


def test_webhooks_are_verified_by_standard_webhooks() -> None:
    from sample import types
    from sample._runtime.errors import WebhookVerificationError
    from sample._runtime.webhooks import sign, unwrap, verify

    secret, body = "whsec_" + base64.b64encode(b"a secret of some length").decode(), json.dumps({"id": "1"})
    now = int(time.time())
    signature = sign(body.encode(), "msg_1", str(now), secret)
    headers = {"Webhook-Id": "msg_1", "Webhook-Timestamp": str(now), "Webhook-Signature": f"v1,AAAA {signature}"}
    assert unwrap(types.Book, body, headers, secret).id == "1"
    for wrong in [{"Webhook-Id": "msg_2"}, {"Webhook-Timestamp": str(now - 400)}, {"Webhook-Signature": "v1,AAAA"}]:
        with pytest.raises(WebhookVerificationError):
            verify(body, {**headers, **wrong}, secret)
    with pytest.raises(WebhookVerificationError):
        verify(body + " ", headers, secret)
    # The example of the specification of Standard Webhooks.
    known = sign(
        b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    )
    assert known == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
