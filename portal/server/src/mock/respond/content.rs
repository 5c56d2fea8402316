//! Bodies of answers: the document's examples, else made from the type. What does not depend on the request is made once.

use super::stream::{self, Item};
use super::xml;
use crate::mock::body::item_type;
use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue};
use portolan_model::{
    Api, Direction, Example, MediaKind, MediaType, Operation, TypeRef, Value, synthesize,
    synthesize_seeded,
};
use std::sync::OnceLock;

/// The smallest picture there is: one transparent dot.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// What was made for the answers of an operation so far, one for each response it describes.
#[derive(Debug)]
pub(in crate::mock) struct Answers(pub(super) Vec<Made>);

/// What was made for one response.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) headers: OnceLock<Vec<(HeaderName, HeaderValue)>>,
    /// By media type, then by example; the last one of each is made from the type.
    bodies: Vec<Vec<OnceLock<Content>>>,
}

impl Answers {
    pub(in crate::mock) fn new(operation: &Operation) -> Answers {
        let slots = |media: &MediaType| (0..=media.examples.len()).map(|_| OnceLock::new());
        Answers(
            operation
                .responses
                .iter()
                .map(|response| Made {
                    headers: OnceLock::new(),
                    bodies: response
                        .content
                        .iter()
                        .map(|media| slots(media).collect())
                        .collect(),
                })
                .collect(),
        )
    }
}

/// A body, ready to be sent.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// All at once.
    Whole(Bytes),
    /// Item by item.
    Items(Vec<Item>),
    /// A value, of which a list may give a page, and its text.
    Value(Value, Bytes),
}

/// What a body is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    /// The index of the form, and the form.
    pub(super) form: (usize, &'a MediaType),
    /// The index of the example that is wanted; `None` for a body that is made from the type.
    pub(super) example: Option<usize>,
    /// Whether a stream is this one example, rather than all of them.
    pub(super) alone: bool,
    /// What draws the values that are made.
    pub(super) seed: Option<u64>,
}

impl Made {
    /// The body; `keep` says whether it is the same for every request that asks for this.
    pub(super) fn content(&self, source: &Source<'_>, keep: bool) -> std::borrow::Cow<'_, Content> {
        let (index, media) = source.form;
        let example = source.example.unwrap_or(media.examples.len());
        let slot = self.bodies.get(index).and_then(|media| media.get(example));
        match slot.filter(|_| keep && !(source.alone && media.kind.is_stream())) {
            Some(slot) => std::borrow::Cow::Borrowed(slot.get_or_init(|| source.make())),
            None => std::borrow::Cow::Owned(source.make()),
        }
    }
}

impl Source<'_> {
    fn make(&self) -> Content {
        let media = self.form.1;
        let example = self.example.and_then(|index| media.examples.get(index));
        if let Some(text) = example.and_then(|example| example.serialized.as_deref()) {
            return Content::Whole(Bytes::copy_from_slice(text.as_bytes()));
        }
        if media.kind.is_stream() {
            return self.stream(example);
        }
        let given = example.and_then(|example| example.value.clone());
        if media.kind == MediaKind::Binary {
            return Content::Whole(match given {
                Some(Value::String(text)) => Bytes::copy_from_slice(text.as_bytes()),
                _ => bytes_of(media.name.as_str(), self.operation),
            });
        }
        let value = given.unwrap_or_else(|| self.synthesize(&media.ty));
        let bytes = serialize(self.api, media, &value);
        match self.operation.pagination {
            Some(_) => Content::Value(value, bytes),
            None => Content::Whole(bytes),
        }
    }

    fn synthesize(&self, ty: &TypeRef) -> Value {
        match self.seed {
            Some(seed) => synthesize_seeded(self.api, ty, Direction::Response, seed),
            None => synthesize(self.api, ty, Direction::Response),
        }
    }

    /// All examples as items, or one item made from the type.
    fn stream(&self, example: Option<&Example>) -> Content {
        let media = self.form.1;
        let ty = item_type(self.api, media);
        let mut values: Vec<Value> = match example {
            Some(example) if self.alone => example.value.iter().cloned().collect(),
            Some(_) => media
                .examples
                .iter()
                .filter_map(|example| example.value.clone())
                .collect(),
            None => Vec::new(),
        };
        let is_empty = |value: &Value| matches!(value, Value::Array(items) if items.is_empty());
        if values.iter().all(is_empty) {
            values = vec![self.synthesize(ty)];
        }
        Content::Items(stream::items(self.api, media, ty, &values))
    }
}

/// The text of a value in this form.
pub(super) fn serialize(api: &Api, media: &MediaType, value: &Value) -> Bytes {
    let text = match (media.kind, value) {
        (MediaKind::Json, value) => value.to_json(),
        (MediaKind::Form, value) => form(value),
        // XML that an author wrote is XML already.
        (MediaKind::Xml, Value::String(text)) => text.to_string(),
        (MediaKind::Xml, value) => xml::document(api, &media.ty, value),
        (_, value) => text_of(value),
    };
    Bytes::from(text)
}

pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    }
}

fn form(value: &Value) -> String {
    let Value::Object(members) = value else {
        return String::new();
    };
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name.as_str()), encode(&text_of(value))))
        .collect();
    pairs.join("&")
}

/// Bytes that are what they say, where that takes few.
fn bytes_of(media_type: &str, operation: &Operation) -> Bytes {
    match media_type {
        "image/png" | "image/*" => Bytes::from_static(PNG),
        "application/pdf" => Bytes::from_static(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
        _ => Bytes::from(format!("The bytes that `{}` answers with.\n", operation.id)),
    }
}
