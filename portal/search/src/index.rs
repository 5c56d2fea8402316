//! Entries that can be searched.

use crate::analyse::words;
use crate::lexicon::Lexicon;
use crate::plan::Plan;
use crate::postings::Postings;
use crate::query::{Facets, MAX_LIMIT};
use crate::search::{Shape, answer};
use crate::words::is_stop;
use crate::{Entry, Hit, Query, Results, export};
use indexmap::IndexMap;

/// Why no index could be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two entries share an id.
    #[error("two search entries share the id `{0}`")]
    DuplicateId(String),
    /// tantivy refused.
    #[error("could not build the search index")]
    Tantivy(#[from] tantivy::TantivyError),
    /// tantivy could not read what it wrote.
    #[error("could not read the search index")]
    Io(#[from] std::io::Error),
}

/// Entries that can be searched.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Entry>,
    shapes: Vec<Shape>,
    lexicon: Lexicon,
    postings: Postings,
}

impl Index {
    /// Indexes `entries`, in any order.
    ///
    /// # Errors
    /// When two entries share an id, or tantivy refuses.
    pub fn build(mut entries: Vec<Entry>) -> Result<Index, Error> {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = entries.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(Error::DuplicateId(pair[0].id.clone()));
        }
        let postings = Postings::build(&entries)?;
        Ok(Index {
            shapes: entries.iter().map(shape).collect(),
            lexicon: Lexicon::read(&postings)?,
            postings,
            entries,
        })
    }

    /// All entries, sorted by id.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Results<'_> {
        let find = |methods| {
            let plan = Plan::new(&query.text, methods);
            answer(
                &plan,
                &self.entries,
                &self.shapes,
                &self.lexicon,
                &self.postings,
            )
        };
        let mut found = find(true);
        if found.is_empty() {
            // `PATCH notes`: no method after all.
            found = find(false);
        }
        let passing = |skip: Option<Filter>| {
            let entries = found
                .iter()
                .map(|(number, _)| &self.entries[*number as usize]);
            entries.filter(move |entry| query.passes(entry, skip))
        };
        let facets = Facets {
            kinds: count(passing(Some(Filter::Kind)).map(|entry| entry.kind.name())),
            apis: count(
                passing(Some(Filter::Api))
                    .map(|entry| entry.api.clone())
                    .filter(|api| !api.is_empty()),
            ),
            methods: count(
                passing(Some(Filter::Method))
                    .map(|entry| entry.method.clone())
                    .filter(|method| !method.is_empty()),
            ),
            deprecated: passing(Some(Filter::Deprecated))
                .filter(|entry| entry.deprecated)
                .count(),
        };
        let total = passing(None).count();
        found.retain(|(number, _)| query.passes(&self.entries[*number as usize], None));
        let hits = found
            .into_iter()
            .skip(query.offset)
            .take(query.limit.min(MAX_LIMIT))
            .map(|(number, score)| Hit {
                entry: &self.entries[number as usize],
                score,
            })
            .collect();
        Results {
            hits,
            total,
            facets,
        }
    }

    /// The static files for `search-reader.js`: relative path and bytes, to be placed in one folder.
    #[must_use]
    pub fn export(&self) -> Vec<(String, Vec<u8>)> {
        export::files(&self.entries, &self.shapes, &self.lexicon, &self.postings)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Kind,
    Api,
    Method,
    Deprecated,
}

impl Query {
    /// Whether an entry passes all filters but `skip`.
    fn passes(&self, entry: &Entry, skip: Option<Filter>) -> bool {
        let open = |filter, empty: bool| empty || skip == Some(filter);
        (open(Filter::Kind, self.kinds.is_empty()) || self.kinds.contains(&entry.kind))
            && (open(Filter::Api, self.apis.is_empty()) || self.apis.contains(&entry.api))
            && (open(Filter::Method, self.methods.is_empty())
                || self.methods.contains(&entry.method))
            && (skip == Some(Filter::Deprecated)
                || self
                    .deprecated
                    .is_none_or(|deprecated| deprecated == entry.deprecated))
    }
}

/// The most frequent first, equals by name.
fn count<T: Eq + Ord + std::hash::Hash>(values: impl Iterator<Item = T>) -> IndexMap<T, usize> {
    let mut counts: IndexMap<T, usize> = IndexMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.sort_by(|a, a_count, b, b_count| b_count.cmp(a_count).then_with(|| a.cmp(b)));
    counts
}

fn shape(entry: &Entry) -> Shape {
    let counting = |text: &str| {
        let words = words(text);
        let parts = words.iter().flat_map(|word| &word.parts);
        parts.filter(|part| !is_stop(&part.raw)).count() as u64
    };
    let shown = if entry.path.is_empty() {
        &entry.title
    } else {
        &entry.path
    };
    Shape {
        title: counting(&entry.title),
        id: counting(&entry.operation_id),
        length: shown.encode_utf16().count(),
    }
}
