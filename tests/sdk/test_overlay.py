"""The overlay of samples under a tool that is none of ours (oas-patch): each operation gets its samples, and nothing else changes."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
import yaml
from oas_patch.overlay import apply_overlay
from workshop import OURS, ROOT, portolan

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
LANGUAGES = {"python": "Python", "javascript": "JavaScript", "curl": "Shell"}
ANSWERS = {"responses": {"204": {"description": "Done."}}}
# Paths with all that means something in a JSONPath (RFC 9535), in a quoted name or outside of one.
AWKWARD = {
    "openapi": "3.0.3",
    "info": {"title": "Awkward: '$' ]", "version": "1"},
    "servers": [{"url": "https://awkward.invalid"}],
    "paths": {
        path: {"post": {"operationId": f"call{index}", **ANSWERS}, "description": "Kept."}
        for index, path in enumerate(["/it's", "/a.b~c/d[0]", '/q"x*@?', "/é/$..x", "/back\\slash", "/a,'b", "/\U0001f600"])
    },
}


def document(name: str, folder: Path) -> Path:
    """The document as one file: what an overlay can reach."""
    if name == "awkward":
        path = folder / "awkward.json"
        path.write_text(json.dumps(AWKWARD, ensure_ascii=False))
        return path
    if name == "telemetry":
        path = folder / "telemetry.yaml"
        path.write_text(portolan("bundle", OURS["telemetry"], "--quiet").stdout)
        return path
    return ROOT / OURS[name]


@pytest.mark.parametrize("name", ["bookshop", "telemetry", "awkward"])
def test_each_operation_carries_its_samples_and_nothing_else_changes(name: str, tmp_path: Path) -> None:
    path, overlay = document(name, tmp_path), tmp_path / "samples.overlay.yaml"
    portolan("samples", path, "--overlay", overlay, "--quiet")
    expected: dict[str, list[dict]] = {}
    for made in json.loads(portolan("samples", path, "--format", "json", "--quiet").stdout):
        sample = {"lang": LANGUAGES[made["target"]], "label": made["label"], "source": made["source"]}
        expected.setdefault(made["operation"], []).append(sample)
    before = yaml.safe_load(path.read_text())
    after = apply_overlay(copy.deepcopy(before), yaml.safe_load(overlay.read_text()))
    operations = [item[method] for item in after["paths"].values() for method in METHODS if method in item]
    carried = {operation["operationId"]: operation.pop("x-codeSamples", None) for operation in operations}
    assert carried == expected
    assert {sample["lang"] for samples in carried.values() for sample in samples} == set(LANGUAGES.values())
    # Members in their order too.
    assert json.dumps(after) == json.dumps(before)
