"""Hostile documents are bounded in time and memory, and each gets the answer that it deserves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attacks import ATTACKS
from limits import PEAK_BYTES, run


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_bounded(name: str, tmp_path: Path) -> None:
    write, answer = ATTACKS[name]
    folder = tmp_path / "document"
    folder.mkdir()
    ran = run("check", write(folder), "--format", "short", cwd=tmp_path)
    # 2: the document itself cannot be opened.
    assert ran.code in {0, 1, 2}, f"ended with {ran.code} after {ran.seconds:.1f} s\n{ran.errors[-2000:]}"
    assert "panicked" not in ran.errors
    assert ran.peak <= PEAK_BYTES, f"{ran.peak >> 20} MiB"
    if ran.code == 2:
        assert "the limit is" in ran.errors
        return
    codes = re.findall(r"error\[([a-z-]+)\]", ran.output)
    assert (codes or ["ok"])[0] == answer, ran.output[:2000]
    assert ran.code == (0 if answer == "ok" else 1)
    # Nothing of a device or of another's file is shown.
    assert "root:" not in ran.output
