"""What Portolan reads in a file is what a second reader reads in it, value by value, digit by digit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from plain import Digits, Listed, binary, every_document, from_json, from_yaml, read


def nodes(path: Path) -> tuple[Any, str]:
    """The data of the stage `node`, and what was said; `REFUSED` when nothing came."""
    ran = subprocess.run(
        [binary(), "inspect", "--stage", "node", str(path)], capture_output=True, check=False, timeout=60
    )
    said = ran.stderr.decode()
    assert "panicked" not in said
    return (data(json.loads(ran.stdout)) if ran.returncode == 0 else REFUSED), said


REFUSED = object()
LENIENT = ("invalid indentation in quoted scalar", "comments must be separated")


def data(node: Any) -> Any:
    """A node as `inspect` prints it -> the data in it."""
    value = node["value"]
    if value == "null":
        return None
    ((kind, held),) = value.items()
    match kind:
        case "number":
            return Digits.of(held)
        case "array":
            return [data(item) for item in held]
        case "object":
            return {member["key"]: data(member["node"]) for member in held}
        case _:
            return held


def same(ours: Any, theirs: Any) -> bool:
    """Equal, also the order of keys; `True` is not 1."""
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, dict):
        return list(ours) == list(theirs) and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return ours == theirs


@every_document()
def test_every_file_of_a_document_is_read_alike(document: Listed) -> None:
    for path in document.files():
        try:
            theirs = read(path)
        except Exception as error:  # noqa: BLE001 - whatever the second reader cannot read is not compared
            theirs = error
        ours, said = nodes(path)
        # What libyaml takes and YAML forbids: quoted text that goes on too far left, a comment right behind a value.
        if ours is REFUSED and any(words in said for words in LENIENT):
            continue
        if isinstance(theirs, Exception):
            # Some files beside real documents are broken; ours may know better, and must say so otherwise.
            assert ours is not REFUSED or "error[" in said, f"{path}: {theirs}"
            continue
        assert same(ours, theirs), f"{path}\n{said[:1000]}"


# Each is read as YAML; the data is said here once more, so that two readers cannot be wrong together.
SCALARS: dict[str, Any] = {
    # Words of YAML 1.1 that are text in 1.2.
    "no": "no",
    "yes": "yes",
    "on": "on",
    "off": "off",
    "y": "y",
    "N": "N",
    "NO": "NO",
    "2020-01-01": "2020-01-01",
    "2020-01-01T00:00:00Z": "2020-01-01T00:00:00Z",
    "12:30:45": "12:30:45",
    "190:20:30": "190:20:30",
    "1_000": "1_000",
    "0b11": "0b11",
    "=": "=",
    "<": "<",
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "nUll": "nUll",
    "true": True,
    "True": True,
    "TRUE": True,
    "tRue": "tRue",
    "false": False,
    "0": Digits.of("0"),
    "-0": Digits.of("-0"),
    "+1": Digits.of("1"),
    "010": Digits.of("10"),
    "08": Digits.of("8"),
    "-019": Digits.of("-19"),
    "0o17": Digits.of("15"),
    "0o8": "0o8",
    "-0o7": "-0o7",
    "0x1F": Digits.of("31"),
    "0xfg": "0xfg",
    "-0x1": "-0x1",
    "12345678901234567890123": Digits.of("12345678901234567890123"),
    "0xFFFFFFFFFFFFFFFFFFFF": Digits.of("1208925819614629174706175"),
    "1.10": Digits.of("1.10"),
    ".5": Digits.of("0.5"),
    "1.": Digits.of("1"),
    "-.5": Digits.of("-0.5"),
    "+.5": Digits.of("0.5"),
    "1e3": Digits.of("1e3"),
    "1E+3": Digits.of("1E+3"),
    "1.5e-10": Digits.of("1.5e-10"),
    ".5e1": Digits.of("5"),
    "1e": "1e",
    "e1": "e1",
    ".": ".",
    "+": "+",
    "..": "..",
    "1.2.3": "1.2.3",
    "1e400": Digits.of("1e400"),
    "--1": "--1",
    "+-1": "+-1",
    ".inf": ".inf",
    "-.INF": "-.INF",
    ".nan": ".nan",
    ".NaN": ".NaN",
    "inf": "inf",
    "nan": "nan",
    "'no'": "no",
    '"1"': "1",
    "'it''s'": "it's",
    '"\\u00e9\\x41\\n\\e"': "éA\n\x1b",
    '"\\U0001F600"': "😀",
    '"a\\\n  b"': "ab",
    "!!str 1": "1",
    "!!str true": "true",
    "!!str": "",
    "!!int 1": Digits.of("1"),
    "!!float 1": Digits.of("1"),
    '!!int "1"': Digits.of("1"),
    "!!null ''": None,
    "!!binary aGk=": "aGk=",
    "! 1": "1",
    "!own x": "x",
    "!<tag:yaml.org,2002:str> 1": "1",
    "#": None,
    "a #b": "a",
    "a#b": "a#b",
    "http://x": "http://x",
    "a:b": "a:b",
    "é": "é",
    "😀": "😀",
    "\u3000x": "\u3000x",
    "a\u2028b": "a\u2028b",
    "a\u0085b": "a\u0085b",
    "a\u00a0b": "a\u00a0b",
    "|\n a\n b": "a\nb\n",
    "|-\n a\n b\n\n": "a\nb",
    "|+\n a\n\n": "a\n\n\n",
    ">\n a\n b\n\n c": "a b\n\nc\n".replace("\n\n", "\n"),
    ">-\n a\n b": "a b",
    "|2\n   a\n": " a\n",
    ">+\n a\n\n": "a\n\n\n",
    "|\n  a\n   b\n": "a\n b\n",
    ">\n a\n  b\n c\n": "a\n b\nc\n",
    "|\r\n a\r\n b\r\n": "a\nb\n",
    "[a, b]": ["a", "b"],
    "[]": [],
    "{}": {},
    "[a,\t b]": ["a", "b"],
    "{a: 1,\tb: 2}": {"a": Digits.of("1"), "b": Digits.of("2")},
    "[a, ]": ["a"],
    "{a, b: }": {"a": None, "b": None},
    '{"a":1}': {"a": Digits.of("1")},
    "{a: [{b: c}]}": {"a": [{"b": "c"}]},
    "[a: b]": [{"a": "b"}],
    "{? a : b}": {"a": "b"},
    "\n  - a\n  -\n  - - b": ["a", None, ["b"]],
    "\n  200: a\n  true: b\n  null: c\n  1.0: d\n  : e": {"200": "a", "true": "b", "null": "c", "1.0": "d", "": "e"},
    "\n  ? a\n  : b\n  ? c": {"a": "b", "c": None},
    "\n  - &x 1\n  - *x": [Digits.of("1"), Digits.of("1")],
    "\n  a: &b {c: 1}\n  d: {<<: *b, e: 2}": {
        "a": {"c": Digits.of("1")},
        "d": {"e": Digits.of("2"), "c": Digits.of("1")},
    },
    "a\n  b\n\n  c": "a b\nc",
    "'a\n  b'": "a b",
    "\ta": "a",
}


@pytest.mark.parametrize("written", SCALARS, ids=repr)
def test_an_awkward_value_of_yaml_means_what_the_core_schema_says(written: str, tmp_path: Path) -> None:
    path = tmp_path / "value.yaml"
    path.write_bytes(f"value: {written}\n".encode())
    ours, said = nodes(path)
    assert ours is not REFUSED, said
    assert same(ours["value"], SCALARS[written]), ours


# What the second reader agrees about: it has no view of tags, and follows YAML 1.1 at line breaks and some tabs.
AGREED = [
    written
    for written in SCALARS
    if not written.startswith(("!", "\t"))
    and not any(sign in written for sign in "\u2028\u0085")
    and written not in {"{a, b: }", "{? a : b}"}
    and "  : e" not in written
]


@pytest.mark.parametrize("written", AGREED, ids=repr)
def test_the_second_reader_agrees(written: str) -> None:
    assert same(from_yaml(f"value: {written}\n")["value"], SCALARS[written])


REFUSED_YAML = {
    "": "yaml-syntax",
    "# only a comment\n": "yaml-syntax",
    "a: 1\n---\nb: 2\n": "several-documents",
    "a:\n\t- b\n": "yaml-syntax",
    "? [a]\n: b\n": "yaml-syntax",
    "? {a: b}\n: c\n": "yaml-syntax",
    "a: *nothing\n": "yaml-syntax",
    "a: &x [*x]\n": "yaml-cycle",
    "a: 1\na: 2\n": "duplicate-key",
    "a: 'b\n": "yaml-syntax",
    'a: "\\q"\n': "yaml-syntax",
    "a: b: c\n": "yaml-syntax",
    "a: [b\n": "yaml-syntax",
    "a: {b: c\n": "yaml-syntax",
    "a: @b\n": "yaml-syntax",
    "a: `b`\n": "yaml-syntax",
    "a: %b\n": "yaml-syntax",
    "a: |\n  b\n c\n": "yaml-syntax",
    "a: \x00\n": "yaml-syntax",
    "<<: 1\n": "yaml-syntax",
}


@pytest.mark.parametrize("written", REFUSED_YAML, ids=repr)
def test_what_is_no_yaml_is_refused_with_its_place(written: str, tmp_path: Path) -> None:
    path = tmp_path / "value.yaml"
    path.write_bytes(written.encode())
    ran = subprocess.run(
        [binary(), "check", str(path), "--format", "short"], capture_output=True, text=True, check=False, timeout=60
    )
    said = [line for line in ran.stdout.splitlines() if f"error[{REFUSED_YAML[written]}]" in line]
    assert said and said[0].startswith(f"{path}:"), ran.stdout


# RFC 8259, accepted and refused. Whatever is accepted is compared with Python's reader.
ACCEPTED_JSON = [
    "[]",
    "{}",
    " [ ] \n",
    "\t[\t1\t]\t",
    "[1]",
    "[-0]",
    "[-0.0]",
    "[0e1]",
    "[1E+2]",
    "[1e-2]",
    "[1.5e10]",
    "[123456789012345678901234567890]",
    "[1e400]",
    "[0.1000]",
    '["\\u0041\\ud83d\\ude00\\/\\b\\f"]',
    '["\x7f"]',
    '["\u2028\u2029é😀"]',
    '{"":0}',
    '{"a":{"b":[null,true,false]}}',
    '["\\u0000"]',
    "[[[[[[[[[[1]]]]]]]]]]",
    '{"a\\u0062":1}',
    '["\\\\\\""]',
    "[1 , 2\r\n,3]",
]
REFUSED_JSON = [
    "",
    " ",
    "[",
    "]",
    "{",
    "[1",
    "[1,",
    "[,1]",
    "[1,,2]",
    "[1,]",
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    "{a:1}",
    "{'a':1}",
    '{"a" 1}',
    "[1 2]",
    "[01]",
    "[-01]",
    "[+1]",
    "[.5]",
    "[1.]",
    "[1.e1]",
    "[1e]",
    "[0x1]",
    "[Infinity]",
    "[NaN]",
    "[True]",
    "[nul]",
    "['a']",
    '["a]',
    '["\\x41"]',
    '["\\u12"]',
    '["a\nb"]',
    '["\x00"]',
    '["\x1f"]',
    "[1] 2",
    "[1] // c",
    "/* c */ [1]",
    "[1]]",
    "{} {}",
    '["\\"]',
    "[--1]",
    "[1_000]",
    "\ufeff\ufeff[]",
]


@pytest.mark.parametrize("written", ACCEPTED_JSON, ids=repr)
def test_json_is_accepted_and_read_as_python_reads_it(written: str, tmp_path: Path) -> None:
    path = tmp_path / "value.json"
    path.write_bytes(written.encode())
    ours, said = nodes(path)
    assert ours is not REFUSED, said
    assert same(ours, from_json(written))


@pytest.mark.parametrize("written", REFUSED_JSON, ids=repr)
def test_what_is_no_json_is_refused_with_its_place(written: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever json says
        from_json(written.removeprefix("\ufeff"))
    path = tmp_path / "value.json"
    path.write_bytes(written.encode())
    ran = subprocess.run(
        [binary(), "check", str(path), "--format", "short"], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 1
    first = ran.stdout.splitlines()[0]
    assert first.startswith(f"{path}:") and "error[" in first, ran.stdout


# Files as they lie on disks: bytes, names, and what they are read as.
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("tabs.json", b'{\n\t"a": [\n\t\t1\n\t]\n}', {"a": [Digits.of("1")]}),
        ("tabs.yaml", b'{\n\t"a": [\n\t\t1\n\t]\n}', {"a": [Digits.of("1")]}),
        ("marked.json", b'\xef\xbb\xbf{"a": 1}', {"a": Digits.of("1")}),
        ("marked.yaml", b"\xef\xbb\xbfa: 1\n", {"a": Digits.of("1")}),
        ("yaml.json", b"a: no\n", {"a": "no"}),
        ("json.yaml", b'{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        ("flow.yaml", b"{a: no}", {"a": "no"}),
        ("without", b"a: 1", {"a": Digits.of("1")}),
        ("lines.yaml", b"a: 1\r\nb:\r\n  - 2\r\n", {"a": Digits.of("1"), "b": [Digits.of("2")]}),
        ("directive.yaml", b"%YAML 1.2\n---\na: 1\n...\n", {"a": Digits.of("1")}),
        ("end.yaml", b"--- # c\na: 1\n...\n# more\n", {"a": Digits.of("1")}),
        ("long.yaml", b"a: " + b"x" * 200_000 + b"\n", {"a": "x" * 200_000}),
    ],
)
def test_a_file_is_read_by_its_content(name: str, content: bytes, expected: Any, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    ours, said = nodes(path)
    assert ours is not REFUSED, said
    assert same(ours, expected)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: 1\n".encode("utf-16"), "not UTF-8"),
        (b"\xff\xfea\x00", "not UTF-8"),
        ("a: é\n".encode("latin-1"), "not UTF-8"),
        (b"a: \xff\n", "not UTF-8"),
        (b"a: \xed\xa0\x80\n", "not UTF-8"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "value.yaml"
    path.write_bytes(content)
    ran = subprocess.run([binary(), "check", str(path)], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode in {1, 2}
    assert words in ran.stdout + ran.stderr, ran.stdout + ran.stderr
