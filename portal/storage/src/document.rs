//! What is kept of a document.

/// A document that is to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Identifies it; whoever makes ids makes them from the content, so that one content has one id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version of its API.
    pub version: String,
    /// What its API is for, in one line.
    pub summary: Option<String>,
    /// The version of OpenAPI that it is written in.
    pub openapi_version: String,
    /// How many operations it has.
    pub operation_count: u32,
    /// When it came, in seconds since 1970.
    pub created_at: i64,
    /// Its bytes, as they came.
    pub content: Vec<u8>,
}

/// What is known of a document without looking into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its place in lists: later ones have higher ones, and none is given twice.
    pub sequence: i64,
    /// As in [`Document`].
    pub id: String,
    /// As in [`Document`].
    pub title: String,
    /// As in [`Document`].
    pub version: String,
    /// As in [`Document`].
    pub summary: Option<String>,
    /// As in [`Document`].
    pub openapi_version: String,
    /// As in [`Document`].
    pub operation_count: u32,
    /// As in [`Document`].
    pub created_at: i64,
    /// How many bytes it has.
    pub size: u64,
}
