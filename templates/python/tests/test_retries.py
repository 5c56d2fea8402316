"""Retries: who is asked again, when, and with what; each against a real socket."""

from __future__ import annotations

import email.utils
import io
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from operations import BOOK, operation
from server import Server, answer


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
