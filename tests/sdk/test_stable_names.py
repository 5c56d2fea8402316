"""What is added to a document renames nothing that was there, and the same document gives the same bytes.

`python tests/sdk/test_stable_names.py [DOCUMENT…]` asks the same of all our documents and ten of the corpus, or of the files that
it is given.

Each document is grown at the beginning, in the middle, at the end and by the alphabet by what collides most: names of its
schemas, operations, members, values, parameters and tags in other spellings, and the very identifiers that its packages have."""

from __future__ import annotations

import argparse
import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any, Callable

import public_names
import pytest
from workshop import BARE, OURS, ROOT, WORK, binary, portolan, run

Document = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
STRING = {"type": "string"}


def spellings(name: str) -> list[str]:
    """The name as others would write it, and as we would go out of its way."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name) or [name]
    lower = [word.lower() for word in words]
    pascal = "".join(word.capitalize() for word in lower)
    found = ["_".join(lower), "-".join(lower), pascal, pascal[:1].lower() + pascal[1:], "_".join(lower).upper(), name + "_"]
    return [other for other in dict.fromkeys(found) if other != name and other]


def nasty() -> Document:
    """Names that collide from the beginning, and places in which they do."""
    names = ["User_tier", "UserTier", "a-b", "a_b", "+1", "-1", "class", "list", "ListInput", "List"]
    schemas: Document = {
        name: {"type": "object", "properties": {f"only{number}": STRING, "made": {"type": "object", "properties": {"x": STRING}}}}
        for number, name in enumerate(names)
    }
    schemas["user_tier"] = {"type": "object", "properties": {"firstName": STRING, "class": STRING, "+1": STRING}}
    content = {"application/json": {"schema": {"type": "object", "properties": {n: {"$ref": f"#/components/schemas/{n}"} for n in schemas}}}}
    answer = {"200": {"description": "Fine", "content": content}}
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/user_tier"}}}}
    parameters = [{"name": "trace", "in": "query", "schema": STRING}, {"name": "X-Id", "in": "header", "schema": STRING}]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Nasty", "version": "1"},
        "components": {"schemas": schemas},
        "paths": {
            "/tiers": {
                "get": {"operationId": "listTiers", "tags": ["tiers"], "parameters": parameters, "responses": answer},
                "post": {"operationId": "create_tier", "tags": ["tiers"], "parameters": parameters, "requestBody": body, "responses": answer},
            },
            "/tiers/{tier-id}": {
                "get": {"tags": ["tiers"], "parameters": [{"name": "tier-id", "in": "path", "required": True, "schema": STRING}], "responses": answer}
            },
            "/users": {"get": {"operationId": "list", "tags": ["Users Of Ours"], "responses": answer}},
        },
    }


PLACES = ("first", "middle", "last", "sorted")


def grow(document: Document, taken: list[str], place: str) -> Document:
    """The document with more in it, put before what is there, into its middle, behind it, or by the alphabet."""
    grown = copy.deepcopy(document)

    def put(into: dict[str, Any], new: dict[str, Any]) -> None:
        new = {key: value for key, value in new.items() if key not in into}
        old = dict(into)
        half = len(old) // 2
        into.clear()
        into.update(
            {
                "first": {**new, **old},
                "middle": {**dict([*old.items()][:half]), **new, **old},
                "last": {**old, **new},
                "sorted": dict(sorted({**old, **new}.items())),
            }[place]
        )

    def insert(old: list[Any], new: list[Any], key: Callable[[Any], Any]) -> list[Any]:
        half = len(old) // 2
        ways = {"first": [*new, *old], "middle": [*old[:half], *new, *old[half:]], "last": [*old, *new]}
        return ways.get(place) or sorted([*old, *new], key=key)

    schemas = grown.setdefault("components", {}).setdefault("schemas", {})
    old_schemas = list(schemas)
    # A member of a body that is called like a parameter.
    called = sorted(set(re.findall(r'"name": "([^"]+)", "in": "(?:query|header)"', json.dumps(grown["paths"]))))[:8]
    for schema in list(schemas.values()):
        if not isinstance(schema, dict):
            continue
        values = schema.get("enum")
        if isinstance(values, list) and values and all(isinstance(value, str) for value in values):
            new = [other for value in values for other in spellings(value)[:3] if other not in values]
            schema["enum"] = insert(values, list(dict.fromkeys(new)), str)
        properties = schema.get("properties")
        if isinstance(properties, dict):
            put(properties, {other: STRING for name in [*properties, *called] for other in [*spellings(name)[:2], name]})
            # What belongs to a part of a name, as `page` of `book` where there is a `book_page`. Not many: help has room for so many flags.
            split = [words for name in properties if len(words := re.split(r"[_-]|(?=[A-Z])", name, maxsplit=1)) == 2 and all(words)]
            put(
                properties,
                {
                    book: {"type": "object", "properties": {page: {"type": "object", "properties": {"grown": STRING}}}}
                    for book, page in split[:2]
                },
            )
    wanted = [other for name in old_schemas for other in spellings(name)] + [f"{name}Input" for name in old_schemas] + taken
    new = {name: {"type": "object", "properties": {f"grown{n}": STRING}} for n, name in enumerate(dict.fromkeys(wanted))}
    new = {name: schema for name, schema in new.items() if name not in schemas and re.fullmatch(r"[A-Za-z0-9._-]+", name)}
    put(schemas, new)

    operations = [
        (method, path, item[method])
        for path, item in grown.get("paths", {}).items()
        for method in METHODS
        if isinstance(item, dict) and isinstance(item.get(method), dict)
    ]
    ids = {operation.get("operationId") for _, _, operation in operations}
    paths: dict[str, Any] = {}
    references = {name: {"$ref": f"#/components/schemas/{name}"} for name in list(new)[:400]}
    answer = {"200": {"description": "Fine", "content": {"application/json": {"schema": {"type": "object", "properties": references}}}}}
    for number, (method, path, operation) in enumerate(operations):
        given = operation.get("operationId")
        tags = operation.get("tags") or []
        # The id in other spellings, and the words that are left of it inside its resource.
        for other in [*spellings(given)[:3], re.split(r"[^A-Za-z0-9]|(?=[A-Z])", given)[0]] if given else []:
            if other and other not in ids:
                ids.add(other)
                paths[f"/grown/{number}/{len(paths)}"] = {"get": {"operationId": other, "tags": tags, "responses": answer}}
        for tag in tags[:1]:
            for other in spellings(tag)[:2]:
                paths[f"/grown/{number}/{len(paths)}"] = {"get": {"tags": [other], "responses": answer}}
        parameters = operation.get("parameters", [])
        named = [parameter for parameter in parameters if "name" in parameter]
        more: list[Document] = []
        for parameter in named:
            for other_place in sorted({"query", "header", "cookie"} - {parameter["in"]}):
                more.append({"name": parameter["name"], "in": other_place, "schema": STRING})
            more += [{"name": other, "in": "query", "schema": STRING} for other in spellings(parameter["name"])[:2]]
        seen = {(parameter["name"], parameter["in"]) for parameter in named}
        more = [p for p in more if (p["name"], p["in"]) not in seen and not seen.add((p["name"], p["in"]))]
        operation["parameters"] = insert(parameters, more, lambda parameter: json.dumps(parameter))
    put(grown.setdefault("paths", {}), paths)
    return grown


def documents() -> dict[str, Callable[[], Document]]:
    """Those that are grown: our four, each as one file, and one that has collisions already."""
    found: dict[str, Callable[[], Document]] = {"nasty": nasty}
    for name, path in OURS.items():
        found[name] = lambda path=path: bundled(path)
    return found


def bundled(path: str | Path) -> Document:
    """The document as one file."""
    done = portolan("bundle", path, "--format", "json", "--quiet")
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["nasty", "bookshop"])
def test_what_is_added_renames_nothing(name: str) -> None:
    assert renamed(name, documents()[name](), ("first", "sorted")) == []


def test_a_schema_of_no_name_that_is_there_renames_nothing_without_a_file() -> None:
    """What collides with nothing needs no file, and what is regular keeps its name from all that is not."""
    document = bundled(OURS["bookshop"])
    folder = WORK / "stable" / "without"
    shutil.rmtree(folder, ignore_errors=True)
    before = generate(document, folder / "before")
    for place in ("first", "last"):
        grown = copy.deepcopy(document)
        new = {name: {"type": "object", "properties": {"book": STRING}} for name in ("Aardvark", "book", "Zebra_page", "new-order")}
        old = grown["components"]["schemas"]
        grown["components"]["schemas"] = {**new, **old} if place == "first" else {**old, **new}
        grown["components"]["schemas"]["Book"].setdefault("properties", {}).update({"Shelf": STRING, "shelf-mark": STRING})
        answer = {"200": {"description": "Fine", "content": {"application/json": {"schema": {"oneOf": [{"$ref": f"#/components/schemas/{n}"} for n in new]}}}}}
        grown["paths"]["/aardvarks"] = {"get": {"operationId": "Aardvarks", "tags": ["books"], "responses": answer}}
        assert before - generate(grown, folder / place) == set()


def renamed(name: str, document: Document, places: tuple[str, ...] = PLACES) -> list[tuple[str, ...]]:
    """The names of a document's packages that are gone when it has grown."""
    folder = WORK / "stable" / name
    shutil.rmtree(folder, ignore_errors=True)
    before = generate(document, folder / "before")
    names = folder / "before" / "portolan.names.toml"
    taken = sorted({part for found in before for part in found if re.fullmatch(r"[A-Z][A-Za-z0-9]+", part)})[:600]
    lost: set[tuple[str, ...]] = set()
    for place in places:
        grown = generate(grow(document, taken, place), folder / place, "--names", copied(names, folder / f"{place}.toml"))
        lost |= {(place, *gone) for gone in before - grown}
    return sorted(lost)


