"""Against real sockets: outcomes and exit codes, retries, redirects, downloads, uploads, streams, pages, tokens."""

import base64
import json
import os
import re
import time
import unittest
from email.utils import formatdate

from support import Case, Server

FAST = {"SHOP_MAX_RETRIES": "0"}


class Outcomes(Case):
    def test_data_goes_to_stdout_as_it_came(self):
        with Server(lambda request: (200, {"Content-Type": "application/json"}, '{"a": 1.0}')) as server:
            done = self.shop("things", "get", "1", base=server.base)
        self.assertEqual((done.code, done.out, done.err), (0, '{"a": 1.0}', ""))
        headers = server.requests[0].headers
        self.assertEqual(headers["User-Agent"], "shop-curl/1.2.3 portolan")
        self.assertEqual(headers["Accept"], "application/json")

    def test_a_status_becomes_an_exit_code_and_words(self):
        problem = {"title": "Not found", "detail": "No such thing.\x1b[31m"}
        for status, code in [(400, 4), (404, 4), (422, 4), (500, 5), (503, 5)]:
            with Server(lambda request: (status, {"X-Request-Id": "r1"}, problem)) as server:
                done = self.shop("things", "get", "1", base=server.base, env=FAST)
            self.assertEqual((done.code, done.out), (code, ""))
            first, rest = done.err.split("\n", 1)
            self.assertRegex(first, rf"^shop: {status} .*: No such thing\.\[31m \(request r1\)$")
            self.assertEqual(json.loads(rest), problem)

    def test_the_head_when_asked_for(self):
        with Server(lambda request: (200, {"X-One": "1"}, "body")) as server:
            done = self.shop("things", "get", "1", "--include", base=server.base)
        self.assertRegex(done.out, r"^HTTP/1.1 200 OK\n(.+\n)*X-One: 1\n(.+\n)*\nbody$")

    def test_no_server_is_a_network_failure(self):
        done = self.shop("things", "get", "1", base="http://127.0.0.1:1", env=FAST)
        self.assertEqual((done.code, done.out), (3, ""))
        self.assertRegex(done.err, r"^shop: no answer: http://127\.0\.0\.1:1/things/1 \(.+\)\n$")

    def test_silence_is_a_timeout(self):
        with Server(lambda request: time.sleep(5)) as server:
            done = self.shop("things", "get", "1", "--timeout", "0.3", base=server.base, env=FAST)
        self.assertEqual((done.code, done.out), (6, ""))

    def test_a_post_without_a_body_says_so(self):
        with Server(lambda request: (200, {}, "")) as server:
            self.shop("things", "order", base=server.base, env={"SHOP_API_KEY": "k"})
        self.assertEqual(server.requests[0].headers["Content-Length"], "0")

    def test_a_head_is_the_answer_to_head(self):
        with Server(lambda request: (200, {"X-One": "1", "Content-Length": "7"}, "")) as server:
            done = self.shop("things", "head", base=server.base)
        self.assertRegex(done.out, r"^HTTP/1.1 200 OK\n(.+\n)*X-One: 1\n(.+\n)*$")
        self.assertEqual(done.out.count("X-One"), 1)

    def test_words_of_a_server_cannot_command_a_terminal(self):
        body = b"a\x1b]0;x\x07\xc2\x9b31m\x08b\xc3\xa9\n"
        with Server(lambda request: (404, {"X-Request-Id": "\x9b1m"}, body)) as server:
            done = self.shop("things", "get", "1", base=server.base)
        self.assertIn("a]0;x31mbé", done.err)
        for hidden in "\x1b\x07\x08\x9b":
            self.assertNotIn(hidden, done.err)

    def test_a_reader_that_leaves_early_ends_it(self):
        lines = "\n".join(map(str, range(200_000)))
        with Server(lambda request: (200, {"Content-Type": "application/x-ndjson"}, lines)) as server:
            env = {"SHOP_BASE_URL": server.base}
            (self.folder / "early.bash").write_text('"$1" things watch | head -n 1\necho "${PIPESTATUS[0]}"\n')
            done = self.run_bash(str(self.folder / "early.bash"), str(self.folder / "shop"), env=env)
        self.assertEqual(done.out.splitlines()[0], "0", done)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("shop.")], [])

    def test_nothing_is_left_in_the_temporary_folder(self):
        with Server(lambda request: (200, {}, "")) as server:
            self.shop("things", "create", "--name", "x", base=server.base)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("shop.")], [])


