//! Values without parts: their kinds and formats, constants, and enums.

use super::Comparison;
use super::types::{Relation, Text, pick};
use super::view::{Kind, values};
use crate::Rule;
use crate::place::At;
use portolan_model::{Direction, EnumerationValue, Primitive, PrimitiveKind, TypeRef, Value};

impl Comparison<'_> {
    pub(super) fn primitives(
        &mut self,
        old: &Primitive,
        new: &Primitive,
        (old_type, new_type): (&TypeRef, &TypeRef),
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        let relation = relation(old.kind, new.kind, text);
        if relation != Relation::Same {
            self.relation(relation, old_type, new_type, direction, at);
            // Limits of another kind of value cannot be compared.
            if relation == Relation::Other || is_text(old.kind) != is_text(new.kind) {
                return;
            }
        } else if old.format != new.format {
            let rule = match (&old.format, &new.format) {
                (None, _) => pick(
                    direction,
                    Rule::RequestFormatAdded,
                    Rule::ResponseFormatAdded,
                ),
                (_, None) => pick(
                    direction,
                    Rule::RequestFormatRemoved,
                    Rule::ResponseFormatRemoved,
                ),
                _ => pick(
                    direction,
                    Rule::RequestFormatChanged,
                    Rule::ResponseFormatChanged,
                ),
            };
            self.tell(rule, at, old.format.clone(), new.format.clone());
        }
        self.bounds(
            old.bounds.as_deref(),
            new.bounds.as_deref(),
            "Length",
            direction,
            at,
        );
        self.contents_of_text(old, new, direction, at);
    }

    fn contents_of_text(
        &mut self,
        old: &Primitive,
        new: &Primitive,
        direction: Direction,
        at: &At<'_>,
    ) {
        let what = |primitive: &Primitive| {
            let parts = [
                primitive.content_media_type.as_deref(),
                primitive.content_encoding.as_deref(),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        };
        let (before, after) = (what(old), what(new));
        if before != after {
            let said = |words: String| {
                Some(if words.is_empty() {
                    "–".to_owned()
                } else {
                    words
                })
            };
            let rule = pick(
                direction,
                Rule::RequestContentChanged,
                Rule::ResponseContentChanged,
            );
            self.tell(rule, at, said(before), said(after));
        }
        if old.content_schema.is_some() || new.content_schema.is_some() {
            let schema = |primitive: &Primitive| {
                primitive
                    .content_schema
                    .as_deref()
                    .cloned()
                    .unwrap_or(TypeRef::Any)
            };
            self.types(&schema(old), &schema(new), direction, at);
        }
    }

    /// Two sets of values.
    pub(super) fn values(
        &mut self,
        old: Kind<'_>,
        new: Kind<'_>,
        direction: Direction,
        at: &At<'_>,
    ) {
        let (before, after) = (members(old), members(new));
        let find =
            |all: &[Member<'_>], value: &Value| all.iter().position(|member| member.value == value);
        for member in &after {
            match find(&before, member.value) {
                None => {
                    let rule = pick(
                        direction,
                        Rule::RequestEnumValueAdded,
                        Rule::ResponseEnumValueAdded,
                    );
                    self.tell(rule, at, None, Some(member.value.to_json()));
                }
                Some(index) if before[index].deprecated != member.deprecated => {
                    let rule = match member.deprecated {
                        true => Rule::EnumValueDeprecated,
                        false => Rule::EnumValueReactivated,
                    };
                    self.tell_once(rule, at, None, Some(member.value.to_json()));
                }
                Some(_) => {}
            }
        }
        for member in &before {
            if find(&after, member.value).is_none() {
                let rule = pick(
                    direction,
                    Rule::RequestEnumValueRemoved,
                    Rule::ResponseEnumValueRemoved,
                );
                self.tell(rule, at, Some(member.value.to_json()), None);
            }
        }
    }

    /// Some values became any of their kind.
    pub(super) fn freed(
        &mut self,
        old: Kind<'_>,
        new: &Primitive,
        types: (&TypeRef, &TypeRef),
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        let members = members(old);
        let fit = members
            .iter()
            .all(|member| is_of(member.value, new.kind, text));
        if !fit {
            return self.relation(Relation::Other, types.0, types.1, direction, at);
        }
        let rule = pick(
            direction,
            Rule::RequestValuesFreed,
            Rule::ResponseValuesFreed,
        );
        self.tell(rule, at, Some(list(old)), None);
    }

    /// Any value of a kind became some values.
    pub(super) fn restricted(
        &mut self,
        old: &Primitive,
        new: Kind<'_>,
        types: (&TypeRef, &TypeRef),
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        let members = members(new);
        let fit = members
            .iter()
            .all(|member| is_of(member.value, old.kind, text));
        if !fit {
            return self.relation(Relation::Other, types.0, types.1, direction, at);
        }
        let rule = pick(
            direction,
            Rule::RequestValuesRestricted,
            Rule::ResponseValuesRestricted,
        );
        self.tell(rule, at, None, Some(list(new)));
    }
}

struct Member<'a> {
    value: &'a Value,
    deprecated: bool,
}

