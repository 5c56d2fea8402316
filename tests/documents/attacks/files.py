"""Files: many, large, and those that are not theirs."""

from __future__ import annotations

import os
from pathlib import Path

from .writing import HEAD, attack, data, operation, schemas, text


@attack()
def _a_thousand_files(folder: Path) -> Path:
    for n in range(1_000):
        text(folder, f'{{"type": "object", "properties": {{"next": {{"$ref": "part{n + 1}.json"}}}}}}', f"part{n}.json")
    text(folder, '{"type": "string"}', "part1000.json")
    return schemas(folder, A={"$ref": "part0.json"})


@attack("wrong-reference")
def _a_ring_of_files(folder: Path) -> Path:
    for n in range(300):
        text(
            folder,
            f'{{"type": "object", "properties": {{"next": {{"$ref": "part{(n + 1) % 300}.json"}}, "all": {{"$ref": "openapi.json"}}}}}}',
            f"part{n}.json",
        )
    return schemas(folder, A={"$ref": "part0.json"})


@attack("unresolved-reference")
def _many_files_that_are_not_there(folder: Path) -> Path:
    return schemas(
        folder, A={"type": "object", "properties": {f"p{n}": {"$ref": f"missing{n}.json"} for n in range(20_000)}}
    )


@attack()
def _transclusions_that_double(folder: Path) -> Path:
    lines = [f"  t{n}:\n    get:\n      $ref: '#/x-parts/p0'\n" for n in range(1)]
    parts = [f"  p{n}: {{ responses: {{ '200': {{ $ref: '#/x-parts/r{n}' }} }} }}\n" for n in range(30)]
    return text(
        folder,
        [
            HEAD,
            "paths:\n",
            "  /a:\n    get: { $ref: '#/x-parts/p0' }\n",
            "x-parts:\n",
            *parts,
            "  r0: { description: Done. }\n",
            *lines,
        ],
    )


@attack("wrong-reference")
def _transclusions_of_themselves(folder: Path) -> Path:
    return text(
        folder,
        f"{HEAD}paths:\n  /a:\n    get: {{ $ref: '#/paths' }}\n  /b:\n    get: {{ $ref: '#/paths/~1b/get' }}\ntags: {{ $ref: '#/tags' }}\n",
    )


@attack("reference-budget")
def _transclusions_of_a_large_part(folder: Path) -> Path:
    """A thousand times a thousand parameters."""
    parameters = [{"name": f"p{n}", "in": "query", "schema": {"type": "string"}} for n in range(1_000)]
    return data(
        folder,
        **{"x-parts": {"all": parameters}},
        paths={f"/a{n}": {"get": operation(parameters={"$ref": "#/x-parts/all"})} for n in range(1_000)},
    )


@attack("unreadable-file")
def _a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.json")
    return schemas(folder, A={"$ref": "pipe.json"})


@attack("reference-outside-root")
def _a_device_by_a_link(folder: Path) -> Path:
    (folder / "zero.json").symlink_to("/dev/zero")
    return schemas(folder, A={"$ref": "zero.json"})


@attack("reference-outside-root")
def _a_device(folder: Path) -> Path:
    return schemas(folder, A={"$ref": "/dev/zero"})


@attack("unreadable-file")
def _a_folder(folder: Path) -> Path:
    (folder / "parts").mkdir()
    return schemas(folder, A={"$ref": "parts"}, B={"$ref": "."}, C={"$ref": "./"})


@attack("reference-outside-root")
def _a_link_out(folder: Path) -> Path:
    (folder / "passwd.yaml").symlink_to("/etc/passwd")
    return schemas(folder, A={"$ref": "passwd.yaml"})


@attack("unreadable-file")
def _links_in_a_circle(folder: Path) -> Path:
    (folder / "a.yaml").symlink_to("b.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    return schemas(folder, A={"$ref": "a.yaml"})


@attack("reference-outside-root")
def _ways_out(folder: Path) -> Path:
    (folder / "inside").mkdir()
    return schemas(
        folder,
        A={"$ref": "../../../../etc/passwd"},
        B={"$ref": "%2e%2e/%2e%2e/etc/passwd"},
        C={"$ref": "inside/../../x.yaml"},
        D={"$ref": "..%2fx.yaml"},
        E={"$ref": "\\\\host\\share"},
        F={"$ref": "C:/x.yaml"},
    )


@attack("remote-reference")
def _the_network(folder: Path) -> Path:
    return schemas(
        folder,
        A={"$ref": "http://127.0.0.1:9/x.json"},
        B={"$ref": "https://example.com/x.json#/a"},
        C={"$ref": "//host/x"},
        D={"$ref": "file:///etc/passwd"},
        E={"$ref": "data:,{}"},
    )


@attack("unreadable-file")
def _a_long_name_of_a_file(folder: Path) -> Path:
    return schemas(folder, A={"$ref": "a" * 100_000 + ".json"}, B={"$ref": "a/" * 100_000 + "b.json"})


@attack("unreadable-file")
def _a_large_file_beside(folder: Path) -> Path:
    with (folder / "large.json").open("w") as file:
        file.truncate(300 << 20)
    return schemas(folder, A={"$ref": "large.json"})


@attack("duplicate-operation-id")
def one_id_of_many_operations(folder: Path) -> Path:
    get = {"operationId": "same", "responses": {}}
    return data(folder, paths={f"/{number}": {"get": get} for number in range(20_000)})


@attack()
def many_paths_that_make_one_id(folder: Path) -> Path:
    from itertools import product

    signs = ("".join(some) for some in product("-._~", repeat=7))
    return data(folder, paths={f"/a{some}": {"get": {"responses": {}}} for some in signs})


@attack()
def one_webhook_of_many_methods(folder: Path) -> Path:
    methods = {f"M{number}": {"responses": {}} for number in range(20_000)}
    return data(folder, openapi="3.2.0", webhooks={"event": {"additionalOperations": methods}})


@attack()
def one_callback_of_many_expressions(folder: Path) -> Path:
    post = {"post": {"responses": {}}}
    callback = {f"{{$request.query.url{number}}}": post for number in range(20_000)}
    return data(folder, paths={"/a": {"post": {"responses": {}, "callbacks": {"event": callback}}}})
