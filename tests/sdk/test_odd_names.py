"""Names that programs trip over, an empty one and `__proto__`, reach the mock and come back from it in each language."""

from __future__ import annotations

import json
from pathlib import Path

from workshop import BARE, mock, portolan, python, run

TEXT = {"type": "string"}
THING = {"type": "object", "properties": {"": TEXT, "__proto__": {"type": "integer"}, "kind": {"enum": ["", "a"]}}}
CONTENT = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}, "example": {"": "e", "__proto__": 7, "kind": ""}}}
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Odd", "version": "1"},
    "servers": [{"url": "https://odd.invalid"}],
    "paths": {
        "/things": {
            "post": {
                "operationId": "createThing",
                "tags": ["things"],
                "parameters": [
                    {"name": "", "in": "query", "schema": TEXT},
                    {"name": "__proto__", "in": "header", "schema": TEXT},
                ],
                "requestBody": {"required": True, "content": CONTENT},
                "responses": {"200": {"description": "It.", "headers": {"__proto__": {"schema": TEXT}}, "content": CONTENT}},
            }
        }
    },
    "components": {"schemas": {"Thing": THING}},
}
PYTHON = """
import sys, odd
client = odd.Odd(base_url=sys.argv[1])
print(client.things.create(query="q", header_proto="h", value_empty="b", proto=5, kind="").model_dump_json(by_alias=True))
"""
JAVASCRIPT = """
const { Odd } = await import(process.argv[2]);
const client = new Odd({ baseUrl: process.argv[3] });
const given = { query: "q", headerProto: "h", "": "b", ["__proto__"]: 5, kind: "" };
console.log(JSON.stringify(await client.things.create(given)));
"""
CURL = ["things", "create", "--query.field-empty", "q", "--header.proto", "h", "--field-empty", "b", "--proto", "5", "--kind", ""]


def test_an_empty_name_and_that_of_the_prototype_are_names_like_others(tmp_path: Path) -> None:
    described, record = tmp_path / "odd.json", tmp_path / "record"
    described.write_text(json.dumps(DOCUMENT))
    portolan("generate", described, "--out", tmp_path, "--package", "odd", "--quiet")
    script = tmp_path / "odd.mjs"
    script.write_text(JAVASCRIPT)
    with mock(described, "--record", record) as address:
        environment = BARE | {"PYTHONPATH": str(tmp_path / "python/src"), "ODD_BASE_URL": address}
        for command in (
            [python(), "-c", PYTHON, address],
            ["node", script, tmp_path / "javascript/index.js", address],
            [tmp_path / "curl/bin/odd", *CURL],
        ):
            done = run(command, cwd=tmp_path, env=environment)
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout) == {"": "e", "__proto__": 7, "kind": ""}
    for line in record.read_text().splitlines():
        sent = json.loads(line)
        # fetch of Node itself (20.20) takes the header `__proto__` of a Headers object and does not send it.
        header = {} if "odd-javascript" in sent["headers"]["user-agent"] else {"header": {"__proto__": "h"}}
        assert (sent["status"], sent["query"]) == (200, "=q")
        assert sent["parameters"] == {"query": {"": "q"}, **header}
        assert sent["body"]["value"] == {"": "b", "__proto__": 5, "kind": ""}
    assert len(record.read_text().splitlines()) == 3
