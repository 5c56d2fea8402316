//! Values that a caller gives beside the body.

use crate::{Docs, Encoding, Name, TypeRef, Value};
use portolan_source::Span;
use serde::Serialize;

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// As on the wire.
    pub name: Name,
    /// Where it travels.
    pub location: Location,
    /// Whether a request without it is refused; always true in a path.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it means.
    pub docs: Docs,
    /// How its value becomes text.
    pub encoding: ParameterEncoding,
    /// What it holds.
    pub ty: TypeRef,
    /// What the server takes when it is absent.
    pub default: Option<Value>,
    /// The author's examples.
    pub examples: Vec<Example>,
    /// Query only: may be sent as a bare name.
    pub allow_empty_value: bool,
    /// For a whole query that is written as a form: how its members become text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encodings: Vec<Encoding>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// In the path template.
    Path,
    /// After the question mark, by name.
    Query,
    /// The whole text after the question mark (OpenAPI 3.2: `querystring`).
    Querystring,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How the value of a parameter becomes text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterEncoding {
    /// By the style table (OpenAPI 3.0.4, 4.8.12.3), defaults already filled in.
    Style {
        /// The row of the table.
        style: Style,
        /// Whether items and members become parts of their own.
        explode: bool,
        /// Whether RFC 3986's reserved characters go unescaped.
        allow_reserved: bool,
    },
    /// Serialized as this media type.
    Content {
        /// Such as `application/json`.
        media_type: String,
    },
}

/// The rows of OpenAPI's style table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the words of the standard")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
}

impl Style {
    /// The word of the standard (OpenAPI 3.2, 4.12.2.2 "Style Values").
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Style::Matrix => "matrix",
            Style::Label => "label",
            Style::Simple => "simple",
            Style::Form => "form",
            Style::SpaceDelimited => "spaceDelimited",
            Style::PipeDelimited => "pipeDelimited",
            Style::DeepObject => "deepObject",
            Style::Cookie => "cookie",
        }
    }
}

/// An example that the author gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Its key under `examples`; `None` for a bare `example`.
    pub name: Option<Name>,
    /// One line.
    pub summary: Option<String>,
    /// More lines.
    pub description: Option<String>,
    /// The value as data; `None` when it is only linked or only given serialized.
    pub value: Option<Value>,
    /// The value as it is on the wire (OpenAPI 3.2: `serializedValue`).
    pub serialized: Option<String>,
    /// Where the value can be found (`externalValue`); never fetched.
    pub external: Option<String>,
}
