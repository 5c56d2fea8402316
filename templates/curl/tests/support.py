"""What the tests share: the fixture put together in a temporary folder, a curl that only records, a server."""

import http.server
import json
import os
import pathlib
import shutil
import socketserver
import stat
import subprocess
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
RUNTIME = HERE.parent / "runtime"
BASH = os.environ.get("PORTOLAN_BASH", "bash")

# Records its arguments, the config that it reads and the files that it would send, and answers 200.
FAKE_CURL = """#!/usr/bin/env bash
set -eu
printf '%s\\0' "$@" >"$RECORD/arguments"
while (($#)); do
  case $1 in
    --config) cat "$2" >"$RECORD/config"; shift ;;
    --data-binary) cat "${2#@}" >"$RECORD/body"; shift ;;
    --upload-file) cat "$2" >"$RECORD/body"; shift ;;
    --form) case $2 in *'=<"'*) path=${2#*'=<"'}; cat "${path%%'"'*}" >"$RECORD/part" ;; esac; shift ;;
    --dump-header) printf 'HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n\\r\\n' >"$2"; shift ;;
    --output) printf '{}' >"$2"; shift ;;
  esac
  shift
done
printf '0.001\\n\\n'
"""


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


class Case(unittest.TestCase):
    """A test with the fixture's client in `self.folder`."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="portolan-curl-"))
        shutil.copytree(HERE / "fixture", cls.folder, dirs_exist_ok=True)
        shutil.copytree(RUNTIME, cls.folder / "lib/shop/runtime")
        cls.record = cls.folder / "record"
        cls.record.mkdir()
        cls.fake = cls.folder / "fake-curl"
        cls.fake.write_text(FAKE_CURL)
        cls.fake.chmod(0o755)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def run_bash(self, script, *arguments, input=None, env=None, cwd=None, bash=(BASH,)):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "RECORD": str(self.record),
            **(env or {}),
        }
        done = subprocess.run(
            [*bash, script, *arguments],
            input=input,
            capture_output=True,
            env=environment,
            cwd=cwd or self.folder,
            timeout=300,
        )
        return Result(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="replace"))

    def shop(self, *arguments, fake=False, base=None, env=None, **options):
        """Runs the fixture's client."""
        env = dict(env or {})
        if fake:
            for old in self.record.iterdir():
                old.unlink()
            env.setdefault("SHOP_BASE_URL", "http://shop.test/v1")
            env["SHOP_CURL"] = str(self.fake)
        if base:
            env["SHOP_BASE_URL"] = base
        return self.run_bash(str(self.folder / "shop"), *arguments, env=env, **options)

    def functions(self, body, *arguments, **options):
        """Runs a few lines with the runtime's text and json functions."""
        script = self.folder / "script.bash"
        script.write_text(
            f"set -euf; LC_ALL=C; cd {self.folder}/lib/shop/runtime; . ./text.bash; . ./words.bash; . ./dates.bash; . ./json.bash; _portolan_command=x _portolan_log=\n{body}\n"
        )
        return self.run_bash(str(script), *arguments, **options)

    def recorded(self):
        """(arguments, config, body) of the last fake curl."""
        arguments = (self.record / "arguments").read_bytes().decode().split("\0")[:-1]
        read = lambda name: (self.record / name).read_bytes().decode(errors="surrogateescape") if (self.record / name).exists() else None
        return arguments, read("config"), read("body")

    def url(self):
        """The URL that the last fake curl was given."""
        config = self.recorded()[1]
        line = [line for line in config.splitlines() if line.startswith("url = ")][-1]
        return line[len('url = "') : -1].replace('\\"', '"').replace("\\\\", "\\")


class Server:
    """A server on a real socket. `answer(request)` gives (status, headers, body); `requests` holds what came."""

    def __init__(self, answer):
        server = self
        self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do(self):
                length = int(self.headers.get("Content-Length") or 0)
                self.body = self.rfile.read(length)
                server.requests.append(self)
                answer_ = answer(self)
                if answer_ is None:
                    self.close_connection = True
                    return
                status, headers, body = answer_
                body = body.encode() if isinstance(body, str) else body
                if isinstance(body, (dict, list)):
                    body = json.dumps(body).encode()
                    headers = {"Content-Type": "application/json", **headers}
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                if "Content-Length" in headers:
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do_PATCH = do

        class Threaded(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        self.http = Threaded(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()
