"""Packages and samples of hostile documents are the programs that they are of a harmless one, and do what those do.

As many documents are made as there are texts: in each of them every field has another text. In a few
more, few fields are hostile among harmless ones: `HOSTILE_FIELDS=1` has one at a time, and takes minutes. A program for each
language compares what is made of them with the harmless twin, and runs it: one process a language. What people read and what
bash reads of a package is compared for fewer documents; the packages for the shell are run in tests/tests/hostile.rs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from documents import FIXTURES, TEXTS, few, fields, harmless, turned

HERE = Path(__file__).parent
BINARY = Path(os.environ.get("PORTOLAN", HERE.parents[1] / "target" / "debug" / "portolan"))


# Documents in which each so-manieth field has all texts at once, for what is compared without being run.
READ = 4
READERS = ["check_markdown.py", "check_bash.py"]


def make(folder: Path, document: str, samples: bool) -> None:
    folder.mkdir(parents=True)
    source = folder / "api.json"
    source.write_text(document, encoding="utf-8")
    settings = ["--package", "everywhere", "--target", "python", "--target", "javascript", "--quiet"]
    if folder.name.startswith(("harmless", "read-")):
        settings += ["--target", "curl"]
    commands = [["generate", source, "--out", folder / "sdk"]]
    if samples:
        commands.append(["samples", source, "--out", folder / "samples", "--base-url", "https://h.example"])
    for command in commands:
        done = subprocess.run([BINARY, *command, *settings], capture_output=True, encoding="utf-8", errors="replace", timeout=60)
        assert done.returncode == 0, f"{folder.name}: {done.stderr[:4000]}"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    wanted: list[tuple[Path, str, bool]] = []
    for fixture in FIXTURES:
        wanted.append((root / fixture / "harmless", harmless(fixture), True))
        # Running samples takes longest, and does not depend on the text of a single field.
        turns = range(0, len(TEXTS), 1 if fixture == "everywhere" else 5)
        wanted += [(root / fixture / f"turn-{turn:02}", turned(fixture, turn), turn % 3 == 0) for turn in turns]
        documents = len(fields(fixture)) if os.environ.get("HOSTILE_FIELDS") else 12
        wanted += [(root / fixture / f"few-{number:03}", few(fixture, number, documents), False) for number in range(documents)]
        readers = documents if os.environ.get("HOSTILE_FIELDS") else READ
        wanted += [(root / fixture / f"read-{number:03}", few(fixture, number, readers), False) for number in range(readers)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda case: make(*case), wanted))
    return root


@pytest.mark.parametrize("checker", ["check_python.py", "check_javascript.mjs", *READERS])
@pytest.mark.parametrize("fixture", FIXTURES)
def test_hostile_documents_make_the_twins_programs(cases: Path, fixture: str, checker: str) -> None:
    program = [sys.executable, "-B"] if checker.endswith(".py") else ["node", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]
    names = sorted(path.name for path in (cases / fixture).iterdir() if path.name != "harmless")
    folders = [name for name in names if name.startswith("read-") == (checker in READERS)]
    done = subprocess.run(
        [*program, HERE / checker, "harmless", *folders],
        cwd=cases / fixture,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[:6000] + done.stderr[-2000:]
    assert not [path for path in cases.rglob("CANARY-FILE")], "a command of the document's was run"
