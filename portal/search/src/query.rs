//! What is asked, and what is answered.

use crate::{Entry, Kind};
use indexmap::IndexMap;
use serde::Serialize;

/// The characters of a text that are looked at; the rest is ignored.
pub(crate) const MAX_TEXT: usize = 256;
/// The most hits that one answer gives.
pub(crate) const MAX_LIMIT: usize = 100;

/// A question. Empty filters let everything pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the person typed; only the first 256 characters count.
    pub text: String,
    /// Only these kinds.
    pub kinds: Vec<Kind>,
    /// Only these APIs.
    pub apis: Vec<String>,
    /// Only these methods, in capitals.
    pub methods: Vec<String>,
    /// Only what is listed under one of these categories.
    pub categories: Vec<String>,
    /// Only what one of these ways to prove oneself opens.
    pub authentication: Vec<String>,
    /// Only deprecated ones, or only others.
    pub deprecated: Option<bool>,
    /// How many hits at most; never more than 100.
    pub limit: usize,
    /// How many hits to pass over.
    pub offset: usize,
}

impl Query {
    /// The first twenty hits for a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Query {
        Query {
            text: text.into(),
            kinds: Vec::new(),
            apis: Vec::new(),
            methods: Vec::new(),
            categories: Vec::new(),
            authentication: Vec::new(),
            deprecated: None,
            limit: 20,
            offset: 0,
        }
    }
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Results<'a> {
    /// The wanted part of all hits, the best first.
    pub hits: Vec<Hit<'a>>,
    /// How many hits there are in all.
    pub total: usize,
    /// How the hits divide.
    pub facets: Facets,
}

/// One entry that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hit<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// How well it fits; comparable within one answer.
    pub score: u64,
}

/// Counts of hits by what they are. Each facet is counted with the filters of the others but without its own, so that a
/// person sees what a further choice would bring. The most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By kind.
    pub kinds: IndexMap<&'static str, usize>,
    /// By API.
    pub apis: IndexMap<String, usize>,
    /// By method.
    pub methods: IndexMap<String, usize>,
    /// By category; an entry may have several.
    pub categories: IndexMap<String, usize>,
    /// By authentication; an entry may take several.
    pub authentication: IndexMap<String, usize>,
    /// How many are deprecated.
    pub deprecated: usize,
}
