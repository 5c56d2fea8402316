# SPDX-License-Identifier: 0BSD
"""Modules that load their names when they are first touched (PEP 562): importing the package costs next to nothing."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


def lazy(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a package whose names live in the modules that the mapping says.

    A name that maps to nothing is a module itself.
    """

    def load(name: str) -> Any:
        module = names.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if not module:
            return importlib.import_module(f"{package}.{name}")
        value = getattr(importlib.import_module(f"{package}.{module}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load, lambda: sorted(names), list(names)


def listed(package: str, listing: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` of a package with thousands of names, which a text lists: `module: Name Name` and so on.

    A text costs nothing to compile and little to hold, and is read when a name is first touched. `__all__` is made
    then as well, and `_names`, which maps each name to its module.
    """

    @functools.cache
    def names() -> Mapping[str, str]:
        found: dict[str, str] = {}
        module = ""
        for word in listing.split():
            if word.endswith(":"):
                module = word[:-1]
            else:
                found[word] = module
        return found

    def load(name: str) -> Any:
        if name == "__all__":
            return list(names())
        if name == "_names":
            return names()
        module = names().get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{package}.{module}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load, lambda: sorted(names())
