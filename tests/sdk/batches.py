"""Samples of a document, run against its mock: all of a language one after another in one process, so that a thousand take seconds.

Nothing is patched: they go over real sockets, each in its own namespace, module or subshell, with a timeout of its own.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from workshop import BARE, mock, portolan, python, run

HERE = Path(__file__).parent
LANGUAGES = ["python", "javascript", "curl"]
PATIENCE = 1800


def make(document: list[str | Path], folder: Path, address: str, languages: list[str], name: str = "tried") -> list[dict]:
    """Generates the packages and writes their samples for the server at `address`; gives the list of samples."""
    flags = [flag for language in languages for flag in ["--target", language]]
    portolan("generate", *document, *flags, "--package", name, "--quiet", "--out", folder, "--force")
    portolan("samples", *document, *flags, "--package", name, "--quiet", "--write", folder / "samples", "--base-url", address)
    return json.loads((folder / "samples" / "samples.json").read_text())


def environment(samples: list[dict]) -> dict[str, str]:
    """The variables that samples read, each with a value of the right kind."""
    return {name: "secret" for sample in samples for name in sample["environment"]}


def run_language(language: str, folder: Path, samples: list[dict]) -> dict[str, str]:
    """Runs the samples of one language; gives the files of those that failed, and what they said."""
    own = [sample for sample in samples if sample["target"] == language]
    place, index = folder / "samples" / language, folder / "samples" / "samples.json"
    variables = BARE | environment(own)
    if not own:
        return {}
    if language == "curl":
        (folder / ".curlrc").write_text("max-time = 30\nsilent\nshow-error\n")
        files = "".join(f"{sample['file'].removeprefix('curl/')}\n" for sample in own)
        variables |= {"CURL_HOME": str(folder), "PATH": f"{folder / 'curl' / 'bin'}:{BARE['PATH']}"}
        done = run(["bash", HERE / "run-samples.bash"], cwd=place, env=variables, stdin=files, timeout=PATIENCE)
        assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
        return {f"curl/{file}": said for file, said in (line.split("\t", 1) for line in done.stdout.splitlines())}
    if language == "javascript":
        modules = place / "node_modules"
        shutil.rmtree(modules, ignore_errors=True)
        name = modules / json.loads((folder / language / "package.json").read_text())["name"]
        name.parent.mkdir(parents=True)
        name.symlink_to(folder / language)
        command = ["node", HERE / "run-samples.mjs"]
    else:
        variables |= {"PYTHONPATH": str(folder / language / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [python(), HERE / "run_samples.py"]
    done = run([*command, index], cwd=place, env=variables, timeout=PATIENCE)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


def run_all(document: list[str | Path], folder: Path, languages: list[str] = LANGUAGES, name: str = "tried") -> list[dict]:
    """All samples of a document, each with `said`: nothing when it succeeded, else what it said."""
    shutil.rmtree(folder, ignore_errors=True)
    with mock(*document) as address:
        samples = make(document, folder, address, languages, name)
        said: dict[str, str] = {}
        for language in languages:
            said |= run_language(language, folder, samples)
    return [sample | {"said": said.get(sample["file"])} for sample in samples]
