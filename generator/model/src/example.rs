//! Values made from types: deterministic, valid by the schema, with one guard for cycles.

use crate::pattern;
use crate::{Additional, Api, Bounds, Primitive, PrimitiveKind, Shape, TypeId, TypeRef, Value};
use serde::Serialize;

/// Which way a value travels: read-only members are not sent, write-only ones not received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the caller.
    Request,
    /// To the caller.
    Response,
}

/// How deep optional members are filled in.
const OPTIONAL_DEPTH: usize = 4;
/// How deep a value may become at all; beyond it required members end as null.
const MAX_DEPTH: usize = 24;
/// How many values one value may hold; beyond them the rest is null. Types that name the next one twice double at each
/// level: depth alone bounds nothing.
const MOST_VALUES: usize = 10_000;

/// A value of the type: the author's example where there is one, else made from the schema.
///
/// The same type gives the same value on every run. A cycle ends at the first optional member, empty list or empty
/// map; a cycle of required members, which no finite value satisfies, ends with null.
#[must_use]
pub fn synthesize(api: &Api, ty: &TypeRef, direction: Direction) -> Value {
    Maker {
        api,
        direction,
        open: Vec::new(),
        left: MOST_VALUES,
    }
    .make(ty, 0)
}

struct Maker<'a> {
    api: &'a Api,
    direction: Direction,
    open: Vec<TypeId>,
    left: usize,
}

