"""Documents in which everything wears awkward names, and a server that writes down what reaches it.

Each name is a schema, a member, a value of an enum, a tag, an operation, and a parameter in each place that can hold it."""

from __future__ import annotations

import builtins
import http.client
import json
import keyword
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from workshop import ROOT

Document = dict[str, Any]
STRING = {"type": "string"}
# Pairs that fold together, what begins with a digit, what folds to nothing, what is not Latin.
PAIRS = ["+1", "-1", "User_tier", "UserTier", "a-b", "a_b", "ADD", "add", "Every_", "every"]
ODD = ["1a", "9", "_", "-", "..", "名前", "имя", "Größe", "Grosse", "ﬁ", "fi", "😀", "👍🏽", "a b", "a\"b", "it's", "$(id)", "`id`", "x" * 90]
OURS = ["self", "cls", "client", "body", "options", "params", "request", "types", "errors", "content_type", "queryBody", "bodyBody"]
OURS += ["query_body", "header_body", "body_body", "requestBody", "Page", "PageInput", "ListInput", "List", "kind", "row", "extra_query"]
DUNDERS = ["__init__", "__class__", "__dict__", "__getattr__", "__all__", "__slots__", "_private", "__mangled"]


def python_names() -> list[str]:
    """What Python, pydantic and our runtime have a meaning for."""
    import pydantic

    model = [name for name in dir(pydantic.BaseModel) if not name.startswith("_")]
    runtime = exported("python", r"^class ([A-Za-z]\w*)")
    return together(keyword.kwlist, keyword.softkwlist, dir(builtins), model, runtime, DUNDERS)


def javascript_names() -> list[str]:
    """What JavaScript, TypeScript and our runtime have a meaning for."""
    words = """abstract any arguments as asserts async await bigint boolean break case catch class const constructor continue
        debugger declare default delete do else enum eval export extends false finally for from function get if implements
        import in infer instanceof interface is keyof let module namespace never new null number object of package private
        protected public readonly require return satisfies set static string super switch symbol this throw true try type
        typeof undefined unique unknown using var void while with yield globalThis Infinity NaN
        __proto__ __defineGetter__ hasOwnProperty isPrototypeOf propertyIsEnumerable prototype proto toJSON toLocaleString
        toString valueOf then catch finally name length call apply bind exports withOptions received sent
        Array ArrayBuffer AsyncIterable BigInt Blob Boolean Date Error File FormData Function Headers Iterable Map Number
        Object Omit Partial Pick Promise Proxy Readonly Record Reflect Request Response Set String Symbol URL WeakMap"""
    runtime = exported("javascript", r"^export (?:declare )?(?:async )?(?:const|function\*?|class|interface|type) (\w+)")
    return together(words.split(), runtime)


def exported(language: str, pattern: str) -> list[str]:
    """Names that the modules of a runtime have, the modules too."""
    found: list[str] = []
    for path in sorted((ROOT / "templates" / language / "runtime").glob("*.*s" if language == "javascript" else "*.py")):
        found.append(path.name.split(".")[0])
        found += re.findall(pattern, path.read_text(), re.M)
    return found


def together(*lists: list[str]) -> list[str]:
    return sorted({name for names in [PAIRS, ODD, OURS, *lists] for name in names if name})


def document(names: list[str], value: Document = STRING) -> Document:
    """`value` is what a schema holds."""
    plain = {name: {"type": "object", "properties": {"value": value}} for name in names}
    references = {name: reference(name) for name in names}
    every = {"type": "object", "required": names, "properties": {**references, "every chosen": {"type": "array", "items": reference("Every.Chosen")}}}
    schemas = {**plain, "Every.One": every, "Every.Chosen": {"type": "string", "enum": names}}
    # Functions of one operation name what they import: a list, other members, a row.
    shapes = [
        lambda item: {"type": "array", "items": item},
        lambda item: {"type": "object", "additionalProperties": item},
        lambda item: {"type": "array", "prefixItems": [item, STRING]},
    ]
    operations = {
        f"/one/{number}": {
            "get": {
                "operationId": name,
                "tags": [name],
                "responses": {str(200 + place): answer(shape(reference(name))) for place, shape in enumerate(shapes)},
            }
        }
        for number, name in enumerate(names)
    }
    send = {
        "operationId": "sendEvery",
        "tags": ["every name"],
        "parameters": [
            {"name": name, "in": place, "required": place == "path", "schema": STRING}
            for place in ("query", "header", "cookie", "path")
            for name in names
            if can_be(place, name, names)
        ],
        "requestBody": {"required": True, **answer(reference("Every.One"))},
        "responses": {"200": answer(reference("Every.One"))},
    }
    path = "/every" + "".join(f"/{{{name}}}" for name in in_order(names))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "http://127.0.0.1:1"}],
        "components": {"schemas": schemas},
        "paths": {**operations, path: {"post": send}},
    }


def reference(name: str) -> Document:
    return {"$ref": "#/components/schemas/" + name.replace("~", "~0").replace("/", "~1")}


def answer(schema: Document) -> Document:
    return {"description": "Fine", "content": {"application/json": {"schema": schema}}}


def can_be(place: str, name: str, names: list[str]) -> bool:
    """Headers and cookies are ASCII, headers the same in any case, and some are the transport's own."""
    if place == "path":
        return not set(name) & set("{}/?#")
    if place == "query":
        return True
    if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
        return False
    if place == "cookie":
        return True
    # Node's own fetch drops a header of this name.
    if name == "__proto__":
        return False
    first = min(other for other in names if other.lower() == name.lower())
    return name == first and name.lower() not in {"accept", "content-type", "authorization", "host", "te", "cookie"}


def expected(names: list[str], place: str) -> list[str]:
    return sorted(name for name in names if can_be(place, name, names))


def in_order(names: list[str]) -> list[str]:
    """Those in the path."""
    return [name for name in names if can_be("path", name, names)]


class Recorder(BaseHTTPRequestHandler):
    """Writes requests down; sends a body back, or nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        cookies = self.headers.get("cookie", "")
        self.server.requests.append(
            {
                "path": [unquote(part) for part in target.path.split("/")[2:]],
                "query": dict(parse_qsl(target.query, keep_blank_values=True)),
                "header": {name: value for name, value in self.headers.items() if name != "cookie"},
                "cookie": dict(pair.split("=", 1) for pair in cookies.split("; ") if pair),
                "body": json.loads(body) if body else None,
            }
        )
        body = body or b"[]"
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def recorder() -> Iterator[tuple[str, list[Document]]]:
    """The address of a server, and what has reached it."""
    http.client._MAXHEADERS = 10_000
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.requests = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.requests
    finally:
        server.shutdown()
        server.server_close()
