"""Checks Python made of hostile documents against their harmless twin: the same program but for names and texts.

    python check_python.py HARMLESS HOSTILE...      folders with `sdk/python` and `samples`; exit 1 with a line per fault

Every file parses; the trees are alike, texts and names apart; names are ASCII; comments hold nothing that a tool obeys, and
nothing turns the reading direction; settings of the package have the twin's keys. Nothing calls or reads `CANARY`: not when
modules are imported, and not when every sample is run, by both clients, against a server that is not there.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib
import io
import json
import os
import pathlib
import re
import sys
import tokenize
import tomllib
import warnings
from typing import Any, Iterator

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "sdk"))

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}\Z")
# What a tool would obey in a comment, and what would show as other than it is.
OBEYED = re.compile(r"#\s*(type:|noqa|pyright:|mypy:|ruff:|fmt:|pragma)|#.*coding[:=]", re.IGNORECASE)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
faults: list[str] = []
seen: dict[bytes, list[str]] = {}
sent: list[str] = []


def shape(node: ast.AST) -> Iterator[str]:
    """The tree in order, without texts and names: a list to compare."""
    yield type(node).__name__
    if isinstance(node, ast.Constant):
        yield type(node.value).__name__
        return
    if isinstance(node, ast.Name):
        return
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from shape(child)
    yield "end"


class Spelled(ast.NodeTransformer):
    """Puts a resource in the place of the name that stands for it where a line would be too long: `resource = client.books`."""

    def __init__(self) -> None:
        self.resource: ast.expr | None = None

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if names == ["resource"] and isinstance(node.value, ast.Attribute):
            self.resource = node.value
            return None
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.resource if node.id == "resource" and self.resource is not None else node


def names(node: ast.AST) -> Iterator[str]:
    """Every name that the program chooses or uses."""
    for child in ast.walk(node):
        for field in ("id", "name", "attr", "arg", "asname"):
            value = getattr(child, field, None)
            if isinstance(value, str):
                yield from value.split(".")


def comments(text: str, label: str) -> Iterator[str]:
    """The comments that a tool obeys, in order."""
    if found := HIDDEN.search(text):
        faults.append(f"{label}: the character U+{ord(found.group()):04X}")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and OBEYED.search(token.string):
            yield token.string


def check(path: pathlib.Path, label: str) -> list[str]:
    """What of a file must be the twin's; files with the same bytes are read once."""
    data = path.read_bytes()
    if data not in seen:
        seen[data] = look(data, label)
    return seen[data]


def look(data: bytes, label: str) -> list[str]:
    try:
        tree = ast.parse(data)
        obeyed = list(comments(data.decode(), label))
    except (SyntaxError, ValueError, tokenize.TokenError) as error:
        faults.append(f"{label}: does not parse: {error}")
        return []
    for name in names(tree):
        if name != "*" and not NAME.match(name):
            faults.append(f"{label}: the name {name!r}")
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CANARY"
        if called or (isinstance(node, ast.Name) and node.id == "CANARY" and isinstance(node.ctx, ast.Load)):
            faults.append(f"{label}:{node.lineno}: CANARY is code")
    return [*shape(Spelled().visit(tree)), *obeyed]


def keys(value: Any) -> Any:
    """Settings without their texts."""
    if isinstance(value, dict):
        return {name: keys(item) for name, item in value.items()}
    return [keys(item) for item in value] if isinstance(value, list) else type(value).__name__


def files(case: pathlib.Path) -> list[pathlib.Path]:
    """All files that are made of the document, runtimes apart: those are the same for everybody."""
    found = [path for path in case.rglob("*.py") if "_runtime" not in path.parts]
    return sorted(path.relative_to(case) for path in found)


def read(case: pathlib.Path) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path in files(case):
        folder = path.parent.as_posix()
        # Files are named after operations: their order in the folder is what twins share.
        made[f"{folder} {sum(1 for key in made if key.startswith(folder + ' '))}"] = check(case / path, str(case / path))
    for path in case.rglob("pyproject.toml"):
        made["pyproject.toml"] = keys(tomllib.loads(path.read_text()))
    return made


