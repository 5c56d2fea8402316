//! Files that a sample sends, to be put beside it.

use super::super::types::Types;
use super::literals::Member;
use super::program::Writer;
use crate::Tokens;
use crate::sample::file_beside;
use heck::ToKebabCase;
use portolan_model::{Call, PrimitiveKind, TypeRef, Value};

impl Writer<'_> {
    pub(super) fn upload(
        &mut self,
        types: &Types<'_>,
        ty: &TypeRef,
        name: &str,
        value: &Value,
    ) -> Member {
        match (ty, value) {
            (TypeRef::Primitive(primitive), _) if primitive.kind == PrimitiveKind::Binary => {
                Member::File(self.file(name, "bin", value))
            }
            (TypeRef::List { items, .. }, Value::Array(values)) => {
                let items = types.resolved(items);
                Member::List(
                    values
                        .iter()
                        .enumerate()
                        .map(|(index, value)| {
                            self.upload(types, items, &format!("{name}-{}", index + 1), value)
                        })
                        .collect(),
                )
            }
            _ => Member::Value(value.clone()),
        }
    }

    /// A file to put beside the sample; its name is the one that the example gives, when that is a harmless one.
    pub(super) fn file(&mut self, property: &str, ending: &str, value: &Value) -> String {
        let given = value.as_str().unwrap_or_default();
        let harmless = |text: &str| {
            !text.is_empty()
                && text.len() <= 60
                && text.contains('.')
                && !text.starts_with('.')
                && !text.ends_with('.')
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let name = if harmless(given) {
            given.to_owned()
        } else {
            format!("{}.{ending}", stem(property))
        };
        let name = file_beside(name);
        if !self.files.iter().any(|(known, _)| *known == name) {
            let content = if given.is_empty() { "example" } else { given };
            self.files.push((name.clone(), content.as_bytes().to_vec()));
        }
        name
    }

    pub(super) fn reads_files(&self, call: &Call<'_>) -> bool {
        let mut probe = Writer {
            sampler: self.sampler,
            tokens: Tokens::new(),
            files: Vec::new(),
            base_url: None,
            form: self.form,
        };
        probe.call(call, 0, 0);
        !probe.files.is_empty()
    }
}

/// The name of a file for a member, without its ending.
pub(super) fn stem(property: &str) -> String {
    let stem: String = property
        .to_kebab_case()
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == '-')
        .take(40)
        .collect();
    if stem.is_empty() {
        "file".to_owned()
    } else {
        stem
    }
}

/// The media type of a file that [`ending`] named; `None` for one of an example.
pub(super) fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        _ => return None,
    })
}

/// The ending by which `fileFromPath` knows a media type, or one that a wildcard stands for.
pub(super) fn ending(media: &str) -> &'static str {
    match media.split(';').next().unwrap_or_default().trim() {
        "image/*" | "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/svg+xml" => "svg",
        "text/*" | "text/plain" => "txt",
        "text/csv" => "csv",
        "audio/*" | "audio/mpeg" => "mp3",
        "video/*" | "video/mp4" => "mp4",
        "application/pdf" => "pdf",
        _ => "bin",
    }
}
