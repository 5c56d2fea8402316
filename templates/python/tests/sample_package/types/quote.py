from __future__ import annotations

import collections.abc as _abc
import decimal as _decimal
import typing as _t

import typing_extensions as _te

from .._runtime import models as _models

Amount: _t.TypeAlias = _models.DecimalNumber


AmountInput: _t.TypeAlias = _models.DecimalNumber | float


class Quote(_models.Model):
    price: Amount
    fee: _decimal.Decimal | None = None
    weight: float | None = None
    rates: dict[str, list[Amount]] | None = None
    parts: list[Quote] | None = None
    class_: Amount | None = _models.Field(default=None, alias="class")
    choice: Choice | None = None


class QuoteInput(_te.TypedDict, total=False):
    price: _te.Required[AmountInput]
    fee: _decimal.Decimal | str
    weight: float
    rates: _abc.Mapping[str, _abc.Sequence[AmountInput]]
    parts: _abc.Sequence[QuoteInput]
    choice: ChoiceInput | None


class Flat(_models.Model):
    kind: _t.Literal["flat"]
    value: Amount


class FlatInput(_te.TypedDict, total=False):
    kind: _te.Required[_t.Literal["flat"]]
    value: _te.Required[AmountInput]


class WrittenInput(_te.TypedDict, total=False):
    kind: _te.Required[_t.Literal["written"]]
    value: _te.Required[_decimal.Decimal | str]


Choice = _te.TypeAliasType(
    "Choice", _t.Annotated["Flat | str", "best match"]
)


ChoiceInput: _t.TypeAlias = "FlatInput | WrittenInput"


Odd = _te.TypedDict(
    "Odd",
    {
        "a-b": _te.Required["AmountInput"],
        "c d": "AmountInput | None",
    },
    total=False,
)
