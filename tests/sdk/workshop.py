"""What the tests of emitted code share: the binary, generated packages, a mock that listens.

Everything that is made lies below target/sdk, so that a person can look at it after a failure.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parents[2]
# Each process of a run has a folder of its own, so that none writes under another's hands.
WORK = ROOT / "target" / "sdk" / os.environ.get("PYTEST_XDIST_WORKER", "")
OURS = {
    "bookshop": "specs/bookshop/openapi.yaml",
    "payments": "specs/payments/openapi.yaml",
    "telemetry": "specs/telemetry/openapi.yaml",
    "integration": "specs/integration/openapi.json",
}
# Nothing of the person who runs the tests reaches what is tested.
BARE = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def binary() -> Path:
    """The binary under test: what `PORTOLAN` names, else the one of the development profile."""
    path = Path(os.environ.get("PORTOLAN", ROOT / "target" / "debug" / "portolan"))
    if not path.exists():
        raise SystemExit(f"{path} is missing; build it first: cargo build -p portolan-cli (tests/run does)")
    return path


def portolan(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the binary to its end; its failure is the test's."""
    done = run([binary(), *arguments], cwd=ROOT, env=BARE)
    assert done.returncode == 0, f"portolan {' '.join(map(str, arguments))}\n{done.stderr}"
    return done


def run(
    command: list[str | Path], *, cwd: Path, env: dict[str, str] | None = None, stdin: str = "", timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        # A download goes to stdout as it is.
        errors="replace",
        timeout=timeout,
    )


def package(api: str) -> Path:
    """The folder with the three packages of one of our APIs, made by this build."""
    folder = WORK / api
    portolan("generate", OURS[api], "--out", folder, "--package", api, "--quiet", "--force")
    return folder


@contextmanager
def mock(*document: str | Path) -> Iterator[str]:
    """A mock of a document (and options of how to read it) on a free port; gives its address."""
    process = subprocess.Popen(
        [str(binary()), "mock", *map(str, document), "--port", "0"], cwd=ROOT, env=BARE, stderr=subprocess.PIPE, text=True
    )
    try:
        said = []
        for line in process.stderr or []:
            said.append(line)
            if found := re.search(r"http://[0-9.:]+", line):
                yield found.group()
                return
        raise AssertionError("the mock did not start:\n" + "".join(said))
    finally:
        process.terminate()
        process.wait(timeout=20)


def server_path(document: str | Path) -> str:
    """The path of the document's first server: the mock answers below it."""
    model = json.loads(portolan("inspect", document, "--stage", "model", "--quiet").stdout)
    servers = model["servers"]
    if not servers:
        return ""
    url = servers[0]["url"]
    for variable in servers[0].get("variables", []):
        url = url.replace("{" + variable["name"] + "}", variable["default"])
    return "/" + url.split("/", 3)[3].rstrip("/") if url.count("/") > 2 else ""


def python() -> str:
    """This interpreter, which has what emitted packages depend on."""
    return sys.executable
