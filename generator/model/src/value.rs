//! Data of the document: examples, defaults, enum members.

use crate::Name;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A JSON value whose numbers keep their digits and whose members keep their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number in JSON's notation, digits as written.
    Number(Box<str>),
    /// Text.
    String(Box<str>),
    /// A list.
    Array(Vec<Value>),
    /// Members in document order.
    Object(Vec<(Name, Value)>),
}

impl Value {
    /// A number.
    #[must_use]
    pub fn number(value: impl std::fmt::Display) -> Value {
        Value::Number(value.to_string().into())
    }

    /// Text.
    #[must_use]
    pub fn string(text: impl Into<Box<str>>) -> Value {
        Value::String(text.into())
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// JSON on one line, digits as written.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text, None, 0);
        text
    }

    /// JSON over lines, two spaces a level.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text, Some("  "), 0);
        text
    }

    fn write_json(&self, out: &mut String, indent: Option<&str>, depth: usize) {
        let newline = |out: &mut String, depth: usize| {
            if let Some(indent) = indent {
                out.push('\n');
                (0..depth).for_each(|_| out.push_str(indent));
            }
        };
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Number(digits) => out.push_str(digits),
            Value::String(text) => out.push_str(&quote(text)),
            Value::Array(items) if items.is_empty() => out.push_str("[]"),
            Value::Object(members) if members.is_empty() => out.push_str("{}"),
            Value::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    newline(out, depth + 1);
                    item.write_json(out, indent, depth + 1);
                }
                newline(out, depth);
                out.push(']');
            }
            Value::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    newline(out, depth + 1);
                    out.push_str(&quote(name.as_str()));
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    value.write_json(out, indent, depth + 1);
                }
                newline(out, depth);
                out.push('}');
            }
        }
    }
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("text is always a JSON string")
}

/// As JSON data. A number that neither 64-bit integers nor doubles hold exactly is written as its digits in a string:
/// serde has no other way to say it. [`Value::to_json`] keeps all digits as a number.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(digits) => {
                if let Ok(integer) = digits.parse::<i64>() {
                    serializer.serialize_i64(integer)
                } else if let Ok(integer) = digits.parse::<u64>() {
                    serializer.serialize_u64(integer)
                } else {
                    match digits.parse::<f64>() {
                        Ok(float) if digits.len() <= 17 && float.is_finite() => {
                            serializer.serialize_f64(float)
                        }
                        _ => serializer.serialize_str(digits),
                    }
                }
            }
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => serializer.collect_seq(items),
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
