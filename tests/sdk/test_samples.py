"""Every sample of every operation of our documents runs in its language against the mock and succeeds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asynchronous import asynchronous
from workshop import BARE, OURS, WORK, mock, package, portolan, python, run

LANGUAGES = ["python", "javascript", "curl"]


def environment(language: str, packages: Path, variables: list[str]) -> dict[str, str]:
    """The variables that a sample reads, each with a value of the right kind, and the way to its package."""
    values = {name: "secret" for name in variables}
    values |= {name: "name" for name in variables if name.endswith(("_USERNAME", "_CLIENT_ID"))}
    if language == "python":
        values["PYTHONPATH"] = str(packages / "python" / "src")
        values["PYTHONDONTWRITEBYTECODE"] = "1"
    return BARE | values


def outcome(folder: Path, packages: Path, sample: dict) -> str | None:
    """Runs a sample; nothing when it succeeded, else what it said."""
    language, file = sample["target"], folder / sample["file"]
    runner = {"python": [python()], "javascript": ["node"], "curl": ["bash", "-eu"]}[language]
    # A folder of its own, as a person has: with the files that the sample opens, and nothing that another has left.
    place = folder / "run" / language / file.stem
    place.mkdir(parents=True)
    for name in [sample["file"], *sample["files"]]:
        shutil.copy(folder / name, place)
    if language == "javascript":
        (place / "node_modules").mkdir()
        name = json.loads((packages / "javascript" / "package.json").read_text())["name"]
        (place / "node_modules" / name).symlink_to(packages / "javascript")
    done = run([*runner, file.name], cwd=place, env=environment(language, packages, sample["environment"]), timeout=60)
    if done.returncode == 0:
        return None
    return f"{sample['operation']} in {language}: exit {done.returncode}\n{done.stdout[-400:]}{done.stderr[-1600:]}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("api", OURS)
def test_every_sample_runs(api: str, language: str) -> None:
    samples, failures = run_all(api, language)
    assert samples, "there are samples"
    assert not failures, f"{len(failures)} of {len(samples)} failed:\n" + "\n".join(failures)


@pytest.mark.parametrize("api", OURS)
def test_every_operation_is_called_by_the_asynchronous_client(api: str) -> None:
    samples, failures = run_all(api, "python", asynchronous, "asynchronous")
    assert samples, "there are samples"
    assert not failures, f"{len(failures)} of {len(samples)} failed:\n" + "\n".join(failures)


def run_all(
    api: str, language: str, rewritten: Callable[[str, str], str] | None = None, name: str = ""
) -> tuple[list[dict], list[str]]:
    """Runs every sample against the mock; gives the samples, and what those said that failed."""
    packages = package(api)
    folder = WORK / f"{api}-samples-{name or language}"
    shutil.rmtree(folder, ignore_errors=True)
    with mock(OURS[api]) as address:
        base = address + server_path(OURS[api])
        portolan("samples", OURS[api], "--target", language, "--out", folder, "--base-url", base, "--package", api)
        samples = json.loads((folder / "samples.json").read_text())
        for index, sample in enumerate(samples if rewritten else []):
            file = folder / sample["file"]
            file.write_text(rewritten(file.read_text(), ["asyncio", "trio"][index % 2]))
        with ThreadPoolExecutor(4) as pool:
            failures = [said for said in pool.map(lambda sample: outcome(folder, packages, sample), samples) if said]
    return samples, failures


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
