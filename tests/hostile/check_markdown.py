"""Checks what people read of hostile packages: README, reference, CHANGELOG and LICENSE have the blocks of the harmless twin's.

    python3 check_markdown.py HARMLESS HOSTILE...        folders with a package for each language; exit 1 with a line per fault

Headings, lists, tables and blocks of code come in the same order at the same depth; what the document says is one paragraph or
several, and a header that has no name of a header is no row of a table. Nothing is HTML, no picture is loaded, and links lead to the web, into the page or to files beside it.
"""

from __future__ import annotations

import pathlib
import re
import sys
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# A parser that follows every link, so that those are seen which it would refuse by itself.
MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]
FILES = ("README.md", "reference.md", "CHANGELOG.md")
LINK = re.compile(r"https?:|mailto:|#|[\w./-]+(#|$)", re.IGNORECASE)


def blocks(tokens: list[Token]) -> list[str]:
    """The blocks in order; paragraphs in a row are one, and so are rows of a table."""
    found: list[str] = []
    rows = 0
    for token in tokens:
        rows = 0 if token.type == "table_open" else rows + (token.type == "tr_open")
        if token.type == "inline" or (rows > 2 and token.type[:2] in ("tr", "td")):
            continue
        name = f"{token.level} {token.type} {token.tag} {token.info.split(' ')[0]}"
        if token.type == "paragraph_open" and found and found[-1] == f"{token.level} paragraph_close p ":
            found.pop()
            continue
        found.append(name)
    return found


def faults(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        for part in [token, *(token.children or [])]:
            if part.type in ("html_block", "html_inline", "image"):
                yield f"{part.type}: {part.content[:80]!r}"
            if part.type == "link_open" and not LINK.match(str(part.attrGet("href"))):
                yield f"a link to {part.attrGet('href')!r}"


def main(harmless: pathlib.Path, hostile: list[pathlib.Path]) -> int:
    wrong: list[str] = []
    for language in ("python", "javascript", "curl"):
        licence = (harmless / "sdk" / language / "LICENSE").read_text(encoding="utf-8")
        for name in FILES:
            twin = blocks(MARKDOWN.parse((harmless / "sdk" / language / name).read_text(encoding="utf-8")))
            for folder in hostile:
                tokens = MARKDOWN.parse((folder / "sdk" / language / name).read_text(encoding="utf-8"))
                place = f"{folder.name}/{language}/{name}"
                wrong += [f"{place}: {fault}" for fault in faults(tokens)]
                own = blocks(tokens)
                if own != twin:
                    at = next((at for at, pair in enumerate(zip(own, twin)) if pair[0] != pair[1]), min(len(own), len(twin)))
                    wrong.append(f"{place}: block {at} of {len(own)} (twin {len(twin)}): {own[at:at + 3]} instead of {twin[at:at + 3]}")
        for folder in hostile:
            # What the document says of it is one line.
            own = (folder / "sdk" / language / "LICENSE").read_text(encoding="utf-8")
            if len(own.splitlines()) != len(licence.splitlines()):
                wrong.append(f"{folder.name}/{language}/LICENSE: {len(own.splitlines())} lines instead of {len(licence.splitlines())}")
    print("\n".join(wrong[:40]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), [pathlib.Path(folder) for folder in sys.argv[2:]]))
