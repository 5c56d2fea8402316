//! YAML in block style, for readers of 1.2 and of 1.1: text that either would take for something else is quoted, text of
//! several lines is a block.

use super::json;
use crate::{Node, Value};

/// How long a key may be without being announced by `?`; YAML 1.2, 7.4.2 allows 1024 characters.
const MAX_PLAIN_KEY: usize = 256;

/// The tree as YAML, with a line break at its end.
#[must_use]
pub fn to_yaml(node: &Node) -> String {
    let mut text = String::new();
    match &node.value {
        Value::Object(members) if !members.is_empty() => object(node, 0, &mut text),
        Value::Array(items) if !items.is_empty() => array(items, 0, &mut text),
        _ => {
            scalar(node, 0, &mut text);
            text.push('\n');
        }
    }
    text
}

/// Members, the first one where the text ends now, the others on lines of their own.
fn object(node: &Node, indent: usize, text: &mut String) {
    for (index, member) in node.members().iter().enumerate() {
        if index > 0 {
            spaces(indent, text);
        }
        if member.key.len() > MAX_PLAIN_KEY {
            text.push_str("? ");
            key(&member.key, text);
            text.push('\n');
            spaces(indent, text);
        } else {
            key(&member.key, text);
        }
        text.push(':');
        match &member.node.value {
            Value::Object(members) if !members.is_empty() => {
                text.push('\n');
                spaces(indent + 2, text);
                object(&member.node, indent + 2, text);
            }
            Value::Array(items) if !items.is_empty() => {
                text.push('\n');
                spaces(indent + 2, text);
                array(items, indent + 2, text);
            }
            _ => {
                text.push(' ');
                scalar(&member.node, indent, text);
                text.push('\n');
            }
        }
    }
}

/// Items, the first one where the text ends now.
fn array(items: &[Node], indent: usize, text: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            spaces(indent, text);
        }
        text.push_str("- ");
        match &item.value {
            Value::Object(members) if !members.is_empty() => object(item, indent + 2, text),
            Value::Array(items) if !items.is_empty() => array(items, indent + 2, text),
            _ => {
                scalar(item, indent, text);
                text.push('\n');
            }
        }
    }
}

/// A value on the line that the text ends with; `indent` is that of what holds it.
fn scalar(node: &Node, indent: usize, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(digits) => number(digits, text),
        Value::Array(_) => text.push_str("[]"),
        Value::Object(_) => text.push_str("{}"),
        Value::String(value) if is_block(value) => block(value, indent, text),
        Value::String(value) => key(value, text),
    }
}

/// YAML 1.1 takes a number with an exponent for one only with a point and a sign.
fn number(digits: &str, text: &mut String) {
    let Some((mantissa, exponent)) = digits.split_once(['e', 'E']) else {
        text.push_str(digits);
        return;
    };
    text.push_str(mantissa);
    if !mantissa.contains('.') {
        text.push_str(".0");
    }
    text.push('e');
    if !exponent.starts_with(['+', '-']) {
        text.push('+');
    }
    text.push_str(exponent);
}

/// Text on one line.
fn key(value: &str, text: &mut String) {
    if is_plain(value) {
        text.push_str(value);
    } else if value.chars().all(is_printable) {
        text.push('\'');
        text.push_str(&value.replace('\'', "''"));
        text.push('\'');
    } else {
        json::string(value, text);
    }
}

/// Whether it can stand without quotes and stays text for every reader.
fn is_plain(value: &str) -> bool {
    let Some(first) = value.chars().next() else {
        return false;
    };
    // A word begins with a letter or a sign that means nothing to YAML; `3.1.0` is no number.
    let begins = first.is_alphabetic() || matches!(first, '_' | '/' | '$' | '(' | '^');
    let words = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "infinity",
    ];
    (begins || is_version(value))
        && value.chars().all(is_printable)
        && !value.ends_with([' ', ':'])
        && !value.contains(": ")
        && !value.contains(" #")
        && !words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

fn is_version(value: &str) -> bool {
    let mut parts = 0;
    value.split('.').all(|part| {
        parts += 1;
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    }) && parts == 3
}

/// Whether a character stands for itself in a line of YAML, 1.1 and 1.2.
fn is_printable(character: char) -> bool {
    match character {
        ' '..='~' => true,
        '\0'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    }
}

/// Whether it is text of several lines that a block says exactly.
fn is_block(value: &str) -> bool {
    let body = value.trim_end_matches('\n');
    !body.is_empty()
        && value.contains('\n')
        && body
            .chars()
            .all(|character| matches!(character, '\n' | '\t') || is_printable(character))
        // A line of nothing but blanks is read differently by different readers.
        && body
            .lines()
            .all(|line| line.is_empty() || !line.trim_matches([' ', '\t']).is_empty())
}

fn block(value: &str, indent: usize, text: &mut String) {
    text.push('|');
    if value.starts_with([' ', '\t', '\n']) {
        text.push('2');
    }
    let body = value.trim_end_matches('\n');
    let ends = value.len() - body.len();
    match ends {
        0 => text.push('-'),
        1 => {}
        _ => text.push('+'),
    }
    for line in body.split('\n') {
        text.push('\n');
        if !line.is_empty() {
            spaces(indent + 2, text);
            text.push_str(line);
        }
    }
    // The line break of the last line is the caller's.
    (1..ends).for_each(|_| text.push('\n'));
}

fn spaces(count: usize, text: &mut String) {
    (0..count).for_each(|_| text.push(' '));
}
