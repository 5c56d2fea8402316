"""Every operation of a document is called by an emitted client; the mock of the document checks each request.

The calls are the samples that a portal shows: arguments from the document's examples, else from its types.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from asynchronous import asynchronous
from batches import make, run_language
from workshop import mock

# The clients, and the target that makes them.
CLIENTS = {"python": "python", "python-async": "python", "javascript": "javascript"}


def call_all(source: Path, client: str, folder: Path, root: Path | None = None) -> dict[str, str | None]:
    """Generates the package, calls every operation; gives what each said that failed, nothing for the others."""
    target = CLIENTS[client]
    shutil.rmtree(folder, ignore_errors=True)
    document = [source, *(["--root", root] if root else [])]
    with mock(*document) as address:
        samples = make(document, folder, address, [target])
        for number, sample in enumerate(samples if client == "python-async" else []):
            file = folder / "samples" / sample["file"]
            file.write_text(asynchronous(file.read_text(), ["asyncio", "trio"][number % 2]))
        failures = run_language(target, folder, samples) if samples else {}
    said: dict[str, str | None] = {sample["operation"]: None for sample in samples}
    return said | {sample["operation"]: failures[sample["file"]] for sample in samples if sample["file"] in failures}