def compare(twin: dict[str, Any], case: pathlib.Path) -> None:
    made = read(case)
    if not (case / "samples").is_dir():
        twin = {key: value for key, value in twin.items() if not key.startswith("samples")}
    if not made or len(made) != len(twin):
        faults.append(f"{case}: {len(made)} files, {len(twin)} of the twin")
    known = sorted(map(str, twin.values()))
    for key, value in made.items():
        if value != twin.get(key) and str(value) not in known:
            faults.append(f"{case}: {key}: another program than its twin")


class Canary:
    """Says so when somebody calls it, reads from it or prints it."""

    def __call__(self, *_: object) -> str:
        faults.append("CANARY was called")
        return ""

    def __getattr__(self, name: str) -> None:
        faults.append(f"CANARY.{name} was read")


def run(case: pathlib.Path) -> None:
    """Imports every module of the package, and runs every sample by both clients."""
    from asynchronous import asynchronous

    root = case / "sdk" / "python" / "src"
    sys.path.insert(0, str(root))
    try:
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        for sample in json.loads((case / "samples" / "samples.json").read_text()):
            if sample["target"] != "python":
                continue
            os.environ.update(dict.fromkeys(sample["environment"], "secret"))
            program = (case / "samples" / sample["file"]).read_text()
            for text in (program, asynchronous(program, "asyncio")):
                call(text, f"{case}: {sample['operation']}", (case / "samples" / sample["file"]).parent)
    except Exception as error:  # any failure is the finding
        faults.append(f"{case}: cannot be imported: {error!r}")
    finally:
        sys.path.remove(str(root))
        top = {path.name for path in root.iterdir()}
        for name in [name for name in sys.modules if name.partition(".")[0] in top]:
            del sys.modules[name]


def call(program: str, label: str, folder: pathlib.Path) -> None:
    before = len(sent)
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(program, "sample", "exec"), {"__name__": "__main__"})
    except Exception as error:
        # A value that cannot travel is refused before anything is sent; no other failure is known here.
        if type(error).__name__ not in ("InvalidRequestError", "APIResponseError"):
            faults.append(f"{label}: {type(error).__name__}: {error}"[:300])
        return
    if len(sent) == before:
        faults.append(f"{label}: nothing was sent")


def answered(headers: Any) -> tuple[bytes, str]:
    """An answer of the kind that is asked for, and its kind."""
    kind = str(headers.get("accept", "")).partition(",")[0]
    if kind == "text/event-stream":
        return b"data: {}\n\n", kind
    return (b"{}\n", kind) if kind.startswith(("application/jsonl", "application/octet-stream")) else (b"{}", "application/json")


def stay_home() -> None:
    """Answers every request itself."""
    import httpx2
    import requests
    import urllib3

    def send(self: object, request: Any, **_: object) -> requests.Response:
        sent.append(request.url)
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = 200, request, request.url
        content, answer.headers["content-type"] = answered(request.headers)
        answer.raw = urllib3.HTTPResponse(io.BytesIO(content), headers=dict(answer.headers), preload_content=False)
        return answer

    async def handle(self: object, request: Any) -> httpx2.Response:
        sent.append(str(request.url))
        content, kind = answered(request.headers)
        return httpx2.Response(200, content=content, headers={"content-type": kind}, request=request)

    requests.adapters.HTTPAdapter.send = send
    httpx2.AsyncHTTPTransport.handle_async_request = handle


def main(harmless: str, *hostile: str) -> int:
    setattr(builtins, "CANARY", Canary())
    warnings.simplefilter("ignore", DeprecationWarning)
    stay_home()
    here = pathlib.Path.cwd()
    twin = read(here / harmless)
    if not twin:
        faults.append("no Python at all")
    run(here / harmless)
    if not sent:
        faults.append("the twin sends nothing")
    for case in hostile:
        compare(twin, here / case)
        if (here / case / "samples").is_dir():
            run(here / case)
    print("\n".join(dict.fromkeys(faults)), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
