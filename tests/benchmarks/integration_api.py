"""How many requests in a second the integration API answers, and how long an upload takes: a measurement, not a test.

    cargo build --release -p portolan-cli
    tests/.venv/bin/python tests/benchmarks/integration_api.py [--seconds 5]

needs `wrk` (Debian's package of that name), which runs on the same machine.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "server"), str(HERE.parent / "sdk")]
os.environ.setdefault("PORTOLAN", str(HERE.parents[1] / "target" / "release" / "portolan"))
from server import project, serve

READ = ["/v1/specs", "/v1/specs/bookshop", "/v1/catalog", "/v1/search?q=upload+a+cover"]
# A megabyte of operations, each with a schema of its own.
OPERATION = """  /things/{number}:
    get:
      operationId: getThing{number}
      summary: Get the thing {number}
      tags: [things]
      responses:
        '200':
          description: The thing.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{number}' }} }} }}
"""
SCHEMA = """    Thing{number}:
      type: object
      required: [id]
      properties:
        id: {{ type: integer, description: Which one it is. }}
        name: {{ type: string, maxLength: 100, description: What it is called by people. }}
        parts: {{ type: array, items: {{ $ref: '#/components/schemas/Thing0' }} }}
"""


def document(count: int, revision: int) -> bytes:
    head = f"openapi: 3.1.0\ninfo: {{ title: Things, version: 1.0.{revision} }}\nservers: [{{ url: https://things.example }}]\n"
    paths = "".join(OPERATION.format(number=number) for number in range(count))
    schemas = "".join(SCHEMA.format(number=number) for number in range(count))
    return f"{head}paths:\n{paths}components:\n  schemas:\n{schemas}".encode()


def load(url: str, seconds: int) -> str:
    command = ["wrk", "--threads", "1", "--connections", "32", "--duration", f"{seconds}s", "--latency", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slow = re.search(r"99%\s+(\S+)", said)
    wrong = re.search(r"Non-2xx.*", said)
    assert rate and slow, said
    return f"{float(rate[1]):>9,.0f} a second, p99 {slow[1]}" + (f" {wrong[0]}" if wrong else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=5)
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing; install Debian's package of that name")
    with TemporaryDirectory() as folder:
        settings = project(Path(folder))
        with serve(settings, "--limit", "0", "--data", Path(folder) / "data") as address:
            for path in READ:
                print(f"GET {path:<28}{load(address + path, chosen.seconds)}", flush=True)
            uploads, again, packs = [], [], []
            for revision in range(7):
                body = document(1600, revision)
                begin = time.perf_counter()
                answer = requests.post(f"{address}/v1/specs", data=body, headers={"Content-Type": "application/yaml"})
                uploads.append(time.perf_counter() - begin)
                assert answer.status_code == 201, answer.text[:500]
                begin = time.perf_counter()
                requests.post(f"{address}/v1/specs", data=body, headers={"Content-Type": "application/yaml"})
                again.append(time.perf_counter() - begin)
                begin = time.perf_counter()
                sdk = requests.get(f"{address}/v1/specs/{answer.json()['id']}/sdks/python")
                packs.append(time.perf_counter() - begin)
                assert sdk.status_code == 200
            for what, times in [("upload", uploads), ("upload again", again), ("Python SDK", packs)]:
                median, most = statistics.median(times), max(times)
                print(f"{what} of {len(body) / 1e6:.2f} MB: median {median * 1000:.0f} ms, most {most * 1000:.0f} ms")


main()
