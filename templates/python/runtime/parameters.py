# SPDX-License-Identifier: 0BSD
"""Values beside the body: every row of OpenAPI's style table (OpenAPI 3.0.4, 4.8.12.3), and content-encoded ones.

1. A value becomes a scalar, a list of scalars or a list of members (`_parts`). Null has no place in the table: it is not
   sent (RFC 6570, 2.3).
2. Each location joins them by style and explode, percent-encoding names and values, never the delimiters.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from .encode import model_members, to_json, to_text
from .errors import InvalidRequestError
from .guards import is_dict, is_iterable, is_list, is_mapping, is_model
from .sentinel import NotGiven

Location = Literal["path", "query", "querystring", "header", "cookie"]
Style = Literal[
    "simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"
]

# What `allowReserved` lets through beside percent-encoded triples (RFC 6570, 3.2.3): not what would end a query or a
# segment or mean something else there, and no brackets, which a URL cannot hold (OpenAPI 3.0.4, 4.8.12.4).
_RESERVED = ":/?@!$'()*,;="
_RESERVED_IN_PATH = ":@!$&'()*+,;="
_TRIPLE = re.compile("(%[0-9A-Fa-f]{2})")


class Parameter(NamedTuple):
    """A parameter of an operation, in the words of the document."""

    location: Location
    name: str
    style: Style
    explode: bool
    allow_reserved: bool = False
    content: str | None = None


def path(
    name: str,
    *,
    style: Style = "simple",
    explode: bool = False,
    allow_reserved: bool = False,
    content: str | None = None,
) -> Parameter:
    """A parameter of the path."""
    return Parameter("path", name, style, explode, allow_reserved, content)


def query(
    name: str,
    *,
    style: Style = "form",
    explode: bool = True,
    allow_reserved: bool = False,
    content: str | None = None,
) -> Parameter:
    """A parameter of the query."""
    return Parameter("query", name, style, explode, allow_reserved, content)


def querystring(name: str, *, content: str = "application/x-www-form-urlencoded") -> Parameter:
    """The whole query as one value (OpenAPI 3.2)."""
    return Parameter("querystring", name, "form", True, False, content)


def header(
    name: str, *, style: Style = "simple", explode: bool = False, content: str | None = None
) -> Parameter:
    """A header."""
    return Parameter("header", name, style, explode, False, content)


def cookie(
    name: str, *, style: Style = "form", explode: bool = True, content: str | None = None
) -> Parameter:
    """A cookie."""
    return Parameter("cookie", name, style, explode, False, content)


def path_text(parameter: Parameter, value: Any) -> str:
    """The text that takes the place of `{name}`, percent-encoded.

    Raises:
        InvalidRequestError: The text would be empty, `.` or `..`, so that the request would go to another path.
    """
    safe = _RESERVED_IN_PATH if parameter.allow_reserved else ""
    if isinstance(value, NotGiven) or value is None:
        raise InvalidRequestError(f"the path needs a value for {parameter.name!r}")
    if parameter.content is not None:
        text = _encode(_content_text(parameter.content, value), safe)
    else:
        parts = _parts(value)
        if isinstance(parts, str):
            text = _encode(parts, safe)
        elif is_list(parts):
            text = _join_items([_encode(item, safe) for item in parts], parameter)
        else:
            text = _join_members(
                {_encode(key, safe): _encode(item, safe) for key, item in parts.items()}, parameter
            )
        if parameter.style == "label" and text:
            text = "." + text
        elif parameter.style == "matrix" and not (parameter.explode and not isinstance(parts, str)):
            text = f";{_encode(parameter.name)}={text}" if text else f";{_encode(parameter.name)}"
    if text in ("", ".", ".."):
        raise InvalidRequestError(
            f"the path value {parameter.name!r} must not be {text or 'empty'}"
        )
    return text


def query_pairs(parameter: Parameter, value: Any) -> list[str]:
    """The pieces between the ampersands, percent-encoded. A parameter without a value has none."""
    if isinstance(value, NotGiven):
        return []
    safe = _RESERVED if parameter.allow_reserved else ""
    name = _encode(parameter.name)
    if parameter.content is not None:
        return [f"{name}={_encode(_content_text(parameter.content, value), safe)}"]
    if value is None:
        return []
    if parameter.style == "deepObject":
        return [
            f"{_encode(key)}={_encode(to_text(item), safe)}"
            for key, item in _deep(parameter.name, value)
            if item is not None
        ]
    parts = _parts(value)
    if isinstance(parts, str):
        return [f"{name}={_encode(parts, safe)}"]
    if is_list(parts):
        if parameter.explode:
            return [f"{name}={_encode(item, safe)}" for item in parts]
        # RFC 3986 has no place for a bare space or bar: they travel encoded.
        delimiter = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}.get(parameter.style, ",")
        return [f"{name}={delimiter.join(_encode(item, safe) for item in parts)}"] if parts else []
    if parameter.explode and parameter.style == "form":
        return [f"{_encode(key)}={_encode(item, safe)}" for key, item in parts.items()]
    delimiter = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}.get(parameter.style, ",")
    flat = [_encode(text, safe) for member in parts.items() for text in member]
    return [f"{name}={delimiter.join(flat)}"] if flat else []


def querystring_text(parameter: Parameter, value: Any) -> str:
    """The whole query (OpenAPI 3.2, `in: querystring`)."""
    if isinstance(value, NotGiven) or value is None:
        return ""
    if (
        parameter.content
        and parameter.content.split(";")[0].strip() == "application/x-www-form-urlencoded"
    ):
        pairs = query_pairs(query(parameter.name), value)
        return pairs[0].partition("=")[2] if isinstance(value, str) else "&".join(pairs)
    return _encode(_content_text(parameter.content or "", value))


def header_text(parameter: Parameter, value: Any) -> str | None:
    """The value of a header: style simple, nothing percent-encoded. None when it has no value."""
    if isinstance(value, NotGiven):
        return None
    if parameter.content is not None:
        return _content_text(parameter.content, value)
    if value is None:
        return None
    parts = _parts(value)
    if isinstance(parts, str):
        return parts
    joined = _join_items(parts, parameter) if is_list(parts) else _join_members(parts, parameter)
    return joined if parts else None


def cookie_pairs(parameter: Parameter, value: Any) -> list[str]:
    """The pieces of the Cookie header: style form, percent-encoded; style cookie (OpenAPI 3.2) as it is."""
    if isinstance(value, NotGiven):
        return []
    if parameter.content is not None:
        return [f"{parameter.name}={_encode(_content_text(parameter.content, value))}"]
    if value is None:
        return []
    encode = _cookie_text if parameter.style == "cookie" else _encode
    parts = _parts(value)
    if isinstance(parts, str):
        return [f"{parameter.name}={encode(parts)}"]
    if parameter.explode:
        members = (
            [(parameter.name, item) for item in parts] if is_list(parts) else list(parts.items())
        )
        return [
            f"{key if key == parameter.name else _encode(key)}={encode(item)}"
            for key, item in members
        ]
    flat = parts if is_list(parts) else [text for member in parts.items() for text in member]
    return [f"{parameter.name}={','.join(encode(item) for item in flat)}"] if flat else []


def form_pairs(name: str, value: Any, parameter: Parameter | None = None) -> list[tuple[str, str]]:
    """The pairs of one property of a form, not yet encoded. Objects are JSON unless a style is named (OpenAPI 3.0.4, 4.8.15).

    Null goes as an empty text: so a form can empty what it does not leave alone.
    """
    if isinstance(value, NotGiven):
        return []
    if parameter is not None:
        if parameter.content is not None:
            return [(name, _content_text(parameter.content, value))]
        if parameter.style == "deepObject":
            return _deep_texts(name, value)
        parts = _parts(value)
        if isinstance(parts, str):
            return [(name, parts)]
        if is_list(parts):
            if parameter.explode:
                return [(name, item) for item in parts]
            return [
                (
                    name,
                    {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.style, ",").join(
                        parts
                    ),
                )
            ]
        if parameter.explode:
            return list(parts.items())
        return [(name, ",".join(text for member in parts.items() for text in member))]
    items = plain(value)
    return [(name, _leaf(item)) for item in (items if is_list(items) else [items])]


def _deep_texts(name: str, value: Any) -> list[tuple[str, str]]:
    return [(key, to_text(item)) for key, item in _deep(name, value)]


def _deep(name: str, value: Any) -> list[tuple[str, Any]]:
    """`name[a][b]=c`. A list of scalars repeats the name, other lists count: the standard leaves this open."""
    value = plain(value)
    if is_dict(value):
        return [pair for key, item in value.items() for pair in _deep(f"{name}[{key}]", item)]
    if is_list(value):
        flat = not any(has_parts(plain(item)) for item in value)
        return [
            pair
            for index, item in enumerate(value)
            for pair in _deep(name if flat else f"{name}[{index}]", item)
        ]
    return [(name, value)]


def _parts(value: Any) -> str | list[str] | dict[str, str]:
    value = plain(value)
    if is_dict(value):
        return {str(key): _leaf(item) for key, item in value.items() if item is not None}
    if is_list(value):
        return [_leaf(item) for item in value if item is not None]
    return to_text(value)


def _leaf(value: Any) -> str:
    """An item or member. What has parts itself has no place in the style table: it goes as JSON."""
    value = plain(value)
    return to_json(value).decode() if (is_dict(value) or is_list(value)) else to_text(value)


def plain(value: Any) -> Any:
    """Mappings and models as dicts, other iterables as lists, without what was not given."""
    if is_mapping(value):
        return {key: item for key, item in value.items() if not isinstance(item, NotGiven)}
    if is_model(value):
        return model_members(value)
    if is_iterable(value) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        return [item for item in value if not isinstance(item, NotGiven)]
    return value


def has_parts(value: Any) -> bool:
    """Whether a plain value has parts of its own."""
    return is_dict(value) or is_list(value)


def _join_items(items: list[str], parameter: Parameter) -> str:
    if parameter.style == "label":
        return ("." if parameter.explode else ",").join(items)
    if parameter.style == "matrix" and parameter.explode:
        return "".join(
            f";{_encode(parameter.name)}={item}" if item else f";{_encode(parameter.name)}"
            for item in items
        )
    return ",".join(items)


def _join_members(members: dict[str, str], parameter: Parameter) -> str:
    if parameter.style == "matrix" and parameter.explode:
        return "".join(f";{key}={item}" if item else f";{key}" for key, item in members.items())
    if parameter.explode:
        return ("." if parameter.style == "label" else ",").join(
            f"{key}={item}" for key, item in members.items()
        )
    return ",".join(text for member in members.items() for text in member)


def _content_text(media_type: str, value: Any) -> str:
    essence = media_type.split(";")[0].strip().lower()
    if isinstance(value, str) and not (essence == "application/json" or essence.endswith("+json")):
        return value
    return to_json(value).decode()


def _cookie_text(text: str) -> str:
    if ";" in text:
        raise InvalidRequestError("a semicolon in a cookie would begin another one")
    return text


def _encode(text: str, safe: str = "") -> str:
    try:
        if not safe or "%" not in text:
            return quote(text, safe=safe)
        pieces = _TRIPLE.split(text)
        return "".join(
            piece if index % 2 else quote(piece, safe=safe) for index, piece in enumerate(pieces)
        )
    except UnicodeEncodeError as error:
        raise InvalidRequestError("half a surrogate pair is no character") from error
