"""Whose fault it is when no call of an operation succeeds: what `portolan check` says of the operation alone.

The document is bundled, cut down to the request of the operation, all that this refers to, and operations at the same address, and
checked. A finding with one of the codes below means that nobody can make the call: no value is right, none can be sent, or
another operation is meant as well.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Iterator

from workshop import BARE, ROOT, binary, portolan, run

CODES = ["ambiguous-one-of", "ambiguous-path", "unsendable-value"]
ANSWERS = {"200": {"description": "Whatever it answers."}}
# Where a document keeps what is referred to: in 3.x the sections of `components`, in 2.0 these.
SECTIONS = ["definitions", "parameters", "responses"]


class Faults:
    """The findings of a document (and options of how to read it), by operation."""

    def __init__(self, document: list[str | Path], folder: Path) -> None:
        self.document = document
        self.folder = folder
        self._known: dict[str, str | None] = {}

    def of(self, operation: str) -> str | None:
        """The code and the words of the finding that explains why the operation cannot be called, if there is one."""
        if operation not in self._known:
            self._known[operation] = self._find(operation)
        return self._known[operation]

    def of_the_whole(self) -> str | None:
        """The first error of a document that nothing can be made of."""
        errors = [finding for finding in findings(self.document) if finding["severity"] == "error"]
        return words(errors[0]) if errors else None

    def _find(self, operation: str) -> str | None:
        place = self._places.get(operation)
        if place is None:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "operation.json"
        file.write_text(json.dumps(alone(self._bundle, *place)))
        told = [finding for finding in findings([file]) if finding["code"] in CODES]
        return words(told[0]) if told else None

    @cached_property
    def _bundle(self) -> dict[str, Any]:
        return json.loads(portolan("bundle", *self.document, "--format", "json", "--quiet").stdout)

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        """Path and method by the id of the operation."""
        model = json.loads(portolan("inspect", *self.document, "--stage", "model", "--quiet").stdout)
        return {each["id"]: (each["path"]["raw"], each["method"].lower()) for each in operations(model["resources"])}


def operations(resources: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for resource in resources:
        yield from resource["operations"]
        yield from operations(resource["resources"])


def findings(document: list[str | Path]) -> list[dict[str, Any]]:
    command = [binary(), "check", *document, "--format", "json", "--all", "--quiet"]
    return json.loads(run(command, cwd=ROOT, env=BARE).stdout or "[]")


def words(finding: dict[str, Any]) -> str:
    return f"{finding['code']}: {finding['message']}"


def alone(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    """A document with one operation, what its request refers to, and nothing else."""
    item = document.get("paths", {}).get(path, {})
    operation = {key: value for key, value in item.get(method, {}).items() if key != "callbacks"} | {"responses": ANSWERS}
    shared = {key: value for key, value in item.items() if key in ("parameters", "servers")}
    rivals = {
        other: {"parameters": rival.get("parameters", []), method: {"responses": ANSWERS, "parameters": rival[method].get("parameters", [])}}
        for other, rival in document.get("paths", {}).items()
        if other != path and shape(other) == shape(path) and method in rival
    }
    left = {key: value for key, value in document.items() if key not in ("paths", "webhooks", "components", *SECTIONS)}
    left["paths"] = {path: {**shared, method: operation}, **rivals}
    if "components" in document:
        left["components"] = {"securitySchemes": document["components"].get("securitySchemes", {})}
    waiting = list(references(left["paths"]))
    while waiting:
        reference = waiting.pop()
        keys = [key.replace("~1", "/").replace("~0", "~") for key in reference.removeprefix("#/").split("/")]
        # What leads into a component needs all of it, for it may lead on.
        keys = keys[: 2 if keys[0] in (*SECTIONS, "paths") else 3]
        found, kept = document, left
        for key in keys[:-1]:
            found, kept = found.get(key, {}), kept.setdefault(key, {})
        if keys[-1] in found and keys[-1] not in kept:
            kept[keys[-1]] = found[keys[-1]]
            waiting += references(found[keys[-1]])
    return left


def shape(path: str) -> str:
    """The path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(reference := value.get("$ref"), str) and reference.startswith("#/"):
            yield reference
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, str) and value.startswith("#/"):
        # The mapping of a discriminator.
        yield value
