"""What the pages of a built portal weigh, and whether all their links lead somewhere.

    python3 tests/benchmarks/portal_pages.py [NAME|PATH|FOLDER ...]

Without arguments the documents of GitHub and Stripe. A folder is a portal that is built already. Ends with 1 when a limit of portal/README.md is passed,
a link is broken, or a page loads something from elsewhere.
"""

from __future__ import annotations

import gzip
import html
import posixpath
import re
import statistics
import sys
import urllib.parse
from functools import cache
from pathlib import Path

import portals

KB = 1000
# What portal/README.md promises: an operation's page at the median, its scripts, and all that it needs together.
PAGE, SCRIPTS, WHOLE = 20 * KB, 12 * KB, 50 * KB

LINK = re.compile(r'\s(href|src|srcset|poster|action|data-reader)="([^"]*)"')
IDENTIFIER = re.compile(r'\sid="([^"]*)"')
LOADED = re.compile(r'<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|data)="([^"]*)"|<link\b[^>]*\srel="(?:stylesheet|icon|preload|modulepreload)"[^>]*>')  # fmt: skip
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)"')
SCRIPT = re.compile(r'<script src="([^"]*)"')
OPERATION = re.compile(r'<div class="endpoint copy-inline"><span class="method"')


class Portal:
    """The files of a built portal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        self.pages = {name: (folder / name).read_text() for name in sorted(self.files) if name.endswith(".html")}
        self.anchors = {name: set(map(html.unescape, IDENTIFIER.findall(text))) for name, text in self.pages.items()}

    @cache
    def weight(self, name: str) -> int:
        """The bytes of a file as a host sends it."""
        return len(gzip.compress((self.folder / name).read_bytes(), 6))

    def loaded(self, page: str, pattern: re.Pattern[str]) -> list[str]:
        """The files that a page asks for."""
        return [target(page, html.unescape(link)) for link in pattern.findall(self.pages[page])]

    def operations(self) -> list[str]:
        # Pages to print hold many.
        return [name for name, text in self.pages.items() if OPERATION.search(text) and "/_print/" not in name]

    def broken(self) -> list[str]:
        """Links to no file, or to no part of a page."""
        found = []
        for page, text in self.pages.items():
            for _, raw in set(LINK.findall(text)):
                link = html.unescape(raw)
                parts = urllib.parse.urlsplit(link)
                if parts.scheme or parts.netloc:
                    continue
                file = target(page, parts.path) if parts.path else page
                anchor = urllib.parse.unquote(parts.fragment)
                if file not in self.files or (anchor and file in self.anchors and anchor not in self.anchors[file]):
                    found.append(f"{page}: {link}")
        return found

    def foreign(self) -> list[str]:
        """What pages load from elsewhere by themselves."""
        found = []
        for page, text in self.pages.items():
            for match in set(LOADED.findall(text)):
                if match.startswith(("http:", "https:", "//")):
                    found.append(f"{page}: {match}")
        return found


def target(page: str, path: str) -> str:
    path = urllib.parse.unquote(path)
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def look(name: str, folder: Path) -> bool:
    portal = Portal(folder)
    pages = portal.operations()
    if not pages:
        print(f"{name}: no page of an operation")
        return False
    weights = [portal.weight(page) for page in pages]
    scripts = [sum(map(portal.weight, portal.loaded(page, SCRIPT))) for page in pages]
    styles = [sum(map(portal.weight, portal.loaded(page, STYLE))) for page in pages]
    wholes = [sum(parts) for parts in zip(weights, scripts, styles, strict=True)]
    median, heaviest = statistics.median(weights), max(range(len(pages)), key=weights.__getitem__)
    broken, foreign = portal.broken(), portal.foreign()
    print(f"{name}: {len(portal.pages)} pages, {len(pages)} of operations, gzipped:")
    print(f"  page            median {median / KB:5.1f} KB, largest {max(weights) / KB:5.1f} KB ({pages[heaviest]})")
    print(f"  scripts         {max(scripts) / KB:5.1f} KB, style sheet {max(styles) / KB:.1f} KB")
    print(f"  all together    median {statistics.median(wholes) / KB:5.1f} KB, largest {max(wholes) / KB:5.1f} KB")
    print(f"  broken links    {len(broken)}; loaded from elsewhere {len(foreign)}")
    for line in [*broken[:10], *foreign[:10]]:
        print(f"    {line}")
    fits = median <= PAGE and max(scripts) <= SCRIPTS and statistics.median(wholes) <= WHOLE
    if not fits:
        print(f"  over the limits: {PAGE / KB:.0f} KB a page, {SCRIPTS / KB:.0f} KB scripts, {WHOLE / KB:.0f} KB together, at the median")
    return fits and not broken and not foreign


def main() -> int:
    fine = True
    for name in sys.argv[1:] or portals.DOCUMENTS:
        folder = Path(name)
        if not (folder / "index.html").exists():
            folder = portals.ours(name).folder
        fine &= look(name, folder)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
