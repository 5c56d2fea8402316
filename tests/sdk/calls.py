"""Every operation of a document is called by an emitted client; the mock of the document checks each request.

The calls are the samples that a portal shows: arguments from the document's examples, else from its types. All samples of a
document run one after another in one process, so that a thousand of them take seconds.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from asynchronous import asynchronous
from workshop import BARE, mock, portolan, python, run

HERE = Path(__file__).parent
# The clients, and the target that makes them.
CLIENTS = {"python": "python", "python-async": "python", "javascript": "javascript"}


def call_all(source: Path, client: str, folder: Path, root: Path | None = None) -> dict[str, str | None]:
    """Generates the package, calls every operation; gives what each said that failed, nothing for the others."""
    target = CLIENTS[client]
    shutil.rmtree(folder, ignore_errors=True)
    document = [source, *(["--root", root] if root else [])]
    make = ["--target", target, "--package", "tried", "--quiet"]
    portolan("generate", *document, *make, "--out", folder, "--force")
    with mock(*document) as address:
        portolan("samples", *document, *make, "--out", folder / "samples", "--base-url", address)
        index = folder / "samples" / "samples.json"
        samples = json.loads(index.read_text())
        place = folder / "samples" / target
        if client == "python-async":
            for number, sample in enumerate(samples):
                file = folder / "samples" / sample["file"]
                file.write_text(asynchronous(file.read_text(), ["asyncio", "trio"][number % 2]))
        failures = run_all(client, index, place, folder / target) if samples else {}
    return {sample["operation"]: failures.get(sample["operation"]) for sample in samples}


def run_all(client: str, index: Path, place: Path, package: Path) -> dict[str, str]:
    if client == "javascript":
        command, environment = ["node", HERE / "run-samples.mjs"], BARE
        modules = place / "node_modules"
        modules.mkdir()
        (modules / json.loads((package / "package.json").read_text())["name"]).symlink_to(package)
    else:
        command = [python(), HERE / "run_samples.py"]
        environment = BARE | {"PYTHONPATH": str(package / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = run([*command, index], cwd=place, env=environment, timeout=1800)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
    return json.loads(done.stdout)