class Retries(Case):
    def sequence(self, *answers):
        left = list(answers)
        return Server(lambda request: left.pop(0))

    def test_a_failure_is_tried_again_with_the_same_body_and_key(self):
        with self.sequence((503, {}, ""), None, (200, {}, "done")) as server:
            done = self.shop("things", "order", base=server.base, env={"SHOP_API_KEY": "k"})
        self.assertEqual((done.code, done.out), (0, "done"), done)
        self.assertEqual(len(server.requests), 3)
        self.assertEqual(len({request.headers["Idempotency-Key"] for request in server.requests}), 1)
        with self.sequence((429, {"Retry-After": "0"}, ""), (200, {}, "")) as server:
            self.shop("things", "create", "--json", "-", base=server.base, input=b'{"a":1}')
        self.assertEqual([request.body for request in server.requests], [b'{"a":1}'] * 2)

    def test_the_server_says_how_long_to_wait(self):
        in_a_while = lambda: formatdate(time.time() + 30, usegmt=True)
        for headers, least, most in [
            ({"Retry-After": "1"}, 1, 1),
            ({"Retry-After": "1.25"}, 1.25, 1.25),
            ({"Retry-After-Ms": "70"}, 0.07, 0.07),
            ({"Retry-After": in_a_while()}, 1, 30),
        ]:
            # A `sleep` that only says how long it was asked to.
            sleep = self.folder / "no-sleep"
            sleep.mkdir(exist_ok=True)
            (sleep / "sleep").write_text(f'#!/bin/sh\necho "$1" >"{sleep}/seconds"\n')
            (sleep / "sleep").chmod(0o755)
            with self.sequence((429, headers, ""), (200, {}, "")) as server:
                env = {"PATH": f"{sleep}:{os.environ['PATH']}"}
                self.assertEqual(self.shop("things", "get", "1", base=server.base, env=env).code, 0)
            seconds = float((sleep / "seconds").read_text())
            self.assertTrue(least <= seconds <= most, (headers, seconds))

    def test_some_failures_are_not_tried_again(self):
        for status, headers in [(400, {}), (404, {}), (429, {"Retry-After": "3600"})]:
            with self.sequence((status, headers, "")) as server:
                self.assertEqual(self.shop("things", "get", "1", base=server.base).code, 4)
            self.assertEqual(len(server.requests), 1)

    def test_the_count_is_the_callers(self):
        with self.sequence((500, {"Retry-After": "0"}, ""), (500, {"Retry-After": "0"}, "")) as server:
            self.assertEqual(self.shop("things", "get", "1", "--max-retries", "1", base=server.base).code, 5)
        self.assertEqual(len(server.requests), 2)


