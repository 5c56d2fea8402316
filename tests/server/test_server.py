"""The integration API of the real server: what comes over a socket, what an independent judge says, what a crash leaves."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Iterator

import pytest
import requests
from server import project, serve, start
from workshop import OURS, ROOT, WORK

JUDGES = ROOT / "tests" / "mock" / "packages"
DOCUMENT = (ROOT / OURS["payments"]).read_bytes()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def address(settings: Path) -> Iterator[str]:
    with serve(settings, "--limit", "0") as address:
        yield address


def test_schemathesis_finds_nothing(address: str) -> None:
    if not JUDGES.exists():
        assert "CI" not in os.environ, f"{JUDGES} is missing; install it: tests/run tools"
        pytest.skip(f"{JUDGES} is missing")
    folder = WORK / "judge" / "server"
    folder.mkdir(parents=True, exist_ok=True)
    configuration = Path(__file__).parent / "schemathesis.toml"
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "--no-color"]
    command += ["--config-file", str(configuration), "run", f"{address}/openapi.json", "--url", address]
    command += ["--max-examples", "1", "--phases", "examples,coverage,fuzzing", "--seed", "1"]
    environment = {**os.environ, "PYTHONPATH": str(JUDGES)}
    done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_document_that_is_too_large_is_refused_in_words(address: str) -> None:
    for body in [b" " * (6 << 20), (b" " * (1 << 20) for _ in range(6))]:
        answer = requests.post(f"{address}/v1/specs", data=body, headers={"Content-Type": "application/octet-stream"})
        assert (answer.status_code, answer.json()["type"]) == (413, "/v1/problems/document-too-large")


def test_hostile_documents_neither_stop_nor_fool_the_server(address: str, settings: Path) -> None:
    (settings.parent / "secret.yaml").write_text("type: string\ndescription: open sesame\n")
    frame = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: %s}}\n"
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)
    )
    documents = [
        frame % "{$ref: secret.yaml}",
        frame % f"{{$ref: '{settings.parent}/secret.yaml'}}",
        frame % "{$ref: 'file:///etc/passwd'}",
        frame % "{$ref: 'http://127.0.0.1:1/x'}",
        frame % ("[" * 100_000),
        "[" * 2_000_000,
        '{"a":' * 200_000,
        bomb,
        "\x00" * 1000,
    ]
    for document in documents:
        answer = requests.post(
            f"{address}/v1/specs", data=document.encode(), headers={"Content-Type": "application/yaml"}, timeout=60
        )
        assert answer.status_code == 422, document[:80]
        problem = answer.json()
        assert problem["diagnostics"], document[:80]
        assert "sesame" not in answer.text and "root:" not in answer.text
    assert requests.get(f"{address}/readyz").status_code == 200


def test_one_who_stops_in_the_middle_hinders_nobody(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    halves = []
    for _ in range(8):
        half = socket.create_connection((host, int(port)))
        half.sendall(
            f"POST /v1/specs HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{".encode()
        )
        halves.append(half)
    answer = requests.post(f"{address}/v1/specs", data=DOCUMENT, headers={"Content-Type": "application/yaml"})
    assert answer.status_code in (200, 201)
    for half in halves:
        half.close()


def test_what_was_answered_survives_a_kill_in_the_middle_of_uploads(settings: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    answered: set[str] = set()
    for attempt in range(3):
        process, address = start(settings, "--data", data, "--limit", "0")
        host = address.removeprefix("http://")

        def upload(worker: int) -> None:
            number = 0
            while True:
                number += 1
                body = DOCUMENT + f"\n# {attempt} {worker} {number}\n".encode()
                connection = http.client.HTTPConnection(host, timeout=20)
                try:
                    connection.request("POST", "/v1/specs", body, {"Content-Type": "application/yaml"})
                    answer = json.load(connection.getresponse())
                except (OSError, http.client.HTTPException, ValueError):
                    return
                answered.add(answer["id"])

        workers = [threading.Thread(target=upload, args=(worker,)) for worker in range(4)]
        before = len(answered)
        for worker in workers:
            worker.start()
        while len(answered) < before + 3:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        for worker in workers:
            worker.join(timeout=30)
    with serve(settings, "--data", data) as address:
        found, cursor = set(), None
        while True:
            page = requests.get(f"{address}/v1/specs", params={"origin": "upload", "limit": 100, "cursor": cursor}).json()
            found |= {spec["id"] for spec in page["data"]}
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert answered <= found, "each document whose upload was answered is there"
        one = next(iter(answered))
        assert requests.get(f"{address}/v1/specs/{one}").json()["report"]["counts"]["error"] == 0


def test_the_limit_is_kept_and_told(settings: Path) -> None:
    with serve(settings, "--limit", "2") as address:
        statuses = []
        for _ in range(3):
            answer = requests.post(f"{address}/v1/specs", data=DOCUMENT, headers={"Content-Type": "application/yaml"})
            statuses.append(answer.status_code)
            assert answer.headers["RateLimit-Policy"] == '"costly";q=2;w=60'
        assert statuses == [201, 200, 429]
        assert 0 < int(answer.headers["Retry-After"]) <= 30
