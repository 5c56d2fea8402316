"""Packages made of documents that people really have: they compile, import and parse."""

from __future__ import annotations

import csv
from pathlib import Path

import judges
import pytest
from workshop import ROOT, WORK, portolan

CORPUS = ROOT / "target" / "corpus"
CHOSEN = ["github-api", "stripe-2023-09", "petstore-3.0", "museum", "name-conflicts", "train-travel"]


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
        "python": judges.python_imports(folder / "python"),
        "javascript": judges.javascript(folder / "javascript"),
        "curl": judges.shell(folder / "curl"),
    }
    assert not any(found.values()), "\n".join(f"{language}: {said}" for language, said in found.items() if said)
