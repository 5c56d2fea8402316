"""Files that break off are taken up where they stopped, when they are still the same."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from server import Seen, Server, answer, of_request

WHOLE = bytes(range(256)) * 100
PDF = {"Content-Type": "application/pdf"}


def operation(method: str = "GET") -> Any:
    from sample._runtime.operation import Operation

    return Operation("file", method, "/f", responses={"200": {"application/pdf": lambda: bytes}})


def broken(length: int, headers: dict[str, str]) -> bytes:
    return answer(200, WHOLE[:length], {**PDF, **headers, "Content-Length": str(len(WHOLE))})


@of_request
def rest(seen: Seen) -> bytes:
    """The rest, and it breaks again while much is missing."""
    first = int(seen.headers["range"].removeprefix("bytes=").removesuffix("-"))
    sent = {"Content-Range": f"bytes {first}-{len(WHOLE) - 1}/{len(WHOLE)}", "Content-Length": str(len(WHOLE) - first)}
    return answer(206, WHOLE[first : first + 10_000], {**PDF, **sent})


@pytest.mark.parametrize("validator", [{"ETag": '"v1"'}, {"Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"}])
def test_a_broken_download_goes_on(client: Any, server: Server, tmp_path: Path, validator: dict[str, str]) -> None:
    server.reply(broken(7_000, validator), rest)
    with client.call(operation()) as file:
        assert file.save(tmp_path / "a.pdf").read_bytes() == WHOLE
    asked = [(seen.headers["range"], seen.headers["if-range"]) for seen in server.seen[1:]]
    (tag,) = validator.values()
    assert asked == [("bytes=7000-", tag), ("bytes=17000-", tag)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


CHANGED = answer(200, b"another file", {**PDF, "ETag": '"v2"'})
ELSEWHERE = answer(206, WHOLE[5:], {**PDF, "Content-Range": f"bytes 5-{len(WHOLE) - 1}/{len(WHOLE)}"})


@pytest.mark.parametrize(
    ("headers", "second", "requests"),
    [
        ({}, CHANGED, 1),
        ({"ETag": 'W/"v1"'}, CHANGED, 1),
        ({"ETag": '"v1"', "Accept-Ranges": "none"}, CHANGED, 1),
        ({"ETag": '"v1"'}, CHANGED, 2),
        ({"ETag": '"v1"'}, ELSEWHERE, 2),
        ({"ETag": '"v1"'}, answer(416, b""), 2),
    ],
)
def test_a_download_that_cannot_go_on_breaks(
    client: Any, server: Server, tmp_path: Path, headers: dict[str, str], second: bytes, requests: int
) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(broken(7_000, headers), second)
    with pytest.raises(APIConnectionError):
        client.call(operation()).save(tmp_path / "a.pdf")
    assert (list(tmp_path.iterdir()), len(server.seen)) == ([], requests)


def test_a_compressed_download_is_never_taken_up(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    packed = gzip.compress(WHOLE)
    headers = {**PDF, "ETag": '"v1"', "Content-Encoding": "gzip"}
    server.reply(answer(200, packed[:100], {**headers, "Content-Length": str(len(packed))}))
    with pytest.raises(APIConnectionError):
        client.call(operation()).read()
    assert len(server.seen) == 1
    server.replies[:] = [answer(200, packed, headers)]
    with client.call(operation()) as file:
        assert (file.length, file.read()) == (None, WHOLE)


def test_no_retries_means_no_second_request(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIConnectionError

    server.reply(broken(7_000, {"ETag": '"v1"'}))
    with pytest.raises(APIConnectionError):
        client.call(operation(), options={"max_retries": -1}).read()
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename*=UTF-8''%C3%A9.pdf", "é.pdf"),
        ('attachment; filename="..\\\\..\\\\evil.exe"', "evil.exe"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename=".."', None),
        ("inline", None),
    ],
)
def test_the_name_of_a_file_is_no_path(disposition: str, name: str | None) -> None:
    from sample._runtime.response import filename_of

    assert filename_of(disposition) == name
