"""The rules of the folder that a machine can hold: bash 3.2, no evaluation, only tools that are everywhere."""

import re
import shutil
import subprocess
import unittest

import lint
from support import RUNTIME

FILES = sorted(RUNTIME.glob("*.bash"))
PACKAGE = sorted((RUNTIME.parent / "package").glob("*.bash.jinja")) + sorted((RUNTIME.parent / "package/suite").glob("*.bash.jinja"))

# Arrays that always hold something where they stand unguarded: `"${x[@]}"` of an empty one is an error before bash 4.4.
NEVER_EMPTY = {
    "_portolan_curl", "arguments", "_portolan_requirements", "segments", "wanted", "_portolan_schemes", "_portolan_pointers", "_portolan_sent",
}

# Never, with any bash.
FORBIDDEN = {
    "eval": r"(^|[;&|({]\s*|\s)eval\s",
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
            text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text())
            # Formats and regular expressions stand in single quotes, and matter too.
            for strings in (None, ""):
                left = lint.found(lint.bare(text, strings), {name: rule for name, rule in lint.BASH.items() if strings == "" or "printf" in name}, NEVER_EMPTY)
                self.assertEqual(left, [], path.name)

    def test_only_options_that_the_tools_of_every_system_have(self):
        for path in FILES + PACKAGE:
            text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text())
            self.assertEqual(lint.found(lint.bare(text, None), lint.TOOLS), [], path.name)

    def test_each_rule_refuses_what_it_is_for(self):
        for rules in (lint.BASH, lint.TOOLS):
            for name, (pattern, refused, allowed) in rules.items():
                self.assertEqual([rule for _, rule in lint.found(lint.bare(refused, None), rules) if rule == name], [name], refused)
                self.assertEqual([rule for _, rule in lint.found(lint.bare(allowed, None), rules) if rule == name], [], allowed)
        self.assertEqual(lint.bare("a 'b # c\n' d # e'\nf \"it's\" 'g'"), "a ''\n d \nf \"it's\" ''")
        for option in ("--json", "--fail-with-body", "--variable", "--retry-all-errors", "--rate", "--url-query"):
            self.assertEqual(len(lint.found(f"curl {option} x", lint.CURL)), 1, option)
        self.assertEqual(len(lint.found("curl -w '%{certs}'", lint.CURL)), 1)
        self.assertEqual(lint.found("curl --form-string x --header y --write-out '%{http_code}%{time_total}'", lint.CURL), [])

    def test_curl_is_given_nothing_newer_than_7_68(self):
        for path in (RUNTIME / name for name in ("send.bash", "stream.bash", "tokens.bash", "credentials.bash", "body.bash", "multipart.bash", "show.bash")):
            text = lint.bare(path.read_text(), None)
            # --json is also an option of ours.
            self.assertEqual([hit for hit in lint.found(text, lint.CURL) if (path.name, hit[1]) != ("body.bash", "json")], [], path.name)

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

    def test_shellcheck(self):
        if not shutil.which("shellcheck"):
            self.skipTest("shellcheck is not installed")
        done = subprocess.run(["shellcheck", *FILES], capture_output=True, text=True)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