fn members(kind: Kind<'_>) -> Vec<Member<'_>> {
    match kind {
        Kind::Literal(value) => vec![Member {
            value,
            deprecated: false,
        }],
        Kind::Enum(enumeration) => enumeration
            .values
            .iter()
            .map(
                |EnumerationValue {
                     value, deprecated, ..
                 }| Member {
                    value,
                    deprecated: *deprecated,
                },
            )
            .collect(),
        _ => Vec::new(),
    }
}

fn list(kind: Kind<'_>) -> String {
    match kind {
        Kind::Literal(value) => value.to_json(),
        Kind::Enum(enumeration) => values(enumeration),
        _ => String::new(),
    }
}

fn is_of(value: &Value, kind: PrimitiveKind, text: Text) -> bool {
    match value {
        Value::String(_) => is_text(kind),
        Value::Bool(_) => {
            kind == PrimitiveKind::Boolean || text != Text::No && kind == PrimitiveKind::String
        }
        Value::Number(digits) => {
            let whole = !digits.contains(['.', 'e', 'E']);
            match kind {
                PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => whole,
                PrimitiveKind::Number => true,
                PrimitiveKind::String => text != Text::No,
                _ => false,
            }
        }
        _ => false,
    }
}

fn is_text(kind: PrimitiveKind) -> bool {
    !matches!(
        kind,
        PrimitiveKind::Boolean
            | PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64
            | PrimitiveKind::Number
    )
}

/// What `new` accepts beside `old`. All text with a format is text; every whole number is a number.
fn relation(old: PrimitiveKind, new: PrimitiveKind, text: Text) -> Relation {
    /// Numbers, each kind within the next.
    fn size(kind: PrimitiveKind) -> Option<u8> {
        match kind {
            PrimitiveKind::Int32 => Some(0),
            PrimitiveKind::Int64 => Some(1),
            PrimitiveKind::Integer => Some(2),
            PrimitiveKind::Number => Some(3),
            _ => None,
        }
    }
    let is_string = |kind: PrimitiveKind| kind == PrimitiveKind::String;
    let reads_as_text = |kind: PrimitiveKind| match text {
        Text::No => is_text(kind) && kind != PrimitiveKind::Binary,
        Text::Yes | Text::OfLists => true,
    };
    match (size(old), size(new)) {
        _ if old == new => Relation::Same,
        (Some(before), Some(after)) if before < after => Relation::Wider,
        (Some(_), Some(_)) => Relation::Narrower,
        _ if is_string(new) && reads_as_text(old) => Relation::Wider,
        _ if is_string(old) && reads_as_text(new) => Relation::Narrower,
        _ => Relation::Other,
    }
}
