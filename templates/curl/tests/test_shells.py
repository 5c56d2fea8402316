"""Whatever the shell is like: what a caller has set, other terminals, older behaviour of bash that newer ones can be told to have."""

import json
import os
import unittest

from support import Case, Server

CALLS = (
    ["get", "a b", "--language", "é", "--filter.tags", "x"],
    ["create", "--name", "it's", "--lines.1.sku", "b", "--lines.0.sku", "a"],
    ["upload", "--note", "n", "--metadata.title", "t"],
    ["get", "1", "--limit", "x"],
    ["--help"],
    ["get", "--help"],
)


class Shells(Case):
    def outcomes(self, before, env=None, call='(_portolan_main "$HOME/lib/shop" things "$@")'):
        """What the calls do in a shell that ran `before` first."""
        script = self.folder / "caller.bash"
        script.write_text(f'. "$1/lib/shop/runtime/main.bash"\n{before}\nshift\n{call}\n')
        found = []
        for arguments in CALLS:
            for old in self.record.iterdir():
                old.unlink()
            environment = {"SHOP_CURL": str(self.fake), "SHOP_BASE_URL": "http://shop.test", **(env or {})}
            done = self.run_bash(str(script), str(self.folder), *arguments, env=environment)
            body = (self.record / "body").read_text() if (self.record / "body").exists() else None
            given = self.recorded()[0] if (self.record / "arguments").exists() else []
            kept = [argument for argument in given if "/shop." not in argument and not argument.startswith("/dev/fd/")]
            found.append((done.code, done.out, done.err, kept, body))
        return found

    def test_what_the_caller_has_set_changes_nothing(self):
        plain = self.outcomes(":")
        self.assertEqual([code for code, *_ in plain], [0, 0, 0, 2, 0, 0])
        for before in (
            "set -C", "set -a", "set -f", "set -eu", "set -o posix", "shopt -s nocasematch extglob nullglob failglob dotglob", "IFS=ab:",
            "shopt -s xpg_echo", "shopt -s localvar_inherit patsub_replacement 2>/dev/null; text=x result=x REPLY=x line=x index=x value=x",
            "shopt -s lastpipe", "set -T; trap ': $BASH_COMMAND' DEBUG", "set -E; trap ': $LINENO' ERR", "umask 0", "CDPATH=/tmp",
            "export LC_ALL=C.UTF-8", "GLOBIGNORE='*'",
        ):
            self.assertEqual(self.outcomes(before), plain, before)
        # There `set -e` means nothing.
        asked = 'if (_portolan_main "$HOME/lib/shop" things "$@"); then :; else exit "$?"; fi'
        self.assertEqual(self.outcomes(":", call=asked), plain)

    def test_older_behaviour_of_bash_changes_nothing(self):
        plain = self.outcomes(":")
        for before in ("BASH_COMPAT=3.2", "BASH_COMPAT=4.2", "shopt -s compat31", "shopt -s compat32", "shopt -s compat43"):
            self.assertEqual(self.outcomes(f"{before} 2>/dev/null"), plain, before)
        self.assertEqual(self.outcomes(":", {"BASH_COMPAT": "3.2"}), plain)
        self.assertEqual(self.outcomes(":", {"POSIXLY_CORRECT": "1"}), plain)

    def test_help_keeps_to_the_width_of_the_terminal(self):
        for columns, width in (("60", 60), ("30", 50), ("500", 100), ("", 80), ("x[$(touch canary)]", 80)):
            for command in (["things"], [], ["things", "get"]) if width > 60 else (["things"],):
                done = self.shop(*command, "--help", env={"COLUMNS": columns})
                self.assertLessEqual(max(len(line) for line in done.out.splitlines()), width, done.out)
        wide, narrow = (self.shop("things", "--help", env={"COLUMNS": columns}).out for columns in ("100", "50"))
        self.assertEqual(" ".join(wide.split()), " ".join(narrow.split()))
        self.assertIn("(deprecated) At a server of its own", wide)
        self.assertIn("Deprecated: it should no longer be used.", self.shop("things", "elsewhere", "--help").out)
        self.assertFalse((self.folder / "canary").exists())

    def test_a_curl_of_the_callers_own_settings_is_not_used(self):
        (self.folder / ".curlrc").write_text('header = "X-Evil: 1"\n')
        with Server(lambda request: (200, {}, "")) as server:
            self.shop("things", "get", "1", base=server.base)
        self.assertIsNone(server.requests[0].headers["X-Evil"])

    def test_no_process_shows_a_secret(self):
        """What `ps` shows while the server has not answered yet."""
        import glob

        shown = []

        def answer(request):
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    with open(path, "rb") as file:
                        shown.append(file.read())
                except OSError:
                    pass
            return 200, {}, json.dumps({"access_token": "s3cret-token"})

        env = {"SHOP_QUERY_KEY": "s3cret-a", "SHOP_SESSION": "s3cret-b", "SHOP_API_KEY": "s3cret-c", "SHOP_CLIENT_ID": "i", "SHOP_CLIENT_SECRET": "s3cret-d"}
        with Server(answer) as server:
            for operation in ("both", "oauth", "watch"):
                self.assertEqual(self.shop("things", operation, base=server.base, env=env).code, 0)
        self.assertTrue(any(b"curl" in line for line in shown))
        self.assertFalse([line for line in shown if b"s3cret" in line and b"curl" in line])


if __name__ == "__main__":
    unittest.main()
