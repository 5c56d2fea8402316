"""Every operation of real documents of several kinds is called by both Python clients; the mock checks each request.

The calls are the samples that a portal shows: arguments from the document's examples, else from its types. All samples of a document run
one after another in one interpreter, so that it is a matter of seconds. `FAULTS` names what is
known to fail, and whose fault it is.
"""

from __future__ import annotations

import json
import shutil

import pytest
from asynchronous import asynchronous
from test_corpus import document
from test_samples import server_path
from workshop import BARE, WORK, mock, portolan, python, run

# A small one with awkward names, one of 3.1, and three large ones, one of them Swagger 2.0.
CHOSEN = ["petstore-fake-3.0", "train-travel", "telegram-bot", "slack-web-2.0", "spotify"]
OPEN = "ours: the sample calls a body of members `application/octet-stream` where the document says `*/*`"
FAULTS: dict[str, dict[str, str]] = {
    "petstore-fake-3.0": {
        "createUsersWithArrayInput": OPEN,
        "createUsersWithListInput": OPEN,
        "updateUser": OPEN,
        "fakeOuterStringSerialize": "text as `*/*` goes as it is; the mock reads it as JSON",
    },
    "telegram-bot": {"setPassportDataErrors": "ours: the sample's `type` fits no variant of the union"},
    "train-travel": {"create-booking": "the document's own: the example of `trip_id` is no UUID"},
}

RUNNER = """
import contextlib, io, json, os, pathlib, sys, traceback

failures = {}
folder = pathlib.Path("..")
for sample in json.loads((folder / "samples.json").read_text()):
    os.environ.update({name: "secret" for name in sample["environment"]})
    file = folder / sample["file"]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(file.read_text(), str(file), "exec"), {"__name__": "__main__"})
    except BaseException as error:
        failures[sample["operation"]] = f"{type(error).__name__}: {error}"[:600]
json.dump(failures, sys.stdout)
"""


@pytest.mark.parametrize("kind", ["synchronous", "asynchronous"])
@pytest.mark.parametrize("name", CHOSEN)
def test_every_operation_is_called(name: str, kind: str) -> None:
    source = document(name)
    folder = WORK / "calls" / name / kind
    shutil.rmtree(folder, ignore_errors=True)
    portolan("generate", source, "--target", "python", "--out", folder, "--package", "tried", "--quiet", "--force")
    with mock(source) as address:
        base = address + server_path(source)
        portolan("samples", source, "--target", "python", "--out", folder / "samples", "--base-url", base, "--package", "tried")
        index = folder / "samples" / "samples.json"
        samples = json.loads(index.read_text())
        for number, sample in enumerate(samples if kind == "asynchronous" else []):
            file = folder / "samples" / sample["file"]
            file.write_text(asynchronous(file.read_text(), ["asyncio", "trio"][number % 2]))
        environment = BARE | {"PYTHONPATH": str(folder / "python" / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = run([python(), "-c", RUNNER], cwd=folder / "samples" / "python", env=environment, timeout=240)
    assert done.returncode == 0, done.stderr
    failures = json.loads(done.stdout)
    unexpected = {operation: said for operation, said in failures.items() if operation not in FAULTS.get(name, {})}
    assert samples, "there are samples"
    assert not unexpected, f"{len(unexpected)} of {len(samples)} failed:\n" + "\n".join(
        f"{operation}: {said}" for operation, said in unexpected.items()
    )
    assert set(FAULTS.get(name, {})) <= set(failures), "what the list names fails no more: take it out"
