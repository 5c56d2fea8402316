//! What an answer is when the program runs: what `typeof` can tell, and which members are there.

use super::super::operation::{Decoder, successes};
use super::super::sample::Outcome;
use super::super::signature::item_type;
use super::super::types::{Types, is_decimal};
use crate::{Decimal, Int64};
use portolan_model::{
    Direction, Enumeration, Object, Operation, PrimitiveKind, Shape as Declared, TypeId, TypeRef,
    Value,
};

/// What a call gives.
pub(super) enum Answer {
    /// A page with items of a shape.
    Page(Shape),
    /// A stream of items of a shape.
    Stream(Shape),
    Download,
    Nothing,
    Value(Shape),
}

impl Answer {
    /// The same of any shape.
    pub(super) fn forgotten(self) -> Answer {
        match self {
            Answer::Page(_) => Answer::Page(Shape::Any),
            Answer::Stream(_) => Answer::Stream(Shape::Any),
            Answer::Value(_) => Answer::Value(Shape::Any),
            Answer::Download | Answer::Nothing => self,
        }
    }
}

/// What a value has when it comes back.
pub(super) enum Shape {
    Any,
    /// One of these kinds: those of `typeof`, and `null` and `array`.
    Kinds(Vec<&'static str>),
    /// The required members of a type.
    Object(TypeId),
    List(Box<Shape>),
}

/// What an operation gives, called as its sample calls it.
pub(super) fn answer(types: &Types<'_>, operation: &Operation, outcome: Outcome) -> Answer {
    let found = successes(operation);
    let media: Vec<_> = found
        .iter()
        .flat_map(|response| response.preferred())
        .collect();
    let kinds = Kinds {
        types,
        seen: Vec::new(),
    };
    let item = |ty: Option<&TypeRef>| ty.map_or(Shape::Any, |ty| kinds.shape(ty));
    match (outcome, &operation.pagination, media.as_slice()) {
        (Outcome::Items, Some(pagination), _) => {
            let body = media
                .iter()
                .find(|media| Decoder::of(types, media) == Decoder::Json);
            Answer::Page(item(
                body.and_then(|body| item_type(types, &body.ty, &pagination.items().0)),
            ))
        }
        (Outcome::Items, None, [first, ..]) => match Decoder::of(types, first) {
            Decoder::WholeEvents => Answer::Stream(Shape::Kinds(vec!["object"])),
            _ => Answer::Stream(item(first.item.as_ref())),
        },
        (Outcome::Nothing, ..) => Answer::Nothing,
        (Outcome::File, ..) => Answer::Download,
        (_, _, [only]) if found.len() == 1 => match Decoder::of(types, only) {
            Decoder::Json => Answer::Value(kinds.shape(&only.ty)),
            _ => Answer::Value(Shape::Kinds(vec!["string"])),
        },
        _ => {
            let mut all = Some(Vec::new());
            let mut add = |more: Option<Vec<&'static str>>| {
                all = all.take().zip(more).map(|(all, more)| joined(all, more));
            };
            if found.iter().any(|response| response.content.is_empty()) {
                add(Some(vec!["undefined"]));
            }
            for media in &media {
                add(match Decoder::of(types, media) {
                    Decoder::Json => kinds.clone().of(&media.ty),
                    Decoder::Text => Some(vec!["string"]),
                    _ => Some(vec!["object"]),
                });
            }
            let all = all.filter(|all| !all.is_empty());
            Answer::Value(all.map_or(Shape::Any, Shape::Kinds))
        }
    }
}

/// The required members of an object as they come back, with the kinds of each; `None` where it may be of any.
pub(super) fn members<'o>(
    types: &Types<'_>,
    object: &'o Object,
) -> Vec<(&'o str, Option<Vec<&'static str>>)> {
    Types::members(object, Direction::Response)
        .filter(|property| property.required)
        .map(|property| {
            let mut kinds = Kinds {
                types,
                seen: Vec::new(),
            };
            (property.name.as_str(), kinds.of(&property.ty))
        })
        .collect()
}

