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


@pytest.mark.parametrize("expires", [0, "0", None, "soon", float("1e300"), -5])
def test_a_token_whose_end_is_strange_is_used_all_the_same(made: Any, server: Server, expires: Any) -> None:
    @of_request
    def both(seen: Seen) -> bytes:
        token = {"access_token": "t", **({} if expires is None else {"expires_in": expires})}
        return answer(200, token if seen.target == "/token" else {"sent": seen.headers["authorization"]})

    server.reply(both)
    client = made(server, client_id="i", client_secret="s", token_url="/token")
    assert client.call(operation({"oauth": ()})) == {"sent": "Bearer t"}


def test_a_token_that_ends_is_fetched_anew_and_others_are_kept(made: Any, server: Server) -> None:
    @of_request
    def both(seen: Seen) -> bytes:
        count = sum(other.target == "/token" for other in server.seen)
        token = {"access_token": f"t{count}", "expires_in": 0.2 if b"short" in seen.body else 3600}
        return answer(200, token if seen.target == "/token" else {"sent": seen.headers["authorization"]})

    server.reply(both)
    client = made(server, client_id="i", client_secret="s", token_url="/token")
    short, long = operation({"oauth": ("short",)}), operation({"oauth": ("long", "b")})
    assert [client.call(each)["sent"] for each in (short, long, long)] == ["Bearer t1", "Bearer t2", "Bearer t2"]
    time.sleep(0.15)
    assert [client.call(each)["sent"] for each in (short, long)] == ["Bearer t3", "Bearer t2"]
    assert [seen.body.rpartition(b"scope=")[2] for seen in server.seen if seen.target == "/token"] == [
        b"short",
        b"b+long",
        b"short",
    ]


def test_fifty_refused_calls_at_once_fetch_one_new_token(server: Server) -> None:
    from sample import Sample

    together = threading.Barrier(50, timeout=10)

    @of_request
    def both(seen: Seen) -> bytes:
        if seen.target == "/token":
            time.sleep(0.05)
            return answer(200, {"access_token": f"t{sum(other.target == '/token' for other in server.seen)}"})
        if seen.headers["authorization"] == "Bearer t1":
            together.wait()
            return answer(401, {})
        return answer(200, {"sent": seen.headers["authorization"]})

    server.reply(both)
    client = Sample(base_url=server.url, client_id="i", client_secret="s", token_url="/token")
    with ThreadPoolExecutor(50) as pool:
        results = list(pool.map(lambda _: client.call(operation({"oauth": ()})), range(50)))
    assert results == [{"sent": "Bearer t2"}] * 50
    assert [seen.target for seen in server.seen].count("/token") == 2


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (answer(401, {"error": "invalid_client"}), "the token endpoint answered 401: invalid_client"),
        (answer(200, b"<html>", {"Content-Type": "text/html"}), "the token endpoint answered 200"),
        (answer(200, b""), "the token endpoint answered 200"),
        (answer(200, {"access_token": ""}), "without an access_token"),
        (answer(302, b"", {"Location": "http://evil.invalid/"}), "the token endpoint answered 302"),
    ],
)
def test_a_token_endpoint_that_is_wrong_is_an_error_of_the_api(made: Any, server: Server, reply: bytes, words: str) -> None:
    from sample._runtime.errors import APIError

    server.reply(reply)
    client = made(server, client_id="i", client_secret="s3", token_url="/token")
    with pytest.raises(APIError, match=words) as caught:
        client.call(operation({"oauth": ()}))
    assert [seen.target for seen in server.seen] == ["/token"] and "s3" not in str(caught.value)


def test_a_busy_token_endpoint_is_asked_again(made: Any, server: Server) -> None:
    server.reply(
        answer(503, {}, {"Retry-After-Ms": "1"}),
        lambda connection: connection.close(),
        answer(200, {"access_token": "t"}),
        answer(200, {}),
    )
    made(server, client_id="i", client_secret="s", token_url="/token").call(operation({"oauth": ()}))
    assert [seen.target for seen in server.seen] == ["/token", "/token", "/token", "/book"]


def test_a_fixed_secret_that_is_refused_is_not_tried_again(made: Any, server: Server) -> None:
    from sample import APIStatusError

    server.reply(answer(401, {}))
    with pytest.raises(APIStatusError):
        made(server, token="t").call(operation({"bearer": ()}))
    assert len(server.seen) == 1


@pytest.mark.parametrize("empty", ["", lambda: ""])
def test_an_empty_secret_is_no_secret(made: Any, server: Server, empty: Any) -> None:
    from sample._runtime.errors import MissingCredentialsError

    with pytest.raises(MissingCredentialsError):
        made(server, token=empty).call(operation({"bearer": ()}))
    assert server.seen == []


def webhook(body: bytes, secret: str, **changes: str) -> dict[str, str]:
    from sample._runtime.webhooks import sign

    now = str(int(time.time()))
    signed = {"webhook-id": "msg_1", "webhook-timestamp": now, **changes}
    signature = sign(body, signed["webhook-id"], signed["webhook-timestamp"], secret)
    return {"webhook-signature": signature, **signed}


OLD, NEW = (f"whsec_{base64.b64encode(each).decode()}" for each in (b"an old secret", b"a new secret"))


def test_webhooks_are_read_while_their_secret_is_changed() -> None:
    from sample._runtime.errors import WebhookVerificationError
    from sample._runtime.webhooks import verify

    body = b"{}"
    by_old, by_new = webhook(body, OLD), webhook(body, NEW)
    both = {**by_old, "webhook-signature": f"v1a,xyz {by_new['webhook-signature']} {by_old['webhook-signature']}"}
    for headers, secret in [(by_old, OLD), (by_old, [NEW, OLD]), (by_new, (NEW, OLD)), (both, OLD), (both, NEW)]:
        assert verify(body, headers, secret) == body
    for headers, secret in [(by_old, NEW), (by_old, []), (by_old, [NEW])]:
        with pytest.raises(WebhookVerificationError):
            verify(body, headers, secret)


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-timestamp": "9" * 5000},
        {"webhook-timestamp": "²"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": str(int(time.time()) + 4000)},
        {"webhook-timestamp": str(int(time.time()) - 4000)},
        {"webhook-signature": "\udcff"},
        {"webhook-signature": "v1,"},
        {"webhook-signature": ""},
        {"webhook-id": "\ud800"},
    ],
)
def test_a_strange_webhook_is_refused_in_one_way(changes: dict[str, str]) -> None:
    from sample._runtime.errors import WebhookVerificationError
    from sample._runtime.webhooks import verify

    with pytest.raises(WebhookVerificationError):
        verify(b"{}", {**webhook(b"{}", OLD), **changes}, OLD)


def test_an_event_of_an_unknown_kind_is_kept() -> None:
    from sample import types
    from sample._runtime.webhooks import unwrap

    body = b'{"kind":"audio","minutes":5}'
    assert unwrap(types.Product, body, webhook(body, OLD), OLD) == {"kind": "audio", "minutes": 5}
    known = b'{"kind":"printed","pages":5}'
    assert type(unwrap(types.Product, known, webhook(known, OLD), OLD)).__name__ == "Printed"