class Redirects(Case):
    def test_credentials_stay_with_their_server(self):
        env = {"SHOP_API_KEY": "k", "SHOP_QUERY_KEY": "q", "SHOP_SESSION": "s"}
        with Server(lambda request: (200, {}, "there")) as other:
            with Server(lambda request: (302, {"Location": other.base + "/x"}, "")) as server:
                done = self.shop("things", "both", "--tracking", "t", "--extra-header", "X-Mine: 1", base=server.base, env=env)
        self.assertEqual((done.code, done.out), (0, "there"), done)
        first, second = server.requests[0], other.requests[0]
        self.assertEqual((first.headers["X-API-Key"], first.headers["Cookie"]), ("k", "tracking=t; sid=s"))
        self.assertEqual(first.path, "/both?api%20key=q")
        for name in ("X-API-Key", "Cookie", "Authorization", "X-Mine"):
            self.assertIsNone(second.headers[name], name)
        self.assertEqual(second.path, "/x")

    def test_on_the_same_server_they_stay(self):
        def answer(request):
            return (200, {}, "end") if request.path == "/end" else (307, {"Location": "/end"}, "")

        with Server(answer) as server:
            done = self.shop("things", "order", base=server.base, env={"SHOP_API_KEY": "k"})
        self.assertEqual(done.out, "end")
        self.assertEqual([(request.command, request.headers["X-API-Key"]) for request in server.requests], [("POST", "k")] * 2)

    def test_only_post_becomes_get(self):
        for method, operation, status, expected in [
            ("POST", "create", 301, ["POST", "GET"]), ("POST", "create", 307, ["POST", "POST"]), ("POST", "create", 303, ["POST", "GET"]),
            ("PUT", "put", 302, ["PUT", "PUT"]), ("PUT", "put", 303, ["PUT", "GET"]), ("HEAD", "head", 303, ["HEAD", "HEAD"]),
        ]:
            answer = lambda request: (200, {}, "") if request.path == "/to/" else (status, {"Location": "/to/"}, "")
            (self.folder / "bytes.png").write_bytes(b"bytes")
            more = {"create": ["--json", "{}"], "put": ["1", "--body-file", "bytes.png"], "head": []}[operation]
            with Server(answer) as server:
                done = self.shop("things", operation, *more, base=server.base)
            self.assertEqual(done.code, 0, done)
            self.assertEqual([request.command for request in server.requests], expected)
            first, last = server.requests
            self.assertEqual(last.body, first.body if expected[0] == expected[1] else b"")
            self.assertEqual(last.headers["Content-Type"], first.headers["Content-Type"] if expected[0] == expected[1] else None)
            self.assertEqual(last.path, "/to/")

    def test_what_negotiates_content_goes_along_to_another_server(self):
        with Server(lambda request: (200, {}, "")) as other:
            with Server(lambda request: (308, {"Location": other.base + "/x"}, "")) as server:
                done = self.shop("things", "create", "--json", "{}", "--extra-header", "X-Mine: 1", "--extra-header", "If-Match: a", base=server.base)
        self.assertEqual(done.code, 0, done)
        request = other.requests[0]
        self.assertEqual((request.body, request.headers["Content-Type"], request.headers["If-Match"]), (b"{}", "application/json", "a"))
        self.assertIsNone(request.headers["X-Mine"])

    def test_a_circle_ends(self):
        with Server(lambda request: (302, {"Location": "/again"}, "")) as server:
            self.assertEqual(self.shop("things", "get", "1", base=server.base, env=FAST).code, 3)
        self.assertEqual(len(server.requests), 11)

    def test_other_schemes_are_not_followed(self):
        (self.folder / "secret").write_text("secret")
        with Server(lambda request: (302, {"Location": f"file://{self.folder}/secret"}, "")) as server:
            done = self.shop("things", "get", "1", base=server.base, env=FAST)
        self.assertNotEqual(done.code, 0)
        self.assertNotIn("secret\n", done.out)
        self.assertEqual(done.out, "")


CONTENT = bytes(range(256)) * 40


