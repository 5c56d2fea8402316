"""Bodies of requests: parts, forms, files, members that are absent or null."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from operations import BOOK, operation
from server import Seen, Server


def test_multipart_is_byte_for_byte_what_the_standard_says(client: Any, server: Server, tmp_path: Path) -> None:
    from sample._runtime.files import File
    from sample._runtime.forms import Encoding

    path = tmp_path / 'a"b.txt'
    path.write_bytes(b"hi")
    server.reply(BOOK)
    upload = operation(
        "POST",
        content_type="multipart/form-data",
        encodings={"meta": Encoding("application/json"), "file": Encoding("text/plain"), "more": Encoding(headers={"X-K": "k", "x-p": "-"})},
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
        'Content-Disposition: form-data; name="more"; filename="1.png"\r\nContent-Type: image/png\r\nX-K: k\r\nX-P: p\r\n\r\n1',
        'Content-Disposition: form-data; name="more"; filename="2.png"\r\nContent-Type: image/png\r\nX-K: k\r\nx-p: -\r\n\r\n2',
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
