"""Packages and samples of hostile documents are the programs that they are of a harmless one, and do what those do.

A field of the fixture is a quoted text with PAYLOAD in it. As many documents are made as there are texts: in each of them
every field has another text, and over all of them every field has had every text. Two programs compare what is made of them
with the harmless twin, and run it: one process a language.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FIXTURE = (ROOT / "tests" / "fixtures" / "hostile" / "everywhere.yaml").read_text()
TEXTS: list[str] = json.loads((HERE / "texts.json").read_text())
BINARY = Path(os.environ.get("PORTOLAN", ROOT / "target" / "debug" / "portolan"))
FIELD = re.compile(r'"[^"]*PAYLOAD[^"]*"')


def fields() -> dict[str | int, int]:
    """Fields by number. Those that say the same name one thing; bare ones belong to what else stands on their line."""
    found: dict[str | int, int] = {}
    for number, line in enumerate(FIXTURE.splitlines()):
        for match in FIELD.findall(line):
            found.setdefault(key(match, number), len(found))
    return found


def key(field: str, line: int) -> str | int:
    return line if field == '"PAYLOAD"' else field


def document(turn: int | None) -> str:
    """The fixture with texts that are moved on by so many fields; the harmless twin for none."""
    numbers = fields()

    def filled(line: int, field: str) -> str:
        text = "harmless" if turn is None else TEXTS[(numbers[key(field, line)] + turn) % len(TEXTS)]
        if field.startswith('"/'):
            # These mean something in a path: variables, and where it ends.
            text = re.sub("[{}?#]", "", text)
        return field.replace("PAYLOAD", json.dumps(text, ensure_ascii=False)[1:-1])

    return "\n".join(
        FIELD.sub(lambda match: filled(number, match.group()), line) for number, line in enumerate(FIXTURE.splitlines())
    )


def make(folder: Path, turn: int | None) -> None:
    folder.mkdir()
    source = folder / "api.yaml"
    source.write_text(document(turn), encoding="utf-8")
    settings = ["--package", "everywhere", "--target", "python", "--target", "javascript", "--quiet"]
    for command in (["generate", source, "--out", folder / "sdk"], ["samples", source, "--out", folder / "samples", "--base-url", "https://h.example"]):
        subprocess.run([BINARY, *command, *settings], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    with ThreadPoolExecutor(2) as pool:
        turns: list[int | None] = [None, *range(len(TEXTS))]
        list(pool.map(lambda turn: make(root / ("harmless" if turn is None else f"turn-{turn:02}"), turn), turns))
    return root


@pytest.mark.parametrize("checker", ["check_python.py", "check_javascript.mjs"])
def test_hostile_documents_make_the_twins_programs(cases: Path, checker: str) -> None:
    program = [sys.executable, "-B"] if checker.endswith(".py") else ["node", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]
    folders = sorted(path.name for path in cases.iterdir() if path.name != "harmless")
    done = subprocess.run(
        [*program, HERE / checker, "harmless", *folders], cwd=cases, capture_output=True, encoding="utf-8", errors="replace", timeout=300
    )
    assert done.returncode == 0, done.stdout[:6000] + done.stderr[-2000:]
    assert not [path for path in cases.rglob("CANARY-FILE")], "a command of the document's was run"
