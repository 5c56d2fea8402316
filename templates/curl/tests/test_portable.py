"""The rules of the folder that a machine can hold: bash 3.2, no evaluation, only tools that are everywhere."""

import re
import shutil
import subprocess
import unittest

from support import RUNTIME

FILES = sorted(RUNTIME.glob("*.bash"))
PACKAGE = sorted((RUNTIME.parent / "package").glob("*.bash.jinja"))

# What bash 3.2 does not know, or knows otherwise.
NEWER = {
    "associative array": r"\b(declare|local|typeset) -[a-zA-Z]*A",
    "name reference": r"\b(declare|local|typeset) -[a-zA-Z]*n\b",
    "case of letters": r"\$\{\w+(\[[^]]*\])?(\^|,)",
    "mapfile": r"\b(mapfile|readarray|coproc)\b",
    "${x@Q}": r"\$\{\w+@",
    "|& or &>>": r"\|&|&>>",
    ";& in case": r";;?&(?!&)",
    "negative index": r"\[-[0-9]+\]",
    "negative length": r"\$\{\w+:[^}]*:-[0-9]",
    "printf into an array": r"printf -v \"?\w+\[",
    "test -v": r"\[\[? -v ",
    "time by printf": r"%\(",
    "fraction for read": r"read [^|;]*-t 0?\.",
    "globstar": r"globstar|lastpipe|inherit_errexit",
    "wait -n": r"\bwait -n\b",
    "BASHPID and friends": r"\bEPOCH(SECONDS|REALTIME)\b|\bBASHPID\b|\bSRANDOM\b",
}

# Never, with any bash.
FORBIDDEN = {
    "eval": r"(^|[;&|({]\s*|\s)eval\s",
    "replacement that differs between versions": r"\$\{\w+//?[^}/]+/[^}]*[\"'\\&$][^}]*\}(?!\")",
    "a secret in an argument": r"command [^#]*\$\{!",
}

# The programs that may be run.
TOOLS = {"cat", "chmod", "cksum", "curl", "date", "jq", "mkdir", "mktemp", "mv", "od", "openssl", "rm", "sed", "sh", "sha256sum", "shasum", "sleep", "tr", "wc", "dirname", "readlink"}


def code(path):
    """The lines of a file without comments."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.lstrip().startswith("#"):
            yield f"{path.name}:{number}", line


class Portable(unittest.TestCase):
    def test_nothing_newer_than_bash_3_2(self):
        for path in FILES + PACKAGE:
            for place, line in code(path):
                line = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", line)
                for name, pattern in NEWER.items():
                    self.assertNotRegex(line, pattern, f"{place}: {name}")

    def test_nothing_is_evaluated(self):
        for path in FILES:
            for place, line in code(path):
                for name, pattern in FORBIDDEN.items():
                    self.assertNotRegex(line, pattern, f"{place}: {name}")

    def test_programs_are_few_and_run_by_command(self):
        for path in FILES:
            for place, line in code(path):
                for tool in re.findall(r"\bcommand ([a-z0-9]+)", line):
                    self.assertIn(tool, TOOLS, place)

    def test_every_file_says_its_licence_first(self):
        for path in FILES:
            self.assertTrue(path.read_text().startswith("# SPDX-License-Identifier: 0BSD\n"), path.name)

    def test_arrays_that_may_be_empty_are_guarded(self):
        # "${x[@]}" of an empty array is an error under `set -u` before bash 4.4.
        guarded = re.compile(r"\$\{\w+\[@\]\+\"\$\{\w+\[@\]\}\"\}")
        never_empty = re.compile(r'"\$\{(_portolan_curl|arguments|_portolan_requirements|segments|wanted|texts|_portolan_schemes|_portolan_pointers|_portolan_head|_portolan_sent|_portolan_choice_values)\[@\]\}"')
        for path in FILES:
            for place, line in code(path):
                left = never_empty.sub("", guarded.sub("", line))
                self.assertNotRegex(left, r"\"\$\{\w+\[@\]\}\"", place)

    def test_shellcheck(self):
        if not shutil.which("shellcheck"):
            self.skipTest("shellcheck is not installed")
        done = subprocess.run(["shellcheck", *FILES], capture_output=True, text=True)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
