//! Whether a value of the document fits its type, plain repairs included; and if not, what is wrong with it, and where.

use super::conform::{conform, same};
use super::types::{MAX_DEPTH, Types};
use crate::lower::example::value;
use portolan_model::{
    Additional, Enumeration, PrimitiveKind, Shape, TypeDef, TypeRef, Union, Value,
};
use portolan_source::{Node, Span, Value as NodeValue};

/// Why a value does not fit.
pub(super) struct Mismatch {
    /// The part of the value that does not.
    pub(super) span: Span,
    pub(super) expected: String,
    pub(super) found: String,
    /// Where what is expected is declared, when it has a name.
    pub(super) declared: Option<Span>,
    /// How deep in the value the part lies.
    depth: usize,
}

impl Mismatch {
    fn new(node: &Node, depth: usize, expected: impl Into<String>) -> Mismatch {
        Mismatch {
            span: node.span,
            expected: expected.into(),
            found: shown(node),
            declared: None,
            depth,
        }
    }

    fn declared_at(mut self, span: Span) -> Mismatch {
        if !span.is_none() {
            self.declared.get_or_insert(span);
        }
        self
    }
}

pub(super) fn fits(
    types: &Types<'_>,
    node: &Node,
    ty: &TypeRef,
    depth: usize,
) -> Result<(), Mismatch> {
    if depth > MAX_DEPTH || types.is_tired() {
        return Ok(());
    }
    let wrong = |expected: &str| Err(Mismatch::new(node, depth, expected));
    match ty {
        TypeRef::Any | TypeRef::Never => Ok(()),
        TypeRef::Nullable(inner) => {
            if node.is_null() {
                Ok(())
            } else {
                fits(types, node, inner, depth)
            }
        }
        TypeRef::Literal(literal) => {
            if conform(types, value(node), ty, depth).is_some() {
                Ok(())
            } else {
                wrong(&format!("`{}`", short(literal)))
            }
        }
        TypeRef::Primitive(primitive) => {
            if conform(types, value(node), ty, depth).is_some() {
                Ok(())
            } else {
                wrong(kind_words(primitive.kind))
            }
        }
        TypeRef::List { items, .. } => match &node.value {
            NodeValue::Array(values) => values
                .iter()
                .try_for_each(|value| fits(types, value, items, depth + 1)),
            _ => wrong("an array"),
        },
        TypeRef::Tuple { items, rest, .. } => match &node.value {
            NodeValue::Array(values) => values.iter().enumerate().try_for_each(|(index, value)| {
                match items.get(index).or(rest.as_deref()) {
                    Some(ty) => fits(types, value, ty, depth + 1),
                    None => Ok(()),
                }
            }),
            _ => wrong("an array"),
        },
        TypeRef::Map { values, .. } => match &node.value {
            NodeValue::Object(members) => members
                .iter()
                .try_for_each(|member| fits(types, &member.node, values, depth + 1)),
            _ => wrong("an object"),
        },
        TypeRef::Named(id) => {
            let def = types.get(*id);
            if def.nullable && node.is_null() {
                return Ok(());
            }
            fits_definition(types, node, def, depth)
                .map_err(|mismatch| mismatch.declared_at(crate::document::start_of(def.span)))
        }
    }
}

fn fits_definition(
    types: &Types<'_>,
    node: &Node,
    def: &TypeDef,
    depth: usize,
) -> Result<(), Mismatch> {
    match &def.shape {
        Shape::Alias(ty) => fits(types, node, ty, depth + 1),
        Shape::Enum(enumeration) => {
            let value = value(node);
            let mut known = enumeration.values.iter().map(|known| &known.value);
            if known.any(|known| same(known, &value)) {
                Ok(())
            } else {
                Err(Mismatch::new(node, depth, one_of(enumeration)))
            }
        }
        Shape::Union(union) => fits_union(types, node, union, depth),
        Shape::Object(object) => {
            let NodeValue::Object(members) = &node.value else {
                return Err(Mismatch::new(node, depth, "an object"));
            };
            members.iter().try_for_each(|member| {
                let property = object
                    .properties
                    .iter()
                    .find(|property| property.name == *member.key);
                match (property, &object.additional) {
                    (Some(property), _) => fits(types, &member.node, &property.ty, depth + 1)
                        .map_err(|mismatch| mismatch.declared_at(property.span)),
                    (None, Additional::Typed(ty)) => fits(types, &member.node, ty, depth + 1),
                    (None, _) => Ok(()),
                }
            })
        }
    }
}

/// What is wrong with the variant that is meant: the one that the discriminator names, else the one that goes furthest.
fn fits_union(types: &Types<'_>, node: &Node, union: &Union, depth: usize) -> Result<(), Mismatch> {
    let meant = union.discriminator.as_ref().and_then(|discriminator| {
        let tag = node.get(discriminator.property.as_str())?.as_str()?;
        let mapping = &discriminator.mapping;
        let (_, id) = mapping.iter().find(|(known, _)| known == tag)?;
        Some(TypeRef::Named(*id))
    });
    let mut furthest: Option<Mismatch> = None;
    for variant in &union.variants {
        let Err(mismatch) = fits(types, node, &variant.ty, depth + 1) else {
            return Ok(());
        };
        if Some(&variant.ty) == meant.as_ref() {
            furthest = Some(Mismatch {
                depth: usize::MAX,
                ..mismatch
            });
        } else if furthest
            .as_ref()
            .is_none_or(|furthest| mismatch.depth > furthest.depth)
        {
            furthest = Some(mismatch);
        }
    }
    match furthest {
        None => Ok(()),
        Some(mismatch) if mismatch.span != node.span => Err(mismatch),
        Some(_) => Err(Mismatch::new(
            node,
            depth,
            "one of the variants of its schema",
        )),
    }
}

/// The values of an enum, when they are few.
fn one_of(enumeration: &Enumeration) -> String {
    const MOST: usize = 6;
    let values = &enumeration.values;
    if values.len() > MOST {
        return format!("one of the {} values of its enum", values.len());
    }
    let values: Vec<String> = values
        .iter()
        .map(|known| format!("`{}`", short(&known.value)))
        .collect();
    match &values[..] {
        [only] => only.clone(),
        values => format!("one of {}", values.join(", ")),
    }
}

/// What a value is: itself when it is short, else its kind.
pub(super) fn shown(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Array(_) | NodeValue::Object(_) => node.kind().to_owned(),
        NodeValue::String(text) if text.is_empty() => "an empty string".to_owned(),
        NodeValue::String(_) => format!("the string `{}`", short(&value(node))),
        _ => format!("`{}`", short(&value(node))),
    }
}

fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    };
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

fn kind_words(kind: PrimitiveKind) -> &'static str {
    match kind {
        PrimitiveKind::Boolean => "a boolean",
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => "a whole number",
        PrimitiveKind::Number => "a number",
        _ => "a string",
    }
}