def copied(path: Path, to: Path) -> Path:
    """The same file again: whoever is asked to keep to it writes into it."""
    shutil.copyfile(path, to)
    return to


def generate(document: Document, out: Path, *options: str | Path) -> public_names.Names:
    out.mkdir(parents=True, exist_ok=True)
    path = out / "document.json"
    path.write_text(json.dumps(document))
    portolan("generate", path, "--out", out, "--package", "tried", "--quiet", "--force", *options)
    return public_names.all_of(out)


def test_a_kept_name_is_a_name(tmp_path: Path) -> None:
    """Whoever writes into the names file cannot write code."""
    document = nasty()
    generate(document, tmp_path)
    names = tmp_path / "portolan.names.toml"
    changed, count = re.subn(r'= ".*"$', '= "x(); import os"', names.read_text(), flags=re.M)
    names.write_text(changed)
    assert count > 10
    assert not any("import os" in part for name in generate(document, tmp_path) for part in name)


def test_a_line_of_the_names_file_renames(tmp_path: Path) -> None:
    generate(nasty(), tmp_path)
    names = tmp_path / "portolan.names.toml"
    line = 'user_tier.firstName = "given_name"'
    names.write_text(names.read_text().replace("[document.python.fields]", f"[document.python.fields]\n{line}"))
    found = generate(nasty(), tmp_path)
    assert any(name[0] == "python" and name[-2:] == ("given_name", "firstName") for name in found)
    assert line in names.read_text()


