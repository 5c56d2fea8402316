"""What curl is given: the 33 cases of parameter styles, bodies, credentials, and hostile values."""

import json
import subprocess
import urllib.parse

from support import BASH, Case

BLUE = ["--color", "blue"]
LIST = ["--colors", "blue", "--colors", "black", "--colors", "bro wn"]
OBJECT = ["--color", '{"R":100,"G":"2 0","B":150}']

# OpenAPI 3.0.4, 4.8.12.4: place, style, exploded, what is given, what is sent.
STYLES = [
    ("path", "simple", "", BLUE, "/blue"),
    ("path", "simple", "", LIST, "/blue,black,bro%20wn"),
    ("path", "simple", "", OBJECT, "/R,100,G,2%200,B,150"),
    ("path", "simple", "*", LIST, "/blue,black,bro%20wn"),
    ("path", "simple", "*", OBJECT, "/R=100,G=2%200,B=150"),
    ("path", "label", "", BLUE, "/.blue"),
    ("path", "label", "", LIST, "/.blue,black,bro%20wn"),
    ("path", "label", "", OBJECT, "/.R,100,G,2%200,B,150"),
    ("path", "label", "*", LIST, "/.blue.black.bro%20wn"),
    ("path", "label", "*", OBJECT, "/.R=100.G=2%200.B=150"),
    ("path", "matrix", "", BLUE, "/;color=blue"),
    ("path", "matrix", "", LIST, "/;color=blue,black,bro%20wn"),
    ("path", "matrix", "", OBJECT, "/;color=R,100,G,2%200,B,150"),
    ("path", "matrix", "*", LIST, "/;color=blue;color=black;color=bro%20wn"),
    ("path", "matrix", "*", OBJECT, "/;R=100;G=2%200;B=150"),
    ("query", "form", "", BLUE, "/?color=blue"),
    ("query", "form", "", LIST, "/?color=blue,black,bro%20wn"),
    ("query", "form", "", OBJECT, "/?color=R,100,G,2%200,B,150"),
    ("query", "form", "*", LIST, "/?color=blue&color=black&color=bro%20wn"),
    ("query", "form", "*", OBJECT, "/?R=100&G=2%200&B=150"),
    ("query", "spaceDelimited", "", LIST, "/?color=blue%20black%20bro%20wn"),
    ("query", "spaceDelimited", "", OBJECT, "/?color=R%20100%20G%202%200%20B%20150"),
    ("query", "pipeDelimited", "", LIST, "/?color=blue%7Cblack%7Cbro%20wn"),
    ("query", "pipeDelimited", "", OBJECT, "/?color=R%7C100%7CG%7C2%200%7CB%7C150"),
    ("query", "deepObject", "*", OBJECT, "/?color%5BR%5D=100&color%5BG%5D=2%200&color%5BB%5D=150"),
    ("header", "simple", "", BLUE, "color: blue"),
    ("header", "simple", "", LIST, "color: blue,black,bro wn"),
    ("header", "simple", "", OBJECT, "color: R,100,G,2 0,B,150"),
    ("header", "simple", "*", LIST, "color: blue,black,bro wn"),
    ("header", "simple", "*", OBJECT, "color: R=100,G=2 0,B=150"),
    ("cookie", "form", "", BLUE, "Cookie: color=blue"),
    ("cookie", "form", "", LIST, "Cookie: color=blue,black,bro%20wn"),
    ("cookie", "form", "", OBJECT, "Cookie: color=R,100,G,2%200,B,150"),
]

# What must arrive as it is, wherever it stands.
HOSTILE = [
    "$(touch canary)", "`touch canary`", "'; touch canary; '", '"; touch canary; "', "\\", "\\'", "a\nb", "*", "?[a-z]{1,2}",
    "-K x", "--config=/etc/passwd", "@/etc/passwd", "</etc/passwd", ";type=text/html", "!!", "%41", "~", "${HOME}", "$HOME", "&|<>",
    "é書😀", " ", "\t", "a=b", "[1-9]", "\x7f", "\x01",
]


def header(name, value):
    """How curl is told a header: one without a value ends in a semicolon."""
    return f"{name}: {value}" if value.strip() else f"{name};"


