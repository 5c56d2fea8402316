//! Values without parts: the format says what they look like, the limits how far they go.

use crate::pattern;
use crate::{Bounds, Primitive, PrimitiveKind, Value};

/// A value of the primitive that keeps its limits.
pub(super) fn primitive_value(primitive: &Primitive) -> Value {
    let bounds = primitive.bounds.as_deref();
    let excluded = bounds.map_or(&[][..], |bounds| &bounds.excluded);
    let first = first_value(primitive, bounds);
    (1..=excluded.len() as u64)
        .map(|index| vary(first.clone(), index))
        .fold(first.clone(), |found, next| {
            match excluded.contains(&found) {
                true => next,
                false => found,
            }
        })
}

/// Another value of the same kind, for lists whose items must differ.
pub(super) fn vary(value: Value, index: u64) -> Value {
    match value {
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            match text.parse::<u64>() {
                Ok(number) => Value::String(number.saturating_add(index).to_string().into()),
                Err(_) => Value::String(text),
            }
        }
        Value::String(text) => Value::String(format!("{text}{}", index + 1).into()),
        Value::Number(digits) => match digits.parse::<i64>() {
            Ok(number) => Value::number(number + i64::try_from(index).unwrap_or(0)),
            Err(_) => match digits.parse::<f64>() {
                Ok(number) => Value::number(number + index as f64),
                Err(_) => Value::Number(digits),
            },
        },
        Value::Bool(value) => Value::Bool(value != (index % 2 == 1)),
        other => other,
    }
}

/// A value, whatever is excluded.
fn first_value(primitive: &Primitive, bounds: Option<&Bounds>) -> Value {
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
pub(super) fn fit(text: &str, bounds: Option<&Bounds>) -> String {
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
