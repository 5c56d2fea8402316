"""Headers of the parts of a form: what the document fixes is sent, what it asks for can be given, and the mock holds to both."""

from __future__ import annotations

import json
from pathlib import Path

from workshop import BARE, WORK, mock, portolan, python, run

TEXT = {"type": "string"}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Parts", "version": "1.0.0"},
    "servers": [{"url": "https://parts.invalid"}],
    "paths": {
        "/scans": {
            "post": {
                "operationId": "createScan",
                "tags": ["scans"],
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "required": ["page"],
                                "properties": {"page": TEXT | {"format": "binary"}, "about": {"type": "object"}},
                            },
                            "encoding": {
                                "page": {
                                    "contentType": "image/png",
                                    "headers": {
                                        "X-Kind": {"required": True, "schema": {"const": "scan; \"raw\""}},
                                        "X-Number": {"required": True, "schema": {"type": "integer", "minimum": 1}},
                                        # What a part is, its media type says.
                                        "Content-Type": {"required": True, "schema": {"const": "text/html"}},
                                    },
                                },
                                "about": {"headers": {"X-Kind": {"required": True, "schema": {"const": "about"}}}},
                            },
                        }
                    },
                },
                "responses": {"204": {"description": "Done."}},
            }
        }
    },
}
PYTHON = """
import sys
import parts
from parts import File
client = parts.Parts(base_url=sys.argv[1])
for number in ("7", "0", None):
    headers = {"X-Number": number} if number else None
    try:
        client.scans.create(page=File(b"P", "p.png", headers=headers), about={"a": 1})
    except parts.APIStatusError:
        pass
"""
JAVASCRIPT = """
const { Parts, StatusError } = await import(process.argv[2]);
const client = new Parts({ baseUrl: process.argv[3] });
for (const number of ["7", "0", undefined]) {
  const headers = number === undefined ? undefined : { "X-Number": number };
  const page = { content: new Blob(["P"]), name: "p.png", headers };
  await client.scans.create({ page, about: { a: 1 } }).catch((error) => {
    if (!(error instanceof StatusError)) throw error;
  });
}
"""
CURL = """
. "$1/curl/lib/parts.bash"
printf P >p.png
for number in 7 0; do
  parts_scans_create --page p.png --about.a:json 1 --part-header "page=X-Number: $number"
done
parts_scans_create --page p.png --about.a:json 1 || :
"""


def test_headers_of_parts_are_sent_and_checked(tmp_path: Path) -> None:
    described, folder = tmp_path / "parts.json", WORK / "parts"
    described.write_text(json.dumps(DOCUMENT))
    portolan("generate", described, "--out", folder, "--package", "parts", "--quiet", "--force")
    record, script = tmp_path / "record", tmp_path / "parts.mjs"
    script.write_text(JAVASCRIPT)
    with mock(described, "--record", record) as address:
        environment = {"PYTHONPATH": str(folder / "python/src"), "PARTS_BASE_URL": address}
        for command in (
            [python(), "-c", PYTHON, address],
            ["node", script, folder / "javascript/index.js", address],
            ["bash", "-c", CURL, "bash", folder],
        ):
            done = run(command, cwd=tmp_path, env=BARE | environment)
            assert done.returncode == 0 or command[0] == "bash", done.stderr
    seen = [json.loads(line) for line in record.read_text().splitlines()]
    refused = [[(error["name"], error["rule"], error["detail"]) for error in entry["errors"]] for entry in seen]
    beyond = ("/page", "minimum", "its header `X-Number`: 0 is less than the minimum of 1")
    missing = ("/page", "required", "its header `X-Number`: it is missing")
    assert refused == [[], [beyond], [missing]] * 3
    for entry in seen:
        page, about = entry["body"]["text"].split("\r\n--")[:2]
        assert 'X-Kind: scan; "raw"\r\n' in page and "image/png" in page and "text/html" not in page
        assert "X-Kind: about\r\n" in about
