//! The body of plain `curl`: options of its own for each kind, files laid beside the sample for what is no text.

use super::{Command, CurlSampler};
use crate::curl::{names, styles};
use portolan_model::{CallBody, Encoding, MediaKind, PrimitiveKind, Shape, TypeRef, Value};

impl CurlSampler<'_> {
    pub(super) fn body(&self, body: &CallBody<'_>, command: &mut Command) {
        let media = body.media_type;
        let name = media.name.as_str();
        match media.kind {
            MediaKind::Json => {
                let name = if MediaKind::is_range(name) {
                    "application/json"
                } else {
                    name
                };
                command.option("--header", &format!("Content-Type: {name}"));
                let line = body.value.to_json();
                if line.len() > 72 {
                    command.option("--data-raw", &body.value.to_json_pretty());
                } else {
                    command.option("--data-raw", &line);
                }
            }
            MediaKind::Form => {
                let Value::Object(members) = &body.value else {
                    command.option("--data-raw", &styles::plain(&body.value));
                    return;
                };
                if members.is_empty() {
                    command.option("--data-raw", "");
                }
                for (name, value) in members {
                    let mut pairs = Vec::new();
                    let field = styles::encode(name.as_str());
                    let mut encodings = body.media_type.encodings.iter();
                    let style = encodings
                        .find(|encoding| encoding.property == *name)
                        .and_then(|encoding| encoding.encoding.as_ref());
                    let separator = style.and_then(styles::separator);
                    match value {
                        Value::Array(items) if separator.is_some() => {
                            let texts: Vec<String> = items.iter().map(styles::plain).collect();
                            pairs.push((field, texts.join(separator.unwrap_or_default())));
                        }
                        _ if style.is_some() => styles::deep(&field, value, &mut pairs),
                        // Objects are JSON unless a style is named (OpenAPI 3.0.4, 4.8.15).
                        Value::Array(items) => pairs.extend(
                            items
                                .iter()
                                .map(|item| (field.clone(), styles::plain(item))),
                        ),
                        Value::Null => pairs.push((field, String::new())),
                        value => pairs.push((field, styles::plain(value))),
                    }
                    for (name, text) in pairs {
                        command.option("--data-urlencode", &format!("{name}={text}"));
                    }
                }
            }
            MediaKind::Multipart => self.parts(body, command),
            MediaKind::Text | MediaKind::Xml | MediaKind::EventStream => {
                command.option("--header", &format!("Content-Type: {name}"));
                command.option("--data-raw", &styles::plain(&body.value));
            }
            MediaKind::JsonLines => {
                command.option("--header", &format!("Content-Type: {name}"));
                let lines: Vec<String> = match &body.value {
                    Value::Array(items) => items.iter().map(Value::to_json).collect(),
                    other => vec![other.to_json()],
                };
                command.option("--data-raw", &(lines.join("\n") + "\n"));
            }
            MediaKind::Binary => {
                let (type_, ending) = concrete(name);
                command.option("--header", &format!("Content-Type: {type_}"));
                let file = command.file(format!("body.{ending}"), &styles::plain(&body.value));
                command.option("--data-binary", &format!("@{file}"));
            }
        }
    }

    /// The parts of a multipart body. curl ends a part's name at `=`, so a member of such a name is left out.
    fn parts(&self, body: &CallBody<'_>, command: &mut Command) {
        let Value::Object(members) = &body.value else {
            return;
        };
        let properties = body.media_type.properties(self.api).unwrap_or_default();
        for (name, value) in members {
            let name = name.as_str();
            if name.is_empty()
                || name.contains(|character: char| character == '=' || character.is_control())
            {
                continue;
            }
            let encoding = body
                .media_type
                .encodings
                .iter()
                .find(|encoding| encoding.property == name);
            let ty = properties
                .iter()
                .find(|property| property.name == name)
                .map(|property| &property.ty);
            let items: Vec<&Value> = match value {
                Value::Array(items) => items.iter().collect(),
                other => vec![other],
            };
            let is_file = ty.is_some_and(|ty| self.is_file(ty, 0));
            for (index, item) in items.iter().enumerate() {
                if is_file {
                    let (type_, ending) =
                        concrete(&content_type(encoding, "application/octet-stream"));
                    let number = if items.len() > 1 {
                        format!("-{}", index + 1)
                    } else {
                        String::new()
                    };
                    let stem = names::FILES.identifier(name);
                    let file =
                        command.file(format!("{stem}{number}.{ending}"), &styles::plain(item));
                    command.option("--form", &format!("{name}=@{file};type={type_}"));
                } else if matches!(item, Value::Object(_) | Value::Array(_))
                    || encoding.is_some_and(|encoding| encoding.content_type.is_some())
                {
                    let type_ = content_type(
                        encoding,
                        if matches!(item, Value::Object(_) | Value::Array(_)) {
                            "application/json"
                        } else {
                            "text/plain"
                        },
                    );
                    let text = if type_.contains("json") {
                        item.to_json()
                    } else {
                        styles::plain(item)
                    };
                    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                    command.option("--form", &format!("{name}=\"{text}\";type={type_}"));
                } else {
                    command.option("--form-string", &format!("{name}={}", styles::plain(item)));
                }
            }
        }
    }

    /// Whether a member is sent from a file: bytes, or a list of them.
    pub(in crate::curl) fn is_file(&self, ty: &TypeRef, depth: usize) -> bool {
        match ty {
            _ if depth > 8 => false,
            TypeRef::Primitive(primitive) => primitive.kind == PrimitiveKind::Binary,
            TypeRef::List { items: inner, .. } | TypeRef::Nullable(inner) => {
                self.is_file(inner, depth + 1)
            }
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Alias(inner) => self.is_file(inner, depth + 1),
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .any(|variant| self.is_file(&variant.ty, depth + 1)),
                _ => false,
            },
            _ => false,
        }
    }
}

/// The media type of a part, one that can be sent, else `otherwise`.
pub(in crate::curl) fn content_type(encoding: Option<&Encoding>, otherwise: &str) -> String {
    encoding
        .and_then(|encoding| encoding.content_type.as_deref())
        .and_then(|types| types.split(',').next())
        .map(str::trim)
        .filter(|name| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"/+-.*".contains(&byte))
        })
        .unwrap_or(otherwise)
        .to_owned()
}

/// A media type that can be sent for one that may be a range, and the ending of its files.
pub(in crate::curl) fn concrete(name: &str) -> (String, &'static str) {
    let essence = name
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let (type_, ending) = match essence.as_str() {
        "image/*" | "image/png" => ("image/png", "png"),
        "image/jpeg" => ("image/jpeg", "jpg"),
        "audio/*" | "audio/mpeg" => ("audio/mpeg", "mp3"),
        "video/*" | "video/mp4" => ("video/mp4", "mp4"),
        "application/pdf" => ("application/pdf", "pdf"),
        "application/zip" => ("application/zip", "zip"),
        "application/epub+zip" => ("application/epub+zip", "epub"),
        "text/csv" => ("text/csv", "csv"),
        "text/*" | "text/plain" => ("text/plain", "txt"),
        other if other.contains('*') || other.is_empty() => ("application/octet-stream", "bin"),
        _ => return (name.to_owned(), "bin"),
    };
    (type_.to_owned(), ending)
}
