"""Every example runs as its README says, and the workflow's commands work on a project of `portolan init`."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from workshop import BARE, ROOT, binary, python, run

EXAMPLES = ROOT / "examples"
EXPECTED = {
    "first-calls": "\n".join(f"{language}:\n" + "Winter Light\n" * 3 for language in ["Python", "JavaScript", "Shell"]),
    "overlay": 'client.forecasts.get("string")\n__init__.py\nforecasts.py\n',
    "own-template": "<h1>Here be dragons</h1>\n",
    "two-apis": "downloads/tides/harbour-tides-python-2.0.0.tar.gz",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "portolan").symlink_to(binary())
    return BARE | {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{BARE['PATH']}", "PYTHON": python()}


def test_every_example_is_known_here_and_in_the_readme() -> None:
    found = {path.parent.name for path in EXAMPLES.glob("*/run.sh")}
    assert found == set(EXPECTED)
    listed = set(re.findall(r"\]\(([\w-]+)\)", (EXAMPLES / "README.md").read_text()))
    assert listed == {path.name for path in EXAMPLES.iterdir() if path.is_dir()}


@pytest.mark.parametrize("example", EXPECTED)
def test_an_example_runs(example: str, environment: dict[str, str], tmp_path: Path) -> None:
    done = run([EXAMPLES / example / "run.sh"], cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert EXPECTED[example].replace("\n\n", "\n") in done.stdout, done.stdout


def test_the_commands_of_the_workflow_work(environment: dict[str, str], tmp_path: Path) -> None:
    workflow = (EXAMPLES / "ci" / "portolan.yml").read_text()
    commands = re.findall(r"^ +run: (portolan .*)$", workflow, re.MULTILINE)
    assert len(commands) == 2, commands
    project = tmp_path / "project"
    assert run([binary(), "init", project], cwd=tmp_path, env=environment).returncode == 0
    for command in commands:
        done = run(["bash", "-euo", "pipefail", "-c", command], cwd=project, env=environment)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert (project / "dist" / "index.html").exists()
    shutil.rmtree(project)
