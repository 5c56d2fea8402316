# SPDX-License-Identifier: 0BSD
"""Narrowing that keeps its type arguments: `isinstance(value, dict)` alone leaves them unknown."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterable, Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from typing_extensions import TypeIs

if TYPE_CHECKING:
    import pydantic


def is_dict(value: Any) -> TypeIs[dict[str, Any]]:
    """Whether it is a dict."""
    return isinstance(value, dict)


def is_mapping(value: Any) -> TypeIs[Mapping[str, Any]]:
    """Whether it is a mapping."""
    return isinstance(value, Mapping)


def is_list(value: Any) -> TypeIs[list[Any]]:
    """Whether it is a list."""
    return isinstance(value, list)


def is_row(value: Any) -> TypeIs[list[Any] | tuple[Any, ...]]:
    """Whether it is a list or a tuple."""
    return isinstance(value, (list, tuple))


def is_iterable(value: Any) -> TypeIs[Iterable[Any]]:
    """Whether it can be iterated over."""
    return isinstance(value, Iterable)


def is_async_iterable(value: Any) -> TypeIs[AsyncIterable[Any]]:
    """Whether it can be iterated over asynchronously."""
    return isinstance(value, AsyncIterable)


def is_bytes(value: Any) -> TypeIs[bytes | bytearray | memoryview[int]]:
    """Whether it is bytes."""
    return isinstance(value, (bytes, bytearray, memoryview))


def is_path(value: Any) -> TypeIs[os.PathLike[str]]:
    """Whether it is a path."""
    return isinstance(value, os.PathLike)


def is_set(value: Any) -> TypeIs[Set[Any]]:
    """Whether it is a set."""
    return isinstance(value, Set)


def is_model(value: Any) -> TypeIs[pydantic.BaseModel]:
    """Whether it is a model. Nothing is one before pydantic has loaded its own."""
    main: Any = sys.modules.get("pydantic.main")
    return main is not None and isinstance(value, main.BaseModel)
