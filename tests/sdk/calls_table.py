"""Every operation of every document of the corpus is called by a client against the mock, as a table.

    tests/.venv/bin/python tests/sdk/calls_table.py python|python-async|javascript [NAME...]

writes target/calls-CLIENT.tsv: a row per operation; `ok`, or what the sample said, and whose fault it is. CI calls the operations
of a few documents (test_calls_of_the_corpus.py); this is the whole of it, for a person with a quarter of an hour.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from calls import CLIENTS, call_all
from faults import fault_of
from workshop import ROOT, WORK

CORPUS = ROOT / "target" / "corpus"


def rows(client: str, entry: dict[str, str]) -> list[dict[str, str]]:
    started = time.monotonic()
    document = CORPUS / entry["file"]
    root = CORPUS / Path(entry["file"]).parts[0] if "/" in entry["file"] else document.parent
    try:
        said = call_all(document, client, WORK / "calls" / client / entry["name"], root)
    except Exception as error:
        print(f"{entry['name']}\tnot called: {' '.join(str(error).split())[:300]}", flush=True)
        return [{"document": entry["name"], "operation": "-", "outcome": f"not called: {one_line(str(error))}"}]
    failed = sum(1 for outcome in said.values() if outcome)
    print(f"{entry['name']}\t{len(said) - failed} of {len(said)}\t{time.monotonic() - started:.0f} s", flush=True)
    return [
        {
            "document": entry["name"],
            "operation": operation,
            "outcome": one_line(outcome) if outcome else "ok",
            "fault": (fault_of(entry["name"], operation) or "not known yet") if outcome else "-",
        }
        for operation, outcome in said.items()
    ]


def one_line(text: str) -> str:
    return " ".join(text.split())[:1000]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("client", choices=CLIENTS)
    parser.add_argument("names", nargs="*", help="documents of the corpus; all by default")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_intermixed_args()
    with (CORPUS / "INDEX.tsv").open(newline="") as index:
        entries = [entry for entry in csv.DictReader(index, delimiter="\t") if not chosen.names or entry["name"] in chosen.names]
    with ThreadPoolExecutor(chosen.jobs) as pool:
        found = [row for table in pool.map(lambda entry: rows(chosen.client, entry), entries) for row in table]
    path = ROOT / "target" / f"calls-{chosen.client}.tsv"
    with path.open("w", newline="") as table:
        writer = csv.DictWriter(table, ["document", "operation", "outcome", "fault"], restval="-", delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    fine = sum(1 for row in found if row["outcome"] == "ok")
    print(f"{fine} of {len(found)} calls succeed; {path}")
    return 0 if fine == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
