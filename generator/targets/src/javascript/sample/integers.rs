//! Integers of 64 bits and decimals in samples: in the form that the settings ask for.

use super::super::types::{Types, is_decimal};
use crate::{Decimal, Int64};
use portolan_model::{Additional, Name, Object, PrimitiveKind, Shape, TypeRef, Value};
use std::borrow::Cow;

/// Levels of a value that are looked into: examples may refer to themselves no deeper.
const MAX_DEPTH: usize = 64;

/// A value as the sample writes it. A bigint is a number whose digits end in `n`.
pub(super) fn in_form<'v>(types: &Types<'_>, ty: &TypeRef, value: &'v Value) -> Cow<'v, Value> {
    match (types.int64(), types.decimal()) {
        (Int64::NumberOrBigint, Decimal::Number) => Cow::Borrowed(value),
        (form, _) => Cow::Owned(converted(types, form, ty, value, MAX_DEPTH)),
    }
}

fn converted(types: &Types<'_>, form: Int64, ty: &TypeRef, value: &Value, depth: usize) -> Value {
    if depth == 0 {
        return value.clone();
    }
    let inner = |ty: &TypeRef, value: &Value| converted(types, form, ty, value, depth - 1);
    match (ty, value) {
        (TypeRef::Primitive(primitive), Value::Number(digits))
            if primitive.kind == PrimitiveKind::Int64 && is_integer(digits) =>
        {
            match form {
                Int64::String => Value::String(digits.clone()),
                Int64::Bigint => Value::Number(format!("{digits}n").into()),
                Int64::NumberOrBigint => value.clone(),
            }
        }
        (TypeRef::Primitive(primitive), Value::Number(digits))
            if is_decimal(primitive) && types.decimal() == Decimal::String =>
        {
            Value::String(digits.clone())
        }
        (TypeRef::Nullable(ty), _) => inner(ty, value),
        (TypeRef::List { items, .. }, Value::Array(values)) => {
            Value::Array(values.iter().map(|value| inner(items, value)).collect())
        }
        (TypeRef::Tuple { items, rest, .. }, Value::Array(values)) => {
            let item = |(index, value): (usize, &Value)| {
                let ty = items.get(index).or(rest.as_deref());
                ty.map_or_else(|| value.clone(), |ty| inner(ty, value))
            };
            Value::Array(values.iter().enumerate().map(item).collect())
        }
        (TypeRef::Map { values: ty, .. }, Value::Object(members)) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), inner(ty, value)))
                .collect(),
        ),
        (TypeRef::Named(id), _) if types.holds_converted(*id) => {
            match (&types.api.type_def(*id).shape, value) {
                (Shape::Alias(ty), _) => inner(ty, value),
                (Shape::Object(object), Value::Object(members)) => Value::Object(
                    members
                        .iter()
                        .map(|(name, value)| {
                            let ty = member(object, name);
                            let value = ty.map_or_else(|| value.clone(), |ty| inner(ty, value));
                            (name.clone(), value)
                        })
                        .collect(),
                ),
                (Shape::Union(union), _) => {
                    let tag = union.discriminator.as_ref().and_then(|discriminator| {
                        value.get(discriminator.property.as_str())?.as_str()
                    });
                    let meant = union.variants.iter().filter(|variant| {
                        tag.is_none_or(|tag| {
                            variant.tags.is_empty() || variant.tags.iter().any(|known| known == tag)
                        })
                    });
                    meant.fold(value.clone(), |value, variant| inner(&variant.ty, &value))
                }
                _ => value.clone(),
            }
        }
        _ => value.clone(),
    }
}

fn member<'o>(object: &'o Object, name: &Name) -> Option<&'o TypeRef> {
    let declared = object
        .properties
        .iter()
        .find(|property| property.name == *name);
    match (declared, &object.additional) {
        (Some(property), _) => Some(&property.ty),
        (None, Additional::Typed(ty)) => Some(ty),
        (None, _) => object.patterns.first().map(|(_, ty)| ty),
    }
}

fn is_integer(digits: &str) -> bool {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
}
