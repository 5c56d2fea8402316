//! Values of the document as Python text, and the only makers of [`Code`] in this target beside names and types.

use portolan_emit::{Code, Language, literal};
use portolan_model::Value;
use std::borrow::Cow;

/// Text that this target put together from identifiers, literals and its own words.
pub(super) fn code(text: impl Into<String>) -> Code {
    Code::new(Language::Python, text)
}

/// A string literal as text.
pub(super) fn string(text: &str) -> String {
    fewest_escapes(literal::python::string(text).as_str()).into_owned()
}

/// A literal of bytes.
pub(super) fn bytes(content: &[u8]) -> String {
    let inner: String = content
        .iter()
        .map(|byte| match byte {
            b'"' => "\\\"".to_owned(),
            b'\\' => "\\\\".to_owned(),
            b' '..=b'~' => char::from(*byte).to_string(),
            other => format!("\\x{other:02x}"),
        })
        .collect();
    format!("b\"{inner}\"")
}

/// A string literal in the quotes that need fewer escapes, as the formatter has it.
pub(super) fn fewest_escapes(double: &str) -> Cow<'_, str> {
    let (prefix, inner) = match double.strip_prefix('b') {
        Some(rest) => ("b", rest),
        None => ("", double),
    };
    let inner = inner
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'));
    let Some(inner) =
        inner.filter(|inner| inner.matches('"').count() > inner.matches('\'').count())
    else {
        return Cow::Borrowed(double);
    };
    let mut text = format!("{prefix}'");
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('"') => text.push('"'),
                next => text.extend(['\\'].into_iter().chain(next)),
            },
            '\'' => text.push_str("\\'"),
            other => text.push(other),
        }
    }
    text.push('\'');
    Cow::Owned(text)
}

/// A JSON value as an expression.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(digits) if literal::is_number(digits) => digits.to_string(),
        Value::Number(digits) => string(digits),
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(self::value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, item)| format!("{}: {}", string(name.as_str()), self::value(item)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// The value as an argument of `Literal[...]`, for the kinds that may stand there (PEP 586).
pub(super) fn literal_argument(value: &Value) -> Option<String> {
    match value {
        Value::String(_) | Value::Bool(_) => Some(self::value(value)),
        Value::Number(digits)
            if literal::is_number(digits)
                && !digits.contains(['.', 'e', 'E'])
                && &**digits != "-0" =>
        {
            Some(digits.to_string())
        }
        _ => None,
    }
}

/// A tuple of strings.
pub(super) fn strings<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(string).collect();
    tuple(&items)
}

/// A tuple of expressions; one alone needs its comma.
pub(super) fn tuple(items: &[String]) -> String {
    match items {
        [one] => format!("({one},)"),
        _ => format!("({})", items.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_an_expression_of_its_own() {
        let nested = Value::Object(vec![(
            "a\"b".into(),
            Value::Array(vec![Value::Null, Value::Bool(true), Value::number(12)]),
        )]);
        assert_eq!(value(&nested), r#"{'a"b': [None, True, 12]}"#);
        assert_eq!(value(&Value::Number("1;x".into())), "\"1;x\"");
    }

    #[test]
    fn quotes_are_those_that_need_fewer_escapes() {
        for (double, expected) in [
            (r#""plain""#, r#""plain""#),
            (r#""\"7f\"""#, r#"'"7f"'"#),
            (r#""\\ \"a\" it's""#, r#"'\\ "a" it\'s'"#),
            (r#"b"\"a""#, r#"b'"a'"#),
            (r#""\\""#, r#""\\""#),
            (r#""""#, r#""""#),
        ] {
            assert_eq!(fewest_escapes(double), expected);
        }
    }

    #[test]
    fn bytes_are_ascii() {
        assert_eq!(bytes(b"a\"\\\n\xff"), r#"b"a\"\\\x0a\xff""#);
    }

    #[test]
    fn only_what_python_allows_stands_in_a_literal_type() {
        assert_eq!(literal_argument(&Value::number(7)).as_deref(), Some("7"));
        assert_eq!(literal_argument(&Value::Number("7.5".into())), None);
        assert_eq!(literal_argument(&Value::Null), None);
    }
}
