"""A second reader of documents, which shares nothing with Portolan: libyaml's events and Python's json, and the rules of
YAML 1.2's core schema written down once more.

Data is Python's own, but numbers are `Digits`: the text as written, compared by value.
"""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("PORTOLAN_CORPUS", ROOT / "target" / "corpus"))
LOADER = getattr(yaml, "CLoader", yaml.Loader)

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def binary() -> str:
    return os.environ.get("PORTOLAN", str(ROOT / "target" / "debug" / "portolan"))


@dataclass(frozen=True)
class Digits:
    """A number that nobody rounded."""

    value: Decimal

    @staticmethod
    def of(text: str) -> Digits:
        return Digits(Decimal(text))


@dataclass(frozen=True)
class Listed:
    """A row of the corpus's index."""

    name: str
    path: Path
    version: str

    @property
    def root(self) -> Path:
        """References lead anywhere in the folder of a document of several files."""
        top = self.path.relative_to(CORPUS).parts
        return CORPUS / top[0] if len(top) > 1 else CORPUS

    def files(self) -> list[Path]:
        """The document, or all files of its folder."""
        if self.root == CORPUS:
            return [self.path]
        return sorted(path for path in self.root.rglob("*") if path.suffix in {".json", ".yaml", ".yml"})


def corpus() -> list[Listed]:
    """All documents; none when the corpus is not there."""
    index = CORPUS / "INDEX.tsv"
    if not index.exists():
        return []
    with index.open(newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [Listed(row["name"], CORPUS / row["file"], row["version"]) for row in rows]


def every_document(of: list[Listed] | None = None) -> Any:
    """Parametrizes a test by the documents of the corpus; one visible skip without it."""
    documents = corpus() if of is None else of
    if not documents:
        skip = pytest.mark.skip(reason=f"the corpus is not at {CORPUS}")
        return pytest.mark.parametrize("document", [pytest.param(None, marks=skip)], ids=["corpus"])
    return pytest.mark.parametrize("document", documents, ids=[document.name for document in documents])


def read(path: Path) -> Any:
    """The data of a file: JSON when it begins like JSON and is, else YAML."""
    text = path.read_bytes().decode("utf-8-sig")
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return from_json(text)
        except ValueError:
            pass
    return from_yaml(text)


def from_json(text: str) -> Any:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no JSON")

    return json.loads(text, parse_int=Digits.of, parse_float=Digits.of, parse_constant=refuse)


def from_yaml(text: str) -> Any:
    node = yaml.compose(text, Loader=LOADER)
    if node is None:
        raise ValueError("the file is empty")
    return _value(node, {})


# YAML 1.2.2, 10.3.2, in the order of its table.
_NULL = re.compile(r"(null|Null|NULL|~|)")
_BOOL = re.compile(r"(true|True|TRUE|false|False|FALSE)")
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def resolve(text: str) -> Any:
    """A plain scalar; infinity and what is no number have no place in JSON and stay text."""
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text) or _FLOAT.fullmatch(text):
        return Digits.of(text)
    if _OCTAL.fullmatch(text) or _HEX.fullmatch(text):
        return Digits.of(str(int(text, 0)))
    return text


def _value(node: yaml.Node, known: dict[int, Any]) -> Any:
    if id(node) not in known:
        known[id(node)] = _fresh(node, known)
    return known[id(node)]


def _fresh(node: yaml.Node, known: dict[int, Any]) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, known) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise ValueError("a key that is a list or a mapping")
            if key.value == "<<" and not key.style:
                bases = _value(value, known)
                for base in bases if isinstance(bases, list) else [bases]:
                    merged |= {name: held for name, held in base.items() if name not in merged}
            else:
                own.setdefault(key.value, _value(value, known))
        return own | {name: held for name, held in merged.items() if name not in own}
    return node.value if node.style else resolve(node.value)


def operations(path: Path) -> list[tuple[str, str]]:
    """Every pair of path and method in a document, references of path items followed by hand.

    A path without its first slash has one plain meaning, also one that looks like an extension and yet holds operations.
    """
    files: dict[Path, Any] = {}

    def at(file: Path) -> Any:
        if file not in files:
            files[file] = read(file)
        return files[file]

    def item(file: Path, node: Any, steps: int = 0) -> list[str]:
        assert steps < 20, "a circle of path items"
        if not isinstance(node, dict):
            return []
        methods = [method for method in METHODS if isinstance(node.get(method), dict)]
        methods += list(node.get("additionalOperations") or {})
        reference = node.get("$ref")
        if isinstance(reference, str):
            name, _, fragment = reference.partition("#")
            there = (file.parent / unquote(name)).resolve() if name else file
            target = at(there)
            for token in unquote(fragment).split("/")[1:]:
                token = token.replace("~1", "/").replace("~0", "~")
                target = target[int(token)] if isinstance(target, list) else target[token]
            methods += [method for method in item(there, target, steps + 1) if method not in methods]
        return methods

    paths = at(path.resolve()).get("paths") or {}
    return [
        (name if name.startswith("/") else f"/{name}", method)
        for name, node in paths.items()
        for method in item(path.resolve(), node)
    ]
