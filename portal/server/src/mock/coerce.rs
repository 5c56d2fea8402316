//! Text to the value that its type expects: `"3"` is a number where a number is wanted.
//!
//! Text that fits no wish stays text, so that the schema refuses it with a rule of its own.

use super::json;
use portolan_model::{Additional, Api, PrimitiveKind, Shape, TypeRef};
use serde_json::Value;

/// What a type can be, aliases, null and unions looked through.
#[derive(Debug, Default)]
pub(super) struct Forms<'a> {
    /// A value without parts.
    pub(super) scalar: bool,
    /// A list of these.
    pub(super) list: Option<&'a TypeRef>,
    /// An object.
    pub(super) object: Option<Members<'a>>,
}

/// The members of an object, by name.
#[derive(Debug, Default)]
pub(super) struct Members<'a> {
    pub(super) named: Vec<(&'a str, &'a TypeRef)>,
    /// What other members hold; `None` when there are none.
    pub(super) rest: Option<&'a TypeRef>,
}

impl<'a> Members<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&'a TypeRef> {
        self.named
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, ty)| *ty)
            .or(self.rest)
    }
}

/// The types that a value of `ty` may have, unions and aliases opened. Cycles end by the limit of depth.
fn choices<'a>(api: &'a Api, ty: &'a TypeRef, depth: usize, found: &mut Vec<&'a TypeRef>) {
    if depth > 8 {
        return;
    }
    match ty {
        TypeRef::Nullable(inner) => choices(api, inner, depth + 1, found),
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(inner) => choices(api, inner, depth + 1, found),
            Shape::Union(union) => {
                for variant in &union.variants {
                    choices(api, &variant.ty, depth + 1, found);
                }
            }
            Shape::Object(_) | Shape::Enum(_) => found.push(ty),
        },
        _ => found.push(ty),
    }
}

/// What `ty` can be.
pub(super) fn forms<'a>(api: &'a Api, ty: &'a TypeRef) -> Forms<'a> {
    let mut found = Vec::new();
    choices(api, ty, 0, &mut found);
    let mut forms = Forms::default();
    for choice in found {
        match choice {
            TypeRef::Any | TypeRef::Primitive(_) | TypeRef::Literal(_) => forms.scalar = true,
            TypeRef::Never | TypeRef::Nullable(_) => {}
            TypeRef::List { items, .. } => {
                forms.list.get_or_insert(items);
            }
            TypeRef::Tuple { rest, .. } => {
                forms
                    .list
                    .get_or_insert(rest.as_deref().unwrap_or(&TypeRef::Any));
            }
            TypeRef::Map { values, .. } => {
                forms
                    .object
                    .get_or_insert_default()
                    .rest
                    .get_or_insert(values);
            }
            TypeRef::Named(id) => match &api.type_def(*id).shape {
                Shape::Object(object) => {
                    let members = forms.object.get_or_insert_default();
                    for property in &object.properties {
                        members.named.push((property.name.as_str(), &property.ty));
                    }
                    match &object.additional {
                        Additional::Typed(ty) => {
                            members.rest.get_or_insert(ty);
                        }
                        Additional::Unspecified if object.properties.is_empty() => {
                            members.rest.get_or_insert(&TypeRef::Any);
                        }
                        Additional::Unspecified | Additional::Forbidden => {}
                    }
                }
                _ => forms.scalar = true,
            },
        }
    }
    forms
}

/// The value that `text` stands for where `ty` is expected.
pub(super) fn coerce(api: &Api, ty: &TypeRef, text: &str) -> Value {
    let mut found = Vec::new();
    choices(api, ty, 0, &mut found);
    // A number or a boolean is the better guess than text, which anything could be.
    let exact = found.iter().find_map(|choice| read(api, choice, text));
    if let Some(value) = exact {
        return value;
    }
    let null = nullable(api, ty) && (text.is_empty() || text == "null");
    if null && !found.iter().any(|choice| takes_text(choice)) {
        return Value::Null;
    }
    Value::String(text.to_owned())
}

/// The value that the text of an item or of a member stands for: the table of styles ends at one level, and JSON is what
/// clients write below it.
pub(super) fn coerce_inner(api: &Api, ty: &TypeRef, text: &str) -> Value {
    let parsed = text.starts_with(['{', '[']).then(|| json::from_str(text));
    match parsed {
        Some(Ok(value)) if is_structured(api, ty) => value,
        _ => coerce(api, ty, text),
    }
}

/// Whether values of the type have parts.
pub(super) fn is_structured(api: &Api, ty: &TypeRef) -> bool {
    let forms = forms(api, ty);
    !forms.scalar && (forms.object.is_some() || forms.list.is_some())
}

fn nullable(api: &Api, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Nullable(_) | TypeRef::Literal(portolan_model::Value::Null) => true,
        TypeRef::Named(id) => {
            let def = api.type_def(*id);
            let alias = match &def.shape {
                Shape::Alias(inner) => Some(inner),
                _ => None,
            };
            // Aliases of aliases are none here: one step is enough for a list of nothing but null.
            def.nullable
                || matches!(
                    alias,
                    Some(TypeRef::Nullable(_) | TypeRef::Literal(portolan_model::Value::Null))
                )
        }
        _ => false,
    }
}

fn takes_text(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => !matches!(
            primitive.kind,
            PrimitiveKind::Boolean
                | PrimitiveKind::Integer
                | PrimitiveKind::Int32
                | PrimitiveKind::Int64
                | PrimitiveKind::Number
        ),
        TypeRef::Any => true,
        _ => false,
    }
}

/// A value of another kind than text that `text` spells.
fn read(api: &Api, ty: &TypeRef, text: &str) -> Option<Value> {
    match ty {
        TypeRef::Primitive(primitive) => match primitive.kind {
            PrimitiveKind::Boolean => match text {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64
            | PrimitiveKind::Number => number(text),
            _ => None,
        },
        TypeRef::Literal(value) => spelled(value, text),
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Enum(enumeration) => enumeration
                .values
                .iter()
                .find_map(|value| spelled(&value.value, text))
                .or_else(|| match enumeration.kind {
                    Some(
                        PrimitiveKind::Integer
                        | PrimitiveKind::Int32
                        | PrimitiveKind::Int64
                        | PrimitiveKind::Number,
                    ) => number(text),
                    _ => None,
                }),
            _ => None,
        },
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    json::from_str(text).ok().filter(Value::is_number)
}

fn spelled(value: &portolan_model::Value, text: &str) -> Option<Value> {
    let same = match value {
        portolan_model::Value::String(known) => &**known == text,
        portolan_model::Value::Number(digits) => match (digits.parse::<f64>(), number(text)) {
            (Ok(known), Some(given)) => given.as_f64() == Some(known),
            _ => false,
        },
        other => other.to_json() == text,
    };
    same.then(|| to_json(value))
}

/// A value of the model as one that the validator reads.
pub(super) fn to_json(value: &portolan_model::Value) -> Value {
    serde_json::from_str(&value.to_json()).unwrap_or(Value::Null)
}
