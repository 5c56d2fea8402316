"""No operation is lost: the model has as many as the file, counted by a reader that shares nothing with Portolan."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from plain import Listed, binary, every_document, operations

# Broken on purpose, and what is wrong with each.
BROKEN = {
    "fail-invalid-schema": "invalid-value",
    "burgershop-badref": "unresolved-reference",
}


def model(document: Listed) -> subprocess.CompletedProcess[str]:
    command = [binary(), "inspect", "--stage", "model", "--root", str(document.root), str(document.path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def of_resources(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The operations of resources and of the resources in them."""
    found = []
    for resource in resources:
        found += resource["operations"] + of_resources(resource["resources"])
    return found


@every_document()
def test_every_operation_of_a_document_is_in_its_model(document: Listed) -> None:
    ran = model(document)
    assert "panicked" not in ran.stderr
    if document.name in BROKEN:
        assert (ran.returncode, ran.stdout) == (1, "")
        assert f"error[{BROKEN[document.name]}" in ran.stderr
        return
    assert ran.returncode == 0, ran.stderr
    found = of_resources(json.loads(ran.stdout)["resources"])
    pairs = [(operation["path"]["raw"], operation["method"].upper()) for operation in found]
    assert sorted(pairs) == sorted((path, method.upper()) for path, method in operations(document.path))
