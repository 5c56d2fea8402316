"""Independent judges of the mock, with few examples; judge.py and replay.py are the whole of it."""

from __future__ import annotations

import os

import pytest
from judge import HEADERS, PACKAGES, judge
from workshop import OURS


# Three of the four, each in another way: a run costs five seconds.
CHOSEN = {"bookshop": "coverage", "payments": "examples,fuzzing", "telemetry": "coverage"}


@pytest.mark.parametrize("api", CHOSEN)
def test_schemathesis_finds_nothing(api: str) -> None:
    if not PACKAGES.exists():
        assert "CI" not in os.environ, f"{PACKAGES} is missing; install it: tests/run tools"
        pytest.skip(f"{PACKAGES} is missing")
    fine, said = judge(OURS[api], HEADERS[api], examples=1, phases=CHOSEN[api])
    assert fine, said
