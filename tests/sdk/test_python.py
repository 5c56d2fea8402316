"""The emitted Python packages against the mock: what a person does with an API, and what goes wrong."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Iterator

import pytest
from workshop import OURS, mock, package


def imported(api: str) -> ModuleType:
    sys.path.insert(0, str(package(api) / "python" / "src"))
    return importlib.import_module(api)


@pytest.fixture(scope="module")
def bookshop() -> Iterator[tuple[ModuleType, Any]]:
    module = imported("bookshop")
    with mock(OURS["bookshop"]) as address:
        yield module, module.Bookshop(api_key="secret", base_url=f"{address}/v1")


@pytest.fixture(scope="module")
def payments() -> Iterator[tuple[ModuleType, Any]]:
    module = imported("payments")
    with mock(OURS["payments"]) as address:
        yield module, module.Payments(token="secret", base_url=f"{address}/v2")


def prefer(text: str, **more: Any) -> dict[str, Any]:
    return {"headers": {"Prefer": text}, **more}


def test_a_list_iterates_over_all_its_pages(bookshop: tuple[ModuleType, Any]) -> None:
    module, client = bookshop
    first = client.books.list(limit=2)
    pages = 1
    page = first
    while page.has_next:
        page = page.next_page()
        pages += 1
    everything = list(client.books.list(limit=2))
    assert pages == 3, "the mock gives three pages"
    assert len(everything) > len(first.items) > 0
    assert all(isinstance(book, module.types.Book) for book in everything)


def test_a_list_by_the_last_id_iterates_over_all_its_pages(payments: tuple[ModuleType, Any]) -> None:
    module, client = payments
    first = client.payments.list(limit=1)
    everything = list(client.payments.list(limit=1))
    assert len(everything) == 3 * len(first.items)
    assert isinstance(everything[0], module.types.Payment)


def test_one_thing_is_read_with_its_types(bookshop: tuple[ModuleType, Any]) -> None:
    import datetime

    module, client = bookshop
    book = client.books.get("bk_winter-light")
    assert isinstance(book, module.types.Book)
    assert book.id == "bk_winter-light"
    assert book.published_on == datetime.date(2021, 10, 5)
    assert {type(product).__name__ for product in book.products} == {"PrintedBook", "EBook", "AudioBook"}


def test_headers_come_as_their_types(bookshop: tuple[ModuleType, Any]) -> None:
    module, client = bookshop
    headers = client.with_response(client.books.list, limit=1).typed_headers
    assert isinstance(headers["RateLimit-Remaining"], int) and headers["ratelimit-remaining"] == headers["RateLimit-Remaining"]
    assert "Retry-After" not in headers and headers.get("retry-after", 7) == 7
    with pytest.raises(module.RateLimitError) as caught:
        client.books.list(limit=1, options=prefer("code=429", max_retries=0))
    assert isinstance(caught.value.typed_headers["Retry-After"], int)


def test_something_is_created(bookshop: tuple[ModuleType, Any]) -> None:
    _, client = bookshop
    book = client.books.create(title="The Salt Road", genre="history", author_ids=["au_okafor"])
    assert book.id and book.title


def test_a_choice_of_bodies_is_created(payments: tuple[ModuleType, Any]) -> None:
    from decimal import Decimal

    _, client = payments
    payment = client.payments.create(
        amount={"value": "1250.00", "currency": "EUR"},
        payment_method={"type": "bank_transfer", "iban": "AT483200000012345864", "holder": "Noor Haddad"},
    )
    assert str(payment.amount.value) == str(Decimal("49.90")), "a decimal keeps its digits"


def test_what_the_document_forbids_is_refused_with_the_name(bookshop: tuple[ModuleType, Any]) -> None:
    module, client = bookshop
    with pytest.raises(module.APIStatusError) as caught:
        client.books.create(title="", genre="history", author_ids=[])
    assert caught.value.status == 422
    assert "author_ids" in str(caught.value.body if hasattr(caught.value, "body") else caught.value)


def test_files_go_up(bookshop: tuple[ModuleType, Any], tmp_path: Path) -> None:
    module, client = bookshop
    picture = tmp_path / "cover.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    cover = client.covers.upload("bk_winter-light", body=picture, content_type="image/png")
    assert isinstance(cover, module.types.Cover)
    text = tmp_path / "book.epub"
    text.write_bytes(b"PK" + bytes(200_000))
    file = client.files.upload("bk_winter-light", file=text, metadata={"file_format": "epub"})
    assert isinstance(file, module.types.BookFile)


def test_a_file_comes_down(bookshop: tuple[ModuleType, Any], tmp_path: Path) -> None:
    _, client = bookshop
    with client.books.download("bk_winter-light", file_format="pdf") as file:
        place = file.save(tmp_path / "book.pdf")
    assert Path(place).stat().st_size > 0


def test_a_404_is_a_typed_error_with_typed_data(bookshop: tuple[ModuleType, Any]) -> None:
    module, client = bookshop
    with pytest.raises(module.NotFoundError) as caught:
        client.books.get("bk_nothing", options=prefer("code=404"))
    error = caught.value
    assert error.status == 404
    assert isinstance(error.data, module.types.NotFoundProblem)
    assert error.data.resource == "book"


def test_a_503_is_tried_again_until_it_works(bookshop: tuple[ModuleType, Any]) -> None:
    module, client = bookshop
    book = client.books.get("bk_winter-light", options=prefer("status-sequence=503,503,200, retry-after=0"))
    assert book.id == "bk_winter-light"
    with pytest.raises(module.InternalServerError) as caught:
        client.books.get("bk_winter-light", options=prefer("code=503", max_retries=0))
    assert caught.value.status == 503


def test_an_answer_that_takes_too_long_is_a_timeout(bookshop: tuple[ModuleType, Any]) -> None:
    module, client = bookshop
    with pytest.raises(module.APITimeoutError):
        client.books.get("bk_winter-light", options=prefer("delay=5", timeout=0.3, max_retries=0))


def test_a_server_is_chosen_by_its_variables_or_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKSHOP_BASE_URL", raising=False)
    make = imported("bookshop").Bookshop
    assert make().base_url == "https://api.bookshop.example/v1"
    assert make(environment="sandbox", version="v2").base_url == "https://sandbox.bookshop.example/v2"
    monkeypatch.setenv("BOOKSHOP_BASE_URL", "https://books.example/v3")
    assert make(environment="sandbox").base_url == "https://books.example/v3"
    assert make(base_url="https://here.example").base_url == "https://here.example"


def test_a_missing_credential_is_named_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    module = imported("bookshop")
    for variable in ["BOOKSHOP_API_KEY", "BOOKSHOP_TOKEN", "BOOKSHOP_CLIENT_ID", "BOOKSHOP_CLIENT_SECRET"]:
        monkeypatch.delenv(variable, raising=False)
    # Nothing listens at this port: a request would be a connection error.
    client = module.Bookshop(base_url="http://127.0.0.1:9/v1")
    with pytest.raises(module.MissingCredentialsError, match="BOOKSHOP_API_KEY"):
        client.books.get("bk_winter-light")
