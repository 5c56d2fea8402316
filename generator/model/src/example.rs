//! Values made from types: deterministic, valid by the schema, with one guard for cycles.

mod object;
mod primitive;
mod random;

use crate::accepts::accepts;
use crate::{Api, Shape, TypeId, TypeRef, Union, Value, Variant};
use object::is_formless;
use primitive::{primitive_value, vary};
use random::Random;
use serde::Serialize;

/// Which way a value travels: read-only members are not sent, write-only ones not received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Hash)]
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
/// How many variants of unions are tried in vain; beyond them the first one is taken as it is.
const MOST_TRIES: usize = 64;
/// How many comparisons with types one value may cost.
const MOST_COMPARISONS: u32 = 200_000;

/// A value of the type: the author's example where there is one, else made from the schema.
///
/// The same type gives the same value on every run. A cycle ends at the first optional member, empty list or empty
/// map; a cycle of required members, which no finite value satisfies, ends with null.
#[must_use]
pub fn synthesize(api: &Api, ty: &TypeRef, direction: Direction) -> Value {
    make(api, ty, direction, false, None)
}

/// Another value of the type for each seed, and the same one for the same seed: numbers, words, members of enums, variants
/// and lengths of lists are drawn, whatever examples there are.
#[must_use]
pub fn synthesize_seeded(api: &Api, ty: &TypeRef, direction: Direction, seed: u64) -> Value {
    make(api, ty, direction, false, Some(Random::new(seed)))
}

/// A value to send as text: a parameter, or a form. Anything is text there, for of an empty object nothing would be left.
#[must_use]
pub fn synthesize_flat(api: &Api, ty: &TypeRef) -> Value {
    make(api, ty, Direction::Request, true, None)
}

/// An author's example of what is sent, without the members that are only received.
pub(crate) fn sent(api: &Api, ty: &TypeRef, value: &Value) -> Value {
    Maker::new(api, Direction::Request, false, None).without_hidden(value, ty, 0)
}

fn make(
    api: &Api,
    ty: &TypeRef,
    direction: Direction,
    flat: bool,
    random: Option<Random>,
) -> Value {
    Maker::new(api, direction, flat, random).make(ty, 0)
}

struct Maker<'a> {
    api: &'a Api,
    direction: Direction,
    /// Whether it travels as text.
    flat: bool,
    open: Vec<TypeId>,
    left: usize,
    tries: usize,
    comparisons: u32,
    /// Whether members that need not be there are left out.
    sparse: bool,
    /// What draws the values; without it they are always the same.
    random: Option<Random>,
}