class Files(Case):
    def test_a_download_is_whole_or_not_there(self):
        with Server(lambda request: (200, {"ETag": '"v1"'}, CONTENT)) as server:
            self.assertEqual(self.shop("things", "get", "1", "--output", "one.bin", base=server.base).code, 0)
        self.assertEqual((self.folder / "one.bin").read_bytes(), CONTENT)
        with Server(lambda request: (404, {}, "none")) as server:
            done = self.shop("things", "get", "1", "--output", "two.bin", base=server.base)
        self.assertEqual((done.code, done.err.splitlines()[-1]), (4, "none"))
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("two")], [])

    def test_binary_data_passes_through_stdout(self):
        with Server(lambda request: (200, {}, b"a\0\xff\n")) as server:
            done = self.shop("things", "get", "1", base=server.base)
        self.assertEqual(done.out.encode(errors="surrogateescape"), b"a\0\xff\n")

    def test_a_broken_download_is_resumed(self):
        def answer(request):
            if "Range" not in request.headers:
                return 200, {"ETag": '"v1"', "Content-Length": str(len(CONTENT))}, CONTENT[:5000]
            start = int(request.headers["Range"].split("=")[1].split("-")[0])
            return 206, {"Content-Range": f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"}, CONTENT[start:]

        with Server(answer) as server:
            done = self.shop("things", "get", "1", "--output", "big.bin", base=server.base, env=FAST)
            self.assertEqual(done.code, 3, done)
            self.assertIn("what arrived is in big.bin.part; --resume goes on from there", done.err)
            done = self.shop("things", "get", "1", "--output", "big.bin", "--resume", base=server.base, env=FAST)
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.folder / "big.bin").read_bytes(), CONTENT)
        self.assertEqual(server.requests[-1].headers["If-Range"], '"v1"')
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("big")], ["big.bin"])

    def test_the_next_attempt_goes_on_where_the_connection_broke(self):
        for validator, value, ranges in [
            ("ETag", '"v1"', [None, "bytes=4000-", "bytes=8000-"]),
            ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT", [None, "bytes=4000-", "bytes=8000-"]),
            ("ETag", 'W/"v1"', [None, None, None]),
        ]:

            def answer(request):
                start = int((request.headers["Range"] or "bytes=0-")[6:-1])
                rest = CONTENT[start:]
                piece = rest if len(server.requests) > 2 else rest[:4000]
                headers = {validator: value, "Content-Length": str(len(rest)), "Content-Range": f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"}
                return 206 if start else 200, headers, piece

            with Server(answer) as server:
                done = self.shop("things", "get", "1", "--output", "again.bin", base=server.base)
            self.assertEqual((done.code, done.err), (0, ""))
            self.assertEqual((self.folder / "again.bin").read_bytes(), CONTENT)
            self.assertEqual([request.headers["Range"] for request in server.requests], ranges)
            self.assertEqual({request.headers["If-Range"] for request in server.requests[1:]}, {value if ranges[1] else None})
            self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("again")], ["again.bin"])

    def test_a_file_that_changes_between_attempts_is_whole_and_new(self):
        def answer(request):
            if len(server.requests) == 1:
                return 200, {"ETag": '"v1"', "Content-Length": "5000"}, b"o" * 4000
            return 200, {"ETag": '"v2"'}, CONTENT

        with Server(answer) as server:
            done = self.shop("things", "get", "1", "--output", "changed.bin", base=server.base)
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.folder / "changed.bin").read_bytes(), CONTENT)

    def test_a_changed_file_is_fetched_from_the_beginning(self):
        (self.folder / "new.bin.part").write_bytes(b"old beginning")
        with Server(lambda request: (200, {}, CONTENT)) as server:
            done = self.shop("things", "get", "1", "--output", "new.bin", "--resume", base=server.base, env=FAST)
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.folder / "new.bin").read_bytes(), CONTENT)

    def test_a_failure_while_resuming_spoils_nothing(self):
        (self.folder / "kept.bin.part").write_bytes(b"beginning")
        with Server(lambda request: (500, {}, "oh no")) as server:
            done = self.shop("things", "get", "1", "--output", "kept.bin", "--resume", base=server.base, env=FAST)
        self.assertEqual(done.code, 5, done)
        self.assertEqual((self.folder / "kept.bin.part").read_bytes(), b"beginning")
        (self.folder / "done.bin.part").write_bytes(CONTENT)
        with Server(lambda request: (416, {"Content-Range": f"bytes */{len(CONTENT)}"}, "")) as server:
            done = self.shop("things", "get", "1", "--output", "done.bin", "--resume", base=server.base, env=FAST)
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.folder / "done.bin").read_bytes(), CONTENT)

    def test_parts_arrive_with_names_and_types(self):
        import email

        (self.folder / 'a";b.pdf').write_bytes(CONTENT)
        (self.folder / "s1.txt").write_text("1")
        with Server(lambda request: (200, {}, "")) as server:
            done = self.shop(
                "things", "upload", "--file", 'a";b.pdf', "--metadata.edition", "2", "--metadata.title", "T", "--samples",
                "s1.txt", "--samples", "-", "--note", "@/etc/passwd", "--tags", "a", "--tags", "b", base=server.base, input=b"from stdin",
            )
        self.assertEqual(done.code, 0, done)
        request = server.requests[0]
        message = email.message_from_bytes(b"Content-Type: " + request.headers["Content-Type"].encode() + b"\r\n\r\n" + request.body)
        parts = []
        for part in message.get_payload():
            name = part.get_param("name", header="content-disposition")
            parts.append((name, part.get_content_type() if part["Content-Type"] else None, part.get_payload(decode=True)))
        self.assertEqual(
            parts,
            [
                ("file", "application/pdf", CONTENT),
                ("metadata", "application/json", b'{"edition":2,"title":"T"}'),
                ("samples", "text/plain", b"1"),
                ("samples", "application/octet-stream", b"from stdin"),
                ("note", None, b"@/etc/passwd"),
                ("tags", None, b"a"),
                ("tags", None, b"b"),
            ],
        )


