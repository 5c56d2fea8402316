"""What the judges of a language say of the packages of every document of the corpus, as a table.

    tests/.venv/bin/python tests/sdk/corpus_table.py python [NAME...]

writes target/corpus-python.tsv: a row per document; `ok`, or the first line of what a judge said. Without names all documents are
tried. CI tries a few that are awkward (test_corpus.py); this is the whole of it, for a person with half an hour.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

import judges
import tables
from workshop import BARE, ROOT, WORK, binary, run

Judge = Callable[[Path], str]
TABLES: dict[str, dict[str, Judge]] = {
    "python": {
        "compiled and imported": judges.python_imports,
        "mypy": judges.python_types,
        "pyright": judges.python_types_again,
        "ruff": judges.python_lints,
        "ruff format": judges.python_format,
    },
    "javascript": {"parsed, imported and typed": judges.javascript},
    "curl": {
        "parsed": judges.shell,
        "bash 3.2": judges.shell_portable,
        "shellcheck": judges.shell_lints,
        "help of every operation": judges.shell_help,
    },
}


def row(language: str, entry: dict[str, str]) -> dict[str, str]:
    """Generates one package and asks the judges."""
    found = {"document": entry["name"], "version": entry["version"], "operations": entry["operations"]}
    started = time.monotonic()
    folder = WORK / "table" / entry["name"]
    document, root = tables.place(entry)
    shutil.rmtree(folder / language, ignore_errors=True)
    command = [binary(), "generate", document, "--root", root, "--target", language, "--out", folder]
    done = run([*command, "--package", "tried", "--quiet", "--force"], cwd=ROOT, env=BARE)
    found["generated"] = "ok" if done.returncode == 0 else first_line(done.stderr)
    if done.returncode == 0:
        for title, judge in TABLES[language].items():
            found[title] = first_line(asked(judge, folder / language)) or "ok"
    found["seconds"] = f"{time.monotonic() - started:.0f}"
    print("\t".join(found.values()), flush=True)
    return found


def asked(judge: Judge, package: Path) -> str:
    """What a judge says; one that does not come to an end on a busy machine does not end the table."""
    try:
        return judge(package)
    except subprocess.TimeoutExpired as late:
        return f"error: not finished after {late.timeout:.0f} s"


def first_line(text: str) -> str:
    """The line that says what is wrong: the first that names an error or a rule, else the first at all."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"error|warning|^[A-Z]+[0-9]+ ", line)]
    return (telling or lines or [""])[0][:200]


def main() -> int:
    language, rows = tables.made(__doc__, "language", TABLES, row)
    judged = ["generated", *TABLES[language]]
    path = tables.write(f"corpus-{language}", ["document", "version", "operations", *judged, "seconds"], rows)
    bad = [found for found in rows if any(found.get(title, "-") != "ok" for title in judged)]
    print(f"{len(rows) - len(bad)} of {len(rows)} documents pass every judge; {path}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
