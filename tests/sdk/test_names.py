"""Names that Python, its builtins or our runtime keep, and names that fold together: everything wears them, and every name
reaches the wire as the document spells it."""

from __future__ import annotations

import builtins
import json
import keyword
from pathlib import Path

import judges
import pytest
from workshop import BARE, WORK, portolan, python, run

PAIRS = ["+1", "-1", "User_tier", "UserTier", "a-b", "a_b", "ADD", "add"]
RUNTIME = ["self", "client", "body", "options", "NotGiven", "types", "errors", "request", "model_config", "copy", "json"]
DUNDERS = ["__init__", "__class__", "__dict__", "__getattr__", "__all__", "__slots__", "_private", "__mangled"]
AWKWARD = sorted({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *PAIRS, *RUNTIME, *DUNDERS})
STRING = {"type": "string"}


def document() -> dict[str, object]:
    """Every name is a schema, a property, an enum member, a tag, an operation and a parameter."""
    schemas: dict[str, object] = {name: {"type": "object", "properties": {"value": STRING}} for name in AWKWARD}
    references = {name: {"$ref": f"#/components/schemas/{name}"} for name in AWKWARD}
    schemas |= {
        "Every": {"type": "object", "required": AWKWARD, "properties": references},
        "Chosen": {"type": "string", "enum": AWKWARD},
    }
    parameters = [{"name": name, "in": "query", "schema": STRING} for name in AWKWARD]
    chosen = {"name": "chosen", "in": "header", "schema": {"$ref": "#/components/schemas/Chosen"}}
    answer = content("#/components/schemas/Every")
    responses = {"200": {"description": "Fine", **answer}}
    operations = {
        f"/p{number}": {"post": {"operationId": name, "tags": [name], "responses": responses}}
        for number, name in enumerate(AWKWARD)
    }
    every = {"operationId": "sendEvery", "tags": ["every"], "parameters": [*parameters, chosen]}
    every |= {"requestBody": {"required": True, **answer}, "responses": responses}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://names.example"}],
        "components": {"schemas": schemas},
        "paths": {**operations, "/every": {"post": every}},
    }


def content(reference: str) -> dict[str, object]:
    return {"content": {"application/json": {"schema": {"$ref": reference}}}}


# Sends every name as a parameter and in the body; prints what went over the wire, and what came back: the body again.
PROGRAM = """
import inspect, io, json, urllib.parse
import requests, tried, urllib3

sent = []


class Echo(requests.adapters.BaseAdapter):
    def send(self, request, **options):
        body = request.body if isinstance(request.body, bytes) else b"".join(request.body)
        sent.append((request.url, body))
        answer = requests.Response()
        answer.status_code, answer.headers["content-type"] = 200, "application/json"
        answer.raw = urllib3.HTTPResponse(io.BytesIO(body), preload_content=False)
        answer.request, answer.url = request, request.url
        return answer

    def close(self):
        pass


session = requests.Session()
session.mount("https://", Echo())
client = tried.Tried(http_client=session)
parameters = [value for name, value in inspect.signature(client.every.send).parameters.items() if name != "options"]
# What the body holds are objects, what travels elsewhere is text.
members = {value.name for value in parameters if "Input" in str(value.annotation)}
answer = client.every.send(**{value.name: {"value": value.name} if value.name in members else "x" for value in parameters})
[(url, raw)] = sent
query = [name for name, _ in urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query)]
typed = {type(value).__name__ for value in dict(answer).values()}
print(json.dumps({"query": query, "body": json.loads(raw), "answer": answer.to_dict(), "untyped": "dict" in typed}))
"""


@pytest.fixture(scope="module")
def package() -> Path:
    folder = WORK / "awkward-names"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "openapi.json"
    path.write_text(json.dumps(document()))
    portolan("generate", path, "--target", "python", "--out", folder, "--package", "tried", "--quiet", "--force")
    return folder / "python"


@pytest.mark.parametrize(
    "judge", [judges.python_imports, judges.python_types, judges.python_types_again, judges.python_lints]
)
def test_a_package_of_awkward_names_can_be_used(package: Path, judge: object) -> None:
    said = judge(package)
    assert not said, said


def test_every_name_survives_a_round_trip(package: Path) -> None:
    done = run([python(), "-c", PROGRAM], cwd=package / "src", env=BARE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert sorted(found["query"]) == AWKWARD
    assert sorted(found["body"]) == AWKWARD
    # No two names have one argument.
    assert len({member["value"] for member in found["body"].values()}) == len(AWKWARD)
    assert found["answer"] == found["body"]
    assert not found["untyped"]
