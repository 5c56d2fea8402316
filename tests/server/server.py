"""The preview server of a small project: the bookshop and the marketplace."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from workshop import BARE, ROOT, binary

PROJECT = """
[portal]
title = "Shelf"

[catalog]
folder = "marketplace-data"

[[apis]]
id = "bookshop"
document = "specs/bookshop/openapi.yaml"
guides = "specs/bookshop/guides"
"""


def project(folder: Path) -> Path:
    """Lays the project into a folder; gives its settings."""
    for part in ["specs/bookshop", "marketplace-data"]:
        shutil.copytree(ROOT / part, folder / part)
    settings = folder / "portolan.toml"
    settings.write_text(PROJECT)
    return settings


def start(settings: Path, *options: str | Path) -> tuple[subprocess.Popen[str], str]:
    """Starts a server on a free port; gives it and its address, once it answers."""
    command = [str(binary()), "serve", "--config", str(settings), "--port", "0", *map(str, options)]
    process = subprocess.Popen(command, cwd=settings.parent, env=BARE, stderr=subprocess.PIPE, text=True)
    said = []
    for line in process.stderr or []:
        said.append(line)
        if found := re.search(r"serving (http://[0-9.:]+)", line):
            return process, found.group(1)
    raise AssertionError("the server did not start:\n" + "".join(said))


@contextmanager
def serve(settings: Path, *options: str | Path) -> Iterator[str]:
    """A server as long as the block lasts; gives its address."""
    process, address = start(settings, *options)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
