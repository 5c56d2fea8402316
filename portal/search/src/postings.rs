//! tantivy's part: one segment in memory, and what a term weighs in an entry.
//!
//! 1. Each field of an entry is a tantivy field with term frequencies and lengths.
//! 2. A term's weight in a field is BM25 (`K1` 1.2, `B` 0.75) times the weight of the field.
//! 3. Fields form two tiers: what the browser loads first, and the long texts. Entries of which there are very many lie
//!    wholly in the second. Within a tier a term weighs as much as in its best field, plus 0.3 of the others; rounded to a
//!    level, so that every reader computes with the same integers.

use crate::tokens::Analyser;
use crate::{Entry, Error};
use std::sync::Arc;
use tantivy::directory::RamDirectory;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{DocSet as _, IndexSettings, InvertedIndexReader, TERMINATED, TantivyDocument, Term};

/// The writer's memory; more than it takes only delays its first allocation.
const MEMORY: usize = 64 << 20;
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Points for each unit of BM25.
const POINTS: f64 = 32.0;
/// Weights lie on this many levels, each a quarter above the one before: one digit in an exported file.
const LEVELS: u8 = 32;
const STEP: f64 = 1.25;
const LOWEST: f64 = 4.0;

/// The most words that one term is said to cover.
pub(crate) const MAX_COVER: u32 = 7;

/// What the browser loads when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Titles, ids, paths and tags.
    First,
    /// Names, bodies and response fields.
    Second,
}

struct FieldPlan {
    name: &'static str,
    tier: Tier,
    weight: f64,
    cover: Cover,
    text: fn(&Entry) -> String,
}

/// Whether the frequency in a field tells how much of the title or of the id a term covers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cover {
    Title,
    Id,
    Nothing,
}

const FIELDS: [FieldPlan; 8] = [
    FieldPlan {
        name: "title",
        tier: Tier::First,
        weight: 5.0,
        cover: Cover::Title,
        text: |entry| entry.title.clone(),
    },
    FieldPlan {
        name: "id",
        tier: Tier::First,
        weight: 3.0,
        cover: Cover::Id,
        text: |entry| entry.operation_id.clone(),
    },
    FieldPlan {
        name: "path",
        tier: Tier::First,
        weight: 2.5,
        cover: Cover::Nothing,
        text: |entry| entry.path.clone(),
    },
    // What a path ends in is what an operation is about.
    FieldPlan {
        name: "end",
        tier: Tier::First,
        weight: 2.0,
        cover: Cover::Nothing,
        text: |entry| {
            let segments = entry.path.rsplit('/');
            let mut named = segments.filter(|it| !it.is_empty() && !it.contains('{'));
            named.next().unwrap_or_default().to_owned()
        },
    },
    FieldPlan {
        name: "names",
        tier: Tier::Second,
        weight: 2.0,
        cover: Cover::Nothing,
        text: |entry| entry.names.join("\n"),
    },
    FieldPlan {
        name: "tags",
        tier: Tier::First,
        weight: 1.0,
        cover: Cover::Nothing,
        text: |entry| {
            let words = entry.tags.iter().chain(&entry.categories);
            words.map(String::as_str).collect::<Vec<_>>().join("\n")
        },
    },
    FieldPlan {
        name: "body",
        tier: Tier::Second,
        weight: 0.8,
        cover: Cover::Nothing,
        text: |entry| format!("{}\n{}", entry.summary, entry.body),
    },
    FieldPlan {
        name: "response",
        tier: Tier::Second,
        weight: 0.25,
        cover: Cover::Nothing,
        text: |entry| entry.response_fields.join("\n"),
    },
];

/// A term in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Posting {
    /// The number of the entry.
    pub(crate) entry: u32,
    /// How much it weighs there: one of [`levels`].
    pub(crate) level: u8,
    /// How many words of the title it covers.
    pub(crate) title: u32,
    /// How many words of the operation id it covers.
    pub(crate) id: u32,
}

/// The postings of all terms.
pub(crate) struct Postings {
    fields: Vec<Reader>,
    entries: f64,
    /// The first of the entries that lie wholly in the second tier.
    deep: u32,
}

/// A term in a field of an entry.
#[derive(Debug, Clone, Copy)]
struct Found {
    entry: u32,
    weight: f64,
    tier: Tier,
    title: u32,
    id: u32,
}

struct Reader {
    plan: &'static FieldPlan,
    field: Field,
    index: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    mean_length: f64,
}

impl Postings {
    /// Indexes the entries; the number of an entry is its place in the slice.
    pub(crate) fn build(entries: &[Entry], deep: u32) -> Result<Postings, Error> {
        let mut schema = Schema::builder();
        let fields: Vec<Field> = FIELDS
            .iter()
            .map(|plan| {
                let tokenizer = if plan.cover == Cover::Nothing {
                    "text"
                } else {
                    "titles"
                };
                let indexing = TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_fieldnorms(true)
                    .set_index_option(IndexRecordOption::WithFreqs);
                schema.add_text_field(
                    plan.name,
                    TextOptions::default().set_indexing_options(indexing),
                )
            })
            .collect();
        let tokenizers = TokenizerManager::new();
        tokenizers.register("text", Analyser::text());
        tokenizers.register("titles", Analyser::titles());
        let mut writer = tantivy::Index::builder()
            .schema(schema.build())
            .tokenizers(tokenizers)
            .settings(IndexSettings {
                docstore_compress_dedicated_thread: false,
                ..IndexSettings::default()
            })
            .single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        for entry in entries {
            let mut document = TantivyDocument::default();
            for (plan, field) in FIELDS.iter().zip(&fields) {
                document.add_text(*field, (plan.text)(entry));
            }
            writer.add_document(document)?;
        }
        Postings::open(&writer.finalize()?, &fields, entries.len(), deep)
    }

