//! Enums: lists of values, and choices of constants.

use super::schema::primitive_kind;
use super::{Lowerer, Place, example};
use crate::normalize::schema::{Clash, Kinds, Schema};
use portolan_model::{
    Enumeration, EnumerationValue, Name, Primitive, PrimitiveKind, Shape, TypeId, TypeRef, Value,
};
use portolan_source::{Diagnostic, Node, Span};
use std::collections::HashSet;

impl<'a> Lowerer<'a> {
    /// `enum`, narrowed by all that holds beside it.
    pub(super) fn enumeration(
        &mut self,
        schema: &Schema<'a>,
        values: &'a Node,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let kinds = schema.kinds.unwrap_or_default();
        let mut nullable = schema.nullable;
        let mut members = Vec::new();
        let extension = |key: &str, index: usize| {
            schema
                .enumeration_owner
                .and_then(|owner| owner.get(key))
                .and_then(|node| match &node.value {
                    portolan_source::Value::Array(items) => items.get(index),
                    _ => values
                        .items()
                        .get(index)
                        .and_then(|value| node.get(value.as_str().or(value.as_number())?)),
                })
                .and_then(Node::as_str)
        };
        let allowed = narrowing(schema);
        let mut seen: HashSet<Value> = HashSet::new();
        let mut unfit = 0;
        for (index, item) in values.items().iter().enumerate() {
            if item.is_null() {
                nullable |= allowed(item);
                continue;
            }
            let Some(value) = self.enumeration_value(item, kinds) else {
                unfit += 1;
                continue;
            };
            if !seen.insert(value.clone()) || !allowed(item) {
                continue;
            }
            // AutoRest's word: `x-ms-enum: { values: [{ value, name, description }] }`.
            let said = |key: &str| {
                let values = schema.enumeration_owner?.get("x-ms-enum")?.get("values")?;
                let entry = values
                    .items()
                    .get(index)
                    .filter(|entry| entry.get("value").is_none_or(|value| value.same_data(item)))?;
                entry.get(key)?.as_str()
            };
            let name = ["x-enum-varnames", "x-enumNames", "x-enum-names"]
                .iter()
                .find_map(|key| extension(key, index))
                .or_else(|| said("name"));
            let description = ["x-enum-descriptions", "x-enumDescriptions"]
                .iter()
                .find_map(|key| extension(key, index))
                .or_else(|| said("description"));
            members.push(EnumerationValue {
                value,
                name: name.map(Name::from),
                description: description.map(str::to_owned),
                deprecated: false,
            });
        }
        let ty = match members.as_slice() {
            [] if !seen.is_empty() => {
                self.clash(&Clash {
                    about: "enum",
                    taken: values.span,
                    left: schema
                        .narrower
                        .first()
                        .map_or(values.span, |list| list.span),
                    impossible: true,
                });
                let schema = Schema {
                    narrower: Vec::new(),
                    excluded: Vec::new(),
                    ..schema.clone()
                };
                return self.enumeration(&schema, values, node, slot, place);
            }
            [] => {
                // When its type forbids every value, each was told of already.
                if unfit == 0 || unfit < values.items().len() {
                    self.empty_enum(values.span);
                }
                let schema = Schema {
                    enumeration: None,
                    nullable: false,
                    ..schema.clone()
                };
                self.lower_without_null(schema, node, slot, place)
            }
            [only] if slot.is_none() && only.name.is_none() => TypeRef::Literal(only.value.clone()),
            _ if kinds == Kinds::BOOLEAN && members.len() > 1 => {
                TypeRef::Primitive(Primitive::of(PrimitiveKind::Boolean))
            }
            _ => {
                let kind = kind_of_values(&members, schema, kinds);
                let shape = Shape::Enum(Enumeration {
                    kind,
                    values: members,
                });
                self.hoist(shape, schema, slot, place)
            }
        };
        self.with_null(ty, nullable, slot)
    }

    /// An enum that allows nothing.
    pub(super) fn empty_enum(&mut self, span: Span) {
        self.diagnostics.push(
            Diagnostic::warning(
                "empty-enum",
                "an enum without values allows nothing; it was ignored",
            )
            .at(span)
            .help("list the allowed values, or leave `enum` out"),
        );
    }

    /// A value of an enum as its type has it: `1` in an enum of strings travels as `"1"`.
    fn enumeration_value(&mut self, item: &'a Node, kinds: Kinds) -> Option<Value> {
        let value = example::value(item);
        let fits = kinds == Kinds::NONE
            || match &value {
                Value::Null => true,
                Value::Bool(_) => kinds.contains(Kinds::BOOLEAN),
                Value::Number(_) => kinds.contains(Kinds::NUMBER) || kinds.contains(Kinds::INTEGER),
                Value::String(_) => kinds.contains(Kinds::STRING),
                Value::Array(_) => kinds.contains(Kinds::ARRAY),
                Value::Object(_) => kinds.contains(Kinds::OBJECT),
            };
        if fits {
            return Some(value);
        }
        let warning = |message: String| Diagnostic::warning("invalid-enum", message).at(item.span);
        match &value {
            Value::Number(digits) if kinds == Kinds::STRING => {
                self.diagnostics.push(
                    warning(format!(
                        "`{digits}` is a number in an enum of strings; it was read as text"
                    ))
                    .help("put it in quotes"),
                );
                Some(Value::String(digits.clone()))
            }
            Value::Bool(flag) if kinds == Kinds::STRING => {
                self.diagnostics.push(
                    warning(format!(
                        "`{flag}` is a boolean in an enum of strings; it was read as text"
                    ))
                    .help("put it in quotes"),
                );
                Some(Value::string(flag.to_string()))
            }
            Value::String(text)
                if (kinds.contains(Kinds::INTEGER) || kinds.contains(Kinds::NUMBER))
                    && text.parse::<f64>().is_ok_and(f64::is_finite) =>
            {
                self.diagnostics.push(
                    warning(format!(
                        "`{text}` is text in an enum of numbers; it was read as a number"
                    ))
                    .help("remove the quotes"),
                );
                Some(Value::Number(text.clone()))
            }
            _ => {
                self.diagnostics.push(
                    warning(format!(
                        "an enum allows {}, which its type forbids; the value was ignored",
                        item.kind()
                    ))
                    .help(if kinds == Kinds::ARRAY {
                        "an `enum` of what the list holds belongs into `items`"
                    } else {
                        "change the type or the value"
                    }),
                );
                None
            }
        }
    }

