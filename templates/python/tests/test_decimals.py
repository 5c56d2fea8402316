"""Decimals that are numbers of JSON keep their digits, in both directions; those that are text stay text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from typing import Any

import pytest
from server import answer
from test_answers import operation

LONG = "0.1234567890123456789012345678901"


@pytest.fixture(autouse=True)
def numbers() -> Iterator[Any]:
    """The package, for a while as if its document had such decimals."""
    from sample import types
    from sample._runtime import models

    vars(types)["_DECIMAL_NUMBERS"] = True
    models.has_numbers.cache_clear()
    yield models
    del vars(types)["_DECIMAL_NUMBERS"]
    models.has_numbers.cache_clear()


def read(text: str) -> Any:
    from sample import types
    from sample._runtime.models import build_json

    return build_json(types.Quote, text.encode())


def quote(**more: Any) -> Any:
    from sample import types

    return operation("POST", responses={"200": {"application/json": lambda: types.Quote}}, **more)


TEXT = f"""{{"price": {LONG}, "fee": "1.10", "weight": 0.5, "rates": {{"a": [1.10, 2, 1E+2]}}, "new": 1.50,
  "parts": [{{"price": 12345678901234567890.10}}], "class": -0.0, "choice": {{"kind": "flat", "value": 7.70}}}}"""


def digits(quote: Any) -> list[str]:
    rates = [str(rate) for rate in quote.rates["a"]]
    return [str(quote.price), str(quote.fee), *rates, str(quote.parts[0].price), str(quote.class_), str(quote.choice.value)]


ALL = [LONG, "1.10", "1.10", "2", "1E+2", "12345678901234567890.10", "-0.0", "7.70"]


def test_an_answer_keeps_all_digits_and_other_numbers_are_floats(client: Any, server: Any) -> None:
    server.reply(answer(200, TEXT.encode(), {"Content-Type": "application/json"}))
    found = client.call(quote())
    assert digits(found) == ALL
    assert (type(found.price), type(found.weight), type(found.new)) == (Decimal, float, float)


def test_what_does_not_fit_beside_a_decimal_costs_no_digits() -> None:
    found = read(TEXT.replace("0.5", '"heavy"'))
    assert digits(found) == ALL and found.weight == "heavy"


def test_strict_models_keep_all_digits_too(numbers: Any) -> None:
    from sample import types
    from sample._runtime.errors import APIValidationError

    vars(types)["_STRICT_MODELS"] = True
    numbers.is_strict.cache_clear()
    try:
        assert digits(read(TEXT)) == ALL
        assert str(types.Quote.from_data({"price": Decimal(LONG)}).price) == LONG
        with pytest.raises(APIValidationError, match="weight"):
            read(TEXT.replace("0.5", '"heavy"'))
    finally:
        del vars(types)["_STRICT_MODELS"]
        numbers.is_strict.cache_clear()


def test_what_came_goes_back_as_it_came() -> None:
    found = read(TEXT)
    again = read(found.to_json())
    assert digits(again) == ALL
    assert json.loads(found.to_json(), parse_float=str)["price"] == LONG
    assert found.to_dict()["price"] == Decimal(LONG) and found.to_dict()["fee"] == "1.10"
    assert digits(type(found).from_data(found.to_dict())) == ALL
    found.price = Decimal("1.25") * 2
    assert found.to_json().startswith('{"price": 2.50, "fee": "1.10"')


def test_a_request_writes_numbers_with_all_digits(client: Any, server: Any) -> None:
    body = {
        "price": Decimal(LONG),
        "fee": Decimal("1.10"),
        "weight": 0.5,
        "rates": {"a": (Decimal("1.10"), 2, 3.5)},
        "parts": [{"price": Decimal("1E+2"), "choice": {"kind": "written", "value": Decimal("5.0")}}],
        "choice": {"kind": "flat", "value": Decimal("7.70")},
        "new": Decimal("9.9"),
    }
    server.reply(answer(200, {"price": 1}))
    client.call(quote(body="QuoteInput"), body=body)
    assert server.seen[-1].body.decode() == (
        '{"price":' + LONG + ',"fee":"1.10","weight":0.5,"rates":{"a":[1.10,2,3.5]},'
        '"parts":[{"price":1E+2,"choice":{"kind":"written","value":"5.0"}}],'
        '"choice":{"kind":"flat","value":7.70},"new":"9.9"}'
    )


@pytest.mark.parametrize(
    ("type_", "value", "text"),
    [
        ("_models.DecimalNumber | float", Decimal("1.10"), "1.10"),
        ("_decimal.Decimal | str", Decimal("1.10"), '"1.10"'),
        ("AmountInput", Decimal("1.10"), "1.10"),
        ("_abc.Sequence[AmountInput] | None", [Decimal("1.0"), None], "[1.0,null]"),
        ("Odd", {"a-b": Decimal("1.0"), "c d": Decimal("2.0")}, '{"a-b":1.0,"c d":2.0}'),
        ("QuoteInput", "model", '{"price":1.50,"parts":[{"price":2.50}]}'),
    ],
)
def test_the_type_tells_numbers_from_text(client: Any, server: Any, type_: str, value: Any, text: str) -> None:
    if value == "model":
        value = read('{"price": 1.50, "parts": [{"price": 2.50}]}')
    server.reply(answer(200, {"price": 1}))
    client.call(quote(body=type_), body=value)
    assert server.seen[-1].body.decode() == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_json_has_no_number_for_is_refused(client: Any, value: str) -> None:
    from sample._runtime.errors import InvalidRequestError

    with pytest.raises(InvalidRequestError, match="cannot be written as JSON"):
        client.call(quote(body="QuoteInput"), body={"price": Decimal(value)})


def test_items_of_a_stream_keep_all_digits(client: Any, server: Any) -> None:
    from sample import types

    line = f'{{"price": {LONG}}}'
    bodies = {"application/jsonl": line, "text/event-stream": f"data: {line}\n\n"}
    server.reply(*[answer(200, text.encode(), {"Content-Type": kind}) for kind, text in bodies.items()])
    for kind in bodies:
        streamed = operation(responses={"200": {kind: lambda: types.Quote}})
        assert [str(item.price) for item in client.call(streamed)] == [LONG]


@pytest.mark.parametrize("given", ["list", "iterator"])
def test_lines_that_are_sent_keep_all_digits(client: Any, server: Any, given: str) -> None:
    items: Any = [{"price": Decimal(LONG)}, {"price": Decimal("1.10")}]
    server.reply(answer(200, {"price": 1}))
    lines = quote(body="_abc.Sequence[QuoteInput] | _files.FileContent", content_type="application/jsonl")
    client.call(lines, body=items if given == "list" else iter(items))
    assert server.seen[-1].body.decode() == f'{{"price":{LONG}}}\n{{"price":1.10}}\n'


def test_lines_that_come_asynchronously_keep_all_digits() -> None:
    from anyio import run
    from sample._runtime.decimals import marked
    from sample._runtime.encode import to_json

    async def items() -> AsyncIterator[Any]:
        yield {"price": Decimal("1.10")}

    async def written() -> list[bytes]:
        return [to_json(item) async for item in marked("_abc.Sequence[QuoteInput]", items())]

    assert run(written) == [b'{"price":1.10}']
