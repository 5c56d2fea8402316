"""Against real sockets: outcomes and exit codes, retries, redirects, downloads, uploads, streams, pages, tokens."""

import base64
import json
import os
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

    def test_no_token_no_call(self):
        for answer in ((401, {}, {"error": "invalid_client"}), (200, {}, {"x": 1})):
            with Server(lambda request: answer) as server:
                done = self.shop("things", "oauth", base=server.base, env={**FAST, "SHOP_CLIENT_ID": "i", "SHOP_CLIENT_SECRET": "s"})
            self.assertEqual((done.code, done.out), (4, ""), done)
            self.assertEqual(len(server.requests), 1)


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
