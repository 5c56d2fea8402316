"""What is measured: packages made of one document by us and by other generators, each in an environment of its own.

Everything lies below target/benchmarks; environments are made once, from the locks in `requirements/`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = Path(__file__).resolve().parent / "requirements"
WORK = ROOT / "target" / "benchmarks"
CORPUS = Path(os.environ.get("PORTOLAN_CORPUS", ROOT / "target" / "corpus"))
# Nothing of the person who runs this reaches what is measured.
BARE = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(WORK)}


@dataclass
class Made:
    """A package that was generated, or why there is none."""

    folder: Path
    seconds: float
    failure: str = ""
    size: tuple[int, int] = field(default=(0, 0))


def binary() -> Path:
    """The binary under test: what `PORTOLAN` names, else the one of the release profile."""
    path = Path(os.environ.get("PORTOLAN", ROOT / "target" / "release" / "portolan"))
    if not path.exists():
        raise SystemExit(f"{path} is missing; build it first: cargo build --release -p portolan-cli")
    return path


def environment(name: str) -> Path:
    """The interpreter of the environment with the requirements of that name."""
    folder, lock = WORK / "environments" / name, LOCKS / f"{name}.txt"
    copy = folder / "requirements.txt"
    if not copy.exists() or copy.read_bytes() != lock.read_bytes():
        print(f"installing {lock.relative_to(ROOT)}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", lock]
        subprocess.run(install, check=True)
        shutil.copy(lock, copy)
    return folder / "bin" / "python"


def portolan(document: Path, out: Path, target: str = "python") -> list[str | Path]:
    return [binary(), "generate", document, "--root", root(document), "--target", target, "--out", out,
            "--package", "tried", "--quiet", "--force"]  # fmt: skip


def openapi_generator(document: Path, out: Path) -> list[str | Path]:
    tool = environment("openapi-generator").with_name("openapi-generator-cli")
    return [tool, "generate", "--skip-validate-spec", "-g", "python", "-i", document, "-o", out,
            "--additional-properties", "packageName=tried"]  # fmt: skip


def openapi_python_client(document: Path, out: Path) -> list[str | Path]:
    tool = environment("openapi-python-client").with_name("openapi-python-client")
    settings = WORK / "openapi-python-client.json"
    settings.write_text('{"package_name_override": "tried", "post_hooks": []}')
    return [tool, "generate", "--path", document, "--meta", "none", "--config", settings, "--output-path", out / "tried"]


def make(command: list[str | Path], out: Path, limit: float = 1200) -> Made:
    """Generates anew, with a clock."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    # A tool finds its own tools beside it.
    env = BARE | {"PATH": f"{Path(command[0]).parent}:{BARE['PATH']}"}
    started = time.monotonic()
    try:
        done = subprocess.run(command, cwd=WORK, env=env, capture_output=True, text=True, errors="replace", timeout=limit)
        failure = "" if done.returncode == 0 else complaint(done.stdout + done.stderr)
    except subprocess.TimeoutExpired:
        failure = f"not finished after {limit:.0f} s"
    made = Made(out, time.monotonic() - started, failure)
    files = [path for path in out.rglob("*") if path.is_file()]
    made.size = (len(files), sum(path.stat().st_size for path in files))
    return made


def complaint(text: str) -> str:
    """The line of an error message that says most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "Error" in line or "error" in line or "Exception" in line]
    # A traceback ends with what went wrong, other tools begin with it.
    traced = any(line.startswith("Traceback") for line in lines)
    return (telling or lines or ["it said nothing"])[-1 if traced else 0][:160]


def root(document: Path) -> Path:
    """The folder that the references of a document of the corpus may lead to."""
    inside = document.relative_to(CORPUS).parts if document.is_relative_to(CORPUS) else ()
    return CORPUS / inside[0] if len(inside) > 1 else document.parent


def documents(names: list[str]) -> dict[str, Path]:
    """Documents of the corpus by name, or paths as they are."""
    found = {}
    index = CORPUS / "INDEX.tsv"
    files = {}
    if index.exists():
        for line in index.read_text().splitlines()[1:]:
            name, file, *_ = line.split("\t")
            files[name] = CORPUS / file
    for name in names or list(files):
        path = files.get(name) or Path(name).resolve()
        if not path.exists():
            raise SystemExit(f"there is no document {name}: unpack the corpus to {CORPUS}, or set PORTOLAN_CORPUS")
        found[path.stem if name not in files else name] = path
    return found
