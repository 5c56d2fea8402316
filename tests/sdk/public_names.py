"""The public names of generated packages, each with the thing that it stands for, as sets that can be compared."""

from __future__ import annotations

import ast
import re
from pathlib import Path

Names = set[tuple[str, ...]]


def all_of(folder: Path) -> Names:
    """Those of all packages in the folder."""
    found = {("python", *name) for name in python(folder / "python")} if (folder / "python").exists() else set()
    if (folder / "javascript").exists():
        found |= {("javascript", *name) for name in javascript(folder / "javascript")}
    if (folder / "curl").exists():
        found |= {("curl", *name) for name in curl(folder / "curl")}
    return found


def python(folder: Path) -> Names:
    """Modules, classes, their members, methods with their arguments, and how operations and members travel."""
    found: Names = set()
    for path in sorted(folder.rglob("*.py")):
        module = path.relative_to(folder).as_posix()
        if "/_runtime/" in module or module.startswith("tests/"):
            continue
        found.add((module,))
        # What a module imports is not its own.
        for node in ast.parse(path.read_text()).body:
            found |= {(module, *name) for name in _python(node)}
    return found


def _python(node: ast.stmt) -> Names:
    match node:
        case ast.ClassDef(name=name, body=body):
            return {(name,)} | {(name, *inner) for part in body for inner in _python(part)}
        case ast.FunctionDef(name=name, args=given) | ast.AsyncFunctionDef(name=name, args=given):
            arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
            return {(name,)} | {(name, argument.arg) for argument in arguments}
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            return {(name, *_wire(value))}
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[_, ast.Dict(keys=keys)])):
            # A TypedDict whose keys are no words of Python.
            return {(name,)} | {(name, key.value) for key in keys if isinstance(key, ast.Constant)}
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if not name.startswith("__"):
            # How a list continues is said of another thing than its name.
            return {(name,)} if name.endswith("__PAGES") else {(name, *_wire(value))}
    return set()


def _wire(value: ast.expr | None) -> list[str]:
    """The name on the wire of a member; method and path of an operation."""
    if not isinstance(value, ast.Call):
        return []
    alias = [word.value.value for word in value.keywords if word.arg == "alias" and isinstance(word.value, ast.Constant)]
    return alias + [part.value for part in value.args[:3] if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def javascript(folder: Path) -> Names:
    """Files, what they export, members of it, and parameters of functions."""
    found: Names = set()
    for path in sorted(folder.rglob("*.d.ts")):
        file = path.relative_to(folder).as_posix()
        if file.startswith("runtime/"):
            continue
        found.add((file,))
        owner = ""
        for line in path.read_text().splitlines():
            if match := re.match(r"export (?:declare )?(?:interface|class|function|type|const) (\w+)", line):
                owner = match[1]
                found.add((file, owner))
            elif match := re.match(r"""  (?:readonly )?("(?:[^"\\]|\\.)*"|[\w$]+)\??[:(]""", line):
                found.add((file, owner, match[1]))
    return found


def curl(folder: Path) -> Names:
    """Functions, commands and flags, each with what it is on the wire."""
    found: Names = set()
    for path in sorted((folder / "lib").rglob("*.bash")):
        file = path.relative_to(folder).as_posix()
        if "/runtime/" in file:
            continue
        found.add((file,))
        method = ""
        for line in path.read_text().splitlines():
            if match := re.match(r"(\w+)\(\) \{(.*)", line):
                method = match[1]
                found.add((file, method, match[2]))
            elif match := re.match(r"  _portolan_(parameter|field) ('[^']*') (\w+) ('[^']*') ('[^']*')", line):
                wire = (match[3], match[4]) if match[1] == "parameter" else (match[3], match[4], match[5])
                found.add((file, method, match[2], *wire))
            elif match := re.match(r"  _portolan_(method|resource) (\S+) (\S+)", line):
                found.add((file, method, match[2], match[3]))
    return found
