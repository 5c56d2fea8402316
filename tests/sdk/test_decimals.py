"""Decimals that are numbers of JSON (`type: number, format: decimal`), through an emitted package: typed, and no digit is lost."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable, Iterator

import anyio
import judges
import pytest
from documents import generated, imported, json_body, reference
from echo import Echo, echo
from workshop import WORK

LONG = "0.1234567890123456789012345678901"
NUMBER = {"type": "number", "format": "decimal"}
QUOTE = {
    "type": "object",
    "required": ["price"],
    "properties": {
        "price": NUMBER,
        "fee": {"type": "string", "format": "decimal"},
        "weight": {"type": "number"},
        "rates": {"type": "object", "additionalProperties": {"type": "array", "items": reference("Rate")}},
        "parts": {"type": "array", "items": reference("Quote")},
        "choice": {"oneOf": [reference("Flat"), reference("Written")]},
        "odd-name": NUMBER,
    },
}


def kind(name: str, value: Any) -> dict[str, Any]:
    """One of several objects, told by its `kind`."""
    properties = {"kind": {"const": name}, "value": value}
    return {"type": "object", "required": ["kind", "value"], "properties": properties}


DOCUMENT = {
    "paths": {
        "/quotes": {
            "post": {
                "operationId": "createQuote",
                "tags": ["quotes"],
                "parameters": [{"name": "above", "in": "query", "schema": NUMBER}],
                "requestBody": {"required": True, **json_body(reference("Quote"))},
                "responses": {"200": {"description": "It.", **json_body(reference("Quote"))}},
            },
            "get": {
                "operationId": "streamQuotes",
                "tags": ["quotes"],
                "responses": {
                    "200": {
                        "description": "They.",
                        "content": {
                            "application/jsonl": {"itemSchema": reference("Quote"), "schema": {"type": "array"}}
                        },
                    }
                },
            },
        }
    },
    "components": {
        "schemas": {
            "Rate": NUMBER,
            "Quote": QUOTE,
            "Flat": kind("flat", NUMBER),
            "Written": kind("written", {"type": "string", "format": "decimal"}),
        }
    },
}

TEXT = f"""{{"price": {LONG}, "fee": "1.10", "weight": 0.5, "rates": {{"a": [1.10, 2]}}, "new": 1.50,
  "parts": [{{"price": 12345678901234567890.10}}], "choice": {{"kind": "flat", "value": 7.70}}, "odd-name": 3.0}}"""
ARGUMENTS: dict[str, Any] = {
    "price": Decimal(LONG),
    "fee": Decimal("1.10"),
    "weight": 0.5,
    "rates": {"a": [Decimal("1.10"), 2]},
    "parts": [{"price": Decimal("12345678901234567890.10"), "odd-name": Decimal("9.90")}],
    "choice": {"kind": "written", "value": Decimal("7.70")},
}
SENT = (
    f'{{"price":{LONG},"fee":"1.10","weight":0.5,"rates":{{"a":[1.10,2]}},'
    '"parts":[{"price":12345678901234567890.10,"odd-name":9.90}],"choice":{"kind":"written","value":"7.70"}}'
)


@pytest.fixture(scope="module")
def package() -> Path:
    return generated("quotes", {"openapi": "3.2.0", **DOCUMENT})


@pytest.fixture
def server() -> Iterator[Echo]:
    with echo() as running:
        running.body = TEXT.encode()
        yield running


def check(found: Any) -> None:
    digits = [found.price, found.rates["a"][0], found.parts[0].price, found.choice.value, found.odd_name]
    assert [str(each) for each in digits] == [LONG, "1.10", "12345678901234567890.10", "7.70", "3.0"]
    assert (type(found.weight), type(found.new)) == (float, float)


def test_a_call_loses_no_digit_either_way(package: Path, server: Echo) -> None:
    module = imported(package)
    with module.Quotes(base_url=server.url) as client:
        found = client.quotes.create(**ARGUMENTS, above=Decimal("1E+2"))
        check(found)
        assert (server.last.body.decode(), server.last.target) == (SENT, "/quotes?above=100")
        client.quotes.create(price=found.price, parts=[found])
        assert f'"parts":[{{"price":{LONG},' in server.last.body.decode()


def test_an_asynchronous_call_loses_no_digit_either_way(package: Path, server: Echo) -> None:
    module = imported(package)

    async def call() -> Any:
        async with module.AsyncQuotes(base_url=server.url) as client:
            return await client.quotes.create(**ARGUMENTS)

    check(anyio.run(call))
    assert server.last.body.decode() == SENT


def test_a_stream_loses_no_digit(package: Path, server: Echo) -> None:
    server.body, server.headers = TEXT.replace("\n", "").encode() + b"\n", {"Content-Type": "application/jsonl"}
    with imported(package).Quotes(base_url=server.url) as client, client.quotes.stream() as stream:
        check(next(stream))


PROGRAM = """
from decimal import Decimal

from quotes import Quotes, types
from typing_extensions import assert_type


def main(client: Quotes) -> None:
    found = client.quotes.create(price=Decimal("1.10"), rates={"a": [1.5, Decimal(2)]}, choice={"kind": "flat", "value": 1})
    assert_type(found.price, Decimal)
    assert_type(found.weight, "float | None")
    assert_type(found.odd_name, "Decimal | None")
    body: types.QuoteInput = {"price": Decimal("1.10"), "fee": Decimal("1.10"), "odd-name": 2.5}
    client.quotes.create(price=1.5, parts=[body])
    client.quotes.create(price="1.5")  # wrong
"""


@pytest.mark.parametrize("judge", [judges.python_types, judges.python_types_again])
def test_checkers_see_decimals(package: Path, judge: Callable[[Path], str]) -> None:
    folder = WORK / "typed-decimals"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(package, folder)
    (folder / "src" / "program.py").write_text(PROGRAM)
    found = {int(line) for line in re.findall(r"program\.py:(\d+)", judge(folder))}
    assert found == {number for number, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# wrong")}


def test_the_package_is_clean(package: Path) -> None:
    for judge in [judges.python_imports, judges.python_lints, judges.python_format]:
        assert not judge(package)


def test_a_document_without_such_decimals_has_nothing_of_them() -> None:
    plain = {"paths": {}, "components": {"schemas": {"Price": {"type": "string", "format": "decimal"}}}}
    source = generated("plain", plain) / "src" / "plain"
    assert "_DECIMAL_NUMBERS" not in (source / "types" / "__init__.py").read_text()
