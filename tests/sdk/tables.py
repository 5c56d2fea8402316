"""What the tables of the corpus share: which documents are asked for, how many at a time, and the file of their rows."""

from __future__ import annotations

import argparse
import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Iterable, TypeVar

from workshop import ROOT

CORPUS = ROOT / "target" / "corpus"
Entry = dict[str, str]
T = TypeVar("T")


def place(entry: Entry) -> tuple[Path, Path]:
    """A document, and the folder that its references may lead to."""
    document = CORPUS / entry["file"]
    return document, CORPUS / Path(entry["file"]).parts[0] if "/" in entry["file"] else document.parent


def made(
    description: str | None, what: str, choices: Iterable[str], row: Callable[[str, Entry], T]
) -> tuple[str, list[T]]:
    """Reads the command line, and asks for the row of each document; gives what was chosen and the rows."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(what, choices=list(choices))
    parser.add_argument("names", nargs="*", help="documents of the corpus; all by default")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_intermixed_args()
    choice: str = getattr(asked, what)
    with (CORPUS / "INDEX.tsv").open(newline="") as index:
        entries = [
            entry for entry in csv.DictReader(index, delimiter="\t") if not asked.names or entry["name"] in asked.names
        ]
    with ThreadPoolExecutor(asked.jobs) as pool:
        return choice, list(pool.map(lambda entry: row(choice, entry), entries))


def write(name: str, fields: list[str], rows: Iterable[Entry]) -> Path:
    """Writes the table; gives where it is."""
    path = ROOT / "target" / f"{name}.tsv"
    with path.open("w", newline="") as table:
        writer = csv.DictWriter(table, fields, delimiter="\t", restval="-", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
