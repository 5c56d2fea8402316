//! Values of a document as JavaScript, laid out as a person would.

use super::super::value::{exact_number, is_identifier, string};
use super::files::media_type;
use super::program::Writer;
use portolan_emit::literal;
use portolan_model::Value;

impl Writer<'_> {
    pub(super) fn members(&mut self, members: &[(String, Member)], depth: usize) {
        let inner = "  ".repeat(depth + 1);
        let short = members.len() <= 3
            && members
                .iter()
                .all(|(key, member)| member.is_short() && key.len() < 24);
        self.tokens.plain(if short { "{ " } else { "{\n" });
        for (index, (name, member)) in members.iter().enumerate() {
            if short {
                self.tokens.plain(if index > 0 { ", " } else { "" });
            } else {
                self.tokens.plain(&inner);
            }
            self.member_name(name);
            match member {
                Member::Value(value) => self.value(value, depth + 1),
                Member::File(name) => self.open_file(name),
                Member::List(items) => {
                    self.tokens.plain("[");
                    for (index, item) in items.iter().enumerate() {
                        self.tokens.plain(if index > 0 { ", " } else { "" });
                        match item {
                            Member::File(name) => self.open_file(name),
                            Member::Value(value) => self.value(value, depth + 1),
                            Member::List(_) => {}
                        }
                    }
                    self.tokens.plain("]");
                }
            }
            if !short {
                self.tokens.plain(",\n");
            }
        }
        if short {
            self.tokens.plain(" }");
        } else {
            self.tokens.plain("  ".repeat(depth)).plain("}");
        }
    }

    /// A member's name; `__proto__` only as a computed one, for else it would set the prototype.
    fn member_name(&mut self, name: &str) {
        if name == "__proto__" {
            self.tokens.plain("[").string(string(name)).plain("]: ");
        } else if is_identifier(name) {
            self.tokens.name(name).plain(": ");
        } else {
            self.tokens.string(string(name)).plain(": ");
        }
    }

    fn open_file(&mut self, name: &str) {
        if self.form.inline_files {
            return self.inline_file(name);
        }
        self.tokens
            .keyword("await")
            .plain(" ")
            .function("fileFromPath")
            .plain("(")
            .string(string(name))
            .plain(")");
    }

    /// A file as its content, with its name and its media type.
    fn inline_file(&mut self, name: &str) {
        let found = self.files.iter().find(|(known, _)| known == name);
        let content = found.map(|(_, content)| String::from_utf8_lossy(content).into_owned());
        self.tokens
            .plain("{ content: ")
            .string(string(&content.unwrap_or_default()))
            .plain(", name: ")
            .string(string(name));
        if let Some(media_type) = media_type(name) {
            self.tokens.plain(", type: ").string(string(media_type));
        }
        self.tokens.plain(" }");
    }

    pub(super) fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => {
                self.tokens.number("null");
            }
            Value::Bool(value) => {
                self.tokens.number(if *value { "true" } else { "false" });
            }
            Value::Number(digits) => {
                let text = match exact_number(digits) {
                    // What the settings ask to be a bigint is one already.
                    None if digits.ends_with('n') => digits.to_string(),
                    Some(text) => text,
                    None if literal::is_number(digits) && !digits.contains(['.', 'e', 'E']) => {
                        format!("{digits}n")
                    }
                    None => "0".to_owned(),
                };
                self.tokens.number(text);
            }
            Value::String(text) => {
                self.tokens.string(string(text));
            }
            Value::Array(items) if items.iter().all(is_short) && items.len() <= 6 => {
                self.tokens.plain("[");
                for (index, item) in items.iter().enumerate() {
                    self.tokens.plain(if index > 0 { ", " } else { "" });
                    self.value(item, depth);
                }
                self.tokens.plain("]");
            }
            Value::Array(items) => {
                self.tokens.plain("[\n");
                for item in items {
                    self.tokens.plain("  ".repeat(depth + 1));
                    self.value(item, depth + 1);
                    self.tokens.plain(",\n");
                }
                self.tokens.plain("  ".repeat(depth)).plain("]");
            }
            Value::Object(members) if members.is_empty() => {
                self.tokens.plain("{}");
            }
            Value::Object(members) => {
                let members: Vec<(String, Member)> = members
                    .iter()
                    .map(|(name, value)| (name.to_string(), Member::Value(value.clone())))
                    .collect();
                self.members(&members, depth);
            }
        }
    }
}

/// A member of an object, or an argument.
pub(super) enum Member {
    Value(Value),
    File(String),
    List(Vec<Member>),
}

impl Member {
    fn is_short(&self) -> bool {
        match self {
            Member::Value(Value::Array(items)) => items.len() <= 3 && items.iter().all(is_short),
            Member::Value(value) => is_short(value),
            Member::File(_) => true,
            Member::List(items) => items.len() <= 1,
        }
    }
}

fn is_short(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= 24,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