class Styles(Case):
    def test_the_33_cases(self):
        self.assertEqual(len(STYLES), 33)
        for place, style, explode, given, expected in STYLES:
            operation = f"{place}-{style}{'-exploded' if explode else ''}"
            if given is LIST:
                operation += "-list"
            done = self.shop("styles", operation, *given, fake=True)
            self.assertEqual(done.code, 0, done)
            arguments, config, _ = self.recorded()
            if place in ("path", "query"):
                self.assertEqual(self.url(), "http://shop.test/v1" + expected, operation)
            elif place == "header":
                self.assertIn(expected, arguments)
            else:
                self.assertIn(f'header = "{expected}"', config)

    def test_a_deep_object_by_flags(self):
        self.shop("things", "get", "1", "--filter.min-price", "1.50", "--filter.tags", "a", "--filter.tags", "b", "--filter.x y", "&", fake=True)
        self.assertEqual(
            self.url(),
            "http://shop.test/v1/things/1?filter%5Bmin_price%5D=1.50&filter%5Btags%5D=a&filter%5Btags%5D=b&filter%5Bx%20y%5D=%26",
        )

    def test_names_on_the_wire_are_flags_too(self):
        self.shop("things", "get", "--thing_id", "1", "--a_b", "wire", "--a-b", "flag", "--x_trace", "t", "--X-Trace", "T", fake=True)
        self.assertEqual(self.url(), "http://shop.test/v1/things/1?a-b=flag&a_b=wire")
        self.assertIn("X-Trace: T", self.recorded()[0])

    def test_content_reserved_and_extra(self):
        self.shop("things", "get", "1", "--json-filter", '{"a": [1]}', "--raw-filter", "a/b?c", "--extra-query", "x y=1&2", fake=True)
        self.assertEqual(self.url(), "http://shop.test/v1/things/1?raw=a/b?c&json=%7B%22a%22%3A%20%5B1%5D%7D&x%20y=1%262")

    def test_path_values_cannot_leave_their_place(self):
        for value in ("", ".", ".."):
            self.assertEqual(self.shop("things", "get", "--thing-id", value, fake=True).code, 2, value)
        self.shop("things", "get", "../admin", fake=True)
        self.assertEqual(self.url(), "http://shop.test/v1/things/..%2Fadmin")
        self.shop("things", "get", "%2e%2e", fake=True)
        self.assertEqual(self.url(), "http://shop.test/v1/things/%252e%252e")

    def test_headers_cannot_be_smuggled(self):
        for value in ("a\r\nX-Evil: 1", "a\nb"):
            done = self.shop("things", "get", "1", "--x-trace", value, fake=True)
            self.assertEqual((done.code, done.err), (2, "shop: the header X-Trace must not hold control characters\n"))
        self.shop("things", "get", "1", "--x-trace", "", "--extra-header", "X-Other:  b ", fake=True)
        arguments = self.recorded()[0]
        self.assertIn("X-Trace;", arguments)
        self.assertIn("X-Other: b", arguments)


