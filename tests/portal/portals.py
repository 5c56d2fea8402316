"""A portal of every document of the corpus, as a table: whether it builds, shows every operation, and holds together.

    tests/.venv/bin/python tests/portal/portals.py [NAME...]

writes target/portals.tsv. Operations are counted by a second reader of documents, links are followed by a parser of HTML
that shares nothing with Portolan, and the markup is judged by the checker of the HTML standard's authors (vnu-jar; needs
Java). CI does the same with our own project and a few documents (test_portals.py); this is the whole.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pages import ROOT, Portal, binary, can_check_markup, faults_of_markup, wanted

from plain import Listed, corpus

WORK = ROOT / "target" / "tests" / "portals"
FIELDS = ["document", "operations", "pages", "built", "shown", "links", "requests", "markup", "seconds"]


def project(document: Listed, folder: Path) -> Path:
    """A project with this document only; its portal is built into `folder`/site."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(document.root, folder / "specs") if document.root != document.path.parent or document.root.name != "corpus" else _copy(document, folder)
    path = folder / "specs" / document.path.relative_to(document.root)
    settings = f'[portal]\ntitle = "Portal"\n[[apis]]\nid = "api"\ndocument = "{path.relative_to(folder)}"\nroot = "specs"\n'
    (folder / "portolan.toml").write_text(settings)
    return folder / "site"


def _copy(document: Listed, folder: Path) -> None:
    (folder / "specs").mkdir(parents=True)
    shutil.copy(document.path, folder / "specs")


def build(folder: Path, site: Path) -> str:
    """What the binary complains of; nothing when the portal is there."""
    ran = subprocess.run([binary(), "build", "--quiet", "--out", str(site)], cwd=folder, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else next((line for line in ran.stderr.splitlines() if line.startswith("error")), ran.stderr)[:200]


def differences(expected: list[tuple[str, str]], shown: list[tuple[str, str]]) -> str:
    missing = [f"{method} {path}" for method, path in expected if (method, path) not in set(shown)]
    more = [f"{method} {path}" for method, path in shown if (method, path) not in set(expected)]
    if missing or more:
        return f"{len(missing)} missing {missing[:2]}, {len(more)} more {more[:2]}"
    return "ok" if len(expected) == len(shown) else f"{len(expected)} operations on {len(shown)} pages"


def judged(faults: list[str]) -> str:
    return "ok" if not faults else f"{len(faults)}: {faults[0]}"[:300]


def row(document: Listed, markup: bool = True) -> dict[str, object]:
    """One row of the table."""
    started = time.monotonic()
    folder = WORK / document.name
    site = project(document, folder)
    complaint = build(folder, site)
    found: dict[str, object] = {"document": document.name, "built": complaint or "ok"}
    if not complaint:
        expected = wanted(document.path)
        portal = Portal.read(site)
        found |= {
            "operations": len(expected),
            "pages": len(portal.pages),
            "shown": differences(expected, portal.operations()),
            "links": judged(portal.broken_links()),
            "requests": judged(portal.strangers()),
            "markup": judged(faults_of_markup(site)) if markup and can_check_markup() else "-",
        }
    shutil.rmtree(folder)
    return found | {"seconds": round(time.monotonic() - started, 1)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    documents = [document for document in corpus() if not arguments.names or document.name in arguments.names]
    documents.sort(key=lambda document: document.path.stat().st_size)
    table = ROOT / "target" / "portals.tsv"
    bad = 0
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, restval="-", delimiter="\t")
        writer.writeheader()
        for document in documents:
            found = row(document)
            writer.writerow(found)
            file.flush()
            bad += any(found.get(field, "-") not in {"ok", "-"} for field in FIELDS[3:8])
            print("\t".join(str(found.get(field, "-")) for field in FIELDS), flush=True)
    print(f"{len(documents) - bad} of {len(documents)} documents give a portal that holds together; {table.relative_to(ROOT)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
