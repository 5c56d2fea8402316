"""What the readmes of packages show for taking an event (the portal shows the same) believes what is signed, and nothing else.

One event of `payments`, once signed by its secret and once with another body, goes into each language's function.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import time
from pathlib import Path

import pytest
from workshop import BARE, package, python, run

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes.....").decode()
BODY = json.dumps(
    {
        "id": "evt_03",
        "type": "refund.created",
        "created_at": "2026-11-19T08:00:01Z",
        "data": {
            "id": "re_1",
            "payment": "pay_3Lm9",
            "amount": {"value": "12.50", "currency": "EUR"},
            "created_at": "2026-11-19T08:00:00Z",
        },
    }
)
PYTHON = """
import json, sys
exec(open("receive.py").read())
body, headers = json.load(sys.stdin)
print("\\n", receive(body.encode(), headers), receive(body.encode() + b" ", headers))
"""
JAVASCRIPT = """
import { text } from "node:stream/consumers";
import { receive } from "./receive.mjs";
const [body, headers] = JSON.parse(await text(process.stdin));
const send = (body) => receive(new Request("https://mine.example", { method: "POST", body, headers }));
console.log("\\n", (await send(body)).status, (await send(`${body} `)).status);
"""


@pytest.fixture(scope="module")
def folder() -> Path:
    return package("payments")


def shown(folder: Path, target: str) -> str:
    """The code below "Webhooks" in the readme of a package."""
    readme = (folder / target / "README.md").read_text()
    found = re.search(r"^## Webhooks$.*?^```\w+\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert found, "the readme says how to take an event"
    return found.group(1)


def signed() -> dict[str, str]:
    stamp = str(int(time.time()))
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    digest = hmac.new(key, f"evt_03.{stamp}.{BODY}".encode(), hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": "evt_03", "webhook-timestamp": stamp, "webhook-signature": signature}


def variables(folder: Path) -> dict[str, str]:
    path = os.pathsep.join([str(folder / "curl" / "bin"), BARE["PATH"]])
    return BARE | {
        "PATH": path,
        "PAYMENTS_WEBHOOK_SECRET": SECRET,
        "PYTHONPATH": str(folder / "python" / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.mark.parametrize("target", ["python", "javascript"])
def test_the_function_shown_believes_what_is_signed(folder: Path, tmp_path: Path, target: str) -> None:
    ending = {"python": "py", "javascript": "mjs"}[target]
    (tmp_path / f"receive.{ending}").write_text(shown(folder, target))
    (tmp_path / f"call.{ending}").write_text({"python": PYTHON, "javascript": JAVASCRIPT}[target])
    modules = tmp_path / "node_modules"
    modules.mkdir()
    (modules / "payments").symlink_to(folder / "javascript")
    interpreter = {"python": python(), "javascript": "node"}[target]
    said = json.dumps([BODY, signed()])
    done = run([interpreter, f"call.{ending}"], cwd=tmp_path, env=variables(folder), stdin=said)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["204", "400"]
    assert "evt_03" in done.stdout


def test_the_command_shown_believes_what_is_signed(folder: Path, tmp_path: Path) -> None:
    lines = shown(folder, "curl").splitlines(keepends=True)
    assert lines[0] == "export PAYMENTS_WEBHOOK_SECRET=whsec_...\n"
    (tmp_path / "receive.sh").write_text("".join(lines[1:]))
    names = {name.upper().replace("-", "_"): value for name, value in signed().items()}
    for body, code in [(BODY, 0), (BODY + " ", 4)]:
        (tmp_path / "event.json").write_text(body)
        done = run(["bash", "receive.sh"], cwd=tmp_path, env=variables(folder) | names)
        assert done.returncode == code, done.stderr
        assert done.stdout == (BODY if code == 0 else "")