class Hostile(Case):
    def test_every_value_arrives_as_it_is_in_path_query_and_body(self):
        for value in HOSTILE:
            done = self.shop("things", "get", "--thing-id", value, "--language", value, "--extra-query", f"q={value}", fake=True)
            self.assertEqual(done.code, 0, done)
            url = urllib.parse.urlsplit(self.url())
            self.assertEqual(urllib.parse.unquote(url.path), "/v1/things/" + value)
            self.assertEqual(urllib.parse.parse_qs(url.query, strict_parsing=True), {"language": [value], "q": [value]})
            done = self.shop("things", "create", "--name", value, f"--labels.{value}" if "=" not in value else "--labels.x", value, "--author.full-name=" + value, "--tags", value, fake=True)
            self.assertEqual(done.code, 0, done)
            key = value if "=" not in value else "x"
            self.assertEqual(
                json.loads(self.recorded()[2]),
                {"name": value, "labels": {key: value}, "author": {"full/name": value}, "tags": [value]},
            )
            self.assertFalse((self.folder / "canary").exists(), value)

    def test_every_value_arrives_as_it_is_in_forms_and_parts(self):
        for value in HOSTILE:
            self.shop("things", "form", "--name", value, "--deep.a", value, "--flat", value, fake=True)
            self.assertEqual(
                urllib.parse.parse_qsl(self.recorded()[2], strict_parsing=True, keep_blank_values=True),
                [("name", value), ("deep[a]", value), ("flat", value)],
            )
            done = self.shop("things", "upload", "--note", value, "--metadata.title", value, fake=True)
            self.assertEqual(done.code, 0, done)
            arguments = self.recorded()[0]
            self.assertEqual(arguments[arguments.index("--form-string") + 1], "note=" + value)
            # A type of the document that is none reaches curl nowhere.
            self.assertNotIn("headers=", " ".join(arguments))
            self.assertEqual(json.loads((self.record / "part").read_bytes()), {"title": value})
            self.assertFalse((self.folder / "canary").exists(), value)

    def test_every_value_arrives_as_it_is_in_every_other_place(self):
        for number, value in enumerate(HOSTILE):
            control = any(character in "\n\x01\x7f" for character in value)
            headers = ["--x-trace", value, "--extra-header", f"X-Other: {value}"]
            if control:
                self.assertEqual(self.shop("things", "get", "1", *headers[:2], fake=True).code, 2, value)
                self.assertEqual(self.shop("things", "get", "1", *headers[2:], fake=True).code, 2, value)
            else:
                self.assertEqual(self.shop("things", "order", "--idempotency-key", value, fake=True, env={"SHOP_API_KEY": "k"}).code, 0, value)
                self.assertIn(header("Idempotency-Key", value), self.recorded()[0])
            key = value.replace("=", "")
            done = self.shop(
                "things", "get", "1", *([] if control else headers), "--filter." + key, value, "--raw-filter", value,
                "--json-filter", json.dumps(value), "--tracking", value, fake=True,
            )
            self.assertEqual(done.code, 0, done)
            arguments, config, _ = self.recorded()
            if not control:
                self.assertIn(header("X-Trace", value), arguments)
                self.assertIn(header("X-Other", value), arguments)
            self.assertIn(f'header = "Cookie: tracking={urllib.parse.quote(value, safe="")}"', config)
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.url()).query, strict_parsing=True)
            # A value that may hold reserved characters keeps what is escaped already.
            raw = urllib.parse.unquote(value)
            self.assertEqual(query, {f"filter[{key}]": [value], "raw": [raw], "json": [json.dumps(value)]})
            text = json.dumps({"name": value})
            (self.folder / "given.json").write_text(text)
            whole, input = ((text, None), ("-", text.encode()), ("@given.json", None))[number % 3]
            done = self.shop("things", "create", "--json", whole, fake=True, input=input)
            self.assertEqual((done.code, json.loads(self.recorded()[2])), (0, {"name": value}), done)
            self.shop("things", "create", "--name", "n", "--extra-body", f"more={json.dumps(value)}", fake=True)
            self.assertEqual(json.loads(self.recorded()[2]), {"name": "n", "more": value})
            self.shop("things", "put", "1", "--body-text", value, "--content-type", "image/x", fake=True)
            self.assertEqual(self.recorded()[2], value)
            if "/" not in value:
                place = self.folder / "out"
                place.mkdir(exist_ok=True)
                done = self.shop("things", "get", "1", "--output", value, fake=True, cwd=place)
                self.assertEqual([path.name for path in place.iterdir()], [value], done)
                (place / value).unlink()
            self.assertFalse((self.folder / "canary").exists() or (self.folder / "out/canary").exists(), value)

    def test_a_dry_run_says_the_same_when_it_is_run(self):
        names = {"--data-raw": "body", "--url": "url"}
        for value in HOSTILE:
            shown = self.shop("things", "create", "--name", value, "--dry-run", env={"SHOP_BASE_URL": "http://shop.test"})
            self.assertEqual(shown.code, 0, shown)
            script = self.folder / "shown.bash"
            script.write_bytes(b"curl() { printf '%s\\0' \"$@\"; }\n" + shown.out.encode(errors="surrogateescape"))
            words = self.run_bash(str(script)).out.split("\0")
            self.assertEqual(json.loads(words[words.index("--data-raw") + 1]), {"name": value})
            self.assertNotRegex(shown.out, "[\x00-\x08\x0b-\x1f\x7f]")
            shown = self.shop("things", "upload", "--note", value, "--dry-run", env={"SHOP_BASE_URL": "http://shop.test"})
            self.assertNotRegex(shown.out, "[\x00-\x08\x0b-\x1f\x7f]")
            script.write_bytes(b"curl() { printf '%s\\0' \"$@\"; }\n" + shown.out.encode(errors="surrogateescape"))
            self.assertIn("note=" + value, self.run_bash(str(script)).out.split("\0"))
            self.assertFalse((self.folder / "canary").exists(), value)

    def test_names_of_files_are_quoted_for_curl(self):
        for name in ('a"b.pdf', "a;type=x.pdf", "a,b.pdf", "-x.pdf", "$(touch canary).pdf", "a\\b.pdf"):
            path = self.folder / name
            path.write_text("x")
            done = self.shop("things", "upload", "--file", "./" + name, fake=True)
            self.assertEqual(done.code, 0, done)
            arguments = self.recorded()[0]
            quoted = ("./" + name).replace("\\", "\\\\").replace('"', '\\"')
            self.assertEqual(arguments[arguments.index("--form") + 1], f'file=@"{quoted}";type=application/pdf')
        self.assertEqual(self.shop("things", "upload", "--file", "none.pdf", fake=True).code, 2)
        (self.folder / "a\nb").write_text("x")
        self.assertEqual(self.shop("things", "upload", "--file", "a\nb", fake=True).code, 2)


