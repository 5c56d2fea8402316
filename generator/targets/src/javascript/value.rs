//! Names and values of a document as JavaScript.

use portolan_emit::{Code, Language, literal};
use portolan_model::Value;

/// JavaScript code that we write, from parts that are code already.
pub(super) fn script(text: impl Into<String>) -> Code {
    Code::new(Language::JavaScript, text)
}

/// TypeScript code that we write, from parts that are code already.
pub(super) fn typed(text: impl Into<String>) -> Code {
    Code::new(Language::TypeScript, text)
}

/// The string `text`.
pub(super) fn string(text: &str) -> String {
    literal::javascript::string(text).to_string()
}

/// A list of strings.
pub(super) fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = texts.into_iter().map(string).collect();
    format!("[{}]", items.join(", "))
}

/// The name of a member: bare when it is an ASCII identifier, else a string.
pub(super) fn key(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        string(name)
    }
}

/// Whether a name can be written after a dot.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_' || first == b'$')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$')
}

/// A value as the type that holds only it; `None` for what has parts, and for numbers that a double does not hold.
pub(super) fn literal_type(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::String(text) => string(text),
        Value::Number(digits) => exact_number(digits)?,
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// A number as JavaScript writes it, when a double holds it.
pub(super) fn exact_number(digits: &str) -> Option<String> {
    if !literal::is_number(digits) {
        return None;
    }
    match digits.parse::<i64>() {
        Ok(integer) => (integer.unsigned_abs() < 1 << 53).then(|| integer.to_string()),
        Err(_)
            if digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-') =>
        {
            None
        }
        Err(_) => digits
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|_| digits.to_owned()),
    }
}
