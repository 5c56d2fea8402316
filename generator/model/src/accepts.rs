//! Whether a value is one of its type: what the schema says. A pattern that Rust cannot judge in linear time is a matter of
//! the server's.

use crate::pattern;
use crate::{
    Additional, Api, Bounds, Direction, Discriminator, MemberRule, Object, Primitive,
    PrimitiveKind, Shape, TypeId, TypeRef, Union, Value,
};
use regex::Regex;
use std::collections::{HashMap, HashSet};

/// Deeper than this, values are taken as they are.
const MAX_DEPTH: usize = 48;

/// How many comparisons the whole of a value may cost.
const MOST_COMPARISONS: u32 = 200_000;

/// How many comparisons the reading of a pattern counts as, and a number of bytes that are judged by one.
const PATTERN_COST: u32 = 200;
const BYTES_OF_A_COMPARISON: usize = 16;

impl Api {
    /// Whether `value` is one that travels in `direction` as a `ty`; of a value that is too large to say, that it is.
    #[must_use]
    pub fn accepts(&self, ty: &TypeRef, value: &Value, direction: Direction) -> bool {
        let mut comparisons = MOST_COMPARISONS;
        accepts(self, ty, value, direction, &mut comparisons)
    }
}

/// Whether `value` is one that travels in `direction` as a `ty`.
///
/// `comparisons` are how many may be made; when there are none left, a value is taken as it is.
pub(crate) fn accepts(
    api: &Api,
    ty: &TypeRef,
    value: &Value,
    direction: Direction,
    comparisons: &mut u32,
) -> bool {
    let mut judge = Judge {
        api,
        direction,
        comparisons,
        patterns: HashMap::new(),
    };
    judge.accepts(ty, value, 0)
}

struct Judge<'a> {
    api: &'a Api,
    direction: Direction,
    comparisons: &'a mut u32,
    /// The patterns that were met; nothing where one cannot be judged.
    patterns: HashMap<String, Option<Regex>>,
}

