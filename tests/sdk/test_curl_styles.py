"""Each row of the table of styles that the SDKs of all languages share, as an emitted shell client gives it to curl."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from styles import ROWS, TABLE, document, name
from workshop import BARE, WORK, portolan, run

# Writes down the headers that are its arguments, then the config that it reads.
FAKE_CURL = """#!/usr/bin/env bash
while (($#)); do
  case $1 in
    --header) printf '%s\\n' "$2" ;;
    --config) cat "$2" ;;
    --dump-header) printf 'HTTP/1.1 204 Done\\r\\n\\r\\n' >"$2" ;;
  esac
  shift
done >>"$RECORD"
printf '=\\n' >>"$RECORD"
printf '0.001\\n\\n'
"""


def sent(row: dict, index: int, record: str) -> str | None:
    """What curl was given of a row, as the table writes it."""
    lines = record.splitlines()
    if row["in"] == "header":
        return next((line.removeprefix("X-Color: ") for line in lines if line.startswith("X-Color")), None)
    # Strings of curl's config.
    options = dict(line.split(" = ", 1) for line in lines if " = " in line)
    options = {name: value[1:-1].replace('\\"', '"').replace("\\\\", "\\") for name, value in options.items()}
    if row["in"] == "cookie":
        return options.get("header", "").removeprefix("Cookie: ") or None
    return options["url"].removeprefix("https://styles.invalid").removeprefix(f"/row{index:02}")[1:]


def test_every_row_of_the_table_of_styles_is_sent_byte_for_byte(tmp_path: Path) -> None:
    assert len(TABLE["table"]) >= 33 and len(ROWS) > len(TABLE["table"])
    given, folder = tmp_path / "styles.json", WORK / "styles"
    given.write_text(json.dumps(document()))
    portolan("generate", given, "--target", "curl", "--out", folder, "--package", "styles", "--quiet", "--force")
    fake, record = tmp_path / "curl", tmp_path / "record"
    fake.write_text(FAKE_CURL)
    fake.chmod(0o755)
    lines = ["set -eu", f". {shlex.quote(str(folder / 'curl/lib/styles.bash'))}"]
    for index, row in enumerate(ROWS):
        value = json.dumps(row["value"], separators=(",", ":"), ensure_ascii=False)
        flag = name(row).lower()
        lines.append(f"styles_rows_row{index:02} --{flag}:json {shlex.quote(value)}")
    script = tmp_path / "rows.bash"
    script.write_text("\n".join(lines))
    done = run(["bash", script], cwd=tmp_path, env=BARE | {"STYLES_CURL": str(fake), "RECORD": str(record)})
    assert done.returncode == 0, done.stderr
    records = split(record.read_text())
    for index, (row, said) in enumerate(zip(ROWS, records, strict=True)):
        assert row | {"sent": sent(row, index, said)} == row


def split(text: str) -> list[str]:
    """The records of all calls: a line with `=` alone ends each."""
    records = [""]
    for line in text.splitlines():
        if line == "=":
            records.append("")
        else:
            records[-1] += line + "\n"
    return records[:-1]
