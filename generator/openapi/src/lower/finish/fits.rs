//! Whether a value of the document fits its type, plain repairs included; and if not, what is wrong with it, and where.

use super::conform::{conform, same};
use super::types::{MAX_DEPTH, Types};
use crate::lower::example::value;
use portolan_model::{
    Additional, Enumeration, PrimitiveKind, Shape, TypeDef, TypeRef, Union, Value,
};
use portolan_source::{Node, Span, Value as NodeValue};

/// Why a value does not fit. Words are made when somebody asks: most variants of a union are tried in vain.
#[derive(Clone, Copy)]
pub(super) struct Mismatch<'a> {
    /// The part of the value that does not.
    node: &'a Node,
    expected: Expected<'a>,
    /// Where what is expected is declared, when it has a name.
    pub(super) declared: Option<Span>,
    /// How deep in the value the part lies.
    depth: usize,
}

#[derive(Clone, Copy)]
enum Expected<'a> {
    Words(&'static str),
    Literal(&'a Value),
    Enum(&'a Enumeration),
}

impl<'a> Mismatch<'a> {
    fn new(node: &'a Node, depth: usize, expected: Expected<'a>) -> Mismatch<'a> {
        Mismatch {
            node,
            expected,
            declared: None,
            depth,
        }
    }

    fn declared_at(mut self, span: Span) -> Mismatch<'a> {
        if !span.is_none() {
            self.declared.get_or_insert(span);
        }
        self
    }

    /// Where the part stands that does not fit.
    pub(super) fn span(&self) -> Span {
        self.node.span
    }

    pub(super) fn expected(&self) -> String {
        match self.expected {
            Expected::Words(words) => words.to_owned(),
            Expected::Literal(value) => format!("`{}`", short(value)),
            Expected::Enum(enumeration) => one_of(enumeration),
        }
    }

    pub(super) fn found(&self) -> String {
        shown(self.node)
    }
}

pub(super) fn fits<'a>(
    types: &Types<'a>,
    node: &'a Node,
    ty: &'a TypeRef,
    depth: usize,
) -> Result<(), Mismatch<'a>> {
    if depth > MAX_DEPTH || types.is_tired() {
        return Ok(());
    }
    let wrong = |words| Err(Mismatch::new(node, depth, Expected::Words(words)));
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
            if is_same(node, literal) {
                Ok(())
            } else {
                Err(Mismatch::new(node, depth, Expected::Literal(literal)))
            }
        }
        TypeRef::Primitive(primitive) => {
            let plain = !matches!(node.value, NodeValue::Array(_) | NodeValue::Object(_));
            if plain && conform(types, value(node), ty, depth).is_some() {
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

fn fits_definition<'a>(
    types: &Types<'a>,
    node: &'a Node,
    def: &'a TypeDef,
    depth: usize,
) -> Result<(), Mismatch<'a>> {
    match &def.shape {
        Shape::Alias(ty) => fits(types, node, ty, depth + 1),
        Shape::Enum(enumeration) => {
            let mut known = enumeration.values.iter().map(|known| &known.value);
            if known.any(|known| is_same(node, known)) {
                Ok(())
            } else {
                Err(Mismatch::new(node, depth, Expected::Enum(enumeration)))
            }
        }
        Shape::Union(union) => fits_union(types, node, union, depth),
        Shape::Object(object) => {
            let NodeValue::Object(members) = &node.value else {
                let expected = Expected::Words("an object");
                return Err(Mismatch::new(node, depth, expected));
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
fn fits_union<'a>(
    types: &Types<'a>,
    node: &'a Node,
    union: &'a Union,
    depth: usize,
) -> Result<(), Mismatch<'a>> {
    let meant = union.discriminator.as_ref().and_then(|discriminator| {
        let tag = node.get(discriminator.property.as_str())?.as_str()?;
        let mapping = &discriminator.mapping;
        let (_, id) = mapping.iter().find(|(known, _)| known == tag)?;
        Some(TypeRef::Named(*id))
    });
    let mut furthest: Option<Mismatch<'a>> = None;
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
        Some(mismatch) if !std::ptr::eq(mismatch.node, node) => Err(mismatch),
        Some(_) => Err(Mismatch::new(
            node,
            depth,
            Expected::Words("one of the variants of its schema"),
        )),
    }
}

/// Whether a node says this value, plain repairs included; compared in place, for a value may be large and tried often.
fn is_same(node: &Node, known: &Value) -> bool {
    match &node.value {
        NodeValue::Array(_) | NodeValue::Object(_) => is_equal(node, known),
        _ => same(known, &value(node)),
    }
}

fn is_equal(node: &Node, known: &Value) -> bool {
    match (&node.value, known) {
        (NodeValue::Array(items), Value::Array(known)) => {
            let mut pairs = items.iter().zip(known);
            items.len() == known.len() && pairs.all(|(item, known)| is_equal(item, known))
        }
        (NodeValue::Object(members), Value::Object(known)) => {
            let mut pairs = members.iter().zip(known);
            members.len() == known.len()
                && pairs.all(|(member, (name, known))| {
                    *name == *member.key && is_equal(&member.node, known)
                })
        }
        (NodeValue::Array(_) | NodeValue::Object(_), _) => false,
        _ => value(node) == *known,
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
fn shown(node: &Node) -> String {
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
