//! Entries that can be searched.

use crate::analyse::words;
use crate::class::Classes;
use crate::lexicon::Lexicon;
use crate::path::Paths;
use crate::plan::Plan;
use crate::postings::Postings;
use crate::query::MAX_LIMIT;
use crate::scratch::{Pool, Scratch};
use crate::search::{Answer, Known, Shape};
use crate::terms::Terms;
use crate::words::is_stop;
use crate::{Entry, Hit, Query, Results, export};
use std::cmp::Reverse;

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
    classes: Classes,
    factors: Vec<[u64; 2]>,
    terms: Terms,
    lexicon: Lexicon,
    paths: Paths,
    deep: u32,
    pool: Pool,
}

/// A hit in the making: what it is sorted by, the best first.
type Rank = (Reverse<u64>, u8, u32);

impl Index {
    /// Indexes `entries`, in any order.
    ///
    /// # Errors
    /// When two entries share an id, or tantivy refuses.
    pub fn build(mut entries: Vec<Entry>) -> Result<Index, Error> {
        entries.sort_by(|a, b| (a.kind.is_deep(), &a.id).cmp(&(b.kind.is_deep(), &b.id)));
        if let Some(pair) = entries.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(Error::DuplicateId(pair[0].id.clone()));
        }
        let deep = entries.partition_point(|entry| !entry.kind.is_deep()) as u32;
        let classes = Classes::of(&entries);
        let terms = Terms::read(&Postings::build(&entries, deep)?, &classes)?;
        Ok(Index {
            shapes: entries.iter().map(shape).collect(),
            factors: classes.factors(),
            lexicon: Lexicon::of(&terms),
            paths: Paths::of(&entries),
            pool: Pool::of(entries.len()),
            classes,
            terms,
            deep,
            entries,
        })
    }

    /// All entries, in the order in which they are numbered.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The bytes that all postings and terms take in memory, without the entries themselves.
    #[must_use]
    pub fn size(&self) -> usize {
        self.terms.size()
    }

    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Results<'_> {
        let find = |methods| {
            let plan = Plan::new(&query.text, methods);
            self.pool.lend(|scratch| self.answer(&plan, query, scratch))
        };
        // `PATCH notes`: no method after all.
        find(true).or_else(|| find(false)).unwrap_or_default()
    }

    /// `None` when nothing is found, whatever the filters.
    fn answer(&self, plan: &Plan, query: &Query, scratch: &mut Scratch) -> Option<Results<'_>> {
        let known = Known {
            classes: &self.classes,
            factors: &self.factors,
            shapes: &self.shapes,
            terms: &self.terms,
            lexicon: &self.lexicon,
            paths: &self.paths,
            deep: self.deep,
        };
        let answer = Answer::find(&known, plan, scratch);
        if scratch.found.is_empty() {
            return None;
        }
        let refused = self.classes.refused(query);
        let mut of_class = vec![0; self.classes.list.len()];
        let mut total = 0;
        let last = query.offset.saturating_add(query.limit.min(MAX_LIMIT));
        let scorer = answer.scorer();
        let mut ranks: Vec<Rank> = Vec::new();
        let mut worst: Option<Rank> = None;
        for entry in &scratch.found {
            let sum = &scratch.sums[*entry as usize];
            if !answer.has_enough(sum) {
                continue;
            }
            let class = self.classes.of[*entry as usize] as usize;
            of_class[class] += 1;
            if refused[class] != 0 {
                continue;
            }
            total += 1;
            let score = scorer.score(*entry, sum);
            let rank = (Reverse(score), self.shapes[*entry as usize].length, *entry);
            if worst.is_some_and(|worst| rank > worst) {
                continue;
            }
            ranks.push(rank);
            // Most entries are far down: now and then the worse part is dropped.
            if last < ranks.len() / 2 && ranks.len() >= 256 {
                let (_, middle, _) = ranks.select_nth_unstable(last);
                worst = Some(*middle);
                ranks.truncate(last);
            }
        }
        ranks.sort_unstable();
        let hits = ranks.iter().take(last).skip(query.offset);
        Some(Results {
            hits: hits
                .map(|(score, _, entry)| Hit {
                    entry: &self.entries[*entry as usize],
                    score: score.0,
                })
                .collect(),
            total,
            facets: self.classes.facets(&of_class, &refused),
        })
    }

    /// The static files for `search-reader.js`: relative path and bytes, to be placed in one folder.
    #[must_use]
    pub fn export(&self) -> Vec<(String, Vec<u8>)> {
        export::files(&export::Parts {
            entries: &self.entries,
            shapes: &self.shapes,
            classes: &self.classes,
            factors: &self.factors,
            terms: &self.terms,
            deep: self.deep as usize,
        })
    }
}

fn shape(entry: &Entry) -> Shape {
    let counting = |text: &str| {
        let words = words(text);
        let parts = words.iter().flat_map(|word| &word.parts);
        let mut stems: Vec<&str> = parts
            .filter(|part| !is_stop(&part.raw))
            .map(|part| part.stem.as_str())
            .collect();
        stems.sort_unstable();
        stems.dedup();
        stems.len()
    };
    let shown = match entry.path.as_str() {
        _ if entry.kind.is_deep() => "",
        "" => &entry.title,
        path => path,
    };
    Shape::new(
        counting(&entry.title),
        counting(&entry.operation_id),
        shown.encode_utf16().count(),
        !entry.method.is_empty()
            && (entry.operation_id.to_lowercase()).starts_with(&entry.method.to_lowercase()),
    )
}
