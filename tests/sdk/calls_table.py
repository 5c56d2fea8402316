"""Every operation of every document of the corpus is called by a client against the mock, as a table.

    tests/.venv/bin/python tests/sdk/calls_table.py python|python-async|javascript [NAME...]

writes target/calls-CLIENT.tsv: a row per operation; `ok`, or what the sample said, and whose fault it is. CI calls the operations
of a few documents (test_calls_of_the_corpus.py); this is the whole of it, for a person with a quarter of an hour.
"""

from __future__ import annotations

import sys
import time

import tables
from calls import CLIENTS, call_all
from faults import Faults
from workshop import WORK


def rows(client: str, entry: dict[str, str]) -> list[dict[str, str]]:
    started = time.monotonic()
    document, root = tables.place(entry)
    faults = Faults([document, "--root", root], WORK / "faults" / entry["name"])
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
            "fault": (faults.of(operation) or "not known yet") if outcome else "-",
        }
        for operation, outcome in said.items()
    ]


def one_line(text: str) -> str:
    return " ".join(text.split())[:1000]


def main() -> int:
    client, documents = tables.made(__doc__, "client", CLIENTS, rows)
    found = [row for document in documents for row in document]
    path = tables.write(f"calls-{client}", ["document", "operation", "outcome", "fault"], found)
    fine = sum(1 for row in found if row["outcome"] == "ok")
    print(f"{fine} of {len(found)} calls succeed; {path}")
    return 0 if fine == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
