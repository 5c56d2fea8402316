"""Documents with texts of strangers, made of the fixtures in tests/fixtures/hostile.

A field of a fixture is a text with PAYLOAD in it. Those that say the same name are one field; bare ones belong to what
else stands on their line (an enum and its default). The documents are JSON: keys of YAML are short.
"""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PATHS = sorted((HERE.parent / "fixtures" / "hostile").glob("*.yaml"))
FIXTURES = {path.stem: yaml.compose(path.read_text()) for path in PATHS}
TEXTS: list[str] = json.loads((HERE / "texts.json").read_text())
TEXTS.append("CANARY() " * 12_000)
# All that a text can do, in one; what cannot stand beside the rest has turns of its own.
NASTY = " ".join(text for text in TEXTS if len(text) < 1_000 and "\0" not in text)
# What means something where a text stands: variables of an address and where it ends, steps of a way into an answer.
MEANING = [(re.compile(r"(/|id |label |matrix |simple |area )|[^#]*\{"), "[{}?#]"), (re.compile("next |items "), "[.]")]
VARIABLE = re.compile(r"\{(\w+ PAYLOAD)\}")

Key = str | int


def fields(fixture: str) -> dict[Key, int]:
    """Fields by number."""
    found: dict[Key, int] = {}
    for scalar in _scalars(FIXTURES[fixture]):
        if "PAYLOAD" in scalar.value:
            found.setdefault(_key(scalar), len(found))
    return found


def harmless(fixture: str) -> str:
    return _filled(fixture, lambda _: "harmless")


def turned(fixture: str, turn: int) -> str:
    """Every field has another text; over all turns every field has had every text."""
    numbers = fields(fixture)
    return _filled(fixture, lambda key: TEXTS[(numbers[key] + turn) % len(TEXTS)])


def few(fixture: str, remainder: int, divisor: int) -> str:
    """Each so-manieth field is hostile, with all texts at once, and its neighbours are harmless."""
    numbers = fields(fixture)
    return _filled(fixture, lambda key: NASTY if numbers[key] % divisor == remainder else "harmless")


def _filled(fixture: str, text_of: Callable[[Key], str]) -> str:
    constructor = yaml.SafeLoader("")

    def value(node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return {value(key): value(member) for key, member in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [value(item) for item in node.value]
        if "PAYLOAD" not in node.value:
            return constructor.construct_object(node)
        # A variable of an address says the name of a parameter.
        named = VARIABLE.sub(lambda match: "{" + _put(match[1], text_of(match[1])) + "}", node.value)
        return _put(named, text_of(_key(node))) if "PAYLOAD" in named else named

    return json.dumps(value(FIXTURES[fixture]), ensure_ascii=False)


def _put(field: str, text: str) -> str:
    for place, characters in MEANING:
        if place.match(field):
            text = re.sub(characters, "", text)
    if field.startswith("#/"):
        text = urllib.parse.quote(text.replace("~", "~0").replace("/", "~1"), safe="")
    return field.replace("PAYLOAD", text)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    else:
        for child in node.value:
            for part in child if isinstance(child, tuple) else [child]:
                yield from _scalars(part)


def _key(scalar: yaml.ScalarNode) -> Key:
    if scalar.value == "PAYLOAD":
        return int(scalar.start_mark.line)
    # A reference says the name of what it leads to.
    return str(scalar.value.rpartition("/")[2] if scalar.value.startswith("#/") else scalar.value)
