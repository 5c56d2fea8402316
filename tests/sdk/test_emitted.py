"""The packages of our own documents pass their languages' compilers, strict type checkers, formatters and linters."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import judges
import pytest
from workshop import OURS, package

JUDGES: dict[str, list[Callable[[Path], str]]] = {
    "python": [
        judges.manifest_names_all,
        judges.python_imports,
        judges.python_types,
        judges.python_lints,
        judges.python_format,
    ],
    "javascript": [judges.manifest_names_all, judges.javascript],
    "curl": [judges.manifest_names_all, judges.shell, judges.shell_lints],
}


@pytest.mark.parametrize(
    ("language", "judge"),
    [(language, judge) for language, list_ in JUDGES.items() for judge in list_],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
@pytest.mark.parametrize("api", OURS)
def test_a_judge_is_content(api: str, language: str, judge: Callable[[Path], str]) -> None:
    said = judge(package(api) / language)
    assert not said, said
