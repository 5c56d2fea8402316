"""Checks the portal made of a hostile document: no page holds an element or an address that could run anything.

    python3 check_html.py HARMLESS HOSTILE        two folders of portals; exit 1 with a line per fault

Scripts come from our own assets only, there are no inline scripts or styles, no frames, forms or bases beyond those of
the twin, no handler attributes; addresses are relative, http, https or mailto. Data for machines inside a page is JSON.
Both portals have pages of every kind. Files of data parse; what a console knows is one call of ours with JSON; feeds and
the site map are XML, and what a feed shows is held to the rules of pages; a style sheet loads nothing.
"""

import html.parser
import json
import pathlib
import re
import sys
from xml.etree import ElementTree

FORBIDDEN = {"style", "iframe", "frame", "object", "embed", "base", "applet", "math", "foreignobject"}
# What our own templates may hold: as often in the twin, and in no text of others.
COUNTED = ("form", "noscript")
ADDRESSES = {"href", "src", "action", "formaction", "srcset", "data", "poster", "cite", "ping", "background", "xlink:href"}
# What both portals have: kinds of pages and of files.
KINDS = ["everywhere/changes/index.html", "everywhere/errors/index.html", "everywhere/*/_print/index.html", "everywhere/webhooks/*/index.html", "everywhere/*/*/callbacks/*/index.html"]
KINDS += ["everywhere/0-9/index.html", "everywhere/guides/a/index.html", "everywhere/feed.xml", "feed.xml", "sitemap.xml", "own/index.html", "catalog/one/index.html", "everywhere/*/*/console.js", "404.html", "llms.txt"]
SAFE = re.compile(r"(https?:|mailto:|[^:]*(?:[/?#]|$))", re.IGNORECASE)


class Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.scripts: set[str] = set()
        self.counted = dict.fromkeys(COUNTED, 0)
        self.inside = self.data = False
        self.known = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: "list[tuple[str, str | None]]") -> None:
        found = dict(attrs)
        self.inside = tag == "script"
        self.data = self.inside and found.get("type") == "application/ld+json" and len(attrs) == 1
        if self.inside and not self.data:
            self.scripts.add(re.sub(r"^(\./|\.\./)+", "", found.get("src") or "inline"))
        if tag in self.counted:
            self.counted[tag] += 1
        if tag in FORBIDDEN or (tag == "meta" and (found.get("http-equiv") or "").lower() == "refresh"):
            self.faults.append(f"the element {tag}")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"the attribute {name} of {tag}")
            address = re.sub(r"[\x00-\x20]", "", value or "")
            if name in ADDRESSES and not SAFE.match(address) and not (tag == "link" and address.startswith("data:image/svg+xml")):
                self.faults.append(f"the address {address!r} of {tag}")
            if name == "target" and "noopener" not in (found.get("rel") or ""):
                self.faults.append("a target without noopener")

    def handle_data(self, data: str) -> None:
        if self.data:
            self.known += data
        elif self.inside and data.strip():
            self.faults.append("a script inside the page")

    def handle_endtag(self, tag: str) -> None:
        if self.data:
            json.loads(self.known)
            self.known = ""
        self.inside = self.data = False


def of_files(folder: pathlib.Path) -> "list[str]":
    """Faults of what is no page."""
    faults = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "downloads" not in path.parts):
        name = path.relative_to(folder)
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.name == "console.js":
            call = re.fullmatch(r"portolan\.operation\((.*)\);?\s*", path.read_text(encoding="utf-8"), re.DOTALL)
            json.loads(call[1]) if call else faults.append(f"{name}: not our call")
        elif path.suffix == ".xml":
            tree = ElementTree.fromstring(path.read_text(encoding="utf-8"))
            for element in tree.iter():
                address = element.get("href") or (element.text if element.tag.endswith("}loc") else None) or ""
                if not SAFE.match(address):
                    faults.append(f"{name}: the address {address!r}")
                if element.get("type") == "html":
                    page = Page(element.text or "")
                    faults += [f"{name}: {fault}" for fault in page.faults]
                    faults += [f"{name}: the element {tag}" for tag, count in page.counted.items() if count]
        elif path.suffix == ".css" and re.search(r"@import|url\(|expression|</style", path.read_text(encoding="utf-8").replace("url(data:image", "")):
            faults.append(f"{name}: a style sheet that loads")
        if path.suffix in (".json", ".js") and "search" in path.parts and re.search(r"</script|<!--|\u2028|\u2029", path.read_text(encoding="utf-8")):
            faults.append(f"{name}: data that ends a script")
    return faults


def pages(folder: pathlib.Path) -> dict[str, Page]:
    return {str(path.relative_to(folder)): Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def main(harmless: str, hostile: str) -> int:
    twin, folder = pages(pathlib.Path(harmless)), pages(pathlib.Path(hostile))
    ours = {script for page in twin.values() for script in page.scripts}
    faults = [f"{len(twin)} pages of the twin, {len(folder)} of the hostile document"] if len(twin) != len(folder) else []
    for path, page in folder.items():
        faults += [f"{path}: {fault}" for fault in page.faults]
        faults += [f"{path}: the script {script}" for script in sorted(page.scripts - ours)]
        if path in twin and page.counted != twin[path].counted:
            faults.append(f"{path}: {page.counted}, and in the twin {twin[path].counted}")
    if not folder or "inline" in ours:
        faults.append("no pages, or scripts inside pages")
    for kind in KINDS:
        if not list(pathlib.Path(hostile).glob(kind)):
            faults.append(f"nothing like {kind}")
    faults += of_files(pathlib.Path(hostile))
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
