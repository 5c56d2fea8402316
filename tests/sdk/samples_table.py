"""Every sample of every document of the corpus, run in its language against the mock of the document, as a table.

    tests/.venv/bin/python tests/sdk/samples_table.py [NAME...]

writes target/samples.tsv: a row per sample; `ok`, `failed` with what it said, or `document`, where the document is to blame, with the
code of what `portolan check` says of the operation (faults.py). Without names all documents are tried, small ones first. CI runs a part of it
(test_samples.py); this is the whole, for a person with half an hour. `--jobs` runs several documents at a time.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from batches import run_all
from faults import Faults
from workshop import ROOT, WORK

CORPUS = ROOT / "target" / "corpus"
FIELDS = ["document", "operation", "example", "target", "outcome", "reason"]


def rows(entry: dict[str, str]) -> list[dict[str, str]]:
    started = time.monotonic()
    document = CORPUS / entry["file"]
    root = CORPUS / Path(entry["file"]).parts[0] if "/" in entry["file"] else document.parent
    faults = Faults([document, "--root", root], WORK / "faults" / entry["name"])
    try:
        samples = run_all([document, "--root", root], WORK / "samples" / entry["name"])
    except Exception as error:
        fault = faults.of_the_whole()
        reason = fault or f"not run: {one_line(str(error))}"
        print(f"{entry['name']}\t{reason}", flush=True)
        return [{"document": entry["name"], "outcome": "document" if fault else "failed", "reason": reason}]
    found = [row(entry["name"], sample, faults) for sample in samples]
    ours = sum(1 for row in found if row["outcome"] == "failed")
    theirs = sum(1 for row in found if row["outcome"] == "document")
    print(f"{entry['name']}\t{len(found)} samples, {ours} failed, {theirs} by the document's fault\t{time.monotonic() - started:.0f} s", flush=True)
    return found


def row(document: str, sample: dict, faults: Faults) -> dict[str, str]:
    known = {
        "document": document,
        "operation": sample["operation"],
        "example": sample.get("example", "-"),
        "target": sample["target"] + (" command" if sample.get("command") else ""),
    }
    if not sample["said"]:
        return known | {"outcome": "ok", "reason": "-"}
    fault = faults.of(sample["operation"])
    said = one_line(sample["said"])
    return known | {"outcome": "document" if fault else "failed", "reason": f"{fault}; {said}" if fault else said}


def one_line(text: str) -> str:
    return " ".join(text.split())[:1000]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="documents of the corpus; all by default")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--table", type=Path, default=ROOT / "target" / "samples.tsv", help="where to write it")
    chosen = parser.parse_args()
    with (CORPUS / "INDEX.tsv").open(newline="") as index:
        entries = [entry for entry in csv.DictReader(index, delimiter="\t") if not chosen.names or entry["name"] in chosen.names]
    entries.sort(key=lambda entry: int(entry["operations"]))
    count: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    with chosen.table.open("w", newline="") as table, ThreadPoolExecutor(chosen.jobs) as pool:
        writer = csv.DictWriter(table, FIELDS, restval="-", delimiter="\t", lineterminator="\n")
        writer.writeheader()
        for found in pool.map(rows, entries):
            writer.writerows(found)
            table.flush()
            count.update(row["outcome"] for row in found)
            codes.update(row["reason"].split(":")[0] for row in found if row["outcome"] == "document")
    print(f"{count['ok']} of {count.total()} samples succeed, {count['document']} fail by the fault of their document; {chosen.table}")
    for code, number in codes.most_common():
        print(f"{number}\t{code}")
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
