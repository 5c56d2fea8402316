"""Every sample runs in its language against the mock and succeeds: all of our documents, and all of a few real ones.

samples_table.py runs those of every document of the corpus.
"""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from asynchronous import asynchronous
from batches import make, run_all, run_language
from test_corpus import document
from workshop import OURS, ROOT, WORK, mock, portolan

# One with files and awkward names, one of 3.1, one of 3.2, one that pages.
REAL = ["petstore-fake-3.0", "train-travel", "redocly-cafe-3.2", "museum"]


def failed(samples: list[dict]) -> str:
    said = [f"{sample['file']}: {sample['said'][:600]}" for sample in samples if sample["said"]]
    return f"{len(said)} of {len(samples)} failed:\n" + "\n".join(said) if said else ""


@pytest.mark.parametrize("api", OURS)
def test_every_sample_of_ours_runs(api: str) -> None:
    samples = run_all([OURS[api]], WORK / f"{api}-samples", name=api)
    assert {sample["target"] for sample in samples} == {"python", "javascript", "curl"}
    assert not failed(samples), failed(samples)


@pytest.mark.parametrize("name", REAL)
def test_every_sample_of_a_real_document_runs(name: str) -> None:
    samples = run_all([document(name)], WORK / "samples" / name)
    assert samples, "there are samples"
    assert not failed(samples), failed(samples)


@pytest.mark.parametrize("api", OURS)
def test_every_operation_is_called_by_the_asynchronous_client(api: str) -> None:
    folder = WORK / f"{api}-samples-asynchronous"
    shutil.rmtree(folder, ignore_errors=True)
    with mock(OURS[api]) as address:
        samples = make([OURS[api]], folder, address, ["python"])
        for index, sample in enumerate(samples):
            file = folder / "samples" / sample["file"]
            file.write_text(asynchronous(file.read_text(), ["asyncio", "trio"][index % 2]))
        said = run_language("python", folder, samples)
    assert not said, f"{len(said)} of {len(samples)} failed: {said}"


@pytest.mark.parametrize("api", OURS)
def test_one_sample_is_the_same_wherever_it_stands(api: str) -> None:
    folder = WORK / f"{api}-same"
    shutil.rmtree(folder, ignore_errors=True)
    portolan("generate", OURS[api], "--package", api, "--quiet", "--out", folder)
    portolan("samples", OURS[api], "--package", api, "--quiet", "--write", folder / "samples")
    references = {path.parent.name: path.read_text() for path in folder.glob("*/reference.md")}
    listed = json.loads((folder / "samples" / "samples.json").read_text())
    texts = {sample["file"]: (folder / "samples" / sample["file"]).read_text() for sample in listed}
    missing = [sample["file"] for sample in listed if texts[sample["file"]] not in references[sample["target"]]]
    assert len(references) == 3 and not missing


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is missing")
@pytest.mark.parametrize("api", OURS)
def test_samples_of_the_shell_are_clean(api: str) -> None:
    folder = WORK / f"{api}-clean"
    shutil.rmtree(folder, ignore_errors=True)
    portolan("samples", OURS[api], "--package", api, "--target", "curl", "--quiet", "--write", folder)
    # A variable of the environment is not assigned there, and snippets have no line that names their shell.
    command = ["shellcheck", "--shell=bash", "--exclude=SC2154", *sorted(folder.glob("curl/*.sh"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
