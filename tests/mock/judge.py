"""The mock under schemathesis: no 5xx, no answer that the document does not describe, no wrong request that is taken.

    tests/.venv/bin/python tests/mock/judge.py [API...] [--examples N] [--phases NAME,...]

asks the mock of each of our documents, as long as a person likes; CI asks a little (test_judges.py). The packages are installed
from tests/mock/requirements.txt by `tests/run tools`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sdk"))
from workshop import OURS, ROOT, WORK, mock

PACKAGES = HERE / "packages"
# What opens the operations of our documents; the mock takes no other, so that asking without it is seen.
HEADERS = {
    "bookshop": ["X-API-Key: t", "Authorization: Bearer t"],
    "payments": ["Authorization: Bearer t"],
    "telemetry": ["X-API-Key: t", "X-Project: t"],
    "integration": [],
}


def judge(document: str | Path, headers: list[str], examples: int, phases: str) -> tuple[bool, str]:
    """Whether all checks pass, and all that was said."""
    with mock(document, "--credential", "t", "--credential", "user:password") as address:
        command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
        command += ["--no-color", "--config-file", str(HERE / "schemathesis.toml"), "run", str(ROOT / document), "--url", address]
        command += ["--max-examples", str(examples), "--phases", phases, "--seed", "1"]
        for header in headers:
            command += ["--header", header]
        path = os.pathsep.join([str(PACKAGES), str(HERE)])
        environment = {**os.environ, "PYTHONPATH": path, "SCHEMATHESIS_HOOKS": "hooks"}
        # It keeps what it found in the folder that it runs in.
        folder = WORK / "judge" / Path(document).parent.name
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("apis", nargs="*", help="of our documents; all by default")
    parser.add_argument("--examples", type=int, default=50)
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    chosen = parser.parse_args()

    def ask(api: str) -> bool:
        fine, said = judge(OURS[api], HEADERS[api], chosen.examples, chosen.phases)
        cases = re.search(r"(\d+) generated.*", said)
        print(f"{api}: {'fine' if fine else 'FAILED'}: {cases.group() if cases else 'no cases'}", flush=True)
        if not fine:
            print(said)
        return fine

    with ThreadPoolExecutor(2) as pool:
        return 0 if all(list(pool.map(ask, chosen.apis or list(OURS)))) else 1


if __name__ == "__main__":
    sys.exit(main())
