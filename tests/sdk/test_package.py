"""What lies around the code of an emitted Python package: its own tests, README.md and reference.md, wheel and sdist."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from workshop import BARE, OURS, ROOT, WORK, binary, package, portolan, python, run

QUIET = {"PYTHONDONTWRITEBYTECODE": "1"}


def suite(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs the tests that lie in a package."""
    command = [python(), "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--strict-markers"]
    return run(command, cwd=folder, env=BARE | QUIET | environment)


@pytest.mark.parametrize("api", OURS)
def test_the_packages_own_tests_pass(api: str) -> None:
    folder = package(api) / "python"
    done = suite(folder, {"PORTOLAN": str(binary().resolve()), f"{api.upper()}_DOCUMENT": str(ROOT / OURS[api])})
    assert done.returncode == 0, done.stdout + done.stderr
    operations = json.loads(portolan("inspect", OURS[api], "--stage", "model", "--quiet").stdout)
    assert int(re.search(r"(\d+) passed", done.stdout).group(1)) == 2 * count(operations["resources"])


def count(resources: list[dict]) -> int:
    """The operations of some resources, and of those inside them."""
    return sum(len(resource["operations"]) + count(resource["resources"]) for resource in resources)


def test_without_a_mock_the_packages_own_tests_are_skipped_and_say_why() -> None:
    folder = package("bookshop") / "python"
    done = suite(folder, {"PATH": "/nonexistent"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" not in done.stdout
    assert "no server: set BOOKSHOP_BASE_URL, or PORTOLAN to start a mock" in done.stdout


@pytest.fixture(scope="module")
def built() -> Path:
    """The wheel and the sdist of the bookshop, made by the build backend that its pyproject.toml names."""
    folder = WORK / "built"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(package("bookshop") / "python", folder / "source")
    done = run([python(), "-m", "hatchling", "build", "-d", folder], cwd=folder / "source", env=BARE)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_wheel_has_the_module_and_its_licence_and_nothing_else(built: Path) -> None:
    source = built / "source" / "src"
    with zipfile.ZipFile(built / "bookshop-1.4.0-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
        metadata = wheel.read("bookshop-1.4.0.dist-info/METADATA").decode()
        runtime = wheel.read("bookshop/_runtime/pipeline.py").decode()
    expected = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    about = {f"bookshop-1.4.0.dist-info/{name}" for name in ["METADATA", "RECORD", "WHEEL", "licenses/LICENSE"]}
    assert names == expected | about
    assert "bookshop/py.typed" in names
    assert runtime.startswith("# SPDX-License-Identifier: 0BSD\n")
    for line in ["License-Expression: MIT", "License-File: LICENSE", "Requires-Python: >=3.10", "Provides-Extra: async"]:
        assert f"\n{line}\n" in metadata, line


def test_the_sdist_has_all_that_belongs_to_the_project(built: Path) -> None:
    source = built / "source"
    with tarfile.open(built / "bookshop-1.4.0.tar.gz") as sdist:
        names = {name.removeprefix("bookshop-1.4.0/") for name in sdist.getnames()}
    expected = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    assert names == expected - {".portolan.json"} | {"PKG-INFO"}


def test_an_installed_wheel_makes_a_call(built: Path) -> None:
    place = built / "installed"
    command = [python(), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", place]
    done = run([*command, built / "bookshop-1.4.0-py3-none-any.whl"], cwd=built, env=BARE)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(built / "source" / "tests", built / "elsewhere" / "tests")
    environment = {
        "PYTHONPATH": str(place),
        "PORTOLAN": str(binary().resolve()),
        "BOOKSHOP_DOCUMENT": str(ROOT / OURS["bookshop"]),
    }
    done = suite(built / "elsewhere", environment)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("api", OURS)
def test_the_project_file_keeps_to_the_standards(api: str) -> None:
    folder = package(api) / "python"
    said = tomllib.loads((folder / "pyproject.toml").read_text())
    project = said["project"]
    licences = {path.name for path in folder.glob("LICENSE*")}
    assert isinstance(project["license"], str), "an expression (PEP 639)"
    assert licences, "the document names a licence"
    assert not any("License" in classifier for classifier in project["classifiers"])
    assert {"test", "dev"} == set(said["dependency-groups"])
    lines = (folder / "requirements.txt").read_text().splitlines()
    assert lines[1:] == project["dependencies"]


def test_what_people_write_into_the_changelog_stays() -> None:
    folder = WORK / "changelog"
    shutil.rmtree(folder, ignore_errors=True)
    command = ["generate", OURS["bookshop"], "--target", "python", "--out", folder, "--package", "bookshop", "--quiet"]
    portolan(*command)
    changelog, ignored = folder / "python" / "CHANGELOG.md", folder / "python" / ".gitignore"
    assert "## 1.4.0" in changelog.read_text()
    changelog.write_text("# Ours\n")
    ignored.unlink()
    done = portolan(*command, "--package-version", "1.5.0", "--force")
    assert changelog.read_text() == "# Ours\n"
    assert not ignored.exists()
    assert "CHANGELOG" not in done.stderr
