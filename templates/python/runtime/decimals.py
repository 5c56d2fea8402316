# SPDX-License-Identifier: 0BSD
"""Decimals that are numbers of JSON (`type: number, format: decimal`), with all their digits.

Reading JSON makes doubles, which round, and no decimal is written as a number. Only packages whose document has such
decimals come here (`models.has_numbers`).

1. `restored`: what was read of an answer gets its digits back from the text.
2. `marked`: of the decimals in a value that is sent, those are numbers whose type says so. All others travel as text.
"""

from __future__ import annotations

import collections.abc
import datetime
import decimal
import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeVar, get_args, get_origin

import typing_extensions
from typing_extensions import TypeAliasType

from . import files, models
from .encode import Number
from .guards import is_async_iterable, is_dict, is_iterable, is_list, is_mapping, is_row

_FRACTION = re.compile(rb"[0-9][.eE]")

# What texts of types call the modules that they need. There are no decimals in files.
_MODULES = {
    "_abc": collections.abc,
    "_datetime": datetime,
    "_decimal": decimal,
    "_files": types.SimpleNamespace(FileContent=bytes, FileInput=bytes),
    "_models": models,
    "_t": typing,
    "_te": typing_extensions,
}


def restored(annotation: Any, value: Any, text: bytes) -> Any:
    """What was read of a text, its decimals with all digits that the text has.

    Raises:
        ValueError: It is no JSON.
    """
    if not _FRACTION.search(text) or not _leads_to_decimals(annotation):
        return value
    return _restored(value, models.parse_json(text, decimal.Decimal))


def _restored(value: Any, data: Any) -> Any:
    if isinstance(value, decimal.Decimal):
        return data if isinstance(data, decimal.Decimal) else value
    if is_list(value) and is_list(data):
        value[:] = [_restored(item, found) for item, found in zip(value, data, strict=True)]
    elif is_dict(value) and is_dict(data):
        for key in value.keys() & data.keys():
            value[key] = _restored(value[key], data[key])
    elif is_row(value) and is_list(data):
        return tuple(_restored(item, found) for item, found in zip(value, data, strict=True))
    elif isinstance(value, models.Model) and is_dict(data):
        members = vars(value)
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            if key in data:
                members[name] = _restored(members[name], data[key])
    return value


def _leads_to_decimals(annotation: Any) -> bool:
    try:
        return _has_decimals(annotation)
    except TypeError:  # not hashable
        return True


@cache
def _has_decimals(annotation: Any) -> bool:
    return _mentions(models.adapter(annotation).core_schema)


def _mentions(schema: Any) -> bool:
    if is_dict(schema):
        return schema.get("type") == "decimal" or any(map(_mentions, schema.values()))
    return is_row(schema) and any(map(_mentions, schema))


def marked(annotation: Any, value: Any) -> Any:
    """The value, its decimals marked that are numbers by its type: an annotation or the text of one."""
    annotation = _resolved(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _marked_by_one(arguments, value)
    if isinstance(value, decimal.Decimal):
        return Number(value) if _is_number(annotation) else value
    if is_mapping(value):
        if origin in (dict, collections.abc.Mapping):
            return {key: marked(arguments[1], item) for key, item in value.items()}
        members = members_of(annotation)
        return {
            key: marked(members[key], item) if key in members else item
            for key, item in value.items()
        }
    if origin not in (list, collections.abc.Sequence) or files.is_file(value):
        return value
    (item_type,) = arguments
    if is_row(value):
        return [marked(item_type, item) for item in value]
    if is_async_iterable(value):
        return (marked(item_type, item) async for item in value)
    # A row may be given bit by bit where each of its items is a line.
    if is_iterable(value) and isinstance(value, Iterator):
        return map(partial(marked, item_type), value)
    return value


def members_of(annotation: Any) -> Mapping[str, Any]:
    """The types of the members of a class of types, by their names in Python."""
    return _members(annotation) if isinstance(annotation, type) else {}


@cache
def _members(owner: type) -> Mapping[str, Any]:
    return inspect.get_annotations(owner)


def _marked_by_one(variants: tuple[Any, ...], value: Any) -> Any:
    """As the variant says that fits best. Only mappings can be of several."""
    if not is_mapping(value):
        for variant in variants:
            value = marked(variant, value)
        return value
    return marked(max(variants, key=lambda variant: _score(_resolved(variant), value)), value)


def _score(variant: Any, value: Mapping[str, Any]) -> int:
    """How many members are known; less than none when one is missing or has another value."""
    members = members_of(variant)
    for name, annotation in members.items():
        needed = _text_read(annotation)
        if name not in value:
            if get_origin(needed) is typing_extensions.Required:
                return -1
            continue
        allowed = _resolved(needed)
        if get_origin(allowed) is typing.Literal and value[name] not in get_args(allowed):
            return -1
    return len(members.keys() & value.keys())


def _resolved(annotation: Any) -> Any:
    """The type itself, behind its text, its names and what is remarked of it."""
    while True:
        annotation = _text_read(annotation)
        if isinstance(annotation, TypeVar):
            annotation = models.named(annotation.__name__)
        elif isinstance(annotation, TypeAliasType):
            annotation = annotation.__value__
        elif get_origin(annotation) is typing_extensions.Required or (
            get_origin(annotation) is typing.Annotated and not _is_number(annotation)
        ):
            annotation = get_args(annotation)[0]
        else:
            return annotation


def _is_number(annotation: Any) -> bool:
    return get_origin(annotation) is typing.Annotated and models.NUMBER in annotation.__metadata__


def _text_read(annotation: Any) -> Any:
    """What a text means. Types that it names are type variables of their names, so that they load when they are needed."""
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    return _read(annotation) if isinstance(annotation, str) else annotation


@cache
def _read(text: str) -> Any:
    known: Mapping[str, str] = models.known_names()
    code = compile(text, "<type>", "eval")
    variable: Any = TypeVar
    named = {name: variable(name) for name in code.co_names if name in known}
    return eval(code, {**_MODULES, **named})
