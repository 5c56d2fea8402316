"""The emitted shell clients against the mock: what a person does with an API, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Callable, Iterator

import pytest
from workshop import BARE, OURS, mock, package, run

Client = Callable[..., "tuple[int, str, str]"]


@pytest.fixture(scope="module")
def bookshop() -> Iterator[Client]:
    with mock(OURS["bookshop"]) as address:
        yield client("bookshop", {"BOOKSHOP_BASE_URL": f"{address}/v1", "BOOKSHOP_API_KEY": "secret"})


@pytest.fixture(scope="module")
def payments() -> Iterator[Client]:
    with mock(OURS["payments"]) as address:
        yield client("payments", {"PAYMENTS_BASE_URL": f"{address}/v2", "PAYMENTS_TOKEN": "secret"})


def client(api: str, environment: dict[str, str]) -> Client:
    command = package(api) / "curl" / "bin" / api

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        done = run([command, *arguments], cwd=command.parent, env=BARE | environment, timeout=60)
        return done.returncode, done.stdout, done.stderr

    return call


def works(answer: tuple[int, str, str]) -> str:
    code, out, words = answer
    assert code == 0, f"exit {code}\n{words}"
    return out


def test_a_list_goes_through_all_its_pages(bookshop: Client) -> None:
    page = json.loads(works(bookshop("books", "list", "--limit", "2")))
    lines = works(bookshop("books", "list", "--limit", "2", "--all")).splitlines()
    assert len(lines) == 3 * len(page["data"]) > 0
    assert all(json.loads(line)["title"] for line in lines)
    assert len(works(bookshop("books", "list", "--limit", "2", "--max-items", "3")).splitlines()) == 3


def test_a_list_by_the_last_id_goes_through_all_its_pages(payments: Client) -> None:
    page = json.loads(works(payments("payments", "list", "--limit", "1")))
    lines = works(payments("payments", "list", "--limit", "1", "--all")).splitlines()
    assert len(lines) == 3 * len(page["data"]) > 0


def test_one_thing_is_read(bookshop: Client) -> None:
    assert json.loads(works(bookshop("books", "get", "bk_winter-light")))["id"] == "bk_winter-light"


def test_something_is_created(bookshop: Client, payments: Client) -> None:
    flags = ["--title", "The Salt Road; $(rm -rf /) `id` 'x'", "--genre", "history", "--author-ids", "au_okafor"]
    assert json.loads(works(bookshop("books", "create", *flags)))["id"]
    flags = ["--amount.value", "49.90", "--amount.currency", "EUR", "--payment-method.type", "wallet"]
    flags += ["--payment-method.provider", "northpay", "--payment-method.return-url", "https://shop.example/thanks"]
    out = works(payments("payments", "create", *flags))
    assert json.loads(out)["amount"]["value"] == "49.90"


def test_files_go_up(bookshop: Client, tmp_path: Path) -> None:
    picture = tmp_path / "cover.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    cover = bookshop("covers", "upload", "bk_winter-light", "--body-file", picture, "--content-type", "image/png")
    assert json.loads(works(cover))["content_type"]
    book = tmp_path / "book.epub"
    book.write_bytes(b"PK" + bytes(200_000))
    file = bookshop("files", "upload", "bk_winter-light", "--file", book, "--metadata", '{"file_format":"epub"}')
    assert json.loads(works(file))["sha256"]


def test_a_file_comes_down(bookshop: Client, tmp_path: Path) -> None:
    place = tmp_path / "book.pdf"
    works(bookshop("books", "download", "bk_winter-light", "--file-format", "pdf", "--output", place))
    assert place.stat().st_size > 0


def test_a_404_says_what_was_not_found(bookshop: Client) -> None:
    code, out, words = bookshop("books", "get", "bk_nothing", "--extra-header", "Prefer: code=404")
    assert (code, out) == (4, "")
    assert "404" in words and '"resource"' in words, words


def test_a_503_is_tried_again_until_it_works(bookshop: Client) -> None:
    preference = "Prefer: status-sequence=503,503,200, retry-after=0"
    book = works(bookshop("books", "get", "bk_winter-light", "--extra-header", preference))
    assert json.loads(book)["id"] == "bk_winter-light"
    code, _, words = bookshop(
        "books", "get", "bk_winter-light", "--extra-header", "Prefer: code=503", "--max-retries", "0"
    )
    assert code == 5 and "503" in words


def test_an_answer_that_takes_too_long_is_a_timeout(bookshop: Client) -> None:
    slow = ["--extra-header", "Prefer: delay=8", "--timeout", "1", "--max-retries", "0"]
    code, out, _ = bookshop("books", "get", "bk_winter-light", *slow)
    assert (code, out) == (6, "")


def test_a_missing_credential_is_named_before_anything_is_sent() -> None:
    # Nothing listens at this port: a request would be exit code 3.
    code, out, words = client("bookshop", {"BOOKSHOP_BASE_URL": "http://127.0.0.1:9/v1"})("books", "list")
    assert (code, out) == (2, "")
    assert "BOOKSHOP_API_KEY" in words


def test_every_operation_has_help(bookshop: Client, payments: Client) -> None:
    for call, api in [(bookshop, "bookshop"), (payments, "payments")]:
        assert api in works(call("--help"))
    assert "--genre" in works(bookshop("books", "list", "--help"))
