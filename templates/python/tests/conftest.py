"""Puts the runtime into a small package, as generation does, and gives each test a server that misbehaves on order."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = Path(tempfile.mkdtemp(prefix="portolan-python-"))
shutil.copytree(HERE / "sample_package", ROOT / "sample")
shutil.copytree(HERE.parent / "runtime", ROOT / "sample" / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
sys.path[:0] = [str(ROOT), str(HERE)]


def pytest_sessionfinish() -> None:
    shutil.rmtree(ROOT, ignore_errors=True)


@pytest.fixture
def server() -> Iterator[Any]:
    from server import Server

    with Server() as running:
        yield running


@pytest.fixture
def client(server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from sample import Sample

    monkeypatch.setattr("sample._runtime.retry.FIRST_DELAY", 0.01)
    with Sample(base_url=server.url, api_key="k3y", timeout=5) as made:
        yield made
