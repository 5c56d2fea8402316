"""Text and JSON in pure bash, judged by Python's own."""

import json
import random
import resource
import time
import urllib.parse
from email.utils import formatdate

from support import Case

EVERY_BYTE = bytes(range(1, 256))
AWKWARD = ["", "a", "it's", '"', "\\", "`id`", "$(id)", "a\nb", "\r", "\t", "\x01\x1f\x7f", "é", "書店", "😀", "&|;", "%41", "*?[a]", "-n", "~", "{x}", "!1"]


class Text(Case):
    def test_every_byte_is_percent_encoded(self):
        done = self.functions('_portolan_percent_encode "$1"; printf %s "$REPLY"', EVERY_BYTE)
        self.assertEqual(done.out, urllib.parse.quote(EVERY_BYTE, safe="~"))

    def test_reserved_characters_pass_where_they_may(self):
        done = self.functions('_portolan_percent_encode_reserved "$1"; printf %s "$REPLY"', ":/?#[]@!$&'()*+,;=%41%zz% é")
        self.assertEqual(done.out, ":/?%23%5B%5D@!$%26'()*%2B,;=%41%25zz%25%20%C3%A9")

    def test_every_text_becomes_a_json_string(self):
        for text in AWKWARD + ["".join(map(chr, range(1, 300)))]:
            done = self.functions('_portolan_json_string "$1"; printf %s "$REPLY"', text)
            self.assertEqual(json.loads(done.out), text, done)

    def test_every_json_string_becomes_text(self):
        for text in AWKWARD:
            for raw in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
                done = self.functions('_portolan_json_plain "$1"; printf %s "$REPLY"', raw)
                self.assertEqual(done.out, text, raw)
        done = self.functions(r'''_portolan_json_plain '"a\/\b\f\ud800\u0000"'; printf %s "$REPLY"''')
        self.assertEqual(done.out, "a/\b\f\ufffd\ufffd")

    def test_a_shell_word_is_read_back_as_it_was(self):
        for text in AWKWARD:
            done = self.functions('_portolan_shell_word "$1"; printf "printf %%s %s" "$REPLY" >../again; bash ../again', text)
            self.assertEqual(done.out, text, done)

    def test_dates_of_retry_after_are_understood(self):
        for seconds in (30, 0, -100):
            date = formatdate(time.time() + seconds, usegmt=True)
            done = self.functions('_portolan_seconds_until "$1"; printf %s "$REPLY"', date)
            self.assertLess(abs(int(done.out) - max(seconds, 0)), 3)
        for text in ("soon", "Sun, 06 Xxx 1994 08:49:37 GMT"):
            self.assertEqual(self.functions('_portolan_seconds_until "$1"', text).code, 1)
        done = self.functions('_portolan_epoch 2024 02 29 08 09 00; printf %s "$REPLY"')
        self.assertEqual(done.out, "1709194140")

    def test_a_uuid_is_one_and_random(self):
        done = self.functions('_portolan_uuid; echo "$REPLY"; _portolan_uuid; echo "$REPLY"')
        one, other = done.out.split()
        self.assertRegex(one, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        self.assertNotEqual(one, other)


def some_value(random_, depth=0):
    kind = random_.randrange(7 if depth < 4 else 5)
    if kind == 0:
        return random_.choice([None, True, False])
    if kind == 1:
        return random_.choice([0, -1, 12345678901234567890, 1.5, -2.5e-7])
    if kind < 5:
        return "".join(random_.choice('ab"\\{}[],: \n\tü😀/~') for _ in range(random_.randrange(6)))
    if kind == 5:
        return [some_value(random_, depth + 1) for _ in range(random_.randrange(4))]
    return {some_value_key(random_): some_value(random_, depth + 1) for _ in range(random_.randrange(4))}


def some_value_key(random_):
    return "".join(random_.choice('ab"\\/~{ü') for _ in range(random_.randrange(5)))


def pointer(key):
    return key.replace("~", "~0").replace("/", "~1")


class Json(Case):
    def read(self, text, parent, *pointers):
        (self.folder / "in.json").write_text(text)
        done = self.functions(
            f'''_portolan_json_read {self.folder}/in.json "$@" || exit 9
            for ((i = 0; i < ${{#_portolan_found[@]}}; i++)); do printf 'F%s\\0' "${{_portolan_found[i]}}"; done
            for ((i = 0; i < ${{#_portolan_values[@]}}; i++)); do printf 'K%s\\0V%s\\0' "${{_portolan_keys[i]}}" "${{_portolan_values[i]}}"; done''',
            parent,
            *pointers,
        )
        if done.code:
            return None
        parts = done.out.split("\0")[:-1]
        return (
            [part[1:] for part in parts if part[0] == "F"],
            [part[1:] for part in parts if part[0] == "K"],
            [part[1:] for part in parts if part[0] == "V"],
        )

    def test_members_and_items_of_any_document_are_found(self):
        random_ = random.Random(7)
        for round_ in range(60):
            value = some_value(random_)
            if not isinstance(value, (dict, list)):
                value = {"x": value}
            text = json.dumps(value, indent=random_.choice([None, 2]), ensure_ascii=random_.choice([True, False]))
            found = self.read(text, "")
            self.assertIsNotNone(found, text)
            _, keys, values = found
            if isinstance(value, dict):
                self.assertEqual(keys, [pointer(key) for key in value], text)
                self.assertEqual([json.loads(item) for item in values], list(value.values()), text)
            else:
                self.assertEqual([json.loads(item) for item in values], value, text)

    def test_pointers_lead_through_objects_and_lists(self):
        value = {"a": {"b/c": [1, {"d": 'x"}'}], "~": 12345678901234567890.10}, "data": [], "n": None}
        text = '{"a": {"b/c": [1, {"d": "x\\"}"}], "~": 12345678901234567890.10}, "data": [], "n": null}'
        found, _, _ = self.read(text, "/data", "/a/b~1c/1/d", "/a/~0", "/n", "/none")
        self.assertEqual(found, ['"x\\"}"', "12345678901234567890.10", "null", ""])
        self.assertEqual(self.read(text, "-", "/a/b~1c")[0], ['[1,{"d":"x\\"}"}]'])

    def test_what_is_not_json_is_refused(self):
        good = ["1", "null", '"a"', "[]", "{}", " [ 1 , 2 ] ", '{"a":{}}', '[""]', '"\\""', '[{"a":[]},"b"]']
        bad = ["", " ", "{", "]", "[1,]", "{,}", '{"a"}', '{"a":}', '{"a":1,}', "[1 2]", "nul", "01", "1 1", '"a" "b"', "[}", '{"a":1]', "{1:2}", "[,1]", "'a'", '{"a"', '["a', "a", '{"a":"b" "c"}', "1,2", "[1]]"]
        for text in good:
            self.assertIsNotNone(self.read(text, "-"), text)
        for text in bad:
            self.assertIsNone(self.read(text, "-"), text)

    def test_values_are_built_from_pointers(self):
        done = self.functions(
            """_portolan_pointers=(/a '/b/~#1/x' '/b/~#0/x' /c/d~1e /c/f~0 '/b/~#10' /g)
            _portolan_leaves=(1 2 3 '"é"' '[]' null '{"h":1}')
            _portolan_json_build ''; printf %s "$REPLY" """
        )
        self.assertEqual(done.out, '{"a":1,"b":[{"x":3},{"x":2},null],"c":{"d/e":"é","f~":[]},"g":{"h":1}}')

    def test_a_megabyte_is_read_in_a_few_seconds(self):
        items = [{"id": index, "title": 'A "quoted" title, with {braces}', "tags": ["a", "b"]} for index in range(13000)]
        text = json.dumps({"data": items, "next": "end"})
        self.assertGreater(len(text), 1_000_000)
        (self.folder / "big.json").write_text(text)
        # Time of the processor, so that a busy machine fails nobody.
        started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = self.functions(
            f'_portolan_json_read {self.folder}/big.json /data /next; printf "%s %s\\n" "${{#_portolan_values[@]}}" "${{_portolan_found[0]}}"; printf "%s\\n" "${{_portolan_values[12999]}}"'
        )
        seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started
        self.assertEqual(done.out.splitlines()[0], '13000 "end"', done)
        self.assertEqual(json.loads(done.out.splitlines()[1]), items[-1])
        self.assertLess(seconds, 15)
        print(f"\n  {len(text)} bytes of JSON in {seconds:.1f} s")
