//! Places in source text: a file and a byte range.

use serde::Serialize;

/// A file known to [`Sources`](crate::Sources); the default names no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SourceId(pub(crate) u32);

impl SourceId {
    /// The id that belongs to no file.
    pub const NONE: SourceId = SourceId(u32::MAX);
}

impl Default for SourceId {
    fn default() -> Self {
        SourceId::NONE
    }
}

/// A byte range in one file. The default is "no place".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `start..end` bytes in `source`.
    #[must_use]
    pub const fn new(source: SourceId, start: u32, end: u32) -> Span {
        Span { source, start, end }
    }

    /// Whether the span names no place.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.source == SourceId::NONE
    }
}