impl Maker<'_> {
    fn make(&mut self, ty: &TypeRef, depth: usize) -> Value {
        if depth > MAX_DEPTH || self.left == 0 {
            return Value::Null;
        }
        self.left -= 1;
        match ty {
            TypeRef::Any | TypeRef::Never => Value::Object(Vec::new()),
            TypeRef::Primitive(primitive) => primitive_value(primitive),
            TypeRef::Literal(value) => value.clone(),
            TypeRef::List { items, bounds } => {
                let least = bounds
                    .as_ref()
                    .and_then(|bounds| bounds.min_length)
                    .unwrap_or(0);
                let most = bounds
                    .as_ref()
                    .and_then(|bounds| bounds.max_length)
                    .unwrap_or(u64::MAX);
                if least == 0 && (most == 0 || self.reenters(items)) {
                    return Value::Array(Vec::new());
                }
                let unique = bounds.as_ref().is_some_and(|bounds| bounds.unique_items);
                let count = least.clamp(1, 16);
                Value::Array(
                    (0..count)
                        .map(|index| {
                            let item = self.make(items, depth + 1);
                            if unique && index > 0 {
                                vary(item, index)
                            } else {
                                item
                            }
                        })
                        .collect(),
                )
            }
            TypeRef::Tuple { items, .. } => Value::Array(
                items
                    .iter()
                    .map(|item| self.make(item, depth + 1))
                    .collect(),
            ),
            TypeRef::Map { values, bounds } => {
                let least = bounds
                    .as_ref()
                    .and_then(|bounds| bounds.min_length)
                    .unwrap_or(0);
                if least == 0 && (self.reenters(values) || depth > OPTIONAL_DEPTH) {
                    return Value::Object(Vec::new());
                }
                Value::Object(
                    (0..least.clamp(1, 16))
                        .map(|index| {
                            let key = if index == 0 {
                                "key".to_owned()
                            } else {
                                format!("key{}", index + 1)
                            };
                            (key.into(), self.make(values, depth + 1))
                        })
                        .collect(),
                )
            }
            TypeRef::Nullable(inner) if self.reenters(inner) => Value::Null,
            TypeRef::Nullable(inner) => self.make(inner, depth),
            TypeRef::Named(id) => self.make_named(*id, depth),
        }
    }

    /// Whether making `ty` would come back to a type that is being made.
    fn reenters(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) if self.open.contains(id) => true,
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Alias(inner) => !matches!(inner, TypeRef::Named(_)) && self.reenters(inner),
                Shape::Union(union) => union.variants.iter().all(|variant| {
                    matches!(variant.ty, TypeRef::Named(variant) if self.open.contains(&variant))
                }) && !union.variants.is_empty(),
                _ => false,
            },
            TypeRef::Nullable(inner) | TypeRef::List { items: inner, .. } => self.reenters(inner),
            _ => false,
        }
    }

    fn make_named(&mut self, id: TypeId, depth: usize) -> Value {
        if self.open.contains(&id) {
            return Value::Null;
        }
        let def = self.api.type_def(id);
        let example = def
            .examples
            .iter()
            .find_map(|example| example.value.as_ref())
            .or(def.default.as_ref());
        if let Some(value) = example {
            return self.without_hidden(value, &TypeRef::Named(id), 0);
        }
        self.open.push(id);
        let value = match &def.shape {
            Shape::Object(_) => self.make_object(id, depth),
            Shape::Enum(enumeration) => {
                let usable = enumeration.values.iter().find(|value| !value.deprecated);
                usable
                    .or(enumeration.values.first())
                    .map_or(Value::Null, |value| value.value.clone())
            }
            Shape::Union(union) => {
                let variant = union
                    .variants
                    .iter()
                    .find(|variant| !self.reenters(&variant.ty));
                match variant.or(union.variants.first()) {
                    Some(variant) => {
                        let mut value = self.make(&variant.ty, depth);
                        if let (Some(discriminator), Some(tag)) =
                            (&union.discriminator, variant.tags.first())
                        {
                            set_member(
                                &mut value,
                                discriminator.property.as_str(),
                                Value::string(tag.as_str()),
                            );
                        }
                        value
                    }
                    None => Value::Null,
                }
            }
            Shape::Alias(ty) => self.make(ty, depth),
        };
        self.open.pop();
        value
    }

    fn make_object(&mut self, id: TypeId, depth: usize) -> Value {
        let Shape::Object(object) = &self.api.type_def(id).shape else {
            return Value::Null;
        };
        let mut members = Vec::new();
        for property in &object.properties {
            let hidden = match self.direction {
                Direction::Request => property.read_only,
                Direction::Response => property.write_only,
            };
            let skip = !property.required
                && (depth >= OPTIONAL_DEPTH || property.deprecated || self.reenters(&property.ty));
            if hidden || skip {
                continue;
            }
            let value = match property.examples.first().or(property.default.as_ref()) {
                Some(value) => value.clone(),
                None => self.make(&property.ty, depth + 1),
            };
            members.push((property.name.clone(), value));
        }
        let least = object
            .bounds
            .as_ref()
            .and_then(|bounds| bounds.min_length)
            .unwrap_or(0);
        if let Additional::Typed(values) = &object.additional {
            while (members.len() as u64) < least.min(16) {
                let key = format!("key{}", members.len() + 1);
                members.push((key.into(), self.make(values, depth + 1)));
            }
        }
        let mut value = Value::Object(members);
        if let Some(discriminator) = &object.discriminator {
            let tag = discriminator
                .mapping
                .iter()
                .find(|(_, target)| *target == id);
            if let Some((tag, _)) = tag {
                set_member(
                    &mut value,
                    discriminator.property.as_str(),
                    Value::string(tag.as_str()),
                );
            }
        }
        value
    }

    /// An author's example without the members that do not travel this way.
    fn without_hidden(&self, value: &Value, ty: &TypeRef, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return value.clone();
        }
        match (value, ty) {
            (_, TypeRef::Nullable(inner)) => self.without_hidden(value, inner, depth),
            (Value::Array(values), TypeRef::List { items, .. }) => Value::Array(
                values
                    .iter()
                    .map(|value| self.without_hidden(value, items, depth + 1))
                    .collect(),
            ),
            (Value::Object(members), TypeRef::Named(id)) => match &self.api.type_def(*id).shape {
                Shape::Alias(ty) => self.without_hidden(value, ty, depth + 1),
                Shape::Object(object) => Value::Object(
                    members
                        .iter()
                        .filter_map(|(name, value)| {
                            let property = object
                                .properties
                                .iter()
                                .find(|property| property.name == *name);
                            match property {
                                Some(property) => {
                                    let hidden = match self.direction {
                                        Direction::Request => property.read_only,
                                        Direction::Response => property.write_only,
                                    };
                                    (!hidden).then(|| {
                                        (
                                            name.clone(),
                                            self.without_hidden(value, &property.ty, depth + 1),
                                        )
                                    })
                                }
                                None => Some((name.clone(), value.clone())),
                            }
                        })
                        .collect(),
                ),
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }
}

fn set_member(value: &mut Value, key: &str, tag: Value) {
    if let Value::Object(members) = value {
        match members.iter_mut().find(|(name, _)| name == key) {
            Some((_, member)) => *member = tag,
            None => members.insert(0, (key.into(), tag)),
        }
    }
}

/// Another value of the same kind, for lists whose items must differ.
fn vary(value: Value, index: u64) -> Value {
    match value {
        Value::String(text) => Value::String(format!("{text}{}", index + 1).into()),
        Value::Number(digits) => match digits.parse::<i64>() {
            Ok(number) => Value::number(number + i64::try_from(index).unwrap_or(0)),
            Err(_) => Value::Number(digits),
        },
        other => other,
    }
}

