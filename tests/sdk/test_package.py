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
from workshop import server_path
from workshop import BARE, OURS, ROOT, WORK, binary, mock, package, portolan, python, run

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
    # Other tests have imported the package where it lies.
    unwanted = shutil.ignore_patterns("__pycache__", ".*_cache")
    shutil.copytree(package("bookshop") / "python", folder / "source", ignore=unwanted)
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


BLOCKS = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)

# Runs the programs of a page one after another, as a reader does: names of one are known to the next.
READER = """
import json, pathlib, re, sys

names = {"__name__": "__main__"}
for block in json.loads(pathlib.Path("blocks.json").read_text()):
    for name in re.findall(r'Path\\("([^"]+)"\\)', block):
        pathlib.Path(name).write_bytes(b"content")
    try:
        exec(compile(block, "README.md", "exec"), names)
    except BaseException as error:
        sys.exit(f"{type(error).__name__}: {error}\\n{block}")
"""


@pytest.mark.parametrize("api", OURS)
def test_every_program_of_the_readme_runs(api: str) -> None:
    folder = package(api) / "python"
    text = (folder / "README.md").read_text()
    blocks = BLOCKS.findall(text)
    place = WORK / "readme" / api
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / "blocks.json").write_text(json.dumps(blocks))
    name = api.upper()
    with mock(OURS[api]) as address:
        environment = {
            "PYTHONPATH": str(folder / "src"),
            f"{name}_BASE_URL": address + server_path(OURS[api]),
        }
        # The table of credentials; a ready token is enough where a client could fetch one.
        variables = re.findall(rf"^\| `\w+` \| `({name}_\w+)` \|", text, re.MULTILINE)
        environment |= {variable: "secret" for variable in variables if "_CLIENT_" not in variable}
        done = run([python(), "-W", "ignore", "-c", READER], cwd=place, env=BARE | QUIET | environment)
    assert done.returncode == 0, done.stderr
    assert len(blocks) >= 5


def test_the_readme_speaks_of_what_the_api_has() -> None:
    sections = {api: re.findall(r"^## (.+)$", (package(api) / "python" / "README.md").read_text(), re.MULTILINE) for api in OURS}
    everywhere = ["The first call", "Errors", "Asynchronous calls", "Timeouts and retries", "Logging", "Tests"]
    assert all(set(everywhere) <= set(found) for found in sections.values())
    assert {"Pages", "Uploads", "Downloads", "Authentication"} <= set(sections["bookshop"])
    assert "Streams" in sections["telemetry"] and "Streams" not in sections["bookshop"]
    assert "Webhooks" in sections["payments"] and "Webhooks" not in sections["telemetry"]
    assert "Authentication" not in sections["integration"]


@pytest.mark.parametrize("api", OURS)
def test_the_reference_has_every_operation_with_its_sample(api: str) -> None:
    folder = package(api) / "python"
    text = (folder / "reference.md").read_text()
    samples = WORK / f"{api}-reference-samples"
    shutil.rmtree(samples, ignore_errors=True)
    portolan("samples", OURS[api], "--target", "python", "--out", samples, "--package", api)
    shown = set(BLOCKS.findall(text))
    listed = json.loads((samples / "samples.json").read_text())
    missing = [sample["operation"] for sample in listed if (samples / sample["file"]).read_text() not in shown]
    assert listed and not missing
    assert len(re.findall(r"^### ", text, re.MULTILINE)) >= len({sample["operation"] for sample in listed})
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert all((folder / link).is_file() for link in links if not re.match(r"https?:", link)), links
