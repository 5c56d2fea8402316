"""Checks that hostile shell packages are the program that the harmless twin is: what bash itself reads of each script.

    python3 check_bash.py HARMLESS HOSTILE...        folders with a package for the shell; exit 1 with a line per fault

bash prints each script as it has understood it, as the body of a function that is never called (`declare -f`). In that, texts
in single quotes are blanks and names that come from the document are one word; what is left is compared. Scripts with other
names are told apart by what is left of them.
"""

from __future__ import annotations

import collections
import pathlib
import re
import subprocess
import sys

# Prints each script of $@; nothing of one is run: it is whole (bash -n), so that the function ends where it should.
PRINT = r"""
for script in "$@"; do
  printf '\036%s\n' "$script"
  if ! bash -n "$script" 2>&1; then continue; fi
  text=$(<"$script")
  (eval "script_of_a_document() {
$text
}" && declare -f script_of_a_document) 2>&1
done
"""
# A word of texts in single quotes, with apostrophes between them, and lone apostrophes.
TEXT = re.compile(r"(?:'[^']*'|\\')+")
# What a name of the document becomes behind a word of ours, or for itself where an argument stands.
NAMED = re.compile(r"\b(_portolan_call_|test_everywhere_|everywhere_|EVERYWHERE_)\w+")
BARE = re.compile(r"(?<=\s)[a-z0-9][a-z0-9._-]*(?=[\s;]|$)")
# An argument of a call: a word that needs no quotes has none.
ARGUMENT = re.compile(r"(?<=\s)[\w@%+:,./-]+(?=[\s;]|$)")
# What describes a parameter or a credential. A header that has no name of a header is none; what says the same twice is said once.
ROW = re.compile(r"(_portolan_(parameter|field|choices|describe|scheme)\b.*?);?$")


def shape(text: str, rows: set[str]) -> str:
    """What is left of a script; `rows` receives what describes parameters, whose number may differ."""
    lines: list[str] = []
    for line in NAMED.sub(r"\1N", TEXT.sub("T", text)).splitlines():
        first, _, rest = line.strip().partition(" ")
        words = BARE.sub("W", f" {rest}")
        if not first.startswith("_portolan"):
            words = re.sub("W( W)+", "W", ARGUMENT.sub("W", f" {rest}"))
        line = first + words
        if row := ROW.match(line):
            rows.add(re.sub("T( T)+", "T", row[1]))
        else:
            lines.append(line.rstrip("; "))
    return "\n".join(lines)


def shapes(folder: pathlib.Path) -> tuple[collections.Counter[str], set[str]]:
    """What bash makes of the scripts of a package that are made for its API, and their rows."""
    root = folder / "sdk/curl"
    scripts = [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix in ("", ".bash") and path.parent.name in ("bin", "lib", "everywhere", "resources", "completions", "tests", "calls")
    ]
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", PRINT, "bash", *scripts], capture_output=True, encoding="utf-8", errors="replace", timeout=120
    )
    found = done.stdout.split("\x1e")[1:]
    assert len(found) == len(scripts) > 8, done.stderr
    rows: set[str] = set()
    return collections.Counter(shape(text.split("\n", 1)[1], rows) for text in found), rows


def main(harmless: pathlib.Path, hostile: list[pathlib.Path]) -> int:
    wrong: list[str] = []
    twin, known = shapes(harmless)
    # A description that says what the summary says is left out, and so is a credential that has no name of a header.
    known |= {"_portolan_describe T", "_portolan_scheme T W T"}
    for folder in hostile:
        own, rows = shapes(folder)
        wrong += [f"{folder.name}: a row that the twin has none like: {row}" for row in sorted(rows - known)]
        wrong += [f"{folder.name}: a script that the twin has not:\n{text[:3000]}" for text in own - twin]
        wrong += [f"{folder.name}: a script that only the twin has:\n{text[:3000]}" for text in twin - own]
    print("\n".join(wrong[:6]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), [pathlib.Path(folder) for folder in sys.argv[2:]]))