fn primitive_value(primitive: &Primitive) -> Value {
    let bounds = primitive.bounds.as_deref();
    let text = |text: &str| Value::string(fit(text, bounds));
    if let Some(pattern) = bounds.and_then(|bounds| bounds.pattern.as_deref())
        && let Some(text) = patterned(primitive, pattern, bounds)
    {
        return Value::string(text);
    }
    match primitive.kind {
        PrimitiveKind::Boolean => Value::Bool(true),
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => {
            number(bounds, true)
        }
        PrimitiveKind::Number => number(bounds, false),
        PrimitiveKind::Decimal => text("10.00"),
        PrimitiveKind::Date => Value::string("2026-01-15"),
        PrimitiveKind::DateTime => Value::string("2026-01-15T09:30:00Z"),
        PrimitiveKind::Time => Value::string("09:30:00Z"),
        PrimitiveKind::Duration => Value::string("PT1H30M"),
        PrimitiveKind::Uuid => Value::string("0b54cd54-5d0c-4a8f-9f1b-6c4f2a1e8d37"),
        PrimitiveKind::Uri => Value::string("https://example.com/"),
        PrimitiveKind::Bytes => Value::string("cG9ydG9sYW4="),
        PrimitiveKind::Binary => text("content"),
        PrimitiveKind::String => match primitive.format.as_deref() {
            Some("email" | "idn-email") => Value::string("ada@example.com"),
            Some("hostname" | "idn-hostname") => Value::string("example.com"),
            Some("ipv4" | "ip") => Value::string("192.0.2.1"),
            Some("ipv6") => Value::string("2001:db8::1"),
            Some("password") => text("correct-horse"),
            _ => text("string"),
        },
    }
}

fn number(bounds: Option<&Bounds>, integer: bool) -> Value {
    let read = |limit: &Option<Box<str>>| {
        limit
            .as_deref()
            .and_then(|digits| digits.parse::<f64>().ok())
    };
    let Some(bounds) = bounds else {
        return if integer {
            Value::number(1)
        } else {
            Value::number(1.5)
        };
    };
    let step = read(&bounds.multiple_of).filter(|step| *step > 0.0);
    let nudge = step.unwrap_or(if integer { 1.0 } else { 0.5 });
    let low = read(&bounds.minimum).or(read(&bounds.exclusive_minimum).map(|low| low + nudge));
    let high = read(&bounds.maximum).or(read(&bounds.exclusive_maximum).map(|high| high - nudge));
    let mut value = match (low, high) {
        (Some(low), _) => low.max(if high.is_none_or(|high| high >= 1.0) {
            1.0
        } else {
            low
        }),
        (None, Some(high)) => high.min(1.0),
        (None, None) => step.unwrap_or(1.0),
    };
    if let Some(step) = step {
        value = (value / step).ceil() * step;
    }
    if integer {
        value = value.ceil();
    }
    if value.fract() == 0.0 && value.abs() < 9e15 {
        Value::number(value as i64)
    } else {
        Value::number(value)
    }
}

/// Text that the pattern accepts, for the kinds that a pattern says more about than their format does.
fn patterned(primitive: &Primitive, pattern: &str, bounds: Option<&Bounds>) -> Option<String> {
    if !matches!(
        primitive.kind,
        PrimitiveKind::String | PrimitiveKind::Decimal | PrimitiveKind::Uri
    ) {
        return None;
    }
    let limit = |length: Option<u64>| length.and_then(|length| usize::try_from(length).ok());
    let least = limit(bounds.and_then(|bounds| bounds.min_length)).unwrap_or(0);
    let most = limit(bounds.and_then(|bounds| bounds.max_length)).unwrap_or(usize::MAX);
    pattern::matching(pattern, least, most)
}

/// Text within the limits of length.
fn fit(text: &str, bounds: Option<&Bounds>) -> String {
    let least = usize::try_from(
        bounds
            .and_then(|bounds| bounds.min_length)
            .unwrap_or(0)
            .min(4096),
    )
    .unwrap_or(4096);
    let most = bounds
        .and_then(|bounds| bounds.max_length)
        .unwrap_or(u64::MAX);
    let mut text: String = text
        .chars()
        .cycle()
        .take(text.chars().count().max(least))
        .collect();
    if (text.chars().count() as u64) > most {
        text = text
            .chars()
            .take(usize::try_from(most).unwrap_or(usize::MAX))
            .collect();
    }
    text
}
