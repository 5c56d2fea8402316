//! Values of a document as JavaScript, laid out as the formatter that most people use does: what fits stays on its line,
//! else each member and item has one of its own.

use super::super::value::{exact_number, is_identifier, string};
use super::files::media_type;
use super::program::Writer;
use crate::Tokens;
use portolan_emit::literal;
use portolan_model::Value;

/// The longest line.
const WIDTH: usize = 80;

/// A member of an object, or an argument.
pub(super) enum Member {
    Value(Value),
    File(String),
    List(Vec<Member>),
    Members(Vec<(String, Member)>),
}

/// What stands around a value on the lines that it begins and ends on.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// The depth of the line that it begins on.
    pub(super) depth: usize,
    /// The characters before it.
    pub(super) before: usize,
    /// The characters behind it.
    pub(super) after: usize,
}

impl Around {
    /// Whether text of this length fits between.
    pub(super) fn holds(self, length: usize) -> bool {
        self.before + length + self.after <= WIDTH
    }

    /// Of a member on a line of its own, a comma behind it.
    fn inside(self, before: usize) -> Around {
        let depth = self.depth + 1;
        Around {
            depth,
            before: 2 * depth + before,
            after: 1,
        }
    }
}

impl Writer<'_> {
    /// An object, on one line where that holds it.
    pub(super) fn members(&mut self, members: &[(String, Member)], around: Around) {
        if members.is_empty() {
            self.tokens.plain("{}");
            return;
        }
        let broken = members.iter().any(|(_, member)| member.must_break())
            || !around.holds(self.length(|writer| writer.members_in_line(members)));
        if !broken {
            return self.members_in_line(members);
        }
        self.tokens.plain("{\n");
        for (name, member) in members {
            let inside = around.inside(name_text(name).len() + 2);
            self.tokens.plain("  ".repeat(inside.depth));
            self.member_name(name);
            let is_long_text = matches!(member, Member::Value(Value::String(_)))
                && !inside.holds(self.length(|writer| writer.member_in_line(member)));
            if is_long_text {
                // `member_name` ends with a space, which no line does.
                self.tokens.trim_end();
                self.tokens.plain("\n").plain("  ".repeat(inside.depth + 1));
            }
            self.member(member, inside);
            self.tokens.plain(",\n");
        }
        self.tokens.plain("  ".repeat(around.depth)).plain("}");
    }

    /// The same where each member is known to fit; also how long the line would be.
    pub(super) fn members_in_line(&mut self, members: &[(String, Member)]) {
        if members.is_empty() {
            self.tokens.plain("{}");
            return;
        }
        for (index, (name, member)) in members.iter().enumerate() {
            self.tokens.plain(if index > 0 { ", " } else { "{ " });
            self.member_name(name);
            self.member_in_line(member);
        }
        self.tokens.plain(" }");
    }

    /// What `write` would write, in characters.
    pub(super) fn length(&mut self, write: impl FnOnce(&mut Self)) -> usize {
        let before = std::mem::replace(&mut self.tokens, Tokens::new());
        write(self);
        let written = std::mem::replace(&mut self.tokens, before).finish();
        written.iter().map(|token| token.text.chars().count()).sum()
    }

    pub(super) fn member(&mut self, member: &Member, around: Around) {
        match member {
            Member::Value(Value::Object(members)) => {
                let members: Vec<(String, Member)> = members
                    .iter()
                    .map(|(name, value)| (name.to_string(), Member::Value(value.clone())))
                    .collect();
                self.members(&members, around);
            }
            Member::Value(Value::Array(items)) => {
                let items: Vec<Member> = items.iter().cloned().map(Member::Value).collect();
                self.items(&items, around);
            }
            Member::List(items) => self.items(items, around),
            Member::Members(members) => self.members(members, around),
            Member::Value(_) | Member::File(_) => self.member_in_line(member),
        }
    }

    fn items(&mut self, items: &[Member], around: Around) {
        let in_line = |writer: &mut Self| writer.items_in_line(items);
        if !must_break(items) && around.holds(self.length(in_line)) {
            return self.items_in_line(items);
        }
        let indent = "  ".repeat(around.depth + 1);
        self.tokens.plain("[\n");
        if items.iter().all(Member::is_number) {
            self.numbers(items, &indent);
        } else {
            for item in items {
                self.tokens.plain(&indent);
                self.member(item, around.inside(0));
                self.tokens.plain(",\n");
            }
        }
        self.tokens.plain("  ".repeat(around.depth)).plain("]");
    }

    /// Numbers, as many a line as it holds.
    fn numbers(&mut self, items: &[Member], indent: &str) {
        let mut column = 0;
        for item in items {
            let length = self.length(|writer| writer.member_in_line(item)) + 1;
            if column > 0 && column + 1 + length > WIDTH {
                self.tokens.plain("\n");
                column = 0;
            }
            let space = if column == 0 { indent } else { " " };
            column += space.len() + length;
            self.tokens.plain(space);
            self.member_in_line(item);
            self.tokens.plain(",");
        }
        self.tokens.plain("\n");
    }

    fn items_in_line(&mut self, items: &[Member]) {
        self.tokens.plain("[");
        for (index, item) in items.iter().enumerate() {
            self.tokens.plain(if index > 0 { ", " } else { "" });
            self.member_in_line(item);
        }
        self.tokens.plain("]");
    }

    pub(super) fn member_in_line(&mut self, member: &Member) {
        match member {
            Member::File(name) => self.open_file(name),
            Member::List(items) => self.items_in_line(items),
            Member::Members(members) => self.members_in_line(members),
            Member::Value(Value::Null) => {
                self.tokens.number("null");
            }
            Member::Value(Value::Bool(value)) => {
                self.tokens.number(if *value { "true" } else { "false" });
            }
            Member::Value(Value::Number(digits)) => {
                self.tokens.number(number(digits));
            }
            Member::Value(Value::String(text)) => {
                self.tokens.string(quoted(text));
            }
            Member::Value(Value::Array(items)) => {
                let items: Vec<Member> = items.iter().cloned().map(Member::Value).collect();
                self.items_in_line(&items);
            }
            Member::Value(Value::Object(members)) => {
                let members: Vec<(String, Member)> = members
                    .iter()
                    .map(|(name, value)| (name.to_string(), Member::Value(value.clone())))
                    .collect();
                self.members_in_line(&members);
            }
        }
    }

    fn member_name(&mut self, name: &str) {
        let text = name_text(name);
        if name == "__proto__" {
            self.tokens.plain("[").string(string(name)).plain("]: ");
        } else if is_identifier(name) {
            self.tokens.name(text).plain(": ");
        } else {
            self.tokens.string(text).plain(": ");
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
}

/// A member's name; `__proto__` only as a computed one, for else it would set the prototype.
fn name_text(name: &str) -> String {
    match name {
        "__proto__" => format!("[{}]", string(name)),
        name if is_identifier(name) => name.to_owned(),
        name => quoted(name),
    }
}

/// A string in the quotes that need fewer escapes.
pub(super) fn quoted(text: &str) -> String {
    let double = string(text);
    if text.matches('"').count() <= text.matches('\'').count() {
        return double;
    }
    let inner = double
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else { return double };
    let mut single = String::from("'");
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('"') => single.push('"'),
                next => single.extend(['\\'].into_iter().chain(next)),
            },
            '\'' => single.push_str("\\'"),
            other => single.push(other),
        }
    }
    single.push('\'');
    single
}

