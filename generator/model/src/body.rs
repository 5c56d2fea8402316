//! What travels in bodies: requests, responses, headers, links.

use crate::{
    Docs, Example, Location, Name, ParameterEncoding, PrimitiveKind, Server, TypeRef, Value,
};
use portolan_source::Span;
use serde::Serialize;
use std::borrow::Cow;

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    /// Whether a request without it is refused.
    pub required: bool,
    /// What it means.
    pub docs: Docs,
    /// The forms it may take, in document order.
    pub content: Vec<MediaType>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

impl Body {
    /// The form that a call uses unless told otherwise: JSON, else a form, else the document's first.
    #[must_use]
    pub fn preferred(&self) -> Option<&MediaType> {
        let of = |kind: MediaKind| self.content.iter().find(|media| media.kind == kind);
        of(MediaKind::Json)
            .or_else(|| of(MediaKind::Multipart))
            .or_else(|| of(MediaKind::Form))
            .or(self.content.first())
    }

    /// All forms, the preferred one first.
    pub fn forms(&self) -> impl Iterator<Item = &MediaType> {
        let preferred = self.preferred();
        let others = self.content.iter().filter(move |media| {
            preferred.is_none_or(|preferred| !std::ptr::eq(*media, preferred))
        });
        preferred.into_iter().chain(others)
    }
}

/// One form of a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MediaType {
    /// As written, e.g. `application/json; charset=utf-8` or `image/*`.
    pub name: Name,
    /// How it is written and read.
    pub kind: MediaKind,
    /// What it holds; for a stream the whole, mostly `Any`.
    pub ty: TypeRef,
    /// What each item of a stream holds (OpenAPI 3.2: `itemSchema`).
    pub item: Option<TypeRef>,
    /// Per property, how the parts of a form or multipart body are written.
    pub encodings: Vec<Encoding>,
    /// By position, how the first parts of a multipart body are written (OpenAPI 3.2: `prefixEncoding`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefix_encodings: Vec<Encoding>,
    /// How all further parts are written (OpenAPI 3.2: `itemEncoding`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_encoding: Option<Box<Encoding>>,
    /// The author's examples.
    pub examples: Vec<Example>,
}

/// The families of media types that are written and read alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// `application/json` and all `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/event-stream`.
    EventStream,
    /// `application/jsonl`, `application/x-ndjson`, `application/json-seq` and their like.
    JsonLines,
    /// `application/xml`, `text/xml` and all `+xml`.
    Xml,
    /// Other `text/*`.
    Text,
    /// All else: bytes.
    Binary,
}