class Bodies(Case):
    def body(self, *arguments, **options):
        done = self.shop("things", "create", *arguments, fake=True, **options)
        self.assertEqual(done.code, 0, done)
        return self.recorded()[2]

    def test_flags_become_typed_json(self):
        self.assertEqual(
            self.body(
                "--name", "123", "--count", "9223372036854775808", "--price=1.50", "--ready", "--tags", "1", "--tags", "b",
                "--author.full-name", "A", "--author.born.year", "1815", "--lines.1.sku", "b", "--lines.0.sku", "a",
                "--lines.0.quantity", "2", "--anything", '{"x": [1, 2.0]}', "--labels.a.b/c_d", "1",
            ),
            '{"name":"123","count":9223372036854775808,"price":1.50,"ready":true,"tags":["1","b"],'
            '"author":{"full/name":"A","born":{"year":1815}},"lines":[{"sku":"a","quantity":2},{"sku":"b"}],'
            '"anything":{"x": [1, 2.0]},"labels":{"a.b/c_d":"1"}}',
        )

    def test_null_empty_and_text_are_three_things(self):
        self.assertEqual(self.body("--name", "null", "--null", "count", "--tags:json", "[]"), '{"name":"null","count":null,"tags":[]}')
        self.assertEqual(self.body("--name", "", "--anything", "12"), '{"name":"","anything":12}')
        self.assertEqual(self.body("--name", "a", "--anything:string", "12"), '{"name":"a","anything":"12"}')
        self.assertEqual(self.body("--name", "a", "--anything", "not json"), '{"name":"a","anything":"not json"}')

    def test_a_body_has_members_that_the_document_does_not_know(self):
        given = ["--name", "a", "--extra-body", "x/y=1", "--extra-body", "note=it's=so", "--extra-body", 'deep={"z":null}']
        self.assertEqual(self.body(*given), '{"name":"a","x/y":1,"note":"it\'s=so","deep":{"z":null}}')
        self.assertEqual(self.shop("things", "create", "--extra-body", "=1", fake=True).code, 2)
        self.assertEqual(self.shop("things", "get", "1", "--extra-body", "x=1", fake=True).err, "shop: this operation takes no body\n")

    def test_where_text_is_allowed_words_are_text(self):
        for given, sent in [("12", '"12"'), ("true", '"true"'), ("[1, 2]", "[1, 2]"), ("[x", '"[x"')]:
            self.assertEqual(self.body("--name", "a", "--mixed", given), '{"name":"a","mixed":%s}' % sent)

    def test_booleans_take_only_true_and_false(self):
        self.assertEqual(self.body("--ready", "false", "--name", "a"), '{"ready":false,"name":"a"}')
        self.assertEqual(self.body("--ready=true", "--name", "a"), '{"ready":true,"name":"a"}')
        self.assertEqual(self.shop("things", "create", "--ready=maybe", fake=True).code, 2)

    def test_the_whole_body(self):
        self.assertEqual(self.body("--json", '{"a":1}'), '{"a":1}')
        self.assertEqual(self.body("--json", "-", input=b'{"a": 2}\n'), '{"a": 2}\n')
        (self.folder / "in.json").write_text('{"a":3}')
        self.assertEqual(self.body("--json", "@in.json"), '{"a":3}')
        self.assertEqual(self.body("--body-file", "in.json"), '{"a":3}')
        self.assertEqual(self.body("--body-text", "plain", "--content-type", "text/plain"), "plain")
        self.assertIn("Content-Type: text/plain", self.recorded()[0])
        for arguments in (["--json", "{"], ["--json", "{}", "--name", "a"], ["--json", "@none"], [], ["--count", "1"]):
            self.assertEqual(self.shop("things", "create", *arguments, fake=True).code, 2, arguments)

    def test_the_content_type_is_chosen(self):
        self.assertEqual(self.body("--name", "a b", "--tags", "1", "--tags", "2", "--content-type", "application/x-www-form-urlencoded"), "name=a%20b&tags=1&tags=2")
        self.assertIn("Content-Type: application/x-www-form-urlencoded", self.recorded()[0])

    def test_a_form_follows_its_encodings(self):
        self.shop("things", "form", "--flat", "a", "--flat", "b", "--deep.x", "1", "--nested", '{"y":[1]}', "--tags", "c", "--tags", "d", fake=True)
        self.assertEqual(self.recorded()[2], "flat=a,b&deep%5Bx%5D=1&nested=%7B%22y%22%3A%5B1%5D%7D&tags=c&tags=d")

    def test_a_part_has_the_type_the_name_and_the_headers_that_are_given(self):
        for name in ("a.png", "b.png"):
            (self.folder / name).write_text(name)
        files = ["--samples", "a.png", "--samples", "b.png", "--file", "a.png", "--note", "n"]
        chosen = [
            ("--part-type", "samples.1=image/webp"), ("--part-filename", 'samples=x";y'), ("--part-header", "samples.1=X-Note: a; b"),
            ("--part-type", "note=text/markdown; charset=utf-8"),
        ]
        done = self.shop("things", "upload", *files, *sum(map(list, chosen), []), fake=True)
        self.assertEqual(done.code, 0, done)
        arguments = self.recorded()[0]
        forms = [value for option, value in zip(arguments, arguments[1:]) if option == "--form"]
        self.assertEqual(
            forms[:3],
            [
                'samples=@"a.png";type=image/png;filename="x\\";y";headers="X-Kind: k\\"";headers="x-note: -"',
                'samples=@"b.png";type=image/webp;filename="x\\";y";headers="X-Note: a; b";headers="X-Kind: k\\""',
                'file=@"a.png";type=application/pdf',
            ],
        )
        self.assertRegex(forms[3], r'^note=<".+/part0";type=text/markdown; charset=utf-8$')
        for option, value in [("--part-type", "note=x;headers=@/etc/passwd"), ("--part-header", "note=x"), ("--part-filename", "note=a\nb"), ("--part-type", "note")]:
            self.assertEqual(self.shop("things", "upload", "--note", "n", option, value, fake=True).code, 2, value)

    def test_a_server_is_chosen_and_its_variables(self):
        base = {"SHOP_BASE_URL": ""}
        for arguments, env, url in [
            ([], {}, "http://127.0.0.1:9/v1/next"),
            (["--server-variable", "port=80 a/"], {}, "http://127.0.0.1:80%20a//v1/next"),
            (["--server", "live"], {}, "https://eu.shop.test/v2/next"),
            (["--server", "2", "--server-variable", "region=us.x"], {}, "https://us.x.shop.test/v2/next"),
            ([], {"SHOP_SERVER": "live"}, "https://eu.shop.test/v2/next"),
            (["--server", "live", "--base-url", "http://b.test/"], {}, "http://b.test/next"),
        ]:
            done = self.shop("things", "next", *arguments, fake=True, env={**base, **env, "SHOP_API_KEY": "k"})
            self.assertEqual((done.code, done.code or self.url()), (0, url), done)
        for arguments, url in [([], "http://own.test/own"), (["--server", "live"], "https://eu.shop.test/v2"), (["--base-url", "http://b.test"], "http://b.test")]:
            self.shop("things", "elsewhere", *arguments, fake=True, env=base)
            self.assertEqual(self.url(), url + "/elsewhere")
        for arguments in (["--server", "none"], ["--base-url", "http://a:b@c.test"], ["--base-url", "ftp://c.test"]):
            self.assertEqual(self.shop("things", "next", *arguments, fake=True, env={**base, "SHOP_API_KEY": "k"}).code, 2)

    def test_settings_of_the_environment_are_checked_like_options(self):
        for name, value, words in [
            ("SHOP_MAX_RETRIES", "x[$(touch canary)]", "SHOP_MAX_RETRIES takes a count"),
            ("SHOP_TIMEOUT", "soon", "SHOP_TIMEOUT takes a number of seconds"),
            ("SHOP_CONNECT_TIMEOUT", "-1", "SHOP_CONNECT_TIMEOUT takes a number of seconds"),
        ]:
            done = self.shop("things", "get", "1", fake=True, env={name: value})
            self.assertEqual((done.code, done.err), (2, f"shop: {words}\n"))
        self.assertFalse((self.folder / "canary").exists())

    def test_bytes_from_a_file(self):
        (self.folder / "x.png").write_bytes(b"\x89PNG")
        self.shop("things", "put", "1", "--body-file", "x.png", fake=True)
        arguments = self.recorded()[0]
        self.assertIn("Content-Type: image/png", arguments)
        self.assertEqual((self.record / "body").read_bytes(), b"\x89PNG")
        self.assertEqual(arguments[arguments.index("--upload-file") + 1], "x.png")

    def test_wrong_usage_ends_with_2_and_words(self):
        for arguments, words in [
            (["things", "get"], "missing --thing-id; --help tells more"),
            (["things", "get", "1", "--limit", "x"], "--limit takes an integer, not `x`"),
            (["things", "get", "1", "--limit", "01"], "--limit takes an integer, not `01`"),
            (["things", "get", "1", "--none", "x"], "unknown option --none; --help lists all"),
            (["things", "get", "1", "2"], "unexpected argument `2`"),
            (["things", "get", "1", "-x"], "unknown option -x; --help lists all"),
            (["things", "get", "1", "--limit"], "the option --limit needs a value"),
            (["things", "nothing"], "unknown command `things nothing`; `shop --help` lists all"),
            (["nothing"], "unknown command `nothing`; `shop --help` lists all"),
            (["things", "get", "1", "--json", "{}"], "this operation takes no body"),
            (["things", "get", "1", "--timeout", "soon"], "--timeout takes a number of seconds"),
            (["things", "create", "--author", "{}", "--author.full-name", "x", "--name", "a"], "`body` is given whole and in parts; give one"),
        ]:
            done = self.shop(*arguments, fake=True)
            self.assertEqual((done.code, done.out, done.err), (2, "", f"shop: {words}\n"), arguments)


