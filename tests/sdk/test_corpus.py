"""Packages made of documents that people really have: they compile, import and parse, those of awkward documents with all
that strict checkers ask. corpus_table.py asks it of every document."""

from __future__ import annotations

import csv
from pathlib import Path

import judges
import pytest
from workshop import BARE, ROOT, WORK, binary, portolan, python, run

CORPUS = ROOT / "target" / "corpus"
CHOSEN = ["github-api", "stripe-2023-09", "petstore-3.0", "museum", "name-conflicts", "train-travel"]
# Small, and each awkward in its own way: names that fold together, members called like types, swallowed types, parameters
# of one name in two places, parameters without a name that any language could write, bodies of many kinds, names that are too long for a line.
AWKWARD = [
    "name-conflicts",
    "opc-baseline-3.1",
    "petstore-fake-2.0",
    "param-collision",
    "tsoa-odd-types",
    "pathological-params-2.0",
    "redocly-cafe-3.2",
    "cjk-params-2.0",
    "tictactoe-3.1",
]


def document(name: str) -> Path:
    if not (CORPUS / "INDEX.tsv").exists():
        pytest.skip("the corpus is not at target/corpus")
    with (CORPUS / "INDEX.tsv").open(newline="") as index:
        return next(CORPUS / row["file"] for row in csv.DictReader(index, delimiter="\t") if row["name"] == name)


@pytest.mark.parametrize("name", CHOSEN)
def test_the_packages_of_a_real_document_can_be_used(name: str) -> None:
    folder = WORK / "corpus" / name
    portolan("generate", document(name), "--out", folder, "--package", "tried", "--quiet", "--force")
    found = {
        "python": judges.python_imports(folder / "python") or judges.python_format(folder / "python"),
        "javascript": judges.javascript(folder / "javascript"),
        "curl": judges.shell(folder / "curl"),
    }
    assert not any(found.values()), "\n".join(f"{language}: {said}" for language, said in found.items() if said)


@pytest.mark.parametrize("name", AWKWARD)
def test_the_python_package_of_an_awkward_document_is_typed(name: str) -> None:
    folder = WORK / "awkward" / name
    command = ["--target", "python", "--out", folder, "--package", "tried", "--quiet", "--force"]
    portolan("generate", document(name), *command)
    every = [judges.python_imports, judges.python_types, judges.python_types_again, judges.python_lints, judges.python_format]
    for judge in every:
        said = judge(folder / "python")
        assert not said, said


def test_the_own_tests_of_a_package_of_a_real_document_pass() -> None:
    folder, source = WORK / "corpus" / "suite", document("petstore-fake-3.0")
    portolan("generate", source, "--target", "python", "--out", folder, "--package", "tried", "--quiet", "--force")
    environment = BARE | {"PORTOLAN": str(binary().resolve()), "TRIED_DOCUMENT": str(source)}
    done = run([python(), "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=folder / "python", env=environment)
    assert done.returncode == 0 and "90 passed" in done.stdout, done.stdout + done.stderr


def test_the_javascript_packages_of_awkward_documents_are_typed() -> None:
    folders = [WORK / "awkward" / name for name in AWKWARD]
    for name, folder in zip(AWKWARD, folders):
        command = ["--target", "javascript", "--out", folder, "--package", "tried", "--quiet", "--force"]
        portolan("generate", document(name), *command)
    said = judges.javascript(*[folder / "javascript" for folder in folders])
    assert not said, said
