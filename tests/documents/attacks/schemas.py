"""Schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .writing import HEAD, attack, nested, ref, schemas, text


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