def test_threads_and_folders_leave_no_trace(tmp_path: Path) -> None:
    made = []
    for threads in ("1", "2"):
        out = tmp_path / f"with-{threads}"
        environment = {**BARE, "RAYON_NUM_THREADS": threads}
        done = run([binary(), "generate", OURS["bookshop"], "--out", out, "--quiet"], cwd=ROOT, env=environment)
        assert done.returncode == 0, done.stderr
        made.append({path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()})
    assert made[0] == made[1]


CORPUS = ("asana.yaml", "box.json", "docker-engine-2.0.yaml", "discord.json", "figma.yaml", "museum.yaml", "oxide-nexus.json", "param-collision.json", "spotify.yaml", "train-travel")


def corpus() -> dict[str, Callable[[], Document]]:
    """Ten documents of the corpus, where there is one."""
    found: dict[str, Callable[[], Document]] = {}
    for name in CORPUS:
        folder = ROOT / "target" / "corpus" / name
        path = folder / "openapi.yaml" if folder.is_dir() else folder
        if path.is_file():
            found[name] = lambda path=path: bundled(path)
        else:
            print(f"{name} is not there", flush=True)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("documents", nargs="*", type=Path)
    files = arguments.parse_args().documents
    asked = {path.stem: lambda path=path: bundled(path) for path in files} or {**documents(), **corpus()}
    lost = {name: renamed(name, document()) for name, document in asked.items()}
    for name, names in lost.items():
        print(name, "keeps its names" if not names else f"loses {len(names)}, such as {names[:3]}", flush=True)
    raise SystemExit(any(lost.values()))


if __name__ == "__main__":
    main()
