//! A call with its values -> the words of a command line: for reference.md and for the package's own tests.

use super::package::Row;
use super::sample::concrete;
use super::words::{pointer, unquoted, word};
use super::{names, styles};
use portolan_model::{Call, Location, MediaKind, Value};

/// What is typed behind the words of the operation, and the files that it reads.
#[derive(Debug, Default)]
pub(super) struct Example {
    /// Options and values, not yet quoted.
    pub(super) words: Vec<String>,
    /// Names in the current folder, and what is in them.
    pub(super) files: Vec<(String, String)>,
}

impl Example {
    /// Types the call.
    pub(super) fn of(call: &Call<'_>, rows: &[Row]) -> Example {
        let mut example = Example::default();
        example.path(call, rows);
        for argument in &call.arguments {
            let place = match argument.parameter.location {
                Location::Path => continue,
                Location::Query => "query",
                Location::Querystring => "querystring",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            if let Some(row) = parameter(rows, place, argument.parameter.name.as_str()) {
                example.flag(row, &argument.value);
            }
        }
        example.body(call, rows);
        example
    }

    /// Path parameters stand by their place while they can, in the order of the path.
    fn path(&mut self, call: &Call<'_>, rows: &[Row]) {
        let mut by_place = true;
        for name in call.operation.path.parameters() {
            let Some(argument) = call.arguments.iter().find(|argument| {
                argument.parameter.location == Location::Path && argument.parameter.name == *name
            }) else {
                by_place = false;
                continue;
            };
            let Some(row) = parameter(rows, "path", name.as_str()) else {
                continue;
            };
            let text = styles::plain(&argument.value);
            let plain = !matches!(
                argument.value,
                Value::Array(_) | Value::Object(_) | Value::Null
            );
            by_place &= plain && !text.is_empty() && !text.starts_with('-');
            match by_place {
                true => self.words.push(text),
                false => self.flag(row, &argument.value),
            }
        }
    }

    /// A value by the flag of its row; where the type of the flag would read it otherwise, the flag says what it is.
    fn flag(&mut self, row: &Row, value: &Value) {
        let flag = unquoted(&row.flag);
        let kind = unquoted(&row.kind);
        let (kind, list) = match kind.strip_suffix("[]") {
            Some(kind) => (kind, true),
            None => (&*kind, false),
        };
        match value {
            Value::Null => self.option("null", flag),
            Value::Array(items)
                if list && !items.is_empty() && items.iter().all(|item| reads(kind, item)) =>
            {
                for item in items {
                    self.option(&flag, styles::plain(item));
                }
            }
            value if !list && reads(kind, value) => self.option(&flag, styles::plain(value)),
            Value::String(text) if !list => {
                self.option(&format!("{flag}:string"), text.to_string())
            }
            value => self.option(&format!("{flag}:json"), value.to_json()),
        }
    }

    fn option(&mut self, flag: &str, value: String) {
        self.words.push(format!("--{flag}"));
        self.words.push(value);
    }

    fn body(&mut self, call: &Call<'_>, rows: &[Row]) {
        let Some(body) = &call.body else { return };
        let row = |name: &str| {
            let wanted = word(&pointer([name]));
            rows.iter()
                .find(|row| row.field && row.place.as_str() == "body" && row.pointer == wanted)
        };
        let (media, ending) = concrete(body.media_type.name.as_str());
        let is_required = call.operation.body.as_ref().is_some_and(|it| it.required);
        let first = call
            .operation
            .body
            .iter()
            .flat_map(|body| body.forms())
            .next();
        if first.is_some_and(|first| first.name != body.media_type.name) {
            self.option("content-type", media);
        }
        match (&body.value, body.media_type.kind) {
            // Of an optional form without members nothing is left.
            (Value::Object(members), MediaKind::Form | MediaKind::Multipart)
                if members.is_empty() && !is_required => {}
            (Value::Object(members), MediaKind::Form) if members.is_empty() => {
                self.option("body-text", String::new());
            }
            (
                Value::Object(members),
                kind @ (MediaKind::Json | MediaKind::Form | MediaKind::Multipart),
            ) if !members.is_empty()
                && members
                    .iter()
                    .all(|(name, _)| has_flag(kind, name.as_str(), row(name.as_str()))) =>
            {
                for (name, value) in members {
                    match row(name.as_str()) {
                        None => self.option("extra-body", format!("{name}={}", value.to_json())),
                        Some(row) if unquoted(&row.kind).starts_with("file") => {
                            self.file_members(row, name.as_str(), value);
                        }
                        Some(row) => self.flag(row, value),
                    }
                }
            }
            (value, MediaKind::Json) => self.option("json", value.to_json()),
            (value, MediaKind::Text) => self.option("body-text", styles::plain(value)),
            (value, MediaKind::JsonLines) => self.file("body-file", "items.jsonl", value),
            (value, _) => self.file("body-file", &format!("file.{ending}"), value),
        }
    }

    /// The files of a member of a form: one, or one for each item.
    fn file_members(&mut self, row: &Row, name: &str, value: &Value) {
        let flag = unquoted(&row.flag);
        let name = names::FILES.identifier(name);
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.file(&flag, &format!("{name}-{}", index + 1), item);
                }
            }
            value => self.file(&flag, &name, value),
        }
    }

    fn file(&mut self, flag: &str, name: &str, value: &Value) {
        self.option(flag, format!("./{name}"));
        self.files.push((name.to_owned(), content(value)));
    }
}

/// Whether a member of a body can be given by a flag: one that the document does not know has one by its name. JSON is typed
/// as a whole where it has other members, and where a flag would send another form of the body, with a file in it.
fn has_flag(kind: MediaKind, name: &str, row: Option<&Row>) -> bool {
    let is_json = kind == MediaKind::Json;
    match row {
        Some(row) => !is_json || !unquoted(&row.kind).starts_with("file"),
        None => !is_json && !name.is_empty() && !name.contains('='),
    }
}

/// The row of a parameter.
pub(super) fn parameter<'r>(rows: &'r [Row], place: &str, name: &str) -> Option<&'r Row> {
    let name = word(name);
    rows.iter()
        .find(|row| !row.field && row.place.as_str() == place && row.name == name)
}

/// Whether a flag that takes `kind` reads the text of the value as the value.
fn reads(kind: &str, value: &Value) -> bool {
    let json = value.to_json();
    match (kind, value) {
        ("string", Value::String(_)) | ("boolean", Value::Bool(_)) => true,
        ("number", Value::Number(_)) | ("object" | "json", Value::Object(_)) => true,
        ("integer", Value::Number(_)) => json
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-'),
        ("json", Value::Number(_) | Value::Bool(_)) => true,
        _ => false,
    }
}

/// What is in a file: text as it is, items a line each, all else as JSON.
fn content(value: &Value) -> String {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| format!("{}\n", item.to_json()))
            .collect(),
        value => styles::plain(value),
    }
}