fn joined(mut found: Vec<&'static str>, more: Vec<&'static str>) -> Vec<&'static str> {
    for kind in more {
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    found
}

#[derive(Clone)]
struct Kinds<'t, 'a> {
    types: &'t Types<'a>,
    /// Types that are being looked at: one may lead to itself.
    seen: Vec<TypeId>,
}

impl Kinds<'_, '_> {
    fn shape(&self, ty: &TypeRef) -> Shape {
        // A list that holds itself has no end.
        self.shape_within(ty, 4)
    }

    fn shape_within(&self, ty: &TypeRef, depth: usize) -> Shape {
        let api = self.types.api;
        match ty {
            TypeRef::List { items, .. } if depth > 0 => {
                Shape::List(Box::new(self.shape_within(items, depth - 1)))
            }
            TypeRef::Named(id) if !api.type_def(*id).nullable => match &api.type_def(*id).shape {
                Declared::Object(object) if !members(self.types, object).is_empty() => {
                    Shape::Object(*id)
                }
                Declared::Alias(inner) if depth > 0 => self.shape_within(inner, depth - 1),
                _ => self.kinds(ty),
            },
            _ => self.kinds(ty),
        }
    }

    fn kinds(&self, ty: &TypeRef) -> Shape {
        self.clone().of(ty).map_or(Shape::Any, Shape::Kinds)
    }

    /// The kinds of a type; `None` when it may be anything.
    fn of(&mut self, ty: &TypeRef) -> Option<Vec<&'static str>> {
        match ty {
            TypeRef::Any | TypeRef::Never => None,
            TypeRef::Literal(value) => Some(literal(value)),
            TypeRef::Primitive(primitive)
                if self.types.decimal() == Decimal::String && is_decimal(primitive) =>
            {
                Some(vec!["string"])
            }
            TypeRef::Primitive(primitive) => Some(self.primitive(primitive.kind)),
            TypeRef::List { .. } | TypeRef::Tuple { .. } => Some(vec!["array"]),
            TypeRef::Map { .. } => Some(vec!["object"]),
            TypeRef::Nullable(inner) => Some(joined(self.of(inner)?, vec!["null"])),
            TypeRef::Named(id) => self.named(*id),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Vec<&'static str>> {
        if self.seen.contains(&id) {
            return None;
        }
        self.seen.push(id);
        let def = self.types.api.type_def(id);
        let found = match &def.shape {
            Declared::Object(_) => Some(vec!["object"]),
            Declared::Enum(enumeration) => self.enumeration(enumeration),
            Declared::Union(union) => union
                .variants
                .iter()
                .try_fold(Vec::new(), |found, variant| {
                    Some(joined(found, self.of(&variant.ty)?))
                }),
            Declared::Alias(inner) => self.of(inner),
        };
        self.seen.pop();
        match def.nullable {
            true => Some(joined(found?, vec!["null"])),
            false => found,
        }
    }

    fn enumeration(&self, enumeration: &Enumeration) -> Option<Vec<&'static str>> {
        enumeration.kind.map(|kind| self.primitive(kind))
    }

    fn primitive(&self, kind: PrimitiveKind) -> Vec<&'static str> {
        match (kind, self.types.int64()) {
            (PrimitiveKind::Boolean, _) => vec!["boolean"],
            (PrimitiveKind::Int64, Int64::NumberOrBigint) => vec!["number", "bigint"],
            (PrimitiveKind::Int64, Int64::Bigint) => vec!["bigint"],
            (PrimitiveKind::Int32 | PrimitiveKind::Integer | PrimitiveKind::Number, _) => {
                vec!["number"]
            }
            _ => vec!["string"],
        }
    }
}

fn literal(value: &Value) -> Vec<&'static str> {
    match value {
        Value::Null => vec!["null"],
        Value::Bool(_) => vec!["boolean"],
        Value::Number(_) => vec!["number", "bigint"],
        Value::String(_) => vec!["string"],
        Value::Array(_) => vec!["array"],
        Value::Object(_) => vec!["object"],
    }
}