class Streams(Case):
    def stream(self, type_, body, *arguments):
        with Server(lambda request: (200, {"Content-Type": type_}, body)) as server:
            return self.shop("things", "watch", *arguments, base=server.base, env=FAST)

    def test_events_become_lines(self):
        body = ': hello\r\ndata: {"a":1}\r\n\r\nevent: x\ndata:{"b":\ndata: 2}\n\nid: 7\n\ndata: [DONE]\n\ndata: late\n\n'
        done = self.stream("text/event-stream; charset=utf-8", body)
        self.assertEqual((done.code, done.out), (0, '{"a":1}\n{"b": 2}\n'), done)
        self.assertEqual(self.stream("text/event-stream", body, "--raw").out, body)

    def test_json_lines_and_sequences(self):
        self.assertEqual(self.stream("application/x-ndjson", '{"a":1}\n\n{"b":2}').out, '{"a":1}\n{"b":2}\n')
        self.assertEqual(self.stream("application/json-seq", '\x1e{"a":1}\n\x1e{"b":2}\n').out, '{"a":1}\n{"b":2}\n')

    def test_what_is_no_stream_is_printed_whole(self):
        self.assertEqual(self.stream("application/json", '{"a":\n1}').out, '{"a":\n1}')

    def broken(self, *answers, arguments=()):
        """A stream in pieces: each is what one connection brings before it breaks; the last one ends well."""
        left = list(answers)

        def answer(request):
            piece = left.pop(0)
            if not isinstance(piece, str):
                return piece
            length = len(piece) + (9 if left else 0)
            return 200, {"Content-Type": "text/event-stream", "Content-Length": str(length)}, piece

        with Server(answer) as server:
            done = self.shop("things", "watch", *arguments, base=server.base)
        return done, [request.headers["Last-Event-ID"] for request in server.requests]

    def test_a_broken_stream_of_events_goes_on_behind_the_last(self):
        done, ids = self.broken(
            "\ufeffretry: 1\nid: 1\ndata: a\n\nid: 2\ndata: half", "id: 2\ndata: b\n\n", "data: c\rdata: d\r\rid: 4\r\r\n", "data: e\n\n"
        )
        self.assertEqual((done.code, done.out, ids), (0, "a\nb\nc d\ne\n", [None, "1", "2", "4"]), done)

    def test_a_stream_without_ids_cannot_go_on(self):
        done, ids = self.broken("data: a\n\n", "data: b\n\n")
        self.assertEqual((done.code, done.out, ids), (3, "a\n", [None]), done)

    def test_a_stream_that_goes_on_nowhere_fails(self):
        done, ids = self.broken("retry: 1\nid: 1\ndata: a\n\n", (404, {}, "gone"))
        self.assertEqual((done.code, done.out, ids), (4, "a\n", [None, "1"]), done)
        done, ids = self.broken("retry: 1\nid: 1\ndata: a\n\n", "", "", "", "")
        self.assertEqual((done.code, done.out, ids), (3, "a\n", [None, "1", "1"]), done)

    def test_enough_items_end_a_stream_that_does_not(self):
        import threading

        for type_, body in [("text/event-stream", b"data: 1\n\ndata: 2\n\n"), ("text/event-stream", b"data: 1\n\ndata: 2\n\ndata: [DONE]\n\n"), ("application/jsonl", b"1\n2\n3\n")]:
            over = threading.Event()

            def answer(request):
                request.send_response(200)
                request.send_header("Content-Type", type_)
                request.end_headers()
                request.wfile.write(body)
                request.wfile.flush()
                over.wait(60)

            with Server(answer) as server:
                done = self.shop("things", "watch", "--max-items", "9" if b"DONE" in body else "2", base=server.base)
                over.set()
            self.assertEqual((done.code, done.out, done.err), (0, "1\n2\n", ""), type_)

    def test_an_error_is_an_error(self):
        with Server(lambda request: (401, {}, {"message": "who?"})) as server:
            done = self.shop("things", "watch", base=server.base, env=FAST)
        self.assertEqual((done.code, done.out), (4, ""))
        self.assertIn(": who?\n", done.err)

    def test_items_arrive_before_the_end(self):
        import subprocess

        class Slow(Exception):
            pass

        def answer(request):
            request.send_response(200)
            request.send_header("Content-Type", "text/event-stream")
            request.end_headers()
            request.wfile.write(b"data: 1\n\n")
            request.wfile.flush()
            time.sleep(2)
            request.wfile.write(b"data: 2\n\n")
            return None

        with Server(answer) as server:
            environment = {**os.environ, "SHOP_BASE_URL": server.base, "TMPDIR": str(self.folder)}
            process = subprocess.Popen([str(self.folder / "shop"), "things", "watch"], stdout=subprocess.PIPE, env=environment)
            started = time.monotonic()
            self.assertEqual(process.stdout.readline(), b"1\n")
            self.assertLess(time.monotonic() - started, 1.5)
            self.assertEqual(process.stdout.read(), b"2\n")
            self.assertEqual(process.wait(), 0)
            process.stdout.close()