    /// An enum that is spelled as a choice of constants, perhaps with titles.
    pub(super) fn constants(
        &mut self,
        variants: &[&'a Node],
        base: &Schema<'a>,
    ) -> Option<Enumeration> {
        let mut values: Vec<EnumerationValue> = Vec::new();
        for variant in variants {
            let node = self.resolver.follow(variant)?;
            let schema = Schema::read(node);
            if schema.all_of.is_some() || !schema.choices.is_empty() {
                return None;
            }
            if let Some(constant) = schema.constant {
                values.push(EnumerationValue {
                    value: example::value(constant),
                    name: schema.title.map(Name::from),
                    description: schema.description.map(str::to_owned),
                    deprecated: schema.deprecated,
                });
            } else if let Some(list) = schema.enumeration {
                // A reference to an enum has a name that is worth keeping.
                if variant.get("$ref").is_some() {
                    return None;
                }
                let single = list.items().len() == 1;
                values.extend(list.items().iter().map(|item| EnumerationValue {
                    value: example::value(item),
                    name: schema.title.filter(|_| single).map(Name::from),
                    description: schema.description.filter(|_| single).map(str::to_owned),
                    deprecated: schema.deprecated,
                }));
            } else {
                return None;
            }
        }
        values.retain(|value| !value.value.is_null());
        let mut seen: HashSet<Value> = HashSet::new();
        let mut unique = values;
        unique.retain(|value| seen.insert(value.value.clone()));
        let texts = unique
            .iter()
            .all(|value| matches!(value.value, Value::String(_)));
        let numbers = unique
            .iter()
            .all(|value| matches!(value.value, Value::Number(_)));
        if unique.is_empty() || base.discriminator.is_some() {
            return None;
        }
        let whole = |value: &EnumerationValue| matches!(&value.value, Value::Number(digits) if digits.parse::<i128>().is_ok());
        let kind = match (texts, numbers) {
            (true, _) => Some(PrimitiveKind::String),
            (_, true) if unique.iter().all(whole) => Some(PrimitiveKind::Integer),
            (_, true) => Some(PrimitiveKind::Number),
            _ => None,
        };
        Some(Enumeration {
            kind,
            values: unique,
        })
    }
}

/// Whether a value of an enum is in all other lists too, and not forbidden.
fn narrowing<'a>(schema: &Schema<'a>) -> impl Fn(&'a Node) -> bool + use<'a> {
    let lists: Vec<HashSet<Value>> = schema
        .narrower
        .iter()
        .map(|list| list.items().iter().map(example::value).collect())
        .collect();
    let excluded = schema.excluded.clone();
    move |item| {
        let value = (!lists.is_empty()).then(|| example::value(item));
        value.is_none_or(|value| lists.iter().all(|list| list.contains(&value)))
            && !excluded.iter().any(|excluded| excluded.same_data(item))
    }
}

/// Whether the lists of values beside a choice of constants allow one.
pub(super) fn allowed(base: &Schema<'_>) -> impl Fn(&Value) -> bool + use<> {
    let lists = base.enumeration.iter().chain(&base.narrower);
    let lists: Vec<HashSet<Value>> = lists
        .map(|list| list.items().iter().map(example::value).collect())
        .collect();
    let constant = base.constant.map(example::value);
    let excluded: HashSet<Value> = base
        .excluded
        .iter()
        .map(|value| example::value(value))
        .collect();
    move |value| {
        lists.iter().all(|list| list.contains(value))
            && constant.as_ref().is_none_or(|constant| constant == value)
            && !excluded.contains(value)
    }
}

fn kind_of_values(
    members: &[EnumerationValue],
    schema: &Schema<'_>,
    kinds: Kinds,
) -> Option<PrimitiveKind> {
    let all = |wanted: fn(&Value) -> bool| members.iter().all(|member| wanted(&member.value));
    if all(|value| matches!(value, Value::String(_))) {
        return Some(PrimitiveKind::String);
    }
    if all(|value| matches!(value, Value::Bool(_))) {
        return Some(PrimitiveKind::Boolean);
    }
    if all(|value| matches!(value, Value::Number(_))) {
        let whole =
            all(|value| matches!(value, Value::Number(digits) if digits.parse::<i128>().is_ok()));
        return Some(if whole && kinds != Kinds::NUMBER {
            primitive_kind(Kinds::INTEGER, schema.format, None, None)
        } else {
            PrimitiveKind::Number
        });
    }
    None
}