    fn open(
        index: &tantivy::Index,
        fields: &[Field],
        entries: usize,
        deep: u32,
    ) -> Result<Postings, Error> {
        let searcher = index.reader()?.searcher();
        let mut readers = Vec::new();
        // No entries, no segment.
        for segment in searcher.segment_readers() {
            for (plan, field) in FIELDS.iter().zip(fields) {
                let inverted = segment.inverted_index(*field)?;
                let mean_length = inverted.total_num_tokens() as f64 / entries.max(1) as f64;
                readers.push(Reader {
                    plan,
                    field: *field,
                    lengths: segment.get_fieldnorms_reader(*field)?,
                    index: inverted,
                    mean_length,
                });
            }
        }
        Ok(Postings {
            fields: readers,
            entries: entries as f64,
            deep,
        })
    }

    /// All terms, sorted.
    pub(crate) fn terms(&self) -> Result<Vec<String>, Error> {
        let mut terms = Vec::new();
        for reader in &self.fields {
            let mut stream = reader.index.terms().stream()?;
            while stream.advance() {
                terms.push(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        terms.sort_unstable();
        terms.dedup();
        Ok(terms)
    }

    /// Where a term stands in the tiers, in the order of the entries.
    pub(crate) fn of_term(&self, term: &str) -> [Vec<Posting>; 2] {
        let mut found = Vec::new();
        for reader in &self.fields {
            reader.collect(term, self, &mut found);
        }
        // Stable: equals keep the order of the fields, so that the sums below are always made alike.
        found.sort_by_key(|found| (found.tier as u8, found.entry));
        let mut tiers = [Vec::new(), Vec::new()];
        for fields in found.chunk_by(|a, b| (a.tier, a.entry) == (b.tier, b.entry)) {
            let best = fields.iter().map(|field| field.weight).fold(0.0, f64::max);
            let sum: f64 = fields.iter().map(|field| field.weight).sum();
            let covered = |of: fn(&Found) -> u32| fields.iter().map(of).sum::<u32>().min(MAX_COVER);
            tiers[fields[0].tier as usize].push(Posting {
                entry: fields[0].entry,
                level: level(best + 0.3 * (sum - best)),
                title: covered(|field| field.title),
                id: covered(|field| field.id),
            });
        }
        tiers
    }

    /// The level of a word that says what `count` entries are.
    pub(crate) fn level_of_kind(&self, count: u32) -> u8 {
        level(self.rarity(f64::from(count)))
    }

    fn rarity(&self, frequency: f64) -> f64 {
        (1.0 + (self.entries - frequency + 0.5) / (frequency + 0.5)).ln()
    }
}

impl Reader {
    fn collect(&self, term: &str, all: &Postings, found: &mut Vec<Found>) {
        let term = Term::from_field_text(self.field, term);
        let postings = self
            .index
            .read_postings(&term, IndexRecordOption::WithFreqs)
            .expect("the index lies in memory and is whole");
        let Some(mut postings) = postings else {
            return;
        };
        let rarity = all.rarity(f64::from(postings.doc_freq()));
        let mut entry = postings.doc();
        while entry != TERMINATED {
            let count = postings.term_freq();
            let times = f64::from(count);
            let length = f64::from(self.lengths.fieldnorm(entry));
            // How much of a title is covered says more than how long it is.
            let b = if self.plan.cover == Cover::Nothing {
                B
            } else {
                B / 3.0
            };
            let saturation = times + K1 * (1.0 - b + b * length / self.mean_length);
            let covers = |cover| if self.plan.cover == cover { count } else { 0 };
            found.push(Found {
                entry,
                weight: self.plan.weight * rarity * times * (K1 + 1.0) / saturation,
                tier: if entry < all.deep {
                    self.plan.tier
                } else {
                    Tier::Second
                },
                title: covers(Cover::Title),
                id: covers(Cover::Id),
            });
            entry = postings.advance();
        }
    }
}

impl std::fmt::Debug for Postings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Postings")
            .field("entries", &self.entries)
            .finish_non_exhaustive()
    }
}

/// The level that is nearest to a weight in units of BM25.
fn level(weight: f64) -> u8 {
    let level = (weight * POINTS / LOWEST).ln() / STEP.ln();
    level.round().clamp(0.0, f64::from(LEVELS - 1)) as u8
}

/// The points of each level.
pub(crate) fn levels() -> Vec<u32> {
    let mut points = LOWEST;
    let mut levels = Vec::new();
    for _ in 0..LEVELS {
        levels.push(points.round() as u32);
        points *= STEP;
    }
    levels
}