SECRET = "s3cr3t'\"\\$(touch canary)é"


class Credentials(Case):
    def test_each_kind_reaches_curl_by_its_config_and_nothing_else(self):
        quoted = SECRET.replace("\\", "\\\\").replace('"', '\\"')
        encoded = urllib.parse.quote(SECRET, safe="")
        for operation, environment, line in [
            ("order", {"SHOP_API_KEY": SECRET}, f'header = "X-API-Key: {quoted}"'),
            ("basic", {"SHOP_USERNAME": "ada", "SHOP_PASSWORD": SECRET}, f'user = "ada:{quoted}"'),
            ("basic", {"SHOP_USERNAME": SECRET}, f'user = "{quoted}:"'),
            ("both", {"SHOP_QUERY_KEY": "q", "SHOP_SESSION": SECRET, "SHOP_API_KEY": "y"}, f'header = "Cookie: sid={encoded}"'),
            ("both", {"SHOP_TOKEN": SECRET}, f'header = "Authorization: Bearer {quoted}"'),
            ("both", {"SHOP_QUERY_KEY": SECRET, "SHOP_SESSION": "x", "SHOP_API_KEY": "y"}, f'url = "http://shop.test/v1/both?api%20key={encoded}"'),
            ("oauth", {"SHOP_OAUTH": SECRET}, f'header = "Authorization: Bearer {quoted}"'),
        ]:
            done = self.shop("things", operation, fake=True, env=environment, bash=(BASH, "-x"))
            self.assertEqual(done.code, 0, done)
            arguments, config, _ = self.recorded()
            self.assertIn(line, config.splitlines())
            self.assertNotIn("s3cr3t", " ".join(arguments))
            self.assertNotIn("s3cr3t", done.err)
            self.assertFalse((self.folder / "canary").exists())

    def test_cookies_of_ours_and_of_the_caller_share_a_header(self):
        self.shop("things", "both", "--tracking", "a b", fake=True, env={"SHOP_QUERY_KEY": "k", "SHOP_SESSION": "s", "SHOP_API_KEY": "y"})
        self.assertIn('header = "Cookie: tracking=a%20b; sid=s"', self.recorded()[1].splitlines())

    def test_a_line_break_in_a_secret_begins_no_header(self):
        self.shop("things", "order", fake=True, env={"SHOP_API_KEY": "a\r\nX-Evil: 1"})
        self.assertIn('header = "X-API-Key: aX-Evil: 1"', self.recorded()[1].splitlines())

    def test_what_is_missing_is_named_before_anything_is_sent(self):
        for operation, words in [
            ("order", "no credentials: set SHOP_API_KEY"),
            ("basic", "no credentials: set SHOP_USERNAME and SHOP_PASSWORD"),
            ("both", "no credentials: set SHOP_TOKEN, or set SHOP_QUERY_KEY and SHOP_SESSION and SHOP_API_KEY"),
            ("oauth", "no credentials: set SHOP_OAUTH, or SHOP_CLIENT_ID and SHOP_CLIENT_SECRET"),
            ("strange", "this operation asks for a kind of authentication that this client does not know"),
        ]:
            done = self.shop("things", operation, fake=True)
            self.assertEqual((done.code, done.out, done.err), (2, "", f"shop: {words}\n"))
            self.assertFalse((self.record / "arguments").exists())

    def test_a_dry_run_shows_variables_in_place_of_secrets(self):
        done = self.shop("things", "order", "--dry-run", "--idempotency-key", "k 1", env={"SHOP_API_KEY": SECRET})
        self.assertEqual(
            done.out,
            "curl --globoff --request POST \\\n  --header 'Idempotency-Key: k 1' \\\n"
            "  --header 'X-API-Key: '\"$SHOP_API_KEY\" \\\n  --url http://127.0.0.1:9/v1/order\n",
        )
        done = self.shop("things", "both", "--dry-run", env={"SHOP_QUERY_KEY": "k", "SHOP_SESSION": "s", "SHOP_API_KEY": "y"})
        self.assertIn("--get --data-urlencode 'api%20key'=\"$SHOP_QUERY_KEY\" ", done.out)

    def test_an_idempotency_key_is_made_when_none_is_given(self):
        self.shop("things", "order", fake=True, env={"SHOP_API_KEY": "k"})
        keys = [word for word in self.recorded()[0] if word.startswith("Idempotency-Key: ")]
        self.assertRegex(keys[0], "^Idempotency-Key: [0-9a-f-]{36}$")
        self.shop("things", "order", "--idempotency-key", "mine", fake=True, env={"SHOP_API_KEY": "k"})
        self.assertIn("Idempotency-Key: mine", self.recorded()[0])
