"""How many requests in a second the mock answers, everything checked, and how soon it begins: a measurement, not a test.

    cargo build --release -p portolan-cli
    tests/.venv/bin/python tests/mock/load.py [--seconds 5] [--document LARGE]

needs `wrk` (Debian's package of that name). The generator runs on the same machine, so the figure beside the rate says what the mock
alone would do: the seconds of processor time that one request costs it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sdk"))
os.environ.setdefault("PORTOLAN", str(HERE.parents[1] / "target" / "release" / "portolan"))
from workshop import BARE, OURS, ROOT, binary

# A list with a page, one thing with headers, and a body that is checked; what the mock answers with is the document's.
REQUESTS = {
    "a page": ("GET", "/v1/books?limit=2"),
    "one thing": ("GET", "/v1/books/bk_winter-light"),
    "a body": ("POST", "/v1/books"),
    "a refusal": ("GET", "/v1/books?limit=0"),
}


def started(document: str) -> tuple[subprocess.Popen[str], str, float]:
    """A mock, its address, and the seconds until it listens."""
    begin = time.monotonic()
    command = [str(binary()), "mock", document, "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=BARE, stderr=subprocess.PIPE, text=True)
    for line in process.stderr or []:
        if found := re.search(r"http://[0-9.:]+", line):
            return process, found.group(), time.monotonic() - begin
    raise SystemExit("the mock did not start")


def processor_time(process: subprocess.Popen[str]) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def body() -> str:
    """The document's own example of a new book, as a sample sends it."""
    document = yaml.safe_load((ROOT / OURS["bookshop"]).read_text())
    content = document["paths"]["/books"]["post"]["requestBody"]["content"]["application/json"]
    return json.dumps(next(iter(content["examples"].values()))["value"])


def measure(address: str, process: subprocess.Popen[str], method: str, path: str, text: str, seconds: int) -> str:
    with TemporaryDirectory() as folder:
        script = Path(folder) / "request.lua"
        lines = [f'wrk.method = "{method}"', 'wrk.headers["X-API-Key"] = "k"']
        if text:
            lines += ['wrk.headers["Content-Type"] = "application/json"', f"wrk.body = [==[{text}]==]"]
        script.write_text("\n".join(lines))
        before = processor_time(process)
        done = subprocess.run(
            [
                "wrk",
                "--threads",
                "1",
                "--connections",
                "32",
                "--duration",
                f"{seconds}s",
                "--script",
                str(script),
                address + path,
            ],
            capture_output=True,
            text=True,
        )
        spent = processor_time(process) - before
    requests = int(re.search(r"(\d+) requests in", done.stdout).group(1))  # type: ignore[union-attr]
    rate = float(re.search(r"Requests/sec: *([0-9.]+)", done.stdout).group(1))  # type: ignore[union-attr]
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    each = spent / max(requests, 1)
    said = f"{rate:>9.0f} a second, {each * 1e6:.0f} µs of processor time each: {2 / each:.0f} a second on two processors alone"
    return said + (f" ({refused.group(1)} of {requests} refused)" if refused else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--document", help="a large one, e.g. GitHub's: how soon its mock listens")
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is missing; install it: apt-get install wrk")
        return 2
    process, address, seconds = started(OURS["bookshop"])
    print(f"{binary()}\nbegins within {seconds:.3f} s")
    try:
        for name, (method, path) in REQUESTS.items():
            text = body() if method == "POST" else ""
            print(f"{name:<10} {measure(address, process, method, path, text, chosen.seconds)}", flush=True)
    finally:
        process.terminate()
        process.wait()
    if chosen.document:
        process, _, seconds = started(chosen.document)
        process.terminate()
        process.wait()
        print(f"{chosen.document} begins within {seconds:.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
