//! Values of the document as Python text, and the only makers of [`Code`] in this target beside names and types.

use portolan_emit::{Code, Language, literal};
use portolan_model::Value;

/// Text that this target put together from identifiers, literals and its own words.
pub(super) fn code(text: impl Into<String>) -> Code {
    Code::new(Language::Python, text)
}

/// A string literal as text.
pub(super) fn string(text: &str) -> String {
    literal::python::string(text).to_string()
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
        assert_eq!(value(&nested), r#"{"a\"b": [None, True, 12]}"#);
        assert_eq!(value(&Value::Number("1;x".into())), "\"1;x\"");
    }

    #[test]
    fn only_what_python_allows_stands_in_a_literal_type() {
        assert_eq!(literal_argument(&Value::number(7)).as_deref(), Some("7"));
        assert_eq!(literal_argument(&Value::Number("7.5".into())), None);
        assert_eq!(literal_argument(&Value::Null), None);
    }
}