impl Maker<'_> {
    fn new(api: &Api, direction: Direction, flat: bool, random: Option<Random>) -> Maker<'_> {
        Maker {
            api,
            direction,
            flat,
            open: Vec::new(),
            left: MOST_VALUES,
            tries: MOST_TRIES,
            comparisons: MOST_COMPARISONS,
            sparse: false,
            random,
        }
    }

    fn make(&mut self, ty: &TypeRef, depth: usize) -> Value {
        if depth > MAX_DEPTH || self.left == 0 {
            return Value::Null;
        }
        self.left -= 1;
        match ty {
            TypeRef::Any if self.flat => Value::string("string"),
            TypeRef::Any | TypeRef::Never => Value::Object(Vec::new()),
            TypeRef::Primitive(primitive) => match &mut self.random {
                Some(random) => random.primitive(primitive),
                None => primitive_value(primitive),
            },
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
                let mut count = least.clamp(1, 16);
                if let Some(random) = &mut self.random {
                    count = (count + random.below(3)).min(most.max(count));
                }
                let mut made: Vec<Value> = (0..count)
                    .map(|index| {
                        let item = self.make(items, depth + 1);
                        match unique && index > 0 {
                            true => self.another(items, item, index),
                            false => item,
                        }
                    })
                    .collect();
                if self.flat && least == 0 {
                    made.retain(|item| !is_formless(item));
                }
                Value::Array(made)
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
            TypeRef::Nullable(inner) => {
                let value = self.make(inner, depth);
                match self.settles(inner, &value) {
                    true => value,
                    false => Value::Null,
                }
            }
            TypeRef::Named(id) => self.make_named(*id, depth),
        }
    }

    /// Whether a value that is sent makes the choice of its type, where exactly one variant must fit: of some types no value
    /// does.
    fn settles(&mut self, ty: &TypeRef, value: &Value) -> bool {
        let chosen = match self.api.resolved(ty) {
            TypeRef::List { items, .. } => self.api.resolved(items),
            other => other,
        };
        let is_choice = matches!(chosen, TypeRef::Named(id)
            if matches!(&self.api.type_def(*id).shape, Shape::Union(union) if union.exclusive));
        !is_choice || self.direction == Direction::Response || self.accepts(ty, value)
    }

    /// Whether making `ty` would come back to a type that is being made.
    fn reenters(&self, ty: &TypeRef) -> bool {
        self.comes_back(ty, 0)
    }

    fn comes_back(&self, ty: &TypeRef, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        match ty {
            TypeRef::Named(id) if self.open.contains(id) => true,
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Alias(inner) => {
                    !matches!(inner, TypeRef::Named(_)) && self.comes_back(inner, depth + 1)
                }
                Shape::Union(union) => {
                    let mut variants = union.variants.iter();
                    // Unions in unions multiply: only those of two levels are looked through.
                    let depth = depth + MAX_DEPTH / 2;
                    !union.variants.is_empty()
                        && variants.all(|variant| self.comes_back(&variant.ty, depth))
                }
                _ => false,
            },
            TypeRef::Nullable(inner) | TypeRef::List { items: inner, .. } => {
                self.comes_back(inner, depth + 1)
            }
            _ => false,
        }
    }

    /// Whether no value of `ty` can be made now: an empty list can always.
    fn is_closed(&self, ty: &TypeRef) -> bool {
        let may_be_empty = matches!(ty, TypeRef::List { bounds, .. }
            if bounds.as_ref().is_none_or(|bounds| bounds.min_length.unwrap_or(0) == 0));
        !may_be_empty && self.reenters(ty)
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
        if let Some(value) = example.filter(|_| self.random.is_none()) {
            let value = self.without_hidden(value, &TypeRef::Named(id), 0);
            if self.is_usable(&TypeRef::Named(id), &value) {
                return value;
            }
        }
        self.open.push(id);
        let value = match &def.shape {
            Shape::Object(_) => self.make_object(id, depth),
            Shape::Enum(enumeration) => {
                let mut usable = enumeration.values.iter().filter(|value| !value.deprecated);
                let chosen = match &mut self.random {
                    Some(random) => usable.clone().nth(random.index(usable.count())),
                    None => usable.next(),
                };
                chosen
                    .or(enumeration.values.first())
                    .map_or(Value::Null, |value| value.value.clone())
            }
            Shape::Union(union) => self.make_union(id, union, depth),
            Shape::Alias(ty) => self.make(ty, depth),
        };
        self.open.pop();
        value
    }

    /// The first variant whose value the union accepts: where exactly one must fit, one with fewer members may be the only
    /// one that no other variant takes for its own.
    fn make_union(&mut self, id: TypeId, union: &Union, depth: usize) -> Value {
        let mut first = None;
        let sparse = self.sparse;
        let left = self.left;
        let start = match &mut self.random {
            Some(random) => random.index(union.variants.len()),
            None => 0,
        };
        for fewer in [false, true] {
            let (before, from) = union.variants.split_at(start);
            for variant in from.iter().chain(before) {
                if first.is_some() && self.tries == 0 || self.is_closed(&variant.ty) {
                    continue;
                }
                self.left = left;
                self.sparse = sparse || fewer;
                let mut value = self.make(&variant.ty, depth);
                self.sparse = sparse;
                if let (Some(discriminator), Some(tag)) =
                    (&union.discriminator, variant.tags.first())
                {
                    set_member(
                        &mut value,
                        discriminator.property.as_str(),
                        Value::string(tag.as_str()),
                    );
                }
                if self.accepts(&TypeRef::Named(id), &value) {
                    return value;
                }
                first.get_or_insert(value);
                self.tries = self.tries.saturating_sub(1);
            }
        }
        // What may be anything is perhaps what no other variant takes for its own.
        let is_open = |variant: &Variant| matches!(self.api.resolved(&variant.ty), TypeRef::Any);
        if union.variants.iter().any(is_open) {
            let others = [Value::string("string"), Value::number(1), Value::Bool(true)];
            for value in others {
                if self.accepts(&TypeRef::Named(id), &value) {
                    return value;
                }
            }
        }
        if self.direction == Direction::Request && self.accepts(&TypeRef::Named(id), &Value::Null) {
            return Value::Null;
        }
        first.unwrap_or_else(|| match union.variants.first() {
            Some(variant) => self.make(&variant.ty, depth),
            None => Value::Null,
        })
    }

    /// Another item of a list whose items must differ.
    fn another(&self, items: &TypeRef, item: Value, index: u64) -> Value {
        if let TypeRef::Named(id) = items
            && let Shape::Enum(enumeration) = &self.api.type_def(*id).shape
        {
            let next = usize::try_from(index).ok();
            let next = next.and_then(|index| enumeration.values.get(index));
            return next.map_or(item, |next| next.value.clone());
        }
        vary(item, index)
    }

    /// Whether a value of the author's may be used: in requests only what the type accepts; in answers it is their word.
    fn is_usable(&mut self, ty: &TypeRef, value: &Value) -> bool {
        self.direction == Direction::Response || self.accepts(ty, value)
    }

    fn accepts(&mut self, ty: &TypeRef, value: &Value) -> bool {
        accepts(self.api, ty, value, self.direction, &mut self.comparisons)
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
                                Some(property) => property.travels(self.direction).then(|| {
                                    (
                                        name.clone(),
                                        self.without_hidden(value, &property.ty, depth + 1),
                                    )
                                }),
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
