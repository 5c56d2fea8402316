"""Names that a language, its builtins or our runtime keep, and names that fold together: everything wears them, and every
name reaches the wire as the document spells it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Callable

import awkward_names as awkward
import judges
import pytest
from workshop import BARE, WORK, portolan, python, run

# Sends everything once by each client. The value of an argument is its own name, so the server learns who sent what.
PYTHON = """
import asyncio, functools, inspect, json, sys
import tried

address, members = sys.argv[1], json.load(sys.stdin)
answers = []


def filled(method):
    given, positional = {}, []
    for name, parameter in inspect.signature(method).parameters.items():
        if name == "options":
            continue
        if "Input" in str(parameter.annotation):
            given[name] = {"value": name} if "Chosen" not in str(parameter.annotation) else members
        elif parameter.kind is parameter.POSITIONAL_ONLY or parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            positional.append(name)
        else:
            given[name] = members if "Chosen" in str(parameter.annotation) else name
    return functools.partial(method, *positional, **given)


def resources(client):
    names = [name for name, value in vars(type(client)).items() if isinstance(value, functools.cached_property)]
    return [getattr(client, name) for name in names]


def calls(client):
    for resource in resources(client):
        if type(resource).__module__.split(".")[-1].startswith("_"):
            continue
        for name, method in vars(type(resource)).items():
            if not name.startswith("_") and inspect.isfunction(method) and name != "send_every":
                yield getattr(resource, name)


def read(answer):
    fields = type(answer).model_fields
    wires = {name: field.alias or name for name, field in fields.items()}
    return {wires[name]: value.to_dict() if hasattr(value, "to_dict") else value for name, value in answer if name in fields}


client = tried.Tried(base_url=address)
for call in calls(client):
    call()
answers.append(read(filled(client.every_name.send_every)()))


async def main():
    async with tried.AsyncTried(base_url=address) as client:
        for call in calls(client):
            await call()
        answers.append(read(await filled(client.every_name.send_every)()))


