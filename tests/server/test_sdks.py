"""The SDKs of the server's own document drive the server: the programs of the guide, and the same walk in each language."""

from __future__ import annotations

import json
import re
import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Iterator, NamedTuple

import pytest
import requests
from server import project, serve
from workshop import BARE, ROOT, WORK, portolan, python, run

HERE = Path(__file__).parent
GUIDES = ROOT / "specs" / "integration" / "guides"
OLDER, NEWER = ROOT / "specs/bookshop/versions/0.9.yaml", ROOT / "specs/bookshop/openapi.yaml"


class Running(NamedTuple):
    address: str
    packages: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serve(project(tmp_path_factory.mktemp("shelf")), "--limit", "0") as address:
        folder = WORK / "server"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "openapi.json").write_text(requests.get(f"{address}/openapi.json").text)
        portolan("generate", folder / "openapi.json", "--out", folder, "--package", "integration", "--quiet")
        yield Running(address, folder)


def call(language: str, program: Path, running: Running, folder: Path, *arguments: str | Path) -> str:
    """Runs a program with the package of its language against the server; gives what it prints."""
    environment = BARE | {"INTEGRATION_BASE_URL": running.address}
    package = running.packages / language
    if language == "python":
        environment |= {"PYTHONPATH": str(package / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [python(), program]
    elif language == "javascript":
        modules = folder / "node_modules"
        modules.mkdir(exist_ok=True)
        (modules / "integration").symlink_to(package)
        # Packages are looked for beside the program, not beside who runs it.
        command = ["node", shutil.copy(program, folder)]
    else:
        environment |= {"PATH": f"{package / 'bin'}:{BARE['PATH']}"}
        command = ["bash", program]
    done = run([*command, *arguments], cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("language", "ending"), [("python", "py"), ("javascript", "mjs"), ("curl", "bash")])
def test_the_program_of_the_guide_runs(language: str, ending: str, running: Running, tmp_path: Path) -> None:
    said = call(language, GUIDES / f"own_document.{ending}", running, tmp_path, OLDER, NEWER)
    lines = said.splitlines()
    assert re.fullmatch(r"Bookshop \S+: A\+?", lines[0]), said
    assert re.fullmatch(r"the next version is \d+\.\d+\.\d+", lines[-2]), said
    assert lines[-1].startswith("saved "), said
    [archive] = tmp_path.glob("*.zip")
    names = zipfile.ZipFile(archive).namelist()
    assert any(name.endswith("README.md") for name in names), names
    left = requests.get(f"{running.address}/v1/specs", params={"origin": "upload"}).json()
    assert left["data"] == [], "the program tidied up"


@pytest.mark.parametrize(("language", "ending"), [("python", "py"), ("javascript", "mjs"), ("curl", "bash")])
def test_the_walk_goes_the_same_way_in_each_language(language: str, ending: str, running: Running, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {$ref: x.yaml}}}}}\n")
    (tmp_path / "large.yaml").write_text(" " * (5 << 20) + "a: 1\n")
    said = json.loads(call(language, HERE / f"walk.{ending}", running, tmp_path, NEWER))
    listings = []
    cursor = None
    while True:
        page = requests.get(f"{running.address}/v1/catalog", params={"limit": 7, "cursor": cursor}).json()
        listings += [listing["id"] for listing in page["data"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(listings) > 14, "several pages"
    assert said == {
        "ready": "ready",
        "title": "Bookshop",
        "errors": 0,
        "specs": ["bookshop", said["specs"][1]],
        "sample": said["sample"],
        "found": "bookshop.uploadCover",
        "listings": listings,
        "document": "Covers, files and downloads",
        "statuses": [422, 413, 404, 409, 204, 404],
    }
    assert said["specs"][1].startswith("upload_")
    assert said["sample"].strip(), "a sample is some lines"
    with tarfile.open(tmp_path / "sdk.tar.gz") as archive:
        archive.extractall(tmp_path / "sdk", filter="data")
    [source] = (tmp_path / "sdk").glob("*/src")
    imported = run([python(), "-c", "import bookshop; print(bookshop.Bookshop)"], cwd=tmp_path, env=BARE | {"PYTHONPATH": str(source)})
    assert imported.returncode == 0, imported.stderr
