//! The index as static files, which `search-reader.js` loads as scripts: so they work from `file://` and under a strict CSP.
//!
//! - `index.js`, the first tier: classes, what a score needs of each entry, the terms of titles, ids, paths and tags with
//!   their postings, the word lists, and which key begins which shard.
//! - `body-N-BUILD.js`, shards of the second tier: the terms of a few [keys](crate::lexicon::key), with their postings.
//! - `list-N-BUILD.js`: postings of the second tier that are too long for a shard; they load when their term is meant.
//! - `text-N-BUILD.js`: what is shown of some entries in a row, which only hits need.
//! - `paths-BUILD.js`: path templates, for those who ask for one.
//!
//! Each is one call, `portolan.search.receive(NAME, DATA)`. `BUILD` is a hash of all, so that files of two builds never meet.

use crate::class::{Classes, Verb};
use crate::coding::{Columns, Hash, Numbers, Written, script};
use crate::lexicon::key;
use crate::postings::levels;
use crate::search::Shape;
use crate::terms::Terms;
use crate::words::{STOP, synonyms};
use crate::{Entry, Kind};
use rayon::prelude::*;
use serde_json::{Value, json};

/// Bytes after which a shard ends, at the next key.
const SHARD: usize = 3 << 10;
/// More postings than these do not lie in a shard.
const LONG: usize = 64;
/// Entries whose texts lie in one file.
pub(crate) const BLOCK: usize = 10;

/// What an index consists of.
pub(crate) struct Parts<'a> {
    pub(crate) entries: &'a [Entry],
    pub(crate) shapes: &'a [Shape],
    pub(crate) classes: &'a Classes,
    pub(crate) factors: &'a [[u64; 2]],
    pub(crate) terms: &'a Terms,
    /// The first of the entries that lie wholly in the second tier.
    pub(crate) deep: usize,
}

pub(crate) fn files(parts: &Parts<'_>) -> Vec<(String, Vec<u8>)> {
    let (starts, shards, lists) = parts.second();
    let mut index = parts.first();
    index["shards"] = json!(starts);
    let named = |name: &'static str, all: Vec<Value>| {
        let named = all.into_iter().enumerate();
        named.map(move |(number, data)| (format!("{name}-{number}"), data))
    };
    let mut rest: Vec<(String, Value)> = vec![("paths".to_owned(), parts.paths())];
    rest.extend(named("body", shards));
    rest.extend(named("list", lists));
    rest.extend(named("text", parts.texts()));
    let mut hash = Hash::default();
    hash.add(&index.to_string());
    rest.iter()
        .for_each(|(_, data)| hash.add(&data.to_string()));
    let build = hash.text();
    index["build"] = json!(build);
    let mut files = vec![script("index", &index)];
    files.par_extend(
        rest.par_iter()
            .map(|(name, data)| script(&format!("{name}-{build}"), data)),
    );
    files
}

