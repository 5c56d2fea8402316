//! A value as its type has it: what has a plain meaning there is taken so.

use super::types::{MAX_DEPTH, Types};
use portolan_model::{Additional, PrimitiveKind, Shape, TypeRef, Value};

/// Equal as data: `1` and `1.0` are the same number.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) if left != right => {
            matches!((left.parse::<f64>(), right.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
                && (left.contains(['.', 'e', 'E']) || right.contains(['.', 'e', 'E']))
        }
        (Value::String(text), Value::Number(digits))
        | (Value::Number(digits), Value::String(text)) => text == digits,
        _ => left == right,
    }
}

/// The value as its type has it; `None` when it cannot be.
pub(super) fn conform(
    types: &Types<'_>,
    value: Value,
    ty: &TypeRef,
    depth: usize,
) -> Option<Value> {
    if depth > MAX_DEPTH || types.is_tired() {
        return Some(value);
    }
    match ty {
        TypeRef::Any | TypeRef::Never => Some(value),
        TypeRef::Nullable(inner) => {
            if value.is_null() {
                Some(value)
            } else {
                conform(types, value, inner, depth)
            }
        }
        TypeRef::Literal(literal) => same(literal, &value).then(|| literal.clone()),
        TypeRef::Primitive(primitive) => primitive_value(value, primitive.kind),
        TypeRef::List { items, .. } => {
            let Value::Array(values) = value else {
                return None;
            };
            let values = values
                .into_iter()
                .map(|value| conform(types, value, items, depth + 1));
            Some(Value::Array(values.collect::<Option<_>>()?))
        }
        TypeRef::Tuple { items, rest, .. } => {
            let Value::Array(values) = value else {
                return None;
            };
            let values = values.into_iter().enumerate().map(|(index, value)| {
                match items.get(index).or(rest.as_deref()) {
                    Some(ty) => conform(types, value, ty, depth + 1),
                    None => Some(value),
                }
            });
            Some(Value::Array(values.collect::<Option<_>>()?))
        }
        TypeRef::Map { values: ty, .. } => {
            let Value::Object(members) = value else {
                return None;
            };
            let members = members
                .into_iter()
                .map(|(name, value)| Some((name, conform(types, value, ty, depth + 1)?)));
            Some(Value::Object(members.collect::<Option<_>>()?))
        }
        TypeRef::Named(id) => {
            let def = types.get(*id);
            if def.nullable && value.is_null() {
                return Some(value);
            }
            match &def.shape {
                Shape::Alias(ty) => conform(types, value, ty, depth + 1),
                Shape::Enum(enumeration) => enumeration
                    .values
                    .iter()
                    .find(|known| same(&known.value, &value))
                    .map(|known| known.value.clone()),
                Shape::Union(union) => {
                    // As it is when some variant takes it so; else with the repairs of the first that takes it at all.
                    let mut repaired = None;
                    for variant in &union.variants {
                        match conform(types, value.clone(), &variant.ty, depth + 1) {
                            Some(taken) if taken == value => return Some(taken),
                            taken => repaired = repaired.or(taken),
                        }
                    }
                    repaired
                }
                Shape::Object(object) => {
                    let Value::Object(members) = value else {
                        return None;
                    };
                    let members = members.into_iter().map(|(name, value)| {
                        let property = object
                            .properties
                            .iter()
                            .find(|property| property.name == name);
                        let value = match (property, &object.additional) {
                            (Some(property), _) => conform(types, value, &property.ty, depth + 1)?,
                            (None, Additional::Typed(ty)) => conform(types, value, ty, depth + 1)?,
                            (None, _) => value,
                        };
                        Some((name, value))
                    });
                    Some(Value::Object(members.collect::<Option<_>>()?))
                }
            }
        }
    }
}

fn primitive_value(value: Value, kind: PrimitiveKind) -> Option<Value> {
    match (value, kind) {
        (Value::Bool(value), PrimitiveKind::Boolean) => Some(Value::Bool(value)),
        (Value::String(text), PrimitiveKind::Boolean) => match &*text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        (Value::Number(digits), PrimitiveKind::Number) => Some(Value::Number(digits)),
        (
            Value::Number(digits),
            PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64,
        ) => is_whole(&digits).then_some(Value::Number(digits)),
        (
            Value::String(text),
            PrimitiveKind::Number
            | PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64,
        ) => {
            // Only what is a number of JSON already: no sign before, no zeros, no spaces.
            let plain = text
                .parse::<i64>()
                .is_ok_and(|number| number.to_string() == *text);
            plain.then_some(Value::Number(text))
        }
        (
            _,
            PrimitiveKind::Boolean
            | PrimitiveKind::Number
            | PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64,
        ) => None,
        (Value::String(text), _) => Some(Value::String(text)),
        (Value::Number(digits), _) => Some(Value::String(digits)),
        (Value::Bool(value), _) => Some(Value::string(value.to_string())),
        _ => None,
    }
}

fn is_whole(digits: &str) -> bool {
    digits.parse::<i128>().is_ok()
        || digits
            .parse::<f64>()
            .is_ok_and(|number| number.fract() == 0.0)
}
