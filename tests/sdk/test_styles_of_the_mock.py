"""Each row of the table of styles, sent by each SDK to the mock: it reads the same value, and refuses a wrong one by name."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from styles import ROWS, TABLE, document, name
from workshop import BARE, WORK, mock, portolan, python, run

PYTHON = """
import json, sys
import styles
client = styles.Styles(base_url=sys.argv[1])
for method, positional, keyword, value, _ in json.load(sys.stdin):
    arguments = ([value], {}) if positional else ([], {keyword: value})
    try:
        getattr(client.rows, method)(*arguments[0], **arguments[1])
    except styles.APIStatusError:
        pass
"""
JAVASCRIPT = """
const { Styles, StatusError } = await import(process.argv[2]);
const client = new Styles({ baseUrl: process.argv[3] });
let text = "";
for await (const chunk of process.stdin) text += chunk;
for (const [method, positional, , value, name] of JSON.parse(text)) {
  try {
    await client.rows[method](positional ? value : { [name]: value });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}
"""


def schema(value: Any) -> dict:
    """A type of which `value` is one, and what `wrong` makes of it is none."""
    match value:
        case None:
            return {"type": ["string", "null"]}
        case bool():
            return {"enum": [value]}
        case int():
            return {"type": "integer", "minimum": value}
        case str():
            return {"type": "string", "maxLength": len(value)}
        case list():
            items = next((schema(item) for item in value if item is not None), {"type": "string"})
            # The longest text is the measure of all.
            if items.get("type") == "string":
                items["maxLength"] = max((len(item) for item in value if item), default=0)
            if None in value and "type" in items:
                items["type"] = [items["type"], "null"]
            return {"type": "array", "items": items, "maxItems": len(value)}
    return {"type": "object", "properties": {key: schema(member) for key, member in value.items()}}


def wrong(value: Any) -> Any:
    """The value with one thing wrong; nothing where no such thing can be sent."""
    match value:
        case bool():
            return not value
        case int():
            return value - 1
        case str():
            return value + 10 * "x"
        case list() if value:
            return value + [value[0]] * len(value)
        case dict() if value:
            first = next((key for key, member in value.items() if member is not None), None)
            return None if first is None else {**value, first: wrong(value[first])}
    return None


def arrives(row: dict) -> Any:
    """What the mock can know of a row: null is not sent, but in JSON, and what is escaped already stays so where it may."""
    if "content" in row:
        return row["value"]
    return unquote(row["value"]) if row.get("allowReserved") else present(row["value"])


def present(value: Any) -> Any:
    match value:
        case list():
            return [present(item) for item in value if item is not None]
        case dict():
            return {key: present(member) for key, member in value.items() if member is not None}
    return value


def calls(rows: list[dict]) -> list[tuple[int, Any]]:
    """Each row with its value, then with a wrong one."""
    broken = [(index, wrong(row["value"])) for index, row in enumerate(rows)]
    return [*((index, row["value"]) for index, row in enumerate(rows)), *(call for call in broken if call[1] is not None)]


def run_python(folder: Path, address: str) -> None:
    environment = BARE | {"PYTHONPATH": str(folder / "python/src")}
    said = run([python(), "-c", PYTHON, address], cwd=folder, env=environment, stdin=arguments())
    assert said.returncode == 0, said.stderr


def run_javascript(folder: Path, address: str) -> None:
    script = folder / "rows.mjs"
    script.write_text(JAVASCRIPT)
    said = run(["node", script, folder / "javascript/index.js", address], cwd=folder, env=BARE, stdin=arguments())
    assert said.returncode == 0, said.stderr


def run_curl(folder: Path, address: str) -> None:
    lines = ["set -u", f". {shlex.quote(str(folder / 'curl/lib/styles.bash'))}"]
    for index, value in calls(TABLE["table"]):
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        # 4 says that the server refused it.
        lines.append(f"styles_rows_row{index:02} --{name(ROWS[index]).lower()}:json {shlex.quote(text)} >/dev/null 2>&1")
        lines.append(f'code=$?; ((code == 0 || code == 4)) || {{ echo "row {index}: exit $code" >&2; exit 1; }}')
    script = folder / "rows.bash"
    script.write_text("\n".join(lines))
    said = run(["bash", script], cwd=folder, env=BARE | {"STYLES_BASE_URL": address})
    assert said.returncode == 0, said.stderr


def arguments() -> str:
    """The calls as those programs read them: method, whether the value is positional, Python's name, value, name."""
    names = {index: (row["in"] == "path", name(row).lower().replace("-", "_")) for index, row in enumerate(ROWS)}
    return json.dumps([(f"row{index:02}", *names[index], value, name(ROWS[index])) for index, value in calls(ROWS)])


@pytest.fixture(scope="module")
def packages() -> tuple[Path, Path]:
    folder = WORK / "styles-of-the-mock"
    folder.mkdir(parents=True, exist_ok=True)
    described = folder / "styles.json"
    described.write_text(json.dumps(document(schema)))
    portolan("generate", described, "--out", folder, "--package", "styles", "--quiet", "--force")
    return described, folder


# A call of the shell is a process: it sends the rows of the standard. What it makes of the others, test_curl_styles.py compares.
SENDERS = {"python": (run_python, ROWS), "javascript": (run_javascript, ROWS), "curl": (run_curl, TABLE["table"])}


@pytest.mark.parametrize("language", SENDERS)
def test_every_row_is_read_as_it_was_meant_and_refused_when_it_is_wrong(language: str, packages: tuple[Path, Path]) -> None:
    described, folder = packages
    record = folder / f"{language}.jsonl"
    record.unlink(missing_ok=True)
    send, rows = SENDERS[language]
    with mock(described, "--record", record) as address:
        send(folder, address)
    seen = [json.loads(line) for line in record.read_text().splitlines()]
    assert [entry["operation"] for entry in seen] == [f"row{index:02}" for index, _ in calls(rows)]
    for entry, (index, value) in zip(seen, calls(rows), strict=True):
        row = rows[index]
        place = "query" if row["in"] == "querystring" else row["in"]
        if value is row["value"]:
            expected = {place: {name(row): arrives(row)}} if row["sent"] else {}
            assert (entry["status"], entry["parameters"]) == (204, expected), row
        else:
            refused = [(error["in"], error["name"]) for error in entry["errors"]]
            assert refused == [(place, name(row))], (row, value, entry)
