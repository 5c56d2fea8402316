//! Plain scalars by the core schema (YAML 1.2.2, 10.3.2), and the scanner's errors in our words.

use crate::Value;

/// What a plain scalar means.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let first = text.as_bytes()[0];
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return Value::String(text.into());
    }
    match number(text) {
        Some(digits) => Value::Number(digits),
        None => Value::String(text.into()),
    }
}

/// `.inf`, `-.inf`, `.nan`: numbers of YAML that JSON lacks.
pub(super) fn is_not_finite(text: &str) -> bool {
    matches!(
        text.strip_prefix(['+', '-']).unwrap_or(text),
        ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN"
    )
}

/// A number in JSON's notation; digits are kept wherever that notation allows.
fn number(text: &str) -> Option<Box<str>> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let (sign, rest) = match text.as_bytes()[0] {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction_digits = fraction.unwrap_or_default();
    if !digits(whole)
        || !digits(fraction_digits)
        || (whole.is_empty() && fraction_digits.is_empty())
    {
        return None;
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
    }
    let stripped = whole.trim_start_matches('0');
    let whole = if stripped.is_empty() { "0" } else { stripped };
    let mut result = format!("{sign}{whole}");
    if !fraction_digits.is_empty() {
        result.push('.');
        result.push_str(fraction_digits);
    }
    if let Some(exponent) = exponent {
        result.push('e');
        result.push_str(exponent);
    }
    Some(result.into())
}

fn radix(digits: &str, radix: u32) -> Option<Box<str>> {
    if digits.starts_with('+') {
        return None;
    }
    u128::from_str_radix(digits, radix)
        .ok()
        .map(|value| value.to_string().into())
}

/// The scanner's words in ours, and what to do.
pub(super) fn explain(info: &str) -> (String, Option<&'static str>) {
    let tab = "YAML indents with spaces; replace the tab";
    let quote =
        "text that begins with a special character, or contains `: ` or ` #`, must be in quotes";
    let known: &[(&str, &str, Option<&'static str>)] = &[
        ("tab", "a tab where YAML wants spaces", Some(tab)),
        (
            "mapping values are not allowed",
            "a `:` that begins a value is not allowed here",
            Some(quote),
        ),
        (
            "simple key expected",
            "expected a key with `:` behind it",
            Some("check the indentation of this line and the one above"),
        ),
        (
            "could not find expected ':'",
            "expected a key with `:` behind it",
            Some("check the indentation of this line and the one above"),
        ),
        (
            "did not find expected key",
            "expected a key",
            Some("check the indentation: members of one mapping begin in the same column"),
        ),
        (
            "block sequence entries are not allowed",
            "a list item is not allowed here",
            Some("begin the list on a line of its own, below its key"),
        ),
        (
            "unknown anchor",
            "an alias of an anchor that is not there",
            None,
        ),
        (
            "found unknown anchor",
            "an alias of an anchor that is not there",
            None,
        ),
        ("recursion limit", "more than 255 levels of brackets", None),
        (
            "while scanning a quoted scalar",
            "a quoted string is never closed",
            Some("close it with the quote that it began with"),
        ),
    ];
    known
        .iter()
        .find(|(words, _, _)| info.contains(words))
        .map_or_else(
            || (format!("not YAML: {}", info.trim_end_matches('.')), None),
            |(_, message, help)| ((*message).to_owned(), *help),
        )
}
