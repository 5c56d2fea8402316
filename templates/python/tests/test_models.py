"""Types of answers are built leniently and on first use."""

from __future__ import annotations

import datetime
import decimal
import subprocess
import sys
from typing import Any

import pytest
from conftest import ROOT


def build(name: str, data: object):
    from sample import types
    from sample._runtime.models import build

    return build(getattr(types, name), data)


def test_values_are_typed() -> None:
    book = build(
        "Book",
        {"id": "1", "price": "12.50", "added": "2026-01-02T03:04:05+02:00", "day": "2026-01-02", "digest": "aGk="},
    )
    assert book.price == decimal.Decimal("12.50")
    assert book.added.utcoffset() == datetime.timedelta(hours=2)
    assert (book.day, book.digest) == (datetime.date(2026, 1, 2), b"hi")


def test_unknown_members_are_kept_and_readable() -> None:
    book = build("Book", {"id": "1", "new": {"a": 1}})
    assert book.model_extra == {"new": {"a": 1}}
    assert book.new == {"a": 1}


def test_unknown_values_of_an_enum_are_kept() -> None:
    assert build("Book", {"id": "1", "genre": "opera"}).genre == "opera"


def test_absent_null_and_value_are_three_things() -> None:
    absent, null = build("Book", {"id": "1"}), build("Book", {"id": "1", "title": None})
    assert absent.title is None and null.title is None
    assert ("title" in absent.model_fields_set, "title" in null.model_fields_set) == (False, True)
    assert (absent.to_dict(), null.to_dict()) == ({"id": "1"}, {"id": "1", "title": None})


def test_what_does_not_fit_its_type_is_kept_as_it_came() -> None:
    book = build("Book", {"id": 7, "pages": "many", "cover": {"url": 5, "book": {"id": "2", "pages": 3}}})
    assert (book.id, book.pages, book.cover.url) == (7, "many", 5)
    assert type(book.cover.book).__name__ == "Book" and book.cover.book.pages == 3


def test_a_missing_required_member_is_none() -> None:
    book = build("Book", {"title": "t"})
    assert (book.id, book.title, book.model_fields_set) == (None, "t", {"title"})


def test_wire_names_survive_a_round_trip() -> None:
    book = build("Book", {"id": "1", "class": "x"})
    assert book.class_ == "x" and book.to_dict() == {"id": "1", "class": "x"}


def test_integers_keep_their_digits() -> None:
    assert build("Book", {"id": "1", "pages": 9007199254740993}).pages == 9007199254740993


def test_a_discriminator_chooses_the_variant() -> None:
    products = build("Book", {"id": "1", "products": [{"kind": "ebook"}, {"kind": "printed", "pages": 3}]}).products
    assert [type(product).__name__ for product in products] == ["Ebook", "Printed"]


def test_an_unknown_variant_is_kept_as_data() -> None:
    assert build("Product", {"kind": "audio", "x": 1}) == {"kind": "audio", "x": 1}


def test_a_known_variant_that_is_wrong_inside_is_still_of_its_type() -> None:
    product = build("Product", {"kind": "printed", "pages": "ninety"})
    assert (type(product).__name__, product.pages) == ("Printed", "ninety")


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"url": "u"}, "Cover"), ({"id": "1", "title": "t"}, "Book"), ("text", "str"), ({"z": 1}, "dict")],
)
def test_a_union_without_discriminator_takes_the_best_match(data: object, expected: str) -> None:
    assert type(build("Either", data)).__name__ == expected


def test_types_may_contain_themselves() -> None:
    assert build("Tree", {"a": [{"b": "c"}, None]}) == {"a": [{"b": "c"}, None]}


def test_a_module_of_types_loads_when_it_is_touched() -> None:
    script = "import sys; from sample import types; a = 'sample.types.tree' in sys.modules; types.Tree; b = 'sample.types.tree' in sys.modules; print(a, b, 'Tree' in dir(types))"
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True", "True"]


def test_importing_the_package_loads_neither_requests_nor_a_type() -> None:
    script = "import sys; import sample; print('requests' in sys.modules, 'sample.types' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]


@pytest.fixture
def strict():
    """The models of the package, for a while as if it had been made with strict ones."""
    from sample import types
    from sample._runtime import models

    def forget() -> None:
        models.is_strict.cache_clear()
        models._adapter.cache_clear()

    vars(types)["_STRICT_MODELS"] = True
    forget()
    yield models
    del vars(types)["_STRICT_MODELS"]
    forget()


def test_strict_models_take_what_fits_and_keep_unknown_members(strict: object) -> None:
    book = build(
        "Book", {"id": "1", "price": "12.50", "added": "2026-01-02T03:04:05Z", "day": "2026-01-02", "new": 1}
    )
    assert (book.price, book.day, book.model_extra) == (decimal.Decimal("12.50"), datetime.date(2026, 1, 2), {"new": 1})
    assert build("Product", {"kind": "printed", "pages": 3}).pages == 3


@pytest.mark.parametrize(
    ("name", "data", "problems"),
    [
        ("Book", {"id": 7}, ["id"]),
        ("Book", {"title": "t"}, ["id"]),
        ("Book", {"id": "1", "pages": "3", "day": "yesterday"}, ["pages", "day"]),
        ("Product", {"kind": "audio"}, [""]),
        ("Product", {"kind": "printed", "pages": "3"}, ["printed.pages"]),
    ],
)
def test_strict_models_name_each_place_that_does_not_fit(
    strict: object, name: str, data: object, problems: list[str]
) -> None:
    from sample._runtime.errors import APIValidationError

    with pytest.raises(APIValidationError) as caught:
        build(name, data)
    assert sorted(place for place, _ in caught.value.problems) == sorted(problems)


def test_a_strict_union_may_have_a_variant_for_all_other_data(strict: Any) -> None:
    from typing import Annotated

    from sample import types

    tagged = strict.Tagged("kind", {"ebook": "Ebook"}, "Cover")
    union = Annotated[types.Ebook | types.Cover, tagged]
    found = [strict.build_json(union, text) for text in (b'{"kind":"ebook"}', b'{"kind":"new","url":"u"}', b'{"url":"v"}')]
    assert [type(each).__name__ for each in found] == ["Ebook", "Cover", "Cover"]


def test_strict_models_still_say_what_is_no_json(strict: Any) -> None:
    from sample import types

    with pytest.raises(ValueError, match="JSON"):
        strict.build_json(types.Book, b"<html>")


def test_bodies_of_errors_are_read_leniently_whatever_models_are(strict: Any) -> None:
    from sample import types

    assert strict.build_leniently(types.Book, b'{"id": 7}').id == 7
