//! JSON: two spaces a level, digits as they are.

use crate::{Node, Value};
use std::fmt::Write as _;

/// The tree as JSON, with a line break at its end.
#[must_use]
pub fn to_json(node: &Node) -> String {
    let mut text = String::new();
    value(node, 0, &mut text);
    text.push('\n');
    text
}

fn value(node: &Node, level: usize, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(digits) => text.push_str(digits),
        Value::String(value) => string(value, text),
        Value::Array(items) if items.is_empty() => text.push_str("[]"),
        Value::Object(members) if members.is_empty() => text.push_str("{}"),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                line(index > 0, level + 1, text);
                value(item, level + 1, text);
            }
            line(false, level, text);
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, member) in members.iter().enumerate() {
                line(index > 0, level + 1, text);
                string(&member.key, text);
                text.push_str(": ");
                value(&member.node, level + 1, text);
            }
            line(false, level, text);
            text.push('}');
        }
    }
}

fn line(comma: bool, level: usize, text: &mut String) {
    if comma {
        text.push(',');
    }
    text.push('\n');
    (0..level).for_each(|_| text.push_str("  "));
}

/// A string of JSON, which YAML's double quotes read as well.
pub(super) fn string(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // Control characters, and those that YAML or an editor takes for line breaks or for nothing.
            '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
