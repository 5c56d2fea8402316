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


# Where a call waits in a way of its own: for a lock, for a thread, for the next piece. Elsewhere a second event loop shows
# nothing that the first does not; `test_async.py` runs under both.
UNDER_TRIO = {"test_auth", "test_connections", "test_downloads", "test_streams"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "portal" in metafunc.fixturenames:
        trio = ["trio"] if metafunc.module.__name__ in UNDER_TRIO else []
        metafunc.parametrize("portal", ["blocking", "asyncio", *trio], indirect=True, scope="session")


@pytest.fixture(scope="session")
def portal(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The event loop of the client under test; None for the synchronous one."""
    if request.param == "blocking":
        yield None
        return
    from anyio.from_thread import start_blocking_portal

    with start_blocking_portal(request.param) as running:
        yield running


@pytest.fixture
def make(portal: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a client: of the two, the one under test."""
    from blocked import Blocked
    from sample import AsyncSample, Sample

    monkeypatch.setattr("sample._runtime.retry.FIRST_DELAY", 0.01)
    if portal is None:
        return Sample
    return lambda **options: Blocked(portal, AsyncSample(**options))


@pytest.fixture
def client(server: Any, make: Any) -> Iterator[Any]:
    with make(base_url=server.url, api_key="k3y", timeout=5) as made:
        yield made
