//! Values of a sample as they are written: literals, files, lists; over lines where one does not hold them.

use super::WIDTH;
use super::literal;
use crate::Tokens;
use crate::sample::file_beside;
use portolan_model::Value;

/// Files that a sample opens.
#[derive(Default)]
pub(super) struct Files {
    pub(super) opened: bool,
    pub(super) list: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// A file with this content; the name is the content where that is the name of a file.
    pub(super) fn open(&mut self, wish: &str, content: &Value) -> Expression {
        let content = match content {
            Value::String(text) => text.to_string(),
            Value::Null => String::new(),
            other => other.to_json(),
        };
        let is_name = content.len() < 64
            && content.split_once('.').is_some_and(|(stem, ending)| {
                let plain = |text: &str| {
                    !text.is_empty()
                        && text
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                };
                plain(stem) && plain(ending) && ending.len() < 6
            });
        let mut name = file_beside(if is_name {
            content.clone()
        } else {
            wish.to_owned()
        });
        if self.list.iter().any(|(other, _)| *other == name) {
            name = format!("{}-{name}", self.list.len() + 1);
        }
        self.opened = true;
        self.list.push((name.clone(), content.into_bytes()));
        Expression::Path(name)
    }
}

/// A value in a sample.
pub(super) enum Expression {
    Value(Value),
    Path(String),
    Bytes(Vec<u8>),
    List(Vec<Expression>),
}

/// A value and the keyword that it is passed by, if it is.
pub(super) type Argument = (Option<String>, Expression);

/// Arguments in parentheses, each on a line of its own where one line does not hold them.
pub(super) fn write_arguments(tokens: &mut Tokens, arguments: &[Argument], before: usize) {
    let one_line: usize = arguments
        .iter()
        .map(|(name, value)| {
            name.as_ref().map_or(0, |name| name.len() + 1) + value.text().len() + 2
        })
        .sum();
    let broken = before + one_line + 2 > WIDTH && !arguments.is_empty();
    tokens.plain("(");
    for (index, (name, value)) in arguments.iter().enumerate() {
        if broken {
            tokens.plain("\n    ");
        } else if index > 0 {
            tokens.plain(", ");
        }
        if let Some(name) = name {
            tokens.name(name).plain("=");
        }
        value.write(
            tokens,
            1,
            if broken {
                name.as_ref().map_or(0, |name| name.len() + 1)
            } else {
                0
            },
            !broken,
        );
        if broken {
            tokens.plain(",");
        }
    }
    tokens.plain(if broken { "\n)" } else { ")" });
}

impl Expression {
    /// Puts what is in the files where they are named.
    pub(super) fn read(&mut self, files: &Files) {
        match self {
            Expression::Path(name) => {
                let found = files.list.iter().find(|(other, _)| other == name);
                *self =
                    Expression::Bytes(found.map(|(_, bytes)| bytes.clone()).unwrap_or_default());
            }
            Expression::List(items) => items.iter_mut().for_each(|item| item.read(files)),
            Expression::Value(_) | Expression::Bytes(_) => {}
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Expression::Value(value) => literal::value(value),
            Expression::Path(name) => format!("Path({})", literal::string(name)),
            Expression::Bytes(content) => literal::bytes(content),
            Expression::List(items) => {
                let items: Vec<String> = items.iter().map(Expression::text).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    pub(super) fn write(&self, tokens: &mut Tokens, depth: usize, before: usize, one_line: bool) {
        match self {
            Expression::Value(value) => write_value(tokens, value, depth, before, one_line),
            Expression::Path(name) => {
                tokens
                    .function("Path")
                    .plain("(")
                    .string(literal::string(name))
                    .plain(")");
            }
            Expression::Bytes(content) => {
                tokens.string(literal::bytes(content));
            }
            Expression::List(items) => {
                tokens.plain("[");
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        tokens.plain(", ");
                    }
                    item.write(tokens, depth, before, true);
                }
                tokens.plain("]");
            }
        }
    }
}

/// A value, over lines where one does not hold it.
fn write_value(tokens: &mut Tokens, value: &Value, depth: usize, before: usize, one_line: bool) {
    let fits = one_line || depth * 4 + before + literal::value(value).len() < WIDTH;
    let indent = |tokens: &mut Tokens, depth: usize| {
        tokens.plain("\n").plain("    ".repeat(depth));
    };
    match value {
        Value::Null => {
            tokens.keyword("None");
        }
        Value::Bool(_) | Value::Number(_) => {
            tokens.number(literal::value(value));
        }
        Value::String(_) => {
            tokens.string(literal::value(value));
        }
        Value::Array(items) => {
            tokens.plain("[");
            for (index, item) in items.iter().enumerate() {
                if !fits {
                    indent(tokens, depth + 1);
                } else if index > 0 {
                    tokens.plain(", ");
                }
                write_value(tokens, item, depth + 1, 0, fits);
                if !fits {
                    tokens.plain(",");
                }
            }
            if !fits {
                indent(tokens, depth);
            }
            tokens.plain("]");
        }
        Value::Object(members) => {
            tokens.plain("{");
            for (index, (name, item)) in members.iter().enumerate() {
                if !fits {
                    indent(tokens, depth + 1);
                } else if index > 0 {
                    tokens.plain(", ");
                }
                let name = literal::string(name.as_str());
                let length = name.len() + 2;
                tokens.string(name).plain(": ");
                write_value(tokens, item, depth + 1, length, fits);
                if !fits {
                    tokens.plain(",");
                }
            }
            if !fits {
                indent(tokens, depth);
            }
            tokens.plain("}");
        }
    }
}
