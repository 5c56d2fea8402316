# SPDX-License-Identifier: 0BSD
"""Types of answers: built leniently, and only when they are first used.

1. Classes name each other in text; the modules are loaded when a type is built (`_prepare`).
2. Data is validated whole and fast. Only where that fails it is built member by member (`build`): what does not fit its
   type is kept as it came, so that a server that says more or other than the document never breaks a caller.
3. A package that was made with strict models raises `APIValidationError` instead: a value of another kind (`"1"` or `1.0`
   is no integer), a missing required member, an unknown value of an enum, an unknown variant. Members that the document
   does not name are kept there too: a server may always say more.
"""

from __future__ import annotations

import decimal
import importlib
import inspect
import json
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

import pydantic
from pydantic import Base64Bytes as Base64Bytes
from pydantic import Field as Field
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self, TypeAliasType

from .errors import APIValidationError
from .guards import is_dict, is_list

T = TypeVar("T")

NUMBER = "number of JSON"

DecimalNumber = Annotated[decimal.Decimal, NUMBER]
"""A decimal that is a number of JSON; others are text."""


class Model(pydantic.BaseModel):
    """The base of all types of answers.

    Members that the document does not name are kept: `model.model_extra`. Whether an optional member came at all, or came
    as null, tells `model.model_fields_set`. `model.to_dict()` and `model.to_json()` give back what came.
    """

    model_config = pydantic.ConfigDict(
        extra="allow",
        defer_build=True,
        protected_namespaces=(),
        arbitrary_types_allowed=True,
        use_attribute_docstrings=False,
    )

    def to_dict(self) -> dict[str, Any]:
        """What was set, by the names of the wire, as values of JSON. Decimals that are numbers of JSON stay decimals."""
        from .encode import model_members

        return model_members(self)

    def to_json(self) -> str:
        """What was set, as JSON."""
        from .encode import json_text

        return json_text(self.to_dict())

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Builds the model from values of JSON, as leniently as from an answer."""
        made: Self = build(cls, data)
        return made

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> CoreSchema:
        _prepare(cls)
        return handler(source)

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """Builds the class now; it happens by itself on first use."""
        _prepare(cls)
        return super().model_rebuild(**options)


class Tagged:
    """Marks a union whose variant is told by the value of a member.

    An unknown value is no error: the data is then kept as it came, or read as the default.
    """

    __slots__ = ("default", "mapping", "property")

    def __init__(self, property: str, mapping: dict[str, str], default: str | None = None) -> None:
        self.property = property
        self.mapping = mapping
        self.default = default

    def __get_pydantic_core_schema__(
        self, source: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> CoreSchema:
        choices = {tag: handler.generate_schema(named(name)) for tag, name in self.mapping.items()}
        if is_strict():
            return self._strict(choices, handler)
        tagged = core_schema.tagged_union_schema(choices, discriminator=self.property)
        default = adapter(named(self.default)) if self.default else None

        def read(value: Any, known: core_schema.ValidatorFunctionWrapHandler) -> Any:
            if is_dict(value) and value.get(self.property) not in self.mapping:
                return value if default is None else default.validate_python(value)
            return known(value)

        return core_schema.no_info_wrap_validator_function(read, tagged)

    def _strict(
        self, choices: dict[str, CoreSchema], handler: pydantic.GetCoreSchemaHandler
    ) -> CoreSchema:
        if self.default is None:
            return core_schema.tagged_union_schema(choices, discriminator=self.property)
        # No text of JSON is a tuple's: it cannot meet a tag of the document.
        rest: Any = ("default",)
        known: dict[Any, CoreSchema] = {
            **choices,
            rest: handler.generate_schema(named(self.default)),
        }

        def tag(value: Any) -> Any:
            found: Any = value.get(self.property) if is_dict(value) else None
            return found if isinstance(found, str) and found in choices else rest

        return core_schema.tagged_union_schema(known, discriminator=tag)

    def variant(self, data: Any) -> Any:
        """The type that the data says it is, or None."""
        tag = data.get(self.property) if is_dict(data) else None
        name = self.mapping.get(tag, self.default) if isinstance(tag, str) else self.default
        return named(name) if name else None


@cache
def is_strict() -> bool:
    """Whether this package was made with strict models: its types say so."""
    return "_STRICT_MODELS" in vars(_types())


@cache
def has_numbers() -> bool:
    """Whether the document of this package has decimals that are numbers of JSON: its types say so."""
    return "_DECIMAL_NUMBERS" in vars(_types())


def build(annotation: Any, data: object) -> Any:
    """The data as a value of the type: what fits is typed, what does not is kept as it came.

    Raises:
        APIValidationError: It does not fit, and models are strict.
    """
    if is_strict():
        from .encode import json_text

        return build_json(annotation, json_text(data).encode())
    return _build(annotation, data)


def _build(annotation: Any, data: object) -> Any:
    try:
        return adapter(annotation).validate_python(data)
    except pydantic.ValidationError:
        return _lenient(annotation, data)


def build_json(annotation: Any, text: bytes) -> Any:
    """As `build`, from JSON.

    Raises:
        APIValidationError: It does not fit, and models are strict.
        ValueError: It is no JSON.
    """
    if not is_strict():
        return build_leniently(annotation, text)
    try:
        return _exact(annotation, adapter(annotation).validate_json(text, strict=True), text)
    except pydantic.ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        if any(each["type"] == "json_invalid" for each in found):
            raise
        problems = [(".".join(str(step) for step in each["loc"]), each["msg"]) for each in found]
        said = "; ".join(f"{place or 'the whole'}: {message}" for place, message in problems[:5])
        raise APIValidationError(
            f"the answer is not as the document describes it: {said}", problems=problems, body=text
        ) from error


def build_leniently(annotation: Any, text: bytes) -> Any:
    """As `build_json`, whatever the package was made with: for bodies of errors, which must not hide the error.

    Raises:
        ValueError: It is no JSON.
    """
    try:
        return _exact(annotation, adapter(annotation).validate_json(text), text)
    except pydantic.ValidationError:
        try:
            return _exact(annotation, _lenient(annotation, parse_json(text)), text)
        except RecursionError as error:
            raise ValueError("the JSON is nested too deeply") from error


def _exact(annotation: Any, value: Any, text: bytes) -> Any:
    if not has_numbers():
        return value
    from .decimals import restored

    return restored(annotation, value, text)


def build_text(annotation: Any, data: object, text: str) -> Any:
    """As `build`, from what was read of a text, which is given back where it does not fit."""
    try:
        return adapter(annotation).validate_python(data)
    except pydantic.ValidationError:
        return text


def shape_of(annotation: Any) -> str:
    """Whether values of a type are a `list`, a `dict` or a `scalar`."""
    for variant in _variants(annotation):
        origin: Any = get_origin(variant) or variant
        if origin in (list, tuple, set):
            return "list"
        if origin is dict or (isinstance(origin, type) and issubclass(origin, Model)):
            return "dict"
    return "scalar"


def parse_json(text: bytes, number: Callable[[str], Any] | None = None) -> Any:
    """Values of JSON; those with a fraction or an exponent as `number` makes them, else floats.

    Raises:
        ValueError: It is no JSON, or nested deeper than anybody could mean.
    """
    try:
        return json.loads(text, parse_float=number)
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error


def adapter(annotation: Any) -> pydantic.TypeAdapter[Any]:
    """The validator of a type, made once."""
    try:
        return _adapter(annotation)
    except TypeError:  # not hashable
        _prepare(annotation)
        return pydantic.TypeAdapter(annotation)


@cache
def _adapter(annotation: Any) -> pydantic.TypeAdapter[Any]:
    _prepare(annotation)
    return pydantic.TypeAdapter(annotation)


def _lenient(annotation: Any, data: Any) -> Any:
    if isinstance(annotation, TypeAliasType):
        return _lenient(_value(annotation), data)
    origin = get_origin(annotation)
    if origin is Annotated:
        marks = get_args(annotation)[1:]
        for mark in marks:
            if isinstance(mark, Tagged):
                variant = mark.variant(data)
                return _lenient(variant, data) if variant is not None else data
        # Text beside a type is a remark; anything else has a meaning of its own.
        if all(isinstance(mark, str) for mark in marks):
            return _lenient(get_args(annotation)[0], data)
        return _leaf(annotation, data)
    if origin is list and is_list(data):
        (item,) = get_args(annotation) or (Any,)
        return [_build(item, value) for value in data]
    if origin is tuple and is_list(data):
        items = get_args(annotation)
        if len(items) == 2 and items[1] is ...:
            return tuple(_build(items[0], value) for value in data)
        return tuple(
            _build(items[i] if i < len(items) else Any, value) for i, value in enumerate(data)
        )
    if origin is dict and is_dict(data):
        values = (get_args(annotation) or (str, Any))[1]
        return {key: _build(values, value) for key, value in data.items()}
    if origin in (Union, types.UnionType):
        return _closest(annotation, data)
    if isinstance(annotation, type) and issubclass(annotation, Model) and is_dict(data):
        return _construct(annotation, data)
    return _leaf(annotation, data)


def _construct(model: type[Model], data: dict[str, Any]) -> Model:
    model.model_rebuild()
    values: dict[str, Any] = {}
    given: set[str] = set()
    rest = dict(data)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in rest:
            annotation: Any = field.annotation
            for mark in field.metadata:
                annotation = Annotated[annotation, mark]
            values[name] = _build(annotation, rest.pop(key))
            given.add(name)
        else:
            values[name] = (
                None if field.is_required() else field.get_default(call_default_factory=True)
            )
    made = model.model_construct(given)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", given)
    object.__setattr__(made, "__pydantic_extra__", rest)
    return made


def _closest(union: Any, data: Any) -> Any:
    """The variant that fits best: all required members there, most members known. Else the data as it came."""
    best: tuple[int, Any] | None = None
    for variant in _variants(union):
        if isinstance(variant, type) and issubclass(variant, Model):
            score = _score(variant, data) if is_dict(data) else None
            if score is not None and (best is None or score > best[0]):
                best = (score, variant)
        elif (get_origin(variant) is list and is_list(data)) or (
            get_origin(variant) is dict and is_dict(data)
        ):
            best = best or (0, cast("Any", variant))
    return data if best is None else _lenient(best[1], data)


def _score(model: type[Model], data: dict[str, Any]) -> int | None:
    model.model_rebuild()
    known = 0
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in data:
            allowed = _literals(field.annotation)
            if allowed is not None and data[key] not in allowed:
                return None
            known += 1
        elif field.is_required():
            return None
    return known


def _literals(annotation: Any) -> tuple[Any, ...] | None:
    return get_args(annotation) if get_origin(annotation) is typing.Literal else None


def _variants(union: Any) -> Iterator[Any]:
    if isinstance(union, TypeAliasType):
        yield from _variants(_value(union))
    elif get_origin(union) is Annotated:
        yield from _variants(get_args(union)[0])
    elif get_origin(union) in (Union, types.UnionType):
        for variant in get_args(union):
            yield from _variants(variant)
    else:
        yield union


def _leaf(annotation: Any, data: Any) -> Any:
    try:
        return adapter(annotation).validate_python(data)
    except pydantic.ValidationError:
        return data


_prepared: set[int] = set()


def _prepare(annotation: Any) -> None:
    """Loads the modules of all types that the annotation names, and puts the names where they are looked for."""
    if isinstance(annotation, TypeAliasType):
        if id(annotation) not in _prepared:
            _prepared.add(id(annotation))
            _load(str(annotation.__module__), [annotation.__value__])
        return
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, Model) and id(annotation) not in _prepared:
            _prepared.add(id(annotation))
            _load(annotation.__module__, inspect.get_annotations(annotation).values())
        return
    for argument in get_args(annotation):
        _prepare(argument)


def _load(module_name: str, annotations: Iterable[Any]) -> None:
    module = sys.modules[module_name]
    package = sys.modules[module_name.rpartition(".")[0] or module_name]
    known = vars(module)
    for annotation in annotations:
        for text in _texts(annotation):
            for name in compile(text, module_name, "eval").co_names:
                # A module of the package may be called like a builtin: only its types are meant.
                if name not in known and name[:1] != "_" and name in package._names:
                    setattr(module, name, getattr(package, name))
                if isinstance(known.get(name), TypeAliasType):
                    _prepare(known[name])


def _texts(annotation: Any) -> Iterable[str]:
    if isinstance(annotation, str):
        yield annotation
    elif isinstance(annotation, typing.ForwardRef):
        yield annotation.__forward_arg__
    else:
        arguments = get_args(annotation)
        if get_origin(annotation) is Annotated:
            arguments = arguments[:1]
        for argument in arguments if get_origin(annotation) is not typing.Literal else ():
            yield from _texts(argument)


def _value(alias: TypeAliasType) -> Any:
    """What an alias stands for, names resolved."""
    _prepare(alias)
    value = alias.__value__
    names = vars(sys.modules[str(alias.__module__)])
    holder = types.SimpleNamespace(__annotations__={"value": value})
    return typing.get_type_hints(holder, names, include_extras=True)["value"]


def named(name: str) -> Any:
    """The type of that name."""
    return getattr(_types(), name)


def known_names() -> Mapping[str, str]:
    """The module of each type."""
    names: Mapping[str, str] = _types()._names
    return names


def _types() -> Any:
    """The package of types beside this one."""
    package = __name__.rpartition(".")[0].rpartition(".")[0]
    return importlib.import_module(f"{package}.types")