asyncio.run(main())
print(json.dumps(answers))
"""

JAVASCRIPT = """
import { readFileSync } from "node:fs";
const [folder, address, client] = process.argv.slice(2);
const { keys, path, body } = JSON.parse(readFileSync(0, "utf8"));
const module = await import(folder + "/index.js");
const sdk = new module[client]({ baseUrl: address });
for (const [name, resource] of Object.entries(sdk)) {
  for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(resource))) {
    if (method !== "constructor" && name !== "everyName") await resource[method]();
  }
}
const params = Object.fromEntries([...keys.map((key) => [key, key]), ...body]);
const answer = await sdk.everyName.sendEvery(...path, params);
const everything = Object.entries(answer).map(([name, value]) => [name, value.value?.toString() ?? value]);
process.stdout.write(JSON.stringify([everything]));
if (({}).value !== undefined || ({}).polluted !== undefined) throw new Error("a prototype was changed");
"""


def made(folder: Path, names: list[str], value: awkward.Document, *options: str) -> Path:
    # Names that an earlier run has kept are no part of this one.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / "openapi.json"
    path.write_text(json.dumps(awkward.document(names, value)))
    portolan("generate", path, "--out", folder, "--package", "tried", "--quiet", "--force", *options)
    return folder


@pytest.fixture(scope="module")
def package() -> Path:
    return made(WORK / "awkward-names", awkward.python_names(), awkward.STRING, "--target", "python") / "python"


@pytest.mark.parametrize(
    "judge", [judges.python_imports, judges.python_types, judges.python_types_again, judges.python_lints]
)
def test_a_python_package_of_awkward_names_can_be_used(package: Path, judge: Callable[[Path], str]) -> None:
    said = judge(package)
    assert not said, said


def test_every_name_survives_a_round_trip_from_python(package: Path) -> None:
    names = awkward.python_names()
    with awkward.recorder() as (address, requests):
        done = run([python(), "-c", PYTHON, address], cwd=package / "src", env=BARE, stdin=json.dumps(names))
    assert done.returncode == 0, done.stderr[-4000:]
    answers = json.loads(done.stdout)
    half = len(requests) // 2
    for sent, answer in zip((requests[:half], requests[half:]), answers, strict=True):
        check(names, sent, answer)


# Each form of integers imports something else, and a client may be called like something of the runtime.
@pytest.mark.parametrize(("form", "client"), [("bigint", "PageClient"), ("string", "Tried")])
def test_every_name_survives_a_round_trip_from_javascript(form: str, client: str) -> None:
    names = awkward.javascript_names()
    integer = {"type": "integer", "format": "int64"}
    options = ["--target", "javascript", "--int64", form, "--class", client.removesuffix("Client")]
    folder = made(WORK / f"awkward-names-{form}", names, integer, *options) / "javascript"
    said = judges.javascript(folder)
    assert not said, said
    program = folder.parent / "program.mjs"
    program.write_text(JAVASCRIPT)
    declared = (folder / "resources/every-name.d.ts").read_text()
    interface = re.search(r"interface SendEveryParams .*?\{\n(.*?)^\}", declared, re.S | re.M)
    assert interface
    keys = [json.loads(key) if key[0] == '"' else key for key in re.findall(r'^  ("(?:[^"\\]|\\.)*"|[\w$]+)\?: string', interface[1], re.M)]
    body = [[name, {"value": str(number) if form == "string" else number}] for number, name in enumerate(names)]
    given = {"keys": keys, "path": [f"path {name}" for name in awkward.in_order(names)], "body": [*body, ["every chosen", names]]}
    with awkward.recorder() as (address, requests):
        done = run(["node", program, folder, address, client], cwd=folder, env=BARE, stdin=json.dumps(given))
    assert done.returncode == 0, done.stderr[-4000:]
    [answer] = json.loads(done.stdout)
    answer = {name: value if name == "every chosen" else {"value": int(value)} for name, value in answer}
    check(names, requests, answer)


def check(names: list[str], requests: list[dict[str, Any]], answer: dict[str, Any]) -> None:
    """What one client has sent, and what it made of the last answer."""
    *single, every = requests
    assert sorted(int(request["path"][0]) for request in single) == list(range(len(names)))
    values: list[str] = list(every["path"])
    assert len(values) == len(awkward.in_order(names))
    for place in ("query", "header", "cookie"):
        wanted = awkward.expected(names, place)
        sent = {name: value for name, value in every[place].items() if name in wanted}
        assert sorted(sent) == wanted, place
        extra = set(every[place]) - set(wanted)
        assert place == "header" or not extra
        wrong = {name: value for name, value in sent.items() if not speaks_of(value, name, place)}
        assert not wrong
        values += sent.values()
    wrong = {name: value for name, value in zip(awkward.in_order(names), every["path"]) if not speaks_of(value, name, "path")}
    assert not wrong
    # No two have one argument.
    assert len(set(values)) == len(values)
    body = every["body"]
    assert sorted(body) == sorted([*names, "every chosen"])
    assert body["every chosen"] == names
    assert len({str(member) for member in body.values()}) == len(body)
    assert answer == body


def speaks_of(argument: str, name: str, place: str) -> bool:
    """Whether an argument says the name: led by its place perhaps, its signs in words, and followed by something that tells it apart."""
    said, meant = (re.sub(r"[^a-z0-9]", "", text.lower()) for text in (argument, name))
    if not name.isascii():
        meant = ""
    signs = re.findall(r"[a-z0-9]+", name.lower()) if name.isascii() else []
    in_words = re.search(r"[a-z]{0,12}".join(signs), said) is not None
    room = len(place + meant + "value") + 9 + 12 * max(0, len(signs) - 1)
    return (meant[:40] in said or in_words) and len(said) <= room
