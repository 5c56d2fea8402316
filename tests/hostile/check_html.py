"""Checks the portal made of a hostile document: no page holds an element or an address that could run anything.

    python3 check_html.py HARMLESS HOSTILE        two folders of portals; exit 1 with a line per fault

Scripts come from our own assets only, there are no inline scripts or styles, no frames, forms or bases beyond those of
the twin, no handler attributes; addresses are relative, http, https or mailto. Files of data parse, or begin with our call.
"""

import html.parser
import json
import pathlib
import re
import sys

FORBIDDEN = {"style", "iframe", "frame", "object", "embed", "base", "applet", "math", "foreignobject", "noscript"}
ADDRESSES = {"href", "src", "action", "formaction", "srcset", "data", "poster", "cite", "ping", "background", "xlink:href"}
SAFE = re.compile(r"(https?:|mailto:|[^:]*(?:[/?#]|$))", re.IGNORECASE)


class Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.scripts: set[str] = set()
        self.forms = 0
        self.inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: "list[tuple[str, str | None]]") -> None:
        found = dict(attrs)
        self.inside = tag == "script"
        if tag == "script":
            self.scripts.add(re.sub(r"^(\./|\.\./)+", "", found.get("src") or "inline"))
        if tag == "form":
            self.forms += 1
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
        if self.inside and data.strip():
            self.faults.append("a script inside the page")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def pages(folder: pathlib.Path) -> dict[str, Page]:
    return {str(path.relative_to(folder)): Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def main(harmless: str, hostile: str) -> int:
    twin, folder = pages(pathlib.Path(harmless)), pages(pathlib.Path(hostile))
    ours = {script for page in twin.values() for script in page.scripts}
    faults = [f"{len(twin)} pages of the twin, {len(folder)} of the hostile document"] if len(twin) != len(folder) else []
    for path, page in folder.items():
        faults += [f"{path}: {fault}" for fault in page.faults]
        faults += [f"{path}: the script {script}" for script in sorted(page.scripts - ours)]
        if path in twin and page.forms != twin[path].forms:
            faults.append(f"{path}: a form")
    if not folder or "inline" in ours:
        faults.append("no pages, or scripts inside pages")
    for path in sorted(pathlib.Path(hostile).rglob("*")):
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        if path.suffix in (".json", ".js") and path.is_file() and "search" in path.parts and re.search(r"</script|<!--|\u2028|\u2029", path.read_text(encoding="utf-8")):
            faults.append(f"{path}: data that ends a script")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