impl MediaKind {
    /// The family of a media type, parameters such as `charset` ignored.
    #[must_use]
    pub fn of(media_type: &str) -> MediaKind {
        let essence = media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" | "application/x-json" | "text/x-json" | "*/*"
            | "application/*" => MediaKind::Json,
            "application/x-www-form-urlencoded" => MediaKind::Form,
            "text/event-stream" => MediaKind::EventStream,
            "application/jsonl"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/stream+json"
            | "application/x-json-stream" => MediaKind::JsonLines,
            "application/xml" | "text/xml" => MediaKind::Xml,
            other if other.starts_with("multipart/") => MediaKind::Multipart,
            other if other.ends_with("+json") => MediaKind::Json,
            other if other.ends_with("+json-seq") => MediaKind::JsonLines,
            other if other.ends_with("+xml") => MediaKind::Xml,
            other if other.starts_with("text/") => MediaKind::Text,
            _ => MediaKind::Binary,
        }
    }

    /// Whether a media type stands for several, e.g. `image/*`; a star in its parameters does not count.
    #[must_use]
    pub fn is_range(media_type: &str) -> bool {
        let essence = media_type.split(';').next().unwrap_or_default();
        essence.contains('*')
    }

    /// Whether the body arrives item by item.
    #[must_use]
    pub fn is_stream(self) -> bool {
        matches!(self, MediaKind::EventStream | MediaKind::JsonLines)
    }
}

/// How one part of a form or multipart body is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Encoding {
    /// The property; empty for a part that is known by its position.
    pub property: Name,
    /// The part's own media type, or a list of allowed ones separated by commas.
    pub content_type: Option<String>,
    /// The part's own headers.
    pub headers: Vec<Header>,
    /// For forms: how the value becomes text.
    pub encoding: Option<ParameterEncoding>,
    /// For a part that has parts of its own, as in [`MediaType::encodings`] (OpenAPI 3.2).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encodings: Vec<Encoding>,
    /// As in [`MediaType::prefix_encodings`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefix_encodings: Vec<Encoding>,
    /// As in [`MediaType::item_encoding`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_encoding: Option<Box<Encoding>>,
}

impl Encoding {
    /// The headers that the part may have; what it is, its media type says (OpenAPI 3.1.1, 4.8.15.1).
    pub fn own_headers(&self) -> impl Iterator<Item = &Header> {
        let headers = self.headers.iter();
        headers.filter(|header| !header.name.as_str().eq_ignore_ascii_case("content-type"))
    }

    /// The headers of the part whose values the document fixes (`const`), so that nobody needs to give them.
    pub fn fixed_headers(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.own_headers().filter_map(|header| {
            let value = match &header.ty {
                TypeRef::Literal(Value::String(text)) => Cow::Borrowed(&**text),
                TypeRef::Literal(value @ (Value::Number(_) | Value::Bool(_))) => {
                    Cow::Owned(value.to_json())
                }
                _ => return None,
            };
            Some((header.name.as_str(), value))
        })
    }
}

/// An answer of an operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// The statuses it stands for.
    pub status: Status,
    /// What it means.
    pub docs: Docs,
    /// Headers that come with it.
    pub headers: Vec<Header>,
    /// The forms of its body; empty when it has none.
    pub content: Vec<MediaType>,
    /// What can be called next.
    pub links: Vec<Link>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

impl Response {
    /// The forms to ask for: where there is JSON, what says the same in another language (XML, YAML, text, bytes) is not.
    /// Streams, which say it in another way, are.
    pub fn preferred(&self) -> impl Iterator<Item = &MediaType> {
        let is_data = |media: &MediaType| {
            let is_file = matches!(&media.ty, TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Binary);
            media.kind == MediaKind::Json && !is_file
        };
        let has_data = self.content.iter().any(is_data);
        self.content
            .iter()
            .filter(move |media| !has_data || media.kind.is_stream() || is_data(media))
    }
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One.
    Exact(u16),
    /// A hundred, by their first digit: `Range(4)` is `4XX`.
    Range(u8),
    /// All that no other response names.
    Default,
}

impl Status {
    /// Whether it stands for `status`.
    #[must_use]
    pub fn matches(self, status: u16) -> bool {
        match self {
            Status::Exact(exact) => exact == status,
            Status::Range(digit) => u16::from(digit) == status / 100,
            Status::Default => true,
        }
    }

    /// Whether it stands for success: 2xx.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Status::Exact(200..=299) | Status::Range(2))
    }

    /// Whether it stands for failure: 4xx, 5xx, or all the rest.
    #[must_use]
    pub fn is_error(self) -> bool {
        matches!(
            self,
            Status::Exact(400..) | Status::Range(4..) | Status::Default
        )
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Status::Exact(status) => write!(formatter, "{status}"),
            Status::Range(digit) => write!(formatter, "{digit}XX"),
            Status::Default => formatter.write_str("default"),
        }
    }
}

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A header of a response or of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Header {
    /// As written; compared without case.
    pub name: Name,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it always comes.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it means.
    pub docs: Docs,
    /// How its value becomes text: `simple`, or a media type.
    pub encoding: ParameterEncoding,
    /// The author's examples.
    pub examples: Vec<Example>,
}

/// What can be called with the values of a response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Its key.
    pub name: Name,
    /// The id of the operation, when it is one of this API.
    pub operation: Option<Name>,
    /// Where the operation is, as written, when it is none of this API (`operationRef`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What fills the parameters of the operation.
    pub parameters: Vec<LinkParameter>,
    /// What is sent as its body: a runtime expression or a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<Value>,
    /// Where it answers, when not where it always does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Server>,
    /// What it is for.
    pub description: Option<String>,
}

/// A parameter of a link.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkParameter {
    /// Its name, without the location that may stand before it (`path.id`).
    pub name: Name,
    /// Where it travels, when the link says so.
    pub location: Option<Location>,
    /// A runtime expression or a value.
    pub value: Value,
}
