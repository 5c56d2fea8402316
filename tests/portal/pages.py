"""Reads the pages of a built portal as a stranger would: with a parser of HTML that shares nothing with Portolan."""

from __future__ import annotations

import html.parser
import os
import posixpath
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "documents"))

from plain import METHODS, operations  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / "tests" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# Elements that the browser fetches something for, without anybody's click.
FETCHING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "link": "href"}
# Relations of `link` that a browser only notes.
NOTED = {"alternate", "canonical", "author", "license", "next", "prev", "search", "describedby", "service-desc", "service-doc"}


def wanted(document: Path) -> list[tuple[str, str]]:
    """Method and path of each operation, as a page shows them.

    Methods of OpenAPI's own are in capitals, those of `additionalOperations` as they are written; a fragment is no part
    of what is sent.
    """
    pairs = [(method.upper() if method in METHODS else method, path.partition("#")[0]) for path, method in operations(document)]
    return sorted(pairs)


@dataclass
class Page(html.parser.HTMLParser):
    """What a page names and what it points at."""

    text: str
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    # The method and the path of the operation whose page this is.
    operation: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self._endpoint: list[str] = []
        self._open: list[str] = []
        # A page of what stands elsewhere, as to be printed.
        self._another = False
        self.feed(self.text)
        self.close()
        words = [piece.strip() for piece in self._endpoint]
        # An event has a name or an expression there, which is no path.
        if len(words) >= 2 and words[0].isalpha() and words[1].startswith("/") and not self._another:
            self.operation = (words[0], words[1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.add(found["id"])
        relations = set(found.get("rel", "").split())
        target = found.get(FETCHING.get(tag, ""))
        if target and not (tag == "link" and relations & NOTED):
            self.fetched.append(target)
        self.links += [found[name] for name in ("href", "src") if name in found]
        if tag == "meta" and (found.get("name"), found.get("content")) == ("robots", "noindex"):
            self._another = True
        if tag == "div" and "endpoint" in found.get("class", "").split() and not self._endpoint:
            self._open = ["div"]
        elif self._open and tag != "wbr":
            if len(self._open) == 1:
                self._endpoint.append("")
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if len(self._open) > 1 and "small" not in self._open:
            self._endpoint[-1] += data


@dataclass
class Portal:
    """All pages of a folder, and the other files in it."""

    folder: Path
    pages: dict[str, Page]
    files: set[str]

    @staticmethod
    def read(folder: Path) -> Portal:
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        pages = {name: Page((folder / name).read_text(encoding="utf-8")) for name in sorted(files) if name.endswith(".html")}
        return Portal(folder, pages, files)

    def operations(self) -> list[tuple[str, str]]:
        """Of every page that is an operation's, the method and the path."""
        return sorted(page.operation for page in self.pages.values() if page.operation)

    def broken_links(self) -> list[str]:
        """Every address inside the portal that leads to no file, or to no place of its page."""
        return [
            f"{name}: {link}"
            for name, page in self.pages.items()
            for link in dict.fromkeys(page.links)
            if not self._leads(name, link)
        ]

    def strangers(self) -> list[str]:
        """What a page would fetch from elsewhere."""
        return [
            f"{name}: {target}"
            for name, page in self.pages.items()
            for target in page.fetched
            if urlsplit(target).scheme not in {"", "data"} or target.startswith("//")
        ]

    def _leads(self, name: str, link: str) -> bool:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return True
        path = unquote(parts.path)
        # Beginning with `/`: the page of an address that nobody knows stands at any depth.
        folder = "" if path.startswith("/") else posixpath.dirname(name)
        target = posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) if path else name
        if target not in self.files:
            return False
        place = unquote(parts.fragment)
        return not place or target not in self.pages or place in self.pages[target].ids


def binary() -> str:
    """The binary under test."""
    return str(Path(os.environ.get("PORTOLAN", ROOT / "target" / "debug" / "portolan")).resolve())


def faults_of_markup(folder: Path) -> list[str]:
    """What the checker of the HTML standard's authors says of all pages of a folder."""
    command = ["java", "-Xss64m", "-jar", str(JAR), "--skip-non-html", "--errors-only", "--format", "gnu", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in (ran.stdout + ran.stderr).splitlines() if line]
    # It exits with 1 when it finds something; anything else is its own failure.
    assert ran.returncode in (0, 1) and bool(said) == bool(ran.returncode), ran.stderr[-2000:]
    return said


def can_check_markup() -> bool:
    return shutil.which("java") is not None and JAR.exists()