fn number(digits: &str) -> String {
    match exact_number(digits) {
        // What the settings ask to be a bigint is one already.
        None if digits.ends_with('n') => digits.to_owned(),
        Some(text) => text,
        None if literal::is_number(digits) && !digits.contains(['.', 'e', 'E']) => {
            format!("{digits}n")
        }
        None => "0".to_owned(),
    }
}

/// Whether a list has a line for each item in any case: several objects, or several lists, of more than one part each.
fn must_break(items: &[Member]) -> bool {
    let all = |test: fn(&Value) -> bool| {
        items.len() > 1
            && items
                .iter()
                .all(|item| matches!(item, Member::Value(value) if test(value)))
    };
    all(|value| matches!(value, Value::Object(members) if members.len() > 1))
        || all(|value| matches!(value, Value::Array(items) if items.len() > 1))
        || items.iter().any(Member::must_break)
}

impl Member {
    fn must_break(&self) -> bool {
        match self {
            Member::Value(value) => value_must_break(value),
            Member::List(items) => must_break(items),
            Member::Members(members) => members.iter().any(|(_, member)| member.must_break()),
            Member::File(_) => false,
        }
    }

    fn is_number(&self) -> bool {
        matches!(self, Member::Value(Value::Number(_)))
    }
}

fn value_must_break(value: &Value) -> bool {
    let several =
        |items: &[Value], test: fn(&Value) -> bool| items.len() > 1 && items.iter().all(test);
    match value {
        Value::Array(items) => {
            several(
                items,
                |item| matches!(item, Value::Object(members) if members.len() > 1),
            ) || several(
                items,
                |item| matches!(item, Value::Array(items) if items.len() > 1),
            ) || items.iter().any(value_must_break)
        }
        Value::Object(members) => members.iter().any(|(_, value)| value_must_break(value)),
        _ => false,
    }
}
