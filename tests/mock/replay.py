"""What the SDKs send to the mock is sent to Prism, another mock, started on the same document: it takes all of it.

    npm ci --prefix tests/mock/prism                  once: Prism is 90 MB, so CI does without
    tests/.venv/bin/python tests/mock/replay.py [API...]

Every sample of every operation runs in each language against our mock, which writes down what arrives (`--record`).
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sdk"))
from batches import LANGUAGES, make, run_language
from workshop import OURS, ROOT, WORK, mock, server_path

PRISM = HERE / "prism" / "node_modules" / ".bin" / "prism"
# What a connection says for itself, and what Prism would answer to.
OWN = {"host", "content-length", "connection", "accept-encoding", "prefer", "transfer-encoding", "expect"}


# What Prism (5.14.2) says of requests that are right, by operation, and why it is Prism that is wrong: the lines are those of
# its package `@stoplight/prism-http`, in `dist/validator/validators/body.js`.
WRONG = {
    (
        "uploadFile",
        "Request body property metadata must be object",
    ): "each part becomes text (`pair['data'].toString()`), whatever its `Content-Type`, so that no part is an object",
    (
        "writeReadings",
        "Request body must be object",
    ): "only JSON is parsed by its media type: lines of JSON are compared as one text with the schema of a line",
    (
        "getTile",
        "Cannot find serializer for image/png",
    ): "the request has passed, and Prism has no picture to answer with",
}


def recorded(api: str, language: str) -> list[dict]:
    """What the samples of an API send in a language."""
    folder, record = WORK / f"{api}-replay-{language}", WORK / f"{api}-{language}.jsonl"
    shutil.rmtree(folder, ignore_errors=True)
    with mock(OURS[api], "--record", record) as address:
        samples = make([OURS[api]], folder, address + server_path(OURS[api]), [language], api)
        failed = run_language(language, folder, samples)
    assert not failed, failed
    return [json.loads(line) for line in record.read_text().splitlines()]


@contextmanager
def prism(document: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PRISM), "mock", "--host", "127.0.0.1", "--port", str(port), "--errors", str(ROOT / document)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in process.stdout or []:
            if "is listening" in line:
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def refusal(address: str, base: str, sent: dict) -> str | None:
    """What Prism holds against a request; nothing when it takes it."""
    headers = {name: value for name, value in sent["headers"].items() if name not in OWN}
    for name, value in headers.items():
        secret = "dTpw" if value.startswith("Basic ") else "secret"
        headers[name] = value.replace("[redacted]", secret)
    body = sent["body"] or {}
    data = base64.b64decode(body["base64"]) if "base64" in body else body.get("text", "").encode()
    url = address + sent["path"].removeprefix(base)
    if sent["query"]:
        url += "?" + sent["query"].replace("[redacted]", "secret")
    answer = requests.request(sent["method"], url, headers=headers, data=data or None, allow_redirects=False, timeout=30)
    if answer.status_code < 400:
        return None
    # It answers with the document's examples, and holds those against their schemas too: that is no matter of the request.
    found = json.loads(answer.headers.get("sl-violations", "[]"))
    said = [entry["message"] for entry in found if entry["location"][0] == "request"]
    if not found:
        said = [answer.json().get("title", "") if "json" in answer.headers.get("content-type", "") else answer.text[:600]]
    said = [entry for entry in said if (sent["operation"], entry) not in WRONG]
    return f"{sent['operation']}: {answer.status_code} {'; '.join(said)}" if said else None


def replay(api: str, language: str) -> tuple[list[dict], list[str]]:
    """What was sent, and what Prism refuses of it."""
    sent = [entry for entry in recorded(api, language) if entry["operation"]]
    with prism(OURS[api]) as address:
        base = server_path(OURS[api])
        return sent, [said for entry in sent if (said := refusal(address, base, entry))]


def main() -> int:
    if not PRISM.exists():
        print(f"{PRISM} is missing; install it: npm ci --prefix tests/mock/prism")
        return 2
    fine = True
    for api in sys.argv[1:] or OURS:
        for language in LANGUAGES:
            sent, refused = replay(api, language)
            operations = {entry["operation"] for entry in sent}
            print(f"{api}, {language}: {len(sent)} requests of {len(operations)} operations, {len(refused)} refused", flush=True)
            print("".join(f"  {said}\n" for said in refused), end="", flush=True)
            fine = fine and not refused
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
