"""Text: the readers."""

from __future__ import annotations

from pathlib import Path

from .writing import HEAD, attack, data, nested, text


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
