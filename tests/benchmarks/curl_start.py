#!/usr/bin/env python3
"""What a call of an emitted shell client costs besides curl: `curl_start.py github-api [--runs N]`.

The document is one of the corpus (target/corpus), or a path. Processor time of a whole call whose curl does nothing, least of
all runs, beside bash that does nothing at all.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAKE_CURL = '#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in --dump-header) printf "HTTP/1.1 204 x\\r\\n\\r\\n" >"$2" ;; esac; shift; done\n'


def cost(command: list[str], env: dict[str, str], runs: int) -> float:
    """Milliseconds of processor time, the least of all runs."""
    best = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=env, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document")
    parser.add_argument("call", nargs="*", default=["repos", "get", "a", "b"], help="the operation and its options")
    parser.add_argument("--runs", type=int, default=20)
    chosen = parser.parse_args()
    document = Path(chosen.document)
    if not document.exists():
        with (ROOT / "target/corpus/INDEX.tsv").open(newline="") as index:
            entries = {entry["name"]: entry["file"] for entry in csv.DictReader(index, delimiter="\t")}
        document = ROOT / "target/corpus" / entries[chosen.document]
    with tempfile.TemporaryDirectory() as folder:
        binary = os.environ.get("PORTOLAN", ROOT / "target/debug/portolan")
        options = ["--target", "curl", "--out", folder, "--package", "tried", "--quiet"]
        subprocess.run([binary, "generate", document, *options], check=True, capture_output=True)
        fake = Path(folder, "curl-that-does-nothing")
        fake.write_text(FAKE_CURL)
        fake.chmod(0o755)
        env = {"PATH": os.environ["PATH"], "TRIED_CURL": str(fake), "TRIED_BASE_URL": "http://127.0.0.1:9"}
        tried = f"{folder}/curl/bin/tried"
        for title, command in {
            "bash alone": ["bash", "-c", ":"],
            "--version": [tried, "--version"],
            "a call": [tried, *chosen.call],
            "a call with --dry-run": [tried, *chosen.call, "--dry-run"],
            "--help of the operation": [tried, *chosen.call[:2], "--help"],
            "completion": [tried, "__complete", chosen.call[0], ""],
        }.items():
            print(f"{title:26}{cost(command, env, chosen.runs):6.1f} ms")


if __name__ == "__main__":
    main()
