"""Documents that try to cost more than they weigh, or to reach what is not theirs.

Each is a function that writes one into an empty folder and returns its path; `ATTACKS` says what Portolan answers: "ok",
or the code of the first error.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HEAD = "openapi: 3.1.0\ninfo: { title: Hostile, version: 1.0.0 }\n"
Writer = Callable[[Path], Path]
ATTACKS: dict[str, tuple[Writer, str]] = {}


def attack(answer: str = "ok") -> Callable[[Writer], Writer]:
    def note(writer: Writer) -> Writer:
        ATTACKS[writer.__name__.removeprefix("_")] = (writer, answer)
        return writer

    return note


def text(folder: Path, content: str | Iterable[str], name: str = "openapi.yaml") -> Path:
    path = folder / name
    with path.open("w") as file:
        file.writelines([content] if isinstance(content, str) else content)
    return path


def data(folder: Path, name: str = "openapi.json", **members: Any) -> Path:
    document = {"openapi": "3.1.0", "info": {"title": "Hostile", "version": "1.0.0"}, "paths": {}} | members
    return text(folder, json.dumps(document), name)


def schemas(folder: Path, **members: Any) -> Path:
    return data(folder, components={"schemas": members})


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def operation(**members: Any) -> dict[str, Any]:
    return {"responses": {"200": {"description": "Done."}}} | members


def nested(open: str, close: str, levels: int, middle: str = "") -> str:
    return open * levels + middle + close * levels


# ---- Text: the readers.


@attack("alias-budget")
def _billion_laughs(folder: Path) -> Path:
    levels = [f"x-a0: &a0 [{', '.join(['x'] * 10)}]\n"]
    levels += [f"x-a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 12)]
    return text(folder, [HEAD, *levels, "paths: {}\n"])


@attack("alias-budget")
def _aliases_of_a_long_text(folder: Path) -> Path:
    long = "x" * 1_000_000
    return text(folder, [HEAD, f"x-long: &long {long}\nx-all: [{', '.join(['*long'] * 2000)}]\npaths: {{}}\n"])


@attack("alias-budget")
def _aliases_as_keys_of_a_long_text(folder: Path) -> Path:
    long = "x" * 500_000
    keys = "".join(f"  - {{ *long : {n} }}\n" for n in range(2000))
    return text(folder, [HEAD, f"x-long: &long {long}\nx-all:\n{keys}paths: {{}}\n"])


@attack("alias-budget")
def _merge_bomb(folder: Path) -> Path:
    levels = ["x-m0: &m0 { " + ", ".join(f"k{key}: v" for key in range(100)) + " }\n"]
    levels += [
        f"x-m{level}: &m{level} {{ <<: [{', '.join([f'*m{level - 1}'] * 100)}], own{level}: v }}\n"
        for level in range(1, 60)
    ]
    return text(folder, [HEAD, *levels, "paths: {}\n"])


@attack()
def _merge_of_many_keys(folder: Path) -> Path:
    base = "".join(f"  k{key}: v\n" for key in range(50_000))
    return text(folder, [HEAD, f"paths: {{}}\nx-base: &base\n{base}x-more:\n  <<: *base\n{base}"])


@attack("yaml-cycle")
def _alias_inside_its_anchor(folder: Path) -> Path:
    return text(folder, f"{HEAD}x-a: &a [*a]\npaths: {{}}\n")


@attack("yaml-syntax")
def _deep_flow_sequences(folder: Path) -> Path:
    return text(folder, [HEAD, "x-a: ", "[" * 1_000_000])


@attack("yaml-syntax")
def _deep_flow_mappings(folder: Path) -> Path:
    return text(folder, [HEAD, "x-a: ", "{a: " * 300_000])


@attack("too-deep")
def _deep_block_mappings(folder: Path) -> Path:
    return text(folder, [HEAD, "x-a:\n", *(f"{' ' * level}a:\n" for level in range(1, 3000))])


@attack("too-deep")
def _deep_block_sequences(folder: Path) -> Path:
    return text(folder, [HEAD, "x-a:\n  ", "- " * 50_000, "x\n"])


@attack("json-syntax")
def _deep_json(folder: Path) -> Path:
    return text(folder, nested("[", "]", 1_000_000), "openapi.json")


@attack("json-syntax")
def _json_that_never_closes(folder: Path) -> Path:
    return text(folder, '{"a":' * 1_000_000, "openapi.json")


@attack("json-syntax")
def _json_of_comments(folder: Path) -> Path:
    return text(folder, "{" + "/*" * 1_000_000, "openapi.json")


@attack("json-syntax")
def _json_of_open_strings(folder: Path) -> Path:
    return text(folder, "[" + "'\n" * 1_000_000, "openapi.json")


@attack()
def _json_of_half_surrogates(folder: Path) -> Path:
    return text(
        folder,
        ['{"openapi": "3.1.0", "info": {"title": "', "\\ud800" * 300_000, '", "version": "1"}, "paths": {}}'],
        "openapi.json",
    )


@attack()
def _a_long_scalar(folder: Path) -> Path:
    return text(folder, [HEAD, "paths: {}\nx-long: '", "x" * 30_000_000, "'\n"])


@attack("unreadable-file")
def _a_scalar_of_300_megabytes(folder: Path) -> Path:
    path = text(folder, f"{HEAD}paths: {{}}\nx-long: ")
    with path.open("a") as file:
        file.truncate(300 << 20)
    return path


@attack()
def _a_long_key(folder: Path) -> Path:
    return text(folder, [HEAD, "paths: {}\n? '", "x" * 10_000_000, "'\n: 1\n"])


@attack()
def _many_keys(folder: Path) -> Path:
    return data(folder, **{"x-many": {f"key{n}": n for n in range(1_000_000)}})


@attack("duplicate-key")
def _many_duplicate_keys(folder: Path) -> Path:
    members = ", ".join(f'"a": {n}' for n in range(100_000))
    return text(
        folder,
        f'{{"openapi": "3.1.0", "info": {{"title": "H", "version": "1"}}, "paths": {{}}, "x-a": {{{members}}}}}',
        "openapi.json",
    )


@attack()
def _many_keys_of_yaml(folder: Path) -> Path:
    return text(folder, [HEAD, "paths: {}\nx-many:\n", *(f"  key{n}: {n}\n" for n in range(150_000))])


@attack("several-documents")
def _many_documents(folder: Path) -> Path:
    return text(folder, ["---\na: 1\n"] * 200_000)


@attack()
def _many_brackets_too_far_left(folder: Path) -> Path:
    pieces = "".join(f"  k{n}: [\n    a\n  ]\n" for n in range(60))
    filler = "".join(f"  f{n}: some text that stands here\n" for n in range(20_000))
    return text(folder, [HEAD, "paths: {}\nx-fill:\n", filler, "x-many:\n", pieces])


@attack()
def _more_brackets_too_far_left(folder: Path) -> Path:
    filler = "".join(f"  f{n}: some text that stands here\n" for n in range(40_000))
    return text(
        folder, [HEAD, "paths: {}\nx-fill:\n", filler, "x-many:\n", *(f"  k{n}: [\n    a\n  ]\n" for n in range(5000))]
    )


@attack()
def _many_tags(folder: Path) -> Path:
    return text(folder, [HEAD, "paths: {}\nx-many:\n", *(f"  - !tag{n} x\n" for n in range(100_000))])


@attack()
def _many_anchors(folder: Path) -> Path:
    return text(folder, [HEAD, "paths: {}\nx-many:\n", *(f"  - &a{n} x\n" for n in range(200_000))])


@attack()
def _anchors_inside_anchors(folder: Path) -> Path:
    inner = "".join(f"{' ' * level}- &a{level}\n" for level in range(1, 250))
    aliases = "".join(" - *a249\n" for _ in range(50_000))
    return text(folder, [HEAD, "paths: {}\nx-many:\n", inner, f"{' ' * 250}x\nx-all:\n", aliases])


# ---- Names and suggestions: whatever is compared with everything.


@attack()
def _many_unresolved_references(folder: Path) -> Path:
    held = {f"SomeRatherLongName{n}": {"type": "string"} for n in range(10_000)}
    held["All"] = {"type": "object", "properties": {f"p{n}": ref(f"SomeRatherLongNome{n}x") for n in range(20_000)}}
    return schemas(folder, **held)


@attack()
def _many_unresolved_anchors(folder: Path) -> Path:
    held = {f"SomeRatherLongName{n}": {"type": "string"} for n in range(10_000)}
    held["All"] = {"type": "object", "properties": {f"p{n}": {"$ref": f"#anchor{n}"} for n in range(20_000)}}
    return schemas(folder, **held)


@attack()
def _many_anchors_of_schemas(folder: Path) -> Path:
    held = {f"Name{n}": {"$anchor": f"a{n}", "type": "string"} for n in range(10_000)}
    held["All"] = {"type": "object", "properties": {f"p{n}": {"$ref": f"#a{n}"} for n in range(10_000)}}
    return schemas(folder, **held)


@attack()
def _many_schemas_and_references(folder: Path) -> Path:
    count = 40_000
    return schemas(
        folder,
        **{
            f"SomeRatherLongName{n}": {
                "type": "object",
                "properties": {"next": ref(f"SomeRatherLongName{(n + 1) % count}")},
            }
            for n in range(count)
        },
    )


@attack()
def _many_unknown_keys(folder: Path) -> Path:
    return data(folder, **{f"sommething{n}": n for n in range(100_000)})


@attack()
def _many_unknown_keys_of_schemas(folder: Path) -> Path:
    return schemas(folder, A={"type": "object"} | {f"additionalPropertiez{n}": n for n in range(50_000)})


@attack()
def _long_unknown_keys(folder: Path) -> Path:
    return data(folder, **{"x" * 100_000 + str(n): n for n in range(50)})


@attack()
def _long_names_of_schemas(folder: Path) -> Path:
    return schemas(
        folder,
        **{"Name" * 25_000 + str(n): {"type": "object", "properties": {"a": {"type": "object"}}} for n in range(50)},
    )


@attack()
def _long_unresolved_references(folder: Path) -> Path:
    held: dict[str, Any] = {"Name" * 25_000 + str(n): {"type": "string"} for n in range(50)}
    held["All"] = {"type": "object", "properties": {f"p{n}": ref("Nome" * 25_000 + str(n)) for n in range(50)}}
    return schemas(folder, **held)


@attack()
def _names_that_collide(folder: Path) -> Path:
    return schemas(folder, **{"a" + "-" * n + "b": {"type": "object"} for n in range(1, 2000)})


@attack()
def _inline_names_that_collide(folder: Path) -> Path:
    many = [
        {
            "type": "object",
            "properties": {
                "a": {"type": "string"},
                f"b{n}": {"type": "object", "properties": {"c": {"type": "string"}}},
            },
        }
        for n in range(3000)
    ]
    return schemas(folder, A={"oneOf": many})


# ---- Operations.


def _paths(count: int, **members: Any) -> dict[str, Any]:
    return {f"/things/{n}": {"get": operation(**members)} for n in range(count)}


@attack("duplicate-operation-id")
def _one_operation_id_for_all(folder: Path) -> Path:
    return data(folder, paths=_paths(20_000, operationId="same"))


@attack()
def _many_operations_of_one_resource(folder: Path) -> Path:
    return data(folder, paths=_paths(20_000, tags=["things"]))


@attack()
def _many_tags_declared(folder: Path) -> Path:
    names = [f"tag{n}" for n in range(50_000)]
    return data(folder, tags=[{"name": name} for name in names], paths={"/a": {"get": operation(tags=names)}})


@attack()
def _many_operations_with_tags_of_their_own(folder: Path) -> Path:
    paths = {f"/things/{n}": {"get": operation(tags=[f"tag{n}"], operationId=f"op{n}")} for n in range(10_000)}
    return data(
        folder,
        paths=paths,
        tags=[{"name": f"tag{n}", "parent": f"tag{n - 1}"} if n else {"name": "tag0"} for n in range(10_000)],
    )


@attack()
def _many_parameters(folder: Path) -> Path:
    parameters = [{"name": f"p{n}", "in": "query", "schema": {"type": "string"}} for n in range(10_000)]
    return data(folder, paths={"/a": {"parameters": parameters, "get": operation(parameters=parameters)}})


@attack()
def _many_path_parameters(folder: Path) -> Path:
    path = "".join(f"/{{p{n}}}" for n in range(5_000))
    return data(folder, paths={path: {"get": operation()}})


@attack()
def _many_parameters_shared_by_many_operations(folder: Path) -> Path:
    parameters = [{"name": f"p{n}", "in": "query", "schema": {"type": "string"}} for n in range(300)]
    return data(folder, paths={f"/a/{n}": {"parameters": parameters, "get": operation()} for n in range(300)})


@attack()
def _many_security_requirements(folder: Path) -> Path:
    schemes = {f"key{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(2_000)}
    each = [{name: []} for name in schemes]
    return data(folder, components={"securitySchemes": schemes}, security=each, paths=_paths(10, security=each))


@attack()
def _inherited_security_times_operations(folder: Path) -> Path:
    schemes = {f"key{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(1_000)}
    return data(
        folder, components={"securitySchemes": schemes}, security=[{name: []} for name in schemes], paths=_paths(2_000)
    )


@attack()
def _unknown_security_schemes(folder: Path) -> Path:
    schemes = {f"someRatherLongKey{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(5_000)}
    return data(
        folder,
        components={"securitySchemes": schemes},
        paths=_paths(1, security=[{f"someRatherLongKoy{n}x": []} for n in range(20_000)]),
    )


@attack()
def _inherited_servers_times_operations(folder: Path) -> Path:
    return data(folder, servers=[{"url": f"https://{n}.example"} for n in range(2_000)], paths=_paths(2_000))


@attack()
def _many_server_variables(folder: Path) -> Path:
    variables = {f"v{n}": {"default": "a"} for n in range(5_000)}
    return data(
        folder,
        servers=[{"url": "https://a.example/" + "/".join(f"{{v{n}}}" for n in range(5_000)), "variables": variables}],
    )


@attack()
def _paths_that_collide(folder: Path) -> Path:
    return data(folder, paths={f"/a/{{p{n}}}": {"get": operation()} for n in range(10_000)})


@attack()
def _many_answers(folder: Path) -> Path:
    return data(
        folder, paths={"/a": {"get": {"responses": {str(n): {"description": "Done."} for n in range(100, 600)}}}}
    )


@attack()
def _many_media_types(folder: Path) -> Path:
    content = {
        f"application/vnd.{n}+json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}
        for n in range(5_000)
    }
    return data(folder, paths={"/a": {"post": operation(requestBody={"content": content})}})


@attack()
def _many_callbacks(folder: Path) -> Path:
    callbacks = {f"c{n}": {"{$request.body#/url}": {"post": operation()}} for n in range(10_000)}
    return data(folder, paths={"/a": {"post": operation(callbacks=callbacks)}})


@attack()
def _callbacks_in_callbacks(folder: Path) -> Path:
    callback: Any = operation()
    for _ in range(60):
        callback = operation(callbacks={"c": {"{$url}": {"post": callback}}})
    return data(folder, paths={"/a": {"post": callback}})


@attack("model-budget")
def _callbacks_that_double(folder: Path) -> Path:
    callbacks = {
        f"C{n}": {
            "{$url}": {
                "post": operation(
                    callbacks={
                        "a": {"$ref": f"#/components/callbacks/C{n + 1}"},
                        "b": {"$ref": f"#/components/callbacks/C{n + 1}"},
                    }
                )
            }
        }
        for n in range(40)
    }
    callbacks["C40"] = {"{$url}": {"post": operation()}}
    return data(
        folder,
        components={"callbacks": callbacks},
        paths={"/a": {"post": operation(callbacks={"c": {"$ref": "#/components/callbacks/C0"}})}},
    )


@attack()
def _one_path_item_for_many_paths(folder: Path) -> Path:
    items = {
        "Big": {
            "get": operation(
                parameters=[
                    {
                        "name": f"p{n}",
                        "in": "query",
                        "schema": {"type": "object", "properties": {"a": {"type": "string"}}},
                    }
                    for n in range(500)
                ]
            )
        }
    }
    return data(
        folder,
        components={"pathItems": items},
        paths={f"/a/{n}": {"$ref": "#/components/pathItems/Big"} for n in range(500)},
    )


@attack()
def _many_links(folder: Path) -> Path:
    links = {f"l{n}": {"operationId": f"op{n}"} for n in range(3_000)}
    paths = {f"/a/{n}": {"get": operation(operationId=f"op{n}")} for n in range(3_000)}
    paths["/a"] = {"get": {"operationId": "all", "responses": {"200": {"description": "Done.", "links": links}}}}
    return data(folder, paths=paths)


# ---- Schemas.


@attack("model-budget")
def _a_tower_of_all_ofs(folder: Path) -> Path:
    held: dict[str, Any] = {
        f"F{n}": {"allOf": [ref(f"F{n + 1}"), ref(f"F{n + 1}")], "properties": {f"p{n}": {"type": "string"}}}
        for n in range(300)
    }
    return schemas(folder, **held, F300={"type": "object", "properties": {"end": {"type": "string"}}})


@attack("model-budget")
def _a_ladder_of_all_ofs(folder: Path) -> Path:
    """Each inherits all the members of those before: as much as the square of its length."""
    held: dict[str, Any] = {
        f"F{n}": {"allOf": [ref(f"F{n + 1}")], "properties": {f"p{n}": {"type": "string"}}} for n in range(400)
    }
    return schemas(folder, **held, F400={"type": "object"})


@attack("model-budget")
def _a_long_ladder_of_all_ofs(folder: Path) -> Path:
    held: dict[str, Any] = {
        f"F{n}": {"allOf": [ref(f"F{n + 1}")], "properties": {f"p{n}": {"type": "string"}}} for n in range(5_000)
    }
    return schemas(folder, **held, F5000={"type": "object"})


@attack()
def _a_tower_of_unions(folder: Path) -> Path:
    held = {
        f"F{n}": {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "oneOf": [ref(f"F{n + 1}"), {"allOf": [ref(f"F{n + 1}")]}, ref(f"F{n + 1}")],
        }
        for n in range(100)
    }
    return schemas(folder, **held, F100={"type": "object"})


@attack()
def _a_product_of_unions(folder: Path) -> Path:
    many = [{"type": "object", "properties": {f"p{n}": {"type": "string"}}} for n in range(30)]
    return schemas(folder, A={"allOf": [{"oneOf": many}, {"anyOf": many}, {"oneOf": many}, {"anyOf": many}]})


@attack()
def _an_all_of_of_many(folder: Path) -> Path:
    return schemas(
        folder, A={"allOf": [{"type": "object", "properties": {f"p{n}": {"type": "string"}}} for n in range(10_000)]}
    )


@attack()
def _a_one_of_of_many(folder: Path) -> Path:
    return schemas(
        folder, A={"oneOf": [{"type": "object", "properties": {f"p{n}": {"type": "string"}}} for n in range(10_000)]}
    )


@attack()
def _an_any_of_of_constants(folder: Path) -> Path:
    return schemas(folder, A={"anyOf": [{"const": f"value {n}"} for n in range(30_000)]})


@attack()
def _a_long_enum(folder: Path) -> Path:
    return schemas(folder, A={"enum": [f"value {n}" for n in range(50_000)], "default": "value 49999"})


@attack()
def _a_long_enum_of_objects(folder: Path) -> Path:
    return schemas(folder, A={"enum": [{"a": n} for n in range(20_000)]})


@attack()
def _all_ofs_of_long_enums(folder: Path) -> Path:
    values = [f"value {n}" for n in range(20_000)]
    return schemas(
        folder, A={"allOf": [{"type": "string", "enum": values}, {"type": "string", "enum": list(reversed(values))}]}
    )


@attack()
def _many_required(folder: Path) -> Path:
    names = [f"p{n}" for n in range(20_000)]
    return schemas(
        folder, A={"type": "object", "required": names, "properties": {name: {"type": "string"} for name in names}}
    )


@attack()
def _many_required_twice(folder: Path) -> Path:
    names = [f"p{n}" for n in range(20_000)]
    part = {"type": "object", "required": names, "properties": {name: {"type": "string"} for name in names}}
    return schemas(folder, A={"allOf": [part, part]})


@attack()
def _a_long_mapping(folder: Path) -> Path:
    held: dict[str, Any] = {
        f"V{n}": {"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]}
        for n in range(10_000)
    }
    mapping = {f"v{n}": f"#/components/schemas/V{n}" for n in range(10_000)}
    held["A"] = {
        "oneOf": [ref(f"V{n}") for n in range(10_000)],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    return schemas(folder, **held)


@attack()
def _many_heirs(folder: Path) -> Path:
    held: dict[str, Any] = {
        f"V{n}": {"allOf": [ref("Base"), {"type": "object", "properties": {f"p{n}": {"type": "string"}}}]}
        for n in range(5_000)
    }
    held["Base"] = {
        "type": "object",
        "properties": {"kind": {"type": "string"}},
        "required": ["kind"],
        "discriminator": {"propertyName": "kind"},
    }
    return schemas(folder, **held)


@attack()
def _mappings_to_nothing(folder: Path) -> Path:
    held: dict[str, Any] = {f"SomeRatherLongName{n}": {"type": "object"} for n in range(5_000)}
    mapping = {f"v{n}": f"#/components/schemas/SomeRatherLongNome{n}x" for n in range(10_000)}
    held["A"] = {
        "oneOf": [ref("SomeRatherLongName0"), ref("SomeRatherLongName1")],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    return schemas(folder, **held)


@attack("reference-cycle")
def _a_ring_of_references(folder: Path) -> Path:
    return schemas(folder, **{f"L{n}": ref(f"L{(n + 1) % 20_000}") for n in range(20_000)})


@attack()
def _a_chain_of_references(folder: Path) -> Path:
    held: dict[str, Any] = {f"L{n}": ref(f"L{n + 1}") for n in range(20_000)}
    return schemas(folder, **held, L20000={"type": "string"})


@attack()
def _deep_schemas(folder: Path) -> Path:
    deep: Any = {"type": "string"}
    for _ in range(120):
        deep = {"type": "object", "properties": {"p": deep}}
    return schemas(folder, A=deep)


@attack()
def _references_ever_deeper(folder: Path) -> Path:
    """A reference to a part of a part of a reference."""
    pointer = "#/components/schemas/A"
    held: dict[str, Any] = {"A": {"type": "object", "properties": {"p": {"type": "object"}}}}
    for n in range(2_000):
        held[f"B{n}"] = {"$ref": pointer + "/properties/p" * (n % 60)}
    return schemas(folder, **held)


@attack()
def _a_huge_pattern(folder: Path) -> Path:
    return schemas(folder, A={"type": "string", "pattern": "(a{1000}){1000}" * 100_000, "example": "a" * 1000})


@attack()
def _a_slow_pattern(folder: Path) -> Path:
    return schemas(
        folder,
        A={
            "type": "string",
            "pattern": "^(([a-z])+.)+[A-Z]([a-z])+$",
            "default": "a" * 100_000,
            "examples": ["a" * 100_000] * 20,
        },
    )


@attack()
def _nested_repetitions_of_a_pattern(folder: Path) -> Path:
    return schemas(
        folder,
        A={"type": "string", "pattern": nested("(", "{1000}){1000}", 200, "a")},
        B={"type": "string", "pattern": "(" * 200_000},
    )


@attack()
def _many_bounds(folder: Path) -> Path:
    nines = "9" * 1_000_000
    return text(
        folder,
        [
            HEAD,
            f"paths: {{}}\ncomponents: {{ schemas: {{ A: {{ type: number, maximum: {nines}, minimum: -{nines}, default: {nines}, multipleOf: 1e-{nines} }} }} }}\n",
        ],
    )


@attack()
def _huge_counts(folder: Path) -> Path:
    """An example is made from each: not as many items, not as long a text."""
    return schemas(
        folder,
        A={"type": "array", "items": {"type": "string", "minLength": 2**62}, "minItems": 2**62},
        B={"type": "string", "minLength": 4_000_000_000, "pattern": "^x+$"},
        C={
            "type": "object",
            "minProperties": 2**62,
            "additionalProperties": {"type": "array", "minItems": 10**30, "items": ref("C")},
        },
        D={
            "type": "array",
            "minItems": 1_000_000,
            "items": {"type": "array", "minItems": 1_000_000, "items": {"type": "string"}},
        },
    )


# ---- Examples.


@attack()
def _an_example_under_unions(folder: Path) -> Path:
    variants = [
        {"type": "object", "properties": {"next": ref("U"), f"p{n}": {"type": "integer"}}, "required": [f"p{n}"]}
        for n in range(8)
    ]
    example: Any = "wrong"
    for _ in range(100):
        example = {"next": example}
    return schemas(folder, U={"oneOf": variants, "example": example})


@attack()
def _a_large_example_under_unions(folder: Path) -> Path:
    variants = [
        {"type": "array", "items": {"type": "object", "properties": {"a": {"type": kind}}}}
        for kind in ("string", "boolean", "integer")
    ]
    return schemas(folder, U={"oneOf": variants, "example": [{"a": n} for n in range(200_000)]})


@attack()
def _many_wrong_examples(folder: Path) -> Path:
    return schemas(folder, U={"type": "string", "examples": list(range(100_000))})


@attack()
def _an_example_wrong_in_many_places(folder: Path) -> Path:
    return schemas(folder, U={"type": "array", "items": {"type": "string"}, "example": list(range(300_000))})


@attack()
def _examples_made_of_examples(folder: Path) -> Path:
    """Each object holds ten of the next: a made example would have ten to the power of twenty members."""
    held: dict[str, Any] = {
        f"E{n}": {
            "type": "object",
            "required": [f"p{m}" for m in range(10)],
            "properties": {f"p{m}": ref(f"E{n + 1}") for m in range(10)},
        }
        for n in range(20)
    }
    paths = {
        "/a": {
            "get": {
                "responses": {"200": {"description": "Done.", "content": {"application/json": {"schema": ref("E0")}}}}
            }
        }
    }
    return data(folder, paths=paths, components={"schemas": held | {"E20": {"type": "string"}}})


@attack()
def _a_large_default_for_many(folder: Path) -> Path:
    held: dict[str, Any] = {f"A{n}": {"allOf": [ref("Base")]} for n in range(2_000)}
    return schemas(
        folder,
        **held,
        Base={
            "type": "array",
            "items": {"type": "integer"},
            "default": list(range(5_000)),
            "description": "d" * 100_000,
        },
    )


@attack("model-budget")
def _a_long_description_inherited(folder: Path) -> Path:
    held: dict[str, Any] = {
        f"A{n}": {"allOf": [ref("Base"), {"type": "object", "properties": {"x": {"type": "string"}}}]}
        for n in range(2_000)
    }
    return schemas(
        folder,
        **held,
        Base={
            "type": "object",
            "properties": {f"p{n}": {"type": "string", "description": "d" * 1_000} for n in range(100)},
        },
    )


# ---- Mistakes without number.


@attack()
def _a_flood_of_warnings(folder: Path) -> Path:
    return schemas(
        folder,
        A={"type": "object", "properties": {f"p{n}": {"type": "string", "description": n} for n in range(100_000)}},
    )


@attack("invalid-type")
def _a_flood_of_errors(folder: Path) -> Path:
    return schemas(
        folder, A={"type": "object", "properties": dict.fromkeys((f"p{n}" for n in range(200_000)), "wrong")}
    )


@attack("invalid-type")
def _a_flood_of_errors_in_one_line_of_many_characters(folder: Path) -> Path:
    return schemas(folder, A={"type": "object", "properties": {f"é{n}": "wrong" * 20 for n in range(50_000)}})


# ---- Files.


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
