"""Compressed and chunked answers: whole, cut off, broken."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest
from operations import operation
from server import Server, answer


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