impl Parts<'_> {
    /// What is loaded when somebody begins to search.
    fn first(&self) -> Value {
        let mut columns = Columns::default();
        for term in 0..self.terms.len() as u32 {
            let [first, _] = self.terms.postings(term);
            let postings: Vec<Written> = first
                .map(|(entry, level, cover)| Written {
                    entry,
                    level,
                    cover: Some(cover),
                    facts: None,
                })
                .collect();
            if !postings.is_empty() {
                columns.push(self.terms.text(term), &postings);
            }
        }
        let known = &self.classes.of[..self.deep];
        let shapes = &self.shapes[..self.deep];
        let digits = |digit: fn(&Shape) -> u8| numbers(shapes.iter().map(|it| digit(it).into()));
        let same: Vec<String> = synonyms().iter().map(|group| group.join(" ")).collect();
        let kinds: Vec<String> = self
            .terms
            .kinds()
            .map(|(term, level)| format!("{term} {level}"))
            .collect();
        json!({
            "kinds": Kind::ALL.map(Kind::name),
            "apis": self.classes.apis,
            "methods": self.classes.methods,
            "verbs": Verb::ALL,
            "categories": self.classes.categories,
            "authentication": self.classes.authentication,
            "classes": self.class_table(),
            "of": numbers(known.iter().map(|class| u64::from(*class))),
            "titles": digits(|shape| shape.title),
            "ids": digits(|shape| shape.id + 8 * u8::from(shape.led)),
            "lengths": digits(|shape| shape.length),
            "first": columns.data(),
            "named": kinds,
            "points": levels(),
            "stop": STOP.join(" "),
            "same": same,
            "block": BLOCK,
        })
    }

    fn class_table(&self) -> String {
        let mut table = Numbers::default();
        for (class, factor) in self.classes.list.iter().zip(self.factors) {
            table.push(class.kind as u64);
            table.push(class.api as u64);
            table.push(class.method as u64);
            table.push(u64::from(class.deprecated));
            factor.iter().for_each(|factor| table.push(*factor));
            table.push(class.verb as u64);
            for numbers in [&class.categories, &class.authentication] {
                table.push(numbers.len() as u64);
                numbers.iter().for_each(|number| table.push(*number as u64));
            }
        }
        table.text().to_owned()
    }

    /// The first key of each shard, the shards, and the long lists.
    fn second(&self) -> (Vec<&str>, Vec<Value>, Vec<Value>) {
        let mut terms: Vec<u32> = (0..self.terms.len() as u32)
            .filter(|term| self.terms.is_in_second(*term))
            .collect();
        // As JavaScript sorts.
        let text = |term: &u32| self.terms.text(*term);
        terms.sort_by(|a, b| text(a).encode_utf16().cmp(text(b).encode_utf16()));
        let (mut starts, mut shards, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        let (mut shard, mut list) = (Columns::default(), Columns::default());
        let mut in_lists = Vec::new();
        for of_key in terms.chunk_by(|a, b| key(text(a)) == key(text(b))) {
            if shard.size() >= SHARD {
                shards.push(finish(&mut shard, &mut in_lists));
            }
            if shard.size() == 0 {
                starts.push(key(text(&of_key[0])));
            }
            for term in of_key {
                let postings = self.written(*term);
                if postings.len() <= LONG {
                    shard.push(text(term), &postings);
                    continue;
                }
                if list.size() >= SHARD {
                    lists.push(std::mem::take(&mut list).data());
                }
                shard.push(text(term), &[]);
                in_lists.push(lists.len());
                list.push(text(term), &postings);
            }
        }
        if shard.size() > 0 {
            shards.push(finish(&mut shard, &mut in_lists));
        }
        if list.size() > 0 {
            lists.push(list.data());
        }
        (starts, shards, lists)
    }

    fn written(&self, term: u32) -> Vec<Written> {
        let [_, second] = self.terms.postings(term);
        let written = |(entry, level, cover): (u32, u8, u8)| {
            let at = entry as usize;
            let deep = at >= self.deep;
            Written {
                entry,
                level,
                cover: deep.then_some(cover),
                facts: deep.then(|| (self.classes.of[at], self.shapes[at].title)),
            }
        };
        second.map(written).collect()
    }

    /// Title, path, address and summary of the entries, some in a row.
    fn texts(&self) -> Vec<Value> {
        let blocks = self.entries.par_chunks(BLOCK).map(|entries| {
            let texts: Vec<Value> = entries
                .iter()
                .flat_map(|entry| {
                    let summary = entry.short_summary();
                    [
                        json!(entry.title),
                        json!(entry.path),
                        json!(entry.address),
                        json!(summary),
                    ]
                })
                .collect();
            json!(texts)
        });
        blocks.collect()
    }

    fn paths(&self) -> Value {
        let (mut distances, mut next) = (Numbers::default(), 0);
        let mut paths = Vec::new();
        for (number, entry) in self.entries.iter().enumerate() {
            if !entry.path.is_empty() {
                distances.push((number - next) as u64);
                paths.push(entry.path.as_str());
                next = number + 1;
            }
        }
        json!({ "distances": distances.text(), "paths": paths })
    }
}

/// A shard, with the number of the file for each of its terms whose list lies elsewhere.
fn finish(shard: &mut Columns, in_lists: &mut Vec<usize>) -> Value {
    let mut data = std::mem::take(shard).data();
    data["lists"] = json!(numbers(in_lists.drain(..).map(|number| number as u64)));
    data
}

fn numbers(all: impl Iterator<Item = u64>) -> String {
    let mut numbers = Numbers::default();
    all.for_each(|number| numbers.push(number));
    numbers.text().to_owned()
}