impl Judge<'_> {
    fn accepts(&mut self, ty: &TypeRef, value: &Value, depth: usize) -> bool {
        if depth > MAX_DEPTH || *self.comparisons == 0 {
            return true;
        }
        *self.comparisons -= 1;
        match (ty, value) {
            (TypeRef::Any, _) => true,
            (TypeRef::Never, _) => false,
            (TypeRef::Literal(literal), value) => same(literal, value),
            (TypeRef::Nullable(_), Value::Null) => true,
            (TypeRef::Nullable(inner), value) => self.accepts(inner, value, depth),
            (TypeRef::Primitive(primitive), value) => {
                accepts_primitive(primitive, value) && self.accepts_text(primitive, value)
            }
            (TypeRef::List { items, bounds }, Value::Array(values)) => {
                fits_list(bounds.as_deref(), values)
                    && values
                        .iter()
                        .all(|value| self.accepts(items, value, depth + 1))
            }
            (
                TypeRef::Tuple {
                    items,
                    rest,
                    bounds,
                },
                Value::Array(values),
            ) => {
                fits_list(bounds.as_deref(), values)
                    && values.iter().enumerate().all(|(index, value)| {
                        match items.get(index).or(rest.as_deref()) {
                            Some(ty) => self.accepts(ty, value, depth + 1),
                            None => false,
                        }
                    })
            }
            (TypeRef::Map { values, bounds }, Value::Object(members)) => {
                within(bounds.as_deref(), members.len())
                    && members
                        .iter()
                        .all(|(_, value)| self.accepts(values, value, depth + 1))
            }
            (TypeRef::List { .. } | TypeRef::Tuple { .. } | TypeRef::Map { .. }, _) => false,
            (TypeRef::Named(id), value) => self.accepts_named(*id, value, true, depth),
        }
    }

    /// Whether text is one that the pattern of its type accepts.
    fn accepts_text(&mut self, primitive: &Primitive, value: &Value) -> bool {
        let bounds = primitive.bounds.as_deref();
        let (Some(pattern), Value::String(text)) =
            (bounds.and_then(|bounds| bounds.pattern.as_deref()), value)
        else {
            return true;
        };
        let mut cost = u32::try_from(text.len() / BYTES_OF_A_COMPARISON).unwrap_or(u32::MAX);
        if !self.patterns.contains_key(pattern) {
            cost = cost.saturating_add(PATTERN_COST);
        }
        if cost > *self.comparisons {
            *self.comparisons = 0;
            return true;
        }
        *self.comparisons -= cost;
        let judge = self
            .patterns
            .entry(pattern.to_owned())
            .or_insert_with(|| pattern::judge(pattern));
        judge.as_ref().is_none_or(|judge| judge.is_match(text))
    }

    /// `dispatch`: whether a base type goes on to the subtype that the value names.
    fn accepts_named(&mut self, id: TypeId, value: &Value, dispatch: bool, depth: usize) -> bool {
        let def = self.api.type_def(id);
        if def.nullable && value.is_null() {
            return true;
        }
        match &def.shape {
            Shape::Alias(ty) => self.accepts(ty, value, depth + 1),
            Shape::Enum(enumeration) => enumeration
                .values
                .iter()
                .any(|known| same(&known.value, value)),
            Shape::Union(union) => self.accepts_union(union, value, depth),
            Shape::Object(object) => {
                let Value::Object(members) = value else {
                    return false;
                };
                let subtype = object.discriminator.as_ref().filter(|_| dispatch);
                let subtype = subtype
                    .and_then(|discriminator| meant(discriminator, value))
                    .filter(|subtype| *subtype != id);
                self.accepts_members(object, members, depth)
                    && subtype
                        .is_none_or(|subtype| self.accepts_named(subtype, value, false, depth + 1))
            }
        }
    }

    fn accepts_members(
        &mut self,
        object: &Object,
        members: &[(crate::Name, Value)],
        depth: usize,
    ) -> bool {
        let given: HashSet<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        let complete = object.properties.iter().all(|property| {
            !property.is_promised(self.direction) || given.contains(property.name.as_str())
        });
        let present = |name: &crate::Name| given.contains(name.as_str());
        complete
            && within(object.bounds.as_deref(), members.len())
            && object.rules.iter().all(|rule| rule.holds(&present))
            && members.iter().all(|(name, value)| {
                let property = object
                    .properties
                    .iter()
                    .find(|property| property.name == *name);
                match (property, &object.additional) {
                    (Some(property), _) => self.accepts(&property.ty, value, depth + 1),
                    // A pattern may know it.
                    (None, _) if !object.patterns.is_empty() => true,
                    (None, Additional::Unspecified) => true,
                    (None, Additional::Forbidden) => false,
                    (None, Additional::Typed(ty)) => self.accepts(ty, value, depth + 1),
                }
            })
    }

    fn accepts_union(&mut self, union: &Union, value: &Value, depth: usize) -> bool {
        if let Some(discriminator) = &union.discriminator
            && discriminator.default.is_none()
            && union
                .variants
                .iter()
                .all(|variant| !variant.tags.is_empty())
        {
            let tag = value
                .get(discriminator.property.as_str())
                .and_then(Value::as_str);
            let mut variants = union.variants.iter().filter(|variant| {
                tag.is_some_and(|tag| variant.tags.iter().any(|known| known == tag))
            });
            return variants
                .next()
                .is_some_and(|variant| self.accepts(&variant.ty, value, depth + 1));
        }
        let most = if union.exclusive { 2 } else { 1 };
        let fitting = union
            .variants
            .iter()
            .filter(|variant| self.accepts(&variant.ty, value, depth + 1))
            .take(most)
            .count();
        fitting == 1 || union.variants.is_empty()
    }
}

/// The subtype that a value says it is.
fn meant(discriminator: &Discriminator, value: &Value) -> Option<TypeId> {
    let tag = value.get(discriminator.property.as_str())?.as_str()?;
    let mut mapping = discriminator.mapping.iter();
    mapping.find(|(known, _)| known == tag).map(|(_, id)| *id)
}

impl MemberRule {
    /// Whether the rule holds for an object that has the members that are `present`.
    pub(crate) fn holds(&self, present: &dyn Fn(&crate::Name) -> bool) -> bool {
        let whole = |set: &&Vec<crate::Name>| set.iter().all(present);
        match self {
            MemberRule::AnyOf(sets) => sets.iter().any(|set| whole(&set)),
            MemberRule::OneOf(sets) => sets.iter().filter(whole).count() == 1,
            MemberRule::NoneOf(sets) => !sets.iter().any(|set| whole(&set)),
            MemberRule::With { member, needs } => !present(member) || needs.iter().all(present),
        }
    }
}

