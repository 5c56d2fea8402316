# SPDX-License-Identifier: 0BSD
"""Values of Python to values of JSON and to text."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import decimal
import enum
import json
import math
import uuid
from typing import TYPE_CHECKING, Any

from .errors import InvalidRequestError
from .guards import is_bytes, is_dict, is_iterable, is_list, is_mapping, is_model, is_set
from .sentinel import NotGiven

if TYPE_CHECKING:
    import pydantic


class Number(decimal.Decimal):
    """A decimal that is a number of JSON; others are text. Only types tell (`decimals.marked`)."""


def to_json_value(value: Any) -> Any:
    """The value in JSON's types. What was not given is left out; models go by the names of the wire.

    Raises:
        InvalidRequestError: There is no JSON for it.
    """
    if value is None or (isinstance(value, (str, bool)) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, enum.Enum):
        return to_json_value(value.value)
    if isinstance(value, (int, float)):
        if isinstance(value, float) and not math.isfinite(value):
            raise InvalidRequestError(f"{value} cannot be written as JSON")
        return value
    if is_mapping(value):
        return {
            str(key): to_json_value(item)
            for key, item in value.items()
            if not isinstance(item, NotGiven)
        }
    if is_model(value):
        return model_members(value)
    if is_bytes(value):
        return base64.b64encode(value).decode("ascii")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return to_json_value(
            {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        )
    if is_set(value):
        return sorted((to_json_value(item) for item in value), key=str)
    if is_iterable(value):
        return [to_json_value(item) for item in value if not isinstance(item, NotGiven)]
    if isinstance(value, decimal.Decimal):
        return _decimal(value)
    return to_text(value)


def _decimal(value: decimal.Decimal) -> decimal.Decimal | str:
    """As it travels in JSON: text, unless its type has it as a number."""
    if not isinstance(value, Number):
        return to_text(value)
    if not value.is_finite():
        raise InvalidRequestError(f"{value} cannot be written as JSON")
    return value


def model_members(model: pydantic.BaseModel) -> dict[str, Any]:
    """What was set of a model, by the names of the wire: absent members stay absent."""
    from .models import Model, has_numbers

    exact = isinstance(model, Model) and has_numbers()
    fields = type(model).model_fields
    members: dict[str, Any] = {}
    for name in fields:
        if name in model.model_fields_set:
            value = getattr(model, name)
            if exact:
                value = _marked(type(model), name, value)
            members[fields[name].alias or name] = to_json_value(value)
    for name, item in (model.model_extra or {}).items():
        members.setdefault(name, to_json_value(item))
    return members


def _marked(owner: type[Any], name: str, value: Any) -> Any:
    from .decimals import marked, members_of

    members = members_of(owner)
    return marked(members[name], value) if name in members else value


def to_json(value: Any) -> bytes:
    """The value as JSON text in UTF-8.

    Raises:
        InvalidRequestError: There is no JSON for it.
    """
    try:
        return json_text(to_json_value(value), (",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as error:
        raise InvalidRequestError("half a surrogate pair is no character") from error


def json_text(
    data: Any, separators: tuple[str, str] = (", ", ": "), *, allow_nan: bool = True
) -> str:
    """Values of JSON as text, decimals among them with all their digits."""
    try:
        return json.dumps(data, ensure_ascii=False, separators=separators, allow_nan=allow_nan)
    except TypeError:  # a decimal, which `json` does not write
        return _pieces(data, separators)


def _pieces(data: Any, separators: tuple[str, str]) -> str:
    comma, colon = separators
    if is_dict(data):
        members = (
            f"{json.dumps(key, ensure_ascii=False)}{colon}{_pieces(item, separators)}"
            for key, item in data.items()
        )
        return "{" + comma.join(members) + "}"
    if is_list(data):
        return "[" + comma.join(_pieces(item, separators) for item in data) + "]"
    if isinstance(data, decimal.Decimal):
        return str(data)
    return json.dumps(data, ensure_ascii=False)


def to_text(value: Any) -> str:
    """A value without parts as text, the way it travels in URLs, headers and forms.

    Raises:
        InvalidRequestError: It has parts, or no text form.
    """
    if isinstance(value, enum.Enum):
        return to_text(value.value)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise InvalidRequestError(f"{value} cannot be sent")
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, (int, uuid.UUID)):
        return str(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return datetime_text(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_text(value)
    if is_bytes(value):
        return base64.b64encode(value).decode("ascii")
    raise InvalidRequestError(f"a value of the type {type(value).__name__} cannot be sent")


def datetime_text(value: datetime.datetime) -> str:
    """RFC 3339. A value without a zone means local time, as everywhere in Python."""
    if value.tzinfo is None:
        value = value.astimezone()
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def duration_text(value: datetime.timedelta) -> str:
    """ISO 8601, in days and seconds."""
    sign, value = ("-", -value) if value < datetime.timedelta(0) else ("", value)
    seconds = (
        f"{value.seconds}.{value.microseconds:06}".rstrip("0").rstrip(".")
        if value.microseconds
        else str(value.seconds)
    )
    if value.days and not value.seconds and not value.microseconds:
        return f"{sign}P{value.days}D"
    return f"{sign}P{value.days}DT{seconds}S" if value.days else f"{sign}PT{seconds}S"