class Pages(Case):
    """Five things in pages of two, by every rule, with and without jq."""

    things = [{"id": f"t{index}", "n": 12345678901234567890 + index, "s": 'a "b" {c}\n'} for index in range(5)]

    def lines(self, *arguments, answer, **env):
        outputs = []
        for path in (os.environ["PATH"], None):
            with Server(answer) as server:
                self.base = server.base
                environment = {**FAST, "SHOP_API_KEY": "k", **env}
                if path is None:
                    bin_ = self.folder / "bin"
                    if not bin_.exists():
                        bin_.mkdir()
                        for name in ("bash", "curl", "date", "od", "tr", "mktemp", "rm", "cat", "sleep", "wc", "mv", "chmod", "env", "dirname"):
                            (bin_ / name).symlink_to(f"/usr/bin/{name}")
                    environment["PATH"] = str(bin_)
                done = self.shop("things", *arguments, base=server.base, env=environment)
            self.assertEqual(done.code, 0, done)
            outputs.append(done.out)
            self.paths = [request.path for request in server.requests]
        self.assertEqual(outputs[0], outputs[1])
        return [json.loads(line) for line in outputs[0].splitlines()]

    def query(self, request, name, default=0):
        import urllib.parse

        return urllib.parse.parse_qs(urllib.parse.urlsplit(request.path).query).get(name, [default])[0]

    def test_cursor(self):
        def answer(request):
            at = int(self.query(request, "page token"))
            return 200, {}, {"data": self.things[at : at + 2], "meta": {"next": str(at + 2) if at < 4 else None}}

        self.assertEqual(self.lines("cursor", "--all", "--limit", "2", answer=answer), self.things)
        self.assertEqual(self.paths, ["/cursor?limit=2", "/cursor?page%20token=2&limit=2", "/cursor?page%20token=4&limit=2"])
        self.assertEqual(self.lines("cursor", "--max-items", "3", answer=answer), self.things[:3])
        self.assertEqual(len(self.paths), 2)

    def test_offset(self):
        def answer(request):
            at = int(self.query(request, "offset"))
            return 200, {}, {"data": self.things[at : at + 2], "total": 5}

        self.assertEqual(self.lines("offset", "--all", answer=answer), self.things)
        self.assertEqual(self.paths, ["/offset", "/offset?offset=2", "/offset?offset=4"])
        self.assertEqual(self.lines("offset", "--all", "--offset", "3", answer=answer), self.things[3:])

    def test_number(self):
        def answer(request):
            at = 2 * (int(self.query(request, "page", 1)) - 1)
            return 200, {}, {"data": self.things[at : at + 2], "pages": 3}

        self.assertEqual(self.lines("number", "--all", answer=answer), self.things)
        self.assertEqual(self.paths, ["/number", "/number?page=2", "/number?page=3"])

    def test_last(self):
        def answer(request):
            after = self.query(request, "after", None)
            at = int(after[1:]) + 1 if after else 0
            return 200, {}, {"data": self.things[at : at + 2], "more": at < 3}

        self.assertEqual(self.lines("last", "--all", answer=answer), self.things)
        self.assertEqual(self.paths, ["/last", "/last?after=t1", "/last?after=t3"])

    def test_next_url(self):
        def answer(request):
            at = int(self.query(request, "at"))
            next_ = [f"{self.base}/next?at=2", "?at=4", None][at // 2]
            return 200, {}, {"data": self.things[at : at + 2], "next": next_}

        self.assertEqual(self.lines("next", "--all", answer=answer), self.things)
        self.assertEqual(self.paths, ["/next", "/next?at=2", "/next?at=4"])

    def test_link_header(self):
        def answer(request):
            at = int(self.query(request, "at"))
            link = f'<{self.base}/link?at=0>; rel="first", </link?at={at + 2}>; rel="last next"' if at < 4 else "<x>; rel=prev"
            return 200, {"Link": link}, self.things[at : at + 2]

        self.assertEqual(self.lines("link", "--all", answer=answer), self.things)
        self.assertEqual(self.paths, ["/link", "/link?at=2", "/link?at=4"])

    def test_a_long_page(self):
        many = [{"id": index, "text": "x" * 100} for index in range(2000)]
        answer = lambda request: (200, {}, {"data": many, "meta": {"next": None}})
        self.assertEqual(self.lines("cursor", "--all", answer=answer), many)

    def test_the_same_page_again_ends_it(self):
        answer = lambda request: (200, {}, {"data": [1], "meta": {"next": "x"}})
        with Server(answer) as server:
            done = self.shop("things", "cursor", "--all", base=server.base, env=FAST)
        self.assertEqual((done.code, done.out, done.err), (5, "1\n1\n", "shop: the server names the same page again\n"))

    def test_the_next_page_is_on_the_same_server(self):
        answer = lambda request: (200, {}, {"data": [1], "next": "http://evil.test/next"})
        with Server(answer) as server:
            done = self.shop("things", "next", "--all", base=server.base, env={**FAST, "SHOP_API_KEY": "k"})
        self.assertEqual((done.code, done.err), (5, "shop: the next page is on another server: http://evil.test/next\n"))

    def test_without_pages_there_is_no_all(self):
        self.assertEqual(self.shop("things", "get", "1", "--all", fake=True).code, 2)


class Tokens(Case):
    def test_a_token_is_fetched_with_the_clients_own_credentials(self):
        def answer(request):
            if request.path == "/token":
                return 200, {}, {"access_token": 't"1', "expires_in": 60}
            return 200, {}, "fine"

        env = {**FAST, "SHOP_CLIENT_ID": "id:1", "SHOP_CLIENT_SECRET": "s3cret&"}
        with Server(answer) as server:
            done = self.shop("things", "oauth", base=server.base, env=env, bash=("bash", "-x"))
        self.assertEqual((done.code, done.out), (0, "fine"), done)
        token, call = server.requests
        self.assertEqual(token.body, b"grant_type=client_credentials&scope=read%20write")
        self.assertEqual(base64.b64decode(token.headers["Authorization"].split()[1]), b"id%3A1:s3cret%26")
        self.assertEqual(call.headers["Authorization"], 'Bearer t"1')
        self.assertNotIn("s3cret", done.err)
        self.assertNotIn('t"1', done.err)

    ENV = {**FAST, "SHOP_CLIENT_ID": "i", "SHOP_CLIENT_SECRET": "s3cret"}

    def served(self, lasts=3600, refused=()):
        """A server that counts its tokens; `refused` are not taken."""
        given = []

        def answer(request):
            if request.path == "/token":
                given.append(f"t{len(given)}")
                return 200, {}, {"access_token": given[-1], "expires_in": lasts}
            token = request.headers["Authorization"].split()[1]
            return (401, {}, "") if token in refused else (200, {}, token)

        return Server(answer), given

    def test_a_token_is_kept_for_its_owner_until_it_expires(self):
        cache = self.folder / "cache of mine"
        for env, folder in [({}, self.folder / ".cache/shop"), ({"XDG_CACHE_HOME": str(cache)}, cache / "shop"), ({"SHOP_TOKEN_CACHE": str(cache / "own")}, cache / "own")]:
            server, given = self.served()
            with server:
                outs = [self.shop("things", "oauth", base=server.base, env={**self.ENV, **env}).out for _ in range(2)]
            self.assertEqual((outs, given), (["t0", "t0"], ["t0"]), env)
            self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
            for file in folder.iterdir():
                self.assertEqual((file.stat().st_mode & 0o777, "s3cret" in file.read_text()), (0o600, False))
        for env, lasts in [({"SHOP_TOKEN_CACHE": ""}, 3600), ({}, 0), ({"SHOP_CLIENT_ID": "other"}, 1)]:
            server, given = self.served(lasts)
            with server:
                self.shop("things", "oauth", base=server.base, env={**self.ENV, **env})
                if lasts == 1:
                    self.shop("things", "oauth", base=server.base, env=self.ENV)
                else:
                    self.shop("things", "oauth", base=server.base, env={**self.ENV, **env})
            self.assertEqual(given, ["t0", "t1"], env)

    def test_a_refused_token_is_replaced_once(self):
        server, given = self.served(refused=("t1",))
        with server:
            self.assertEqual(self.shop("things", "oauth", base=server.base, env=self.ENV).out, "t0")
            kept = next(path for path in (self.folder / ".cache/shop").iterdir() if server.base in path.read_text())
            kept.write_text(kept.read_text().replace("t0", "t1"))
            self.assertEqual(self.shop("things", "oauth", base=server.base, env=self.ENV, bash=("bash", "-x")).out, "t1" if len(given) > 2 else "")
        self.assertEqual(given, ["t0", "t1"])
        server, given = self.served(refused=("t0",))
        with server:
            done = self.shop("things", "oauth", base=server.base, env=self.ENV, bash=("bash", "-x"))
        self.assertEqual((done.code, done.out, given), (0, "t1", ["t0", "t1"]))
        self.assertNotIn("s3cret", done.err)
        self.assertNotRegex(done.err, r"\bt[01]\b")

    def test_a_file_of_another_is_not_believed(self):
        server, given = self.served()
        with server:
            self.shop("things", "oauth", base=server.base, env=self.ENV)
            kept = next(path for path in (self.folder / ".cache/shop").iterdir() if server.base in path.read_text())
            moved = kept.rename(self.folder / "moved")
            kept.symlink_to(moved)
            self.assertEqual(self.shop("things", "oauth", base=server.base, env=self.ENV).out, "t1")

    def test_no_token_no_call(self):
        for answer in ((401, {}, {"error": "invalid_client"}), (200, {}, {"x": 1})):
            with Server(lambda request: answer) as server:
                done = self.shop("things", "oauth", base=server.base, env={**FAST, "SHOP_CLIENT_ID": "i", "SHOP_CLIENT_SECRET": "s"})
            self.assertEqual((done.code, done.out), (4, ""), done)
            self.assertEqual(len(server.requests), 1)


class Dry(Case):
    """What --dry-run shows is run, and must send what the call itself sends."""

    def test_it_sends_the_same(self):
        (self.folder / "page's.txt").write_text("a;b")
        env = {"SHOP_API_KEY": "k'\"$(touch canary)", "SHOP_QUERY_KEY": "q&\\", "SHOP_SESSION": "s", "SHOP_USERNAME": "u", "SHOP_PASSWORD": "p p"}
        for arguments in (
            ["get", "a b/`c`", "--language", "é&", "--filter.tags", "x", "--x-trace", "t'", "--tracking", "c c"],
            ["create", "--name", "$(touch canary)\n'\"@", "--tags", "\\", "--tags", "é"],
            ["create", "--name", "@/etc/passwd", "--content-type", "application/x-www-form-urlencoded"],
            ["upload", "--file", "page's.txt", "--note", "<x;type=y", "--metadata.title", 'a"b', "--part-header", "file=X-A: b", "--part-type", "note=text/html"],
            ["put", "1", "--body-file", "page's.txt"],
            ["both", "--extra-header", "X-Empty:"],
            ["basic"],
            ["order", "--idempotency-key", "i"],
            ["head"],
        ):
            with Server(lambda request: (200, {"Content-Length": "3"} if request.command == "HEAD" else {}, "")) as server:
                self.assertEqual(self.shop("things", *arguments, base=server.base, env=env).code, 0)
                shown = self.shop("things", *arguments, "--dry-run", base=server.base, env=env)
                self.assertEqual((shown.code, shown.err), (0, ""))
                self.assertNotIn("canary)é", shown.out)
                script = self.folder / "shown.bash"
                script.write_bytes(shown.out.encode(errors="surrogateescape"))
                self.assertEqual(self.run_bash(str(script), env=env).code, 0, shown)
            sent = []
            for request in server.requests:
                headers = {name.lower(): value for name, value in request.headers.items()}
                boundary = headers.get("content-type", "").partition("boundary=")[2]
                kept = {name: value for name, value in headers.items() if name not in ("user-agent", "content-length", "accept", "expect")}
                kept = {name: value.replace(boundary, "B") if boundary else value for name, value in kept.items()}
                body = request.body.replace(boundary.encode(), b"B") if boundary else request.body
                path = re.sub("%..", lambda code: code[0].upper(), request.path)
                sent.append((request.command, path, kept, body))
            self.assertEqual(len(sent), 2)
            self.assertEqual(sent[0], sent[1], shown.out)
            for secret in env.values():
                self.assertFalse(len(secret) > 1 and secret in shown.out)
        self.assertFalse((self.folder / "canary").exists())


class Log(Case):
    def test_it_tells_what_happens_and_no_secret(self):
        answer = lambda request: (200, {"Set-Cookie": "s3cret"}, "")
        env = {"SHOP_LOG": "debug", "SHOP_QUERY_KEY": "s3cret", "SHOP_SESSION": "s3cret", "SHOP_API_KEY": "s3cret"}
        extra = ["--extra-query", "note=1", "--extra-query", "token=s3cret", "--extra-header", "Cookie2: s3cret"]
        with Server(answer) as server:
            done = self.shop("things", "both", *extra, base=server.base, env=env)
        self.assertRegex(
            done.err,
            rf"^shop: GET {server.base}/both\?note=1&token=\*\*\*: 200 in [0-9.]+s\n"
            r"shop: > Cookie2: \*\*\*\n"
            r"shop: < HTTP/1.1 200 OK\n(shop: < .+\n)*shop: < Set-Cookie: \*\*\*\n",
        )
        self.assertNotIn("s3cret", done.err)
        with Server(answer) as server:
            self.assertEqual(self.shop("things", "both", "--verbose", *extra, base=server.base, env={**env, "SHOP_LOG": ""}).err.count("\n"), done.err.count("\n"))


if __name__ == "__main__":
    unittest.main()
