"""What a hostile text must not be: a word of the specification, or a setting. It is a diagnostic, and never a panic."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documents import FIXTURES, NASTY, harmless

BINARY = Path(os.environ.get("PORTOLAN", Path(__file__).parents[2] / "target" / "debug" / "portolan"))
# Fields with words of the specification, and places that must lead somewhere.
WORDS = (
    "openapi swagger in style type flow collectionFormat $ref $id $schema $anchor $dynamicAnchor $dynamicRef $self "
    "operationRef defaultMapping host x-portolan-pagination x-idempotency-key"
).split()
API = '[[apis]]\nid = "a"\ndocument = "api.json"\n'
SETTINGS = {
    "apis.packages.python": ["name", "module", "version", "class", "requires-python", "dependencies"],
    "apis.packages.javascript": ["name", "scope", "version", "class", "requires-node", "int64"],
    "apis.packages.curl": ["name", "version", "class"],
    "apis.methods": ["sendForm"],
    "apis.idempotency": ["header", "operations", "keys"],
    "targets.python": ["license"],
    "targets.javascript": ["license"],
}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BINARY, *command], cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=60)


def places(node: Any, word: str) -> Iterator[Any]:
    """Objects that have the field as a text."""
    if isinstance(node, dict):
        if isinstance(node.get(word), str):
            yield node
        for value in node.values():
            yield from places(value, word)
    elif isinstance(node, list):
        for item in node:
            yield from places(item, word)


@pytest.mark.parametrize("fixture", FIXTURES)
def test_what_is_no_word_of_the_specification_is_reported_and_is_no_code(fixture: str, tmp_path: Path) -> None:
    for number, word in enumerate(WORDS):
        document = json.loads(harmless(fixture))
        found = list(places(document, word))[:2]
        for place in found:
            place[word] = NASTY
        folder = tmp_path / f"{number}"
        folder.mkdir()
        (folder / "api.json").write_text(json.dumps(document, ensure_ascii=False))
        if not found:
            continue
        done = run(folder, "generate", "api.json", "--out", "sdk", "--package", "everywhere", "--target", "python")
        assert done.returncode in (0, 1) and "panicked" not in done.stderr, f"{word}: {done.stderr[:2000]}"
        for path in (folder / "sdk" / "python").rglob("*.py") if done.returncode == 0 else []:
            tree = ast.parse(path.read_bytes())
            assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "CANARY"], f"{word}: {path}"


def test_half_a_pair_of_surrogates_never_reaches_a_file(tmp_path: Path) -> None:
    for number, half in enumerate(["\\ud800", "\\udc00 x", "\\ud83d\\ud83d"]):
        for ending in ("json", "yaml"):
            source = tmp_path / f"{number}.{ending}"
            source.write_text(harmless("swagger").replace('"title": "Swagger harmless"', f'"title": "{half}"', 1))
            done = run(tmp_path, "generate", source.name, "--out", f"{number}-{ending}", "--package", "everywhere")
            assert done.returncode in (0, 1) and "panicked" not in done.stderr, done.stderr[:2000]
            for path in (tmp_path / f"{number}-{ending}").rglob("*"):
                assert path.is_dir() or path.read_bytes().decode("utf-8") is not None


@pytest.mark.parametrize("table", SETTINGS)
def test_a_hostile_setting_is_refused(table: str, tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text(harmless("swagger"))
    for name in SETTINGS[table]:
        value = json.dumps([NASTY] if name in ("dependencies", "operations") else NASTY, ensure_ascii=True)
        (tmp_path / "portolan.toml").write_text(f"{API}[{table}]\n{name} = {value}\n")
        done = run(tmp_path, "build")
        assert done.returncode == 1 and "error" in done.stderr, f"{table}.{name}: {done.returncode} {done.stderr[:2000]}"
        assert "panicked" not in done.stderr
        assert not (tmp_path / "dist").exists()


def test_a_hostile_author_is_a_literal(tmp_path: Path) -> None:
    author = "\"+CANARY()+\" ''' \\ */ {{CANARY}} $(touch CANARY-FILE) \u202e #"
    (tmp_path / "api.json").write_text(harmless("swagger"))
    settings = json.dumps(author, ensure_ascii=False)
    (tmp_path / "portolan.toml").write_text(f"[targets.python]\nauthor = {settings}\n[targets.javascript]\nauthor = {settings}\n{API}")
    done = run(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    (project,) = tmp_path.rglob("pyproject.toml")
    assert tomllib.loads(project.read_text())["project"]["authors"] == [{"name": author}]
    (package,) = [path for path in tmp_path.rglob("package.json") if "node_modules" not in path.parts]
    assert json.loads(package.read_text())["author"] in (author, {"name": author})