fn accepts_primitive(primitive: &Primitive, value: &Value) -> bool {
    let bounds = primitive.bounds.as_deref();
    let allowed =
        bounds.is_none_or(|bounds| !bounds.excluded.iter().any(|excluded| same(excluded, value)));
    let kind = match (primitive.kind, value) {
        (PrimitiveKind::Boolean, Value::Bool(_)) => true,
        (
            PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64,
            Value::Number(digits),
        ) => {
            let whole = digits
                .parse::<f64>()
                .is_ok_and(|number| number.fract() == 0.0);
            let small = primitive.kind != PrimitiveKind::Int32 || digits.parse::<i32>().is_ok();
            whole && small && in_range(bounds, digits)
        }
        (PrimitiveKind::Number, Value::Number(digits)) => in_range(bounds, digits),
        (
            PrimitiveKind::Boolean
            | PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64
            | PrimitiveKind::Number,
            _,
        ) => false,
        (kind, Value::String(text)) => {
            is_formatted(kind, text)
                && is_of_format(primitive.format.as_deref(), text)
                && within(bounds, text.chars().count())
        }
        _ => false,
    };
    kind && allowed
}

fn in_range(bounds: Option<&Bounds>, digits: &str) -> bool {
    let Some(bounds) = bounds else { return true };
    let Ok(number) = digits.parse::<f64>() else {
        return true;
    };
    let holds = |limit: &Option<Box<str>>, test: &dyn Fn(f64) -> bool| {
        let limit = limit.as_deref().and_then(|limit| limit.parse().ok());
        limit.is_none_or(test)
    };
    holds(&bounds.minimum, &|limit| number >= limit)
        && holds(&bounds.maximum, &|limit| number <= limit)
        && holds(&bounds.exclusive_minimum, &|limit| number > limit)
        && holds(&bounds.exclusive_maximum, &|limit| number < limit)
        && holds(&bounds.multiple_of, &|step| {
            let times = number / step;
            step <= 0.0 || (times - times.round()).abs() < 1e-9 * times.abs().max(1.0)
        })
}

fn fits_list(bounds: Option<&Bounds>, values: &[Value]) -> bool {
    let unique = bounds.is_some_and(|bounds| bounds.unique_items);
    let mut seen = HashSet::new();
    within(bounds, values.len()) && (!unique || values.iter().all(|value| seen.insert(value)))
}

fn within(bounds: Option<&Bounds>, length: usize) -> bool {
    bounds.is_none_or(|bounds| {
        let length = length as u64;
        length >= bounds.min_length.unwrap_or(0) && length <= bounds.max_length.unwrap_or(u64::MAX)
    })
}

/// Whether text has the form that its kind asks for, roughly: a validator judges the rest.
fn is_formatted(kind: PrimitiveKind, text: &str) -> bool {
    let shaped = |shape: &str| {
        text.len() >= shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(byte, wanted)| match wanted {
                    b'0' => byte.is_ascii_digit(),
                    b'x' => byte.is_ascii_hexdigit(),
                    b'T' => matches!(byte, b'T' | b't' | b' '),
                    wanted => byte == wanted,
                })
    };
    match kind {
        PrimitiveKind::Uuid => text.len() == 36 && shaped("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        PrimitiveKind::Date => text.len() == 10 && shaped("0000-00-00"),
        PrimitiveKind::DateTime => {
            let zoned = text.ends_with(['Z', 'z'])
                || text.get(19..).is_some_and(|end| end.contains(['+', '-']));
            zoned && shaped("0000-00-00T00:00:00")
        }
        PrimitiveKind::Time => shaped("00:00:00"),
        PrimitiveKind::Duration => {
            text.len() > 2
                && text.starts_with('P')
                && text.ends_with(|last: char| last.is_ascii_alphabetic())
        }
        _ => true,
    }
}

/// Whether text has the form that a format asks for which has no kind of its own, roughly.
fn is_of_format(format: Option<&str>, text: &str) -> bool {
    match format {
        Some("uri") => {
            let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
            let of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.bytes().all(of_scheme)
                && !text.contains(|sign: char| sign.is_whitespace() || "<>\"{}|\\^`".contains(sign))
        }
        Some("email") => text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace)
        }),
        Some("ipv4") => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Some("ipv6") => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => true,
    }
}

/// Whether two values are one; numbers by what they are worth.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right
                || matches!((left.parse::<f64>(), right.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
        }
        _ => left == right,
    }
}
