//! JSON as it is sent to the mock: whole numbers beyond 64 bits stay beyond the limits of their types.
//!
//! The validator compares doubles where 64 bits do not suffice, and reading rounds to the nearest one: the number below the
//! least of `int64` would become that one. Here such a number is rounded away from zero, so that a limit that a double holds
//! is never passed unseen.

use serde_json::{Result, Value};
use std::borrow::Cow;

/// How many digits each number of 64 bits may have.
const SAFE_DIGITS: usize = 18;

/// The value that `bytes` say.
pub(super) fn from_slice(bytes: &[u8]) -> Result<Value> {
    serde_json::from_slice(&outward(bytes))
}

/// The value that `text` says.
pub(super) fn from_str(text: &str) -> Result<Value> {
    from_slice(text.as_bytes())
}

/// The same text, with whole numbers beyond 64 bits written as the double next to them away from zero.
fn outward(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut written: Option<Vec<u8>> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let length = match byte {
            b'"' => string(&bytes[at..]),
            b'-' | b'0'..=b'9' => {
                let length = number(&bytes[at..]);
                if let Some(double) = rounded(&bytes[at..at + length]) {
                    let written = written.get_or_insert_default();
                    written.extend_from_slice(&bytes[copied..at]);
                    written.extend_from_slice(double.as_bytes());
                    copied = at + length;
                }
                length
            }
            _ => 1,
        };
        at += length;
    }
    match written {
        Some(mut written) => {
            written.extend_from_slice(&bytes[copied..]);
            Cow::Owned(written)
        }
        None => Cow::Borrowed(bytes),
    }
}

/// How long the text is that begins here, its quotes with it.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    bytes.len()
}

fn number(bytes: &[u8]) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
    bytes.iter().take_while(|byte| is_part(byte)).count()
}

/// The double next to a whole number away from zero, where reading it would round it towards zero.
fn rounded(text: &[u8]) -> Option<String> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.len() <= SAFE_DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    if digits.starts_with(b"0") || text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok() {
        return None;
    }
    let double: f64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let exact = format!("{double:.0}");
    let is_below = (exact.len(), exact.as_bytes()) < (digits.len(), digits);
    let next = double.next_up();
    if !is_below || !next.is_finite() {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    Some(format!("{sign}{next:e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_numbers_beyond_64_bits_are_rounded_away_from_zero() {
        let cases = [
            ("-9223372036854775808", "-9223372036854775808"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775809", "-9.223372036854778e18"),
            ("-9223372036854777856", "-9223372036854777856"),
            ("18446744073709551616", "18446744073709551616"),
            ("18446744073709551617", "1.8446744073709556e19"),
            (
                "[1e2,-0.5,\"18446744073709551617\\\"\"]",
                "[1e2,-0.5,\"18446744073709551617\\\"\"]",
            ),
            (
                "{\"a\":18446744073709551617,\"b\":[2]}",
                "{\"a\":1.8446744073709556e19,\"b\":[2]}",
            ),
            ("012345678901234567890123", "012345678901234567890123"),
            ("\"open", "\"open"),
            ("\"open\\", "\"open\\"),
        ];
        for (text, expected) in cases {
            let read = outward(text.as_bytes());
            assert_eq!(String::from_utf8_lossy(&read), expected, "{text}");
        }
    }

    #[test]
    fn numbers_one_beyond_the_limits_of_their_type_are_refused() {
        let validator = |minimum: Value, maximum: Value| {
            let schema = json!({"type": "integer", "minimum": minimum, "maximum": maximum});
            jsonschema::validator_for(&schema).expect("a schema")
        };
        let signed = validator(json!(i64::MIN), json!(i64::MAX));
        let unsigned = validator(json!(0), json!(u64::MAX));
        let cases = [
            (&signed, "-9223372036854775808", true),
            (&signed, "-9223372036854775809", false),
            (&signed, "9223372036854775807", true),
            (&signed, "9223372036854775808", false),
            (&unsigned, "18446744073709551615", true),
            (&unsigned, "18446744073709551616", false),
            (&unsigned, "18446744073709551617", false),
            (&unsigned, "-1", false),
        ];
        for (validator, text, valid) in cases {
            let value = from_str(text).expect("it is JSON");
            assert_eq!(validator.is_valid(&value), valid, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_every_double_are_left_to_the_reader() {
        let endless = "9".repeat(400);
        assert!(from_str(&endless).is_err());
    }
}
