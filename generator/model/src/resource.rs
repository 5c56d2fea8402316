//! Groups of operations.

use crate::{Docs, Name, Operation};
use portolan_source::Span;
use serde::Serialize;

/// A group of operations: a tag of the document, or a segment of the path where operations carry no tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// The tag as written, e.g. `books`.
    pub name: Name,
    /// What the tag says of itself.
    pub docs: Docs,
    /// What it offers, in document order.
    pub operations: Vec<Operation>,
    /// Resources inside it (OpenAPI 3.2: `parent`).
    pub resources: Vec<Resource>,
    /// Where the document lists the tag; no place when it does not.
    #[serde(skip)]
    pub span: Span,
}
