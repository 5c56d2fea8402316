"""What lies around the code of an emitted shell package: its own tests, completions of three shells, help, manual, library."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import judges
import pytest
from workshop import BARE, OURS, ROOT, WORK, binary, package, portolan, run

PATH = os.environ["PATH"]


@pytest.mark.parametrize("api", OURS)
def test_the_packages_own_tests_pass(api: str) -> None:
    folder = package(api) / "curl"
    environment = {"PORTOLAN": str(binary().resolve()), f"{api.upper()}_DOCUMENT": str(ROOT / OURS[api])}
    done = run([folder / "tests/run.bash"], cwd=ROOT, env=BARE | environment)
    assert done.returncode == 0, done.stdout + done.stderr
    model = json.loads(portolan("inspect", OURS[api], "--stage", "model", "--quiet").stdout)
    count = operations(model["resources"])
    assert done.stdout.splitlines()[-2:] == [f"1..{count}", f"{count} passed, 0 failed"]


def operations(resources: list[dict]) -> int:
    """The operations of some resources, and of those inside them."""
    return sum(len(resource["operations"]) + operations(resource["resources"]) for resource in resources)


def test_the_packages_own_tests_say_what_fails_and_why_they_cannot_run() -> None:
    tests = package("bookshop") / "curl/tests/run.bash"
    nowhere = {"BOOKSHOP_BASE_URL": "http://127.0.0.1:9", "BOOKSHOP_API_KEY": "k", "BOOKSHOP_MAX_RETRIES": "0"}
    done = run([tests, "*_books_list", "*_books_get"], cwd=ROOT, env=BARE | nowhere)
    assert done.returncode == 1
    assert re.search(r"^not ok 2 - bookshop_books_list\n# bookshop: no answer: http://127.0.0.1:9/books", done.stdout, re.MULTILINE)
    assert done.stdout.endswith("\n1..2\n0 passed, 2 failed\n")
    # Nothing is on the path but what every system has.
    done = run([tests], cwd=ROOT, env=BARE | {"PATH": "/usr/bin:/bin"})
    assert (done.returncode, done.stdout) == (0, "1..0 # skipped: no server: set BOOKSHOP_BASE_URL, or PORTOLAN to start a mock\n")


@pytest.mark.parametrize("api", OURS)
def test_every_operation_has_help_and_no_command_for_a_terminal_in_it(api: str) -> None:
    said = judges.shell_help(package(api) / "curl")
    assert not said, said


@pytest.fixture(scope="module")
def bookshop() -> Path:
    return package("bookshop") / "curl"


# What is typed, and what may stand in the place of the last word.
TYPED = [
    (["boo"], ["books"]),
    (["books", "g"], ["get"]),
    (["books", "list", "--gen"], ["--genre"]),
    (["books", "list", "--genre", "p"], ["poetry"]),
    (["books", "list", "--max-i"], ["--max-items"]),
    (["books", "list", "--all", "--cur"], ["--cursor"]),
    (["nothing", "here"], []),
]


@pytest.mark.parametrize(("words", "expected"), TYPED)
def test_bash_completes(bookshop: Path, words: list[str], expected: list[str]) -> None:
    script = """
    . "$1/completions/bookshop.bash"; shift
    complete -p bookshop >/dev/null || exit 1
    COMP_WORDS=(bookshop "$@") COMP_CWORD=$#
    _bookshop_completion
    printf '%s\\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"}
    """
    assert completed(["bash", "-c", script, "bash", bookshop, *words], bookshop) == expected


def test_bash_completes_behind_an_equals_sign(bookshop: Path) -> None:
    test_bash_completes(bookshop, ["books", "list", "--genre", "=", "p"], ["poetry"])
    test_bash_completes(bookshop, ["books", "list", "--genre", "="], ["fiction", "poetry", "history", "science", "children", "cooking"])


@pytest.mark.parametrize(("words", "expected"), TYPED)
def test_zsh_completes(bookshop: Path, words: list[str], expected: list[str]) -> None:
    wanted("zsh")
    script = """
    autoload -Uz compinit && compinit -D -u
    compadd() { print -rl -- $candidates }
    _files() { : }
    complete_it() { local file=$1; shift; words=(bookshop "$@"); CURRENT=$#words; . $file }
    complete_it "$@"
    """
    typed = ["zsh", "-f", "-c", script, "zsh", bookshop / "completions/bookshop.zsh", *words]
    # zsh leaves it to itself what goes on the typed word, so it may offer more.
    assert completed(typed, bookshop) == expected


@pytest.mark.parametrize(("words", "expected"), TYPED)
def test_fish_completes(bookshop: Path, words: list[str], expected: list[str], tmp_path: Path) -> None:
    wanted("fish")
    script = f"source {bookshop}/completions/bookshop.fish; complete -C 'bookshop {' '.join(words)}'"
    found = completed(["fish", "--no-config", "-c", script], tmp_path, bookshop)
    assert [line.split("\t")[0] for line in found] == expected


def wanted(program: str) -> None:
    """Skips without the program; where CI runs it must be there."""
    if not shutil.which(program):
        assert not os.environ.get("CI"), f"{program} is missing; tests/run tools installs it"
        pytest.skip(f"{program} is not installed")


def completed(command: list[str | Path], cwd: Path, folder: Path | None = None) -> list[str]:
    done = run(command, cwd=cwd, env=BARE | {"PATH": f"{folder or cwd}/bin:{PATH}", "TERM": "dumb"})
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return [line for line in done.stdout.split("\n") if line]


HOSTILE = {
    "openapi": "3.1.0",
    "info": {"title": "T\x1b]0;x\x07\x9b31m", "version": "1", "description": "D\x1b[31m $(touch CANARY)\n.so /etc/passwd\n'br \\*[x]"},
    "servers": [{"url": "https://a.example", "description": "\x9b1m"}, {"url": "https://b.example", "description": "`touch CANARY`"}],
    "tags": [{"name": "things", "description": "\x1b[2J \u202e $(touch CANARY)"}],
    "paths": {
        "/things": {
            "get": {
                "operationId": "listThings",
                "tags": ["things"],
                "summary": "\x1b[31m\x08 $(touch CANARY) `touch CANARY` %s\\n",
                "description": "one\rtwo\x85three\u2028four\x1b]52;c;eA==\x07",
                "deprecated": True,
                "parameters": [
                    {
                        "name": "q\x1b",
                        "in": "query",
                        "description": "\x1b[1m$(touch CANARY)",
                        "schema": {"enum": ["\x1b[31m", "$(touch CANARY)", "a b'\"", "-x", "\x9bm", "@file;*"]},
                    }
                ],
                "responses": {"204": {"description": "Done."}},
            }
        }
    },
}


def test_no_word_of_a_document_is_executed_or_commands_a_terminal(tmp_path: Path) -> None:
    document, folder = tmp_path / "hostile.json", WORK / "hostile-words"
    document.write_text(json.dumps(HOSTILE))
    portolan("generate", document, "--target", "curl", "--out", folder, "--package", "hostile", "--quiet", "--force")
    package_ = folder / "curl"
    assert not judges.shell_help(package_)
    bin_ = package_ / "bin/hostile"
    for typed in (["thi"], ["things", ""], ["things", "list", "--"], ["things", "list", "--q-1b", ""], ["things", "list", "--q", ""]):
        done = run([bin_, "__complete", *typed], cwd=tmp_path, env=BARE)
        assert done.returncode == 0 and not UNSAFE.search(done.stdout), (typed, done.stdout)
        script = '. "$1/completions/hostile.bash"; shift; COMP_WORDS=(hostile "$@"); COMP_CWORD=$#; _hostile_completion; eval "printf \'%s\\\\0\' ${COMPREPLY[*]-}"'
        done = run(["bash", "-c", script, "bash", package_, *typed], cwd=tmp_path, env=BARE | {"PATH": f"{package_}/bin:{PATH}"})
        assert (done.returncode, done.stderr) == (0, "")
    done = run([bin_, "things", "list", "--q", "\x1b[31m$(touch CANARY)", "--dry-run"], cwd=tmp_path, env=BARE)
    assert done.returncode == 0 and not UNSAFE.search(done.stdout), done.stdout
    for text in [package_ / "share/man/man1/hostile.1", package_ / "README.md", package_ / "reference.md"]:
        assert not UNSAFE.search(text.read_text()), text.name
    assert not list(tmp_path.rglob("CANARY")) and not list(package_.rglob("CANARY"))


UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]")


def test_the_manual_page_is_one(bookshop: Path) -> None:
    page = (bookshop / "share/man/man1/bookshop.1").read_text()
    assert page.isascii()
    requests = {line.split(" ")[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests <= {'.\\"', ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".BI", ".BR", ".RI", ".RB", ".IR", ".br"}
    wanted("groff")
    done = run(["groff", "-man", "-Tutf8", "-ww", bookshop / "share/man/man1/bookshop.1"], cwd=bookshop, env=BARE)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    for words in ["BOOKSHOP_API_KEY", "List books", "--max-items", "EXIT STATUS"]:
        assert words in re.sub("\x1b\\[[0-9;]*m|.\x08", "", done.stdout), words


def test_a_call_reads_no_more_than_it_needs(bookshop: Path) -> None:
    environment = BARE | {"BOOKSHOP_API_KEY": "k", "PS4": "+ "}
    done = run(["bash", "-x", bookshop / "bin/bookshop", "books", "get", "b", "--dry-run"], cwd=bookshop, env=environment)
    read = re.findall(r"^\++ \. \S*/lib/bookshop/(\S+)\.bash$", done.stderr, re.MULTILINE)
    runtime = "main text words json operation arguments | parameters body credentials dates urls send answer show".split()
    expected = [f"runtime/{name}" for name in runtime if name != "|"]
    assert read == [*expected[:6], "api", "resources/books", *expected[6:]]


def nested(depth: int) -> dict:
    inner = nested(depth - 1) if depth else {"type": "string"}
    return {"type": "object", "properties": {f"level_{depth}": inner, "list": {"type": "array", "items": inner}}}


WIDE = {
    "openapi": "3.0.3",
    "info": {"title": "Wide", "version": "1"},
    "servers": [{"url": "https://wide.invalid"}],
    "paths": {
        "/rooms": {
            "post": {
                "operationId": "createRoom",
                "tags": ["rooms"],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "deep": nested(6),
                                    "many": {"type": "object", "properties": {f"p{number}": {"type": "string"} for number in range(200)}},
                                    "late": {"type": "object", "properties": {"one": nested(1), "name": {"type": "string"}}},
                                },
                            }
                        }
                    },
                },
                "responses": {"204": {"description": "Done."}},
            }
        }
    },
}
REACHED = [
    (["--many.p0", "5", "--many.p199", "a", "--many.p198:string", "5"], {"many": {"p0": "5", "p199": "a", "p198": "5"}}),
    (["--late.one.list", "[1]", "--late.name", "x y"], {"late": {"one": {"list": [1]}, "name": "x y"}}),
    (["--deep.level-6.level-5.level-4.level_3.a~/b.c", "$(id)"], {"deep": {"level_6": {"level_5": {"level_4": {"level_3": {"a~/b": {"c": "$(id)"}}}}}}}),
    (["--deep.list.0.list.0.list.0.x.y", "1", "--deep.list.0.level-5.list:json", "[]"], {"deep": {"list": [{"list": [{"list": [{"x": {"y": 1}}]}], "level_5": {"list": []}}]}}),
    (["--json", '{"deep":{"x":[]}}'], {"deep": {"x": []}}),
]


def test_members_beyond_the_flags_are_reached_and_told(tmp_path: Path) -> None:
    described = tmp_path / "wide.json"
    described.write_text(json.dumps(WIDE))
    portolan("generate", described, "--target", "curl", "--out", tmp_path, "--package", "wide", "--quiet")
    program = [tmp_path / "curl/bin/wide", "rooms", "create"]
    for arguments, expected in REACHED:
        shown = run([*program, *arguments, "--dry-run"], cwd=tmp_path, env=BARE)
        assert shown.returncode == 0, shown.stderr
        words = shlex.split(shown.stdout)
        body = json.loads(words[words.index("--data-raw") + 1])
        assert body == expected
    told = "Any other member by its name, or its members behind dots, as JSON or text."
    for text in (run([*program, "--help"], cwd=tmp_path, env=BARE).stdout, (tmp_path / "curl/reference.md").read_text()):
        for flag in ("--many.*", "--late.*"):
            assert re.search(rf"{re.escape(flag)}\W.*\s*{re.escape(told)}", text), flag
