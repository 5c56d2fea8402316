"""Checks Python made of a hostile document against its harmless twin: the same program but for names and texts.

    python3 check_python.py HARMLESS HOSTILE        two folders of packages or samples; exit 1 with a line per fault

Every file parses; the trees of both twins are alike, texts and names apart; names are ASCII; nothing calls or reads
`CANARY`; packages import with a `CANARY` in place that would say so.
"""

import ast
import builtins
import importlib
import pathlib
import re
import sys
import tomllib
from typing import Iterator

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}\Z")
faults: list[str] = []


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


def names(node: ast.AST) -> Iterator[str]:
    """Every name that the program chooses or uses."""
    for child in ast.walk(node):
        for field in ("id", "name", "attr", "arg", "asname"):
            value = getattr(child, field, None)
            if isinstance(value, str):
                yield from value.split(".")


def check(path: pathlib.Path, label: str) -> "list[str] | None":
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        faults.append(f"{label}: does not parse: {error}")
        return None
    for name in names(tree):
        if name != "*" and not NAME.match(name):
            faults.append(f"{label}: the name {name!r}")
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CANARY"
        if called or (isinstance(node, ast.Name) and node.id == "CANARY" and isinstance(node.ctx, ast.Load)):
            faults.append(f"{label}:{node.lineno}: CANARY is code")
    return list(shape(tree))


def files(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*.py"))


def imports(folder: pathlib.Path) -> None:
    """Imports every module of a package that lies below `src` or beside pyproject.toml."""

    def canary(*_: object) -> str:
        faults.append(f"{folder}: CANARY was called at import")
        return ""

    setattr(builtins, "CANARY", canary)
    for project in folder.rglob("pyproject.toml"):
        with project.open("rb") as stream:
            settings = tomllib.load(stream)
        if "canary" in settings.get("tool", {}):
            faults.append(f"{project}: a section of the document's")
        root = project.parent / "src" if (project.parent / "src").is_dir() else project.parent
        sys.path.insert(0, str(root))
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            try:
                importlib.import_module(module)
            except Exception as error:  # any failure is the finding
                faults.append(f"{path}: cannot be imported: {error!r}")


def main(harmless: str, hostile: str) -> int:
    twin, folder = pathlib.Path(harmless), pathlib.Path(hostile)
    shapes = []
    for base in (twin, folder):
        paths = files(base)
        if not paths:
            faults.append(f"{base}: no Python at all")
        found = {path: check(base / path, str(path)) for path in paths}
        shapes.append(found)
    ours, theirs = shapes
    if len(ours) != len(theirs):
        faults.append(f"{len(ours)} files of the twin, {len(theirs)} of the hostile document")
    for path in ours.keys() & theirs.keys():
        if theirs[path] is not None and ours[path] != theirs[path]:
            faults.append(f"{path}: another program than its twin")
    imports(folder)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
