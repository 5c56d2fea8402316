//! All terms with their postings, weighed once: what a query adds up, and what is exported.

use crate::Error;
use crate::class::Classes;
use crate::postings::{Posting, Postings, levels};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// The terms of one index, sorted; a term is known by its number.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// All texts, one behind the other.
    letters: String,
    starts: Vec<u32>,
    /// Per term: its postings in the first tier, and behind them those in the second.
    lists: Vec<(Range<usize>, Range<usize>)>,
    /// Terms that say what entries are: their level, and the classes.
    kinds: BTreeMap<u32, (u8, Vec<u32>)>,
    entries: Vec<u32>,
    levels: Vec<u8>,
    /// How many words of the title, and eight times how many of the id, a term covers.
    covers: Vec<u8>,
    /// The points of each level.
    points: Vec<u32>,
}

/// A term in an entry, both tiers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) entry: u32,
    pub(crate) points: u32,
    pub(crate) cover: u8,
}

impl Terms {
    pub(crate) fn read(postings: &Postings, classes: &Classes) -> Result<Terms, Error> {
        let kinds = kinds(classes);
        let mut texts = postings.terms()?;
        texts.extend(kinds.keys().cloned());
        texts.sort_unstable();
        texts.dedup();
        let mut terms = Terms {
            points: levels(),
            ..Terms::default()
        };
        let (mut sizes, mut of_class) = (vec![0_u32; classes.list.len()], kinds);
        classes
            .of
            .iter()
            .for_each(|class| sizes[*class as usize] += 1);
        // Some at a time: all postings twice would be much.
        for chunk in texts.chunks(4096) {
            let lists: Vec<[Vec<Posting>; 2]> = chunk
                .par_iter()
                .map(|text| postings.of_term(text))
                .collect();
            for (text, [first, second]) in chunk.iter().zip(lists) {
                let number = terms.lists.len() as u32;
                terms.starts.push(terms.letters.len() as u32);
                terms.letters.push_str(text);
                let (first, second) = (terms.add(&first), terms.add(&second));
                terms.lists.push((first, second));
                if let Some(classes) = of_class.remove(text) {
                    let count = classes.iter().map(|class| sizes[*class as usize]).sum();
                    let level = postings.level_of_kind(count);
                    terms.kinds.insert(number, (level, classes));
                }
            }
        }
        terms.starts.push(terms.letters.len() as u32);
        Ok(terms)
    }

    fn add(&mut self, postings: &[Posting]) -> Range<usize> {
        let start = self.entries.len();
        for posting in postings {
            self.entries.push(posting.entry);
            self.levels.push(posting.level);
            self.covers.push((posting.title + 8 * posting.id) as u8);
        }
        start..self.entries.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.lists.len()
    }

    pub(crate) fn text(&self, term: u32) -> &str {
        let term = term as usize;
        &self.letters[self.starts[term] as usize..self.starts[term + 1] as usize]
    }

    /// The number of a term.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let at = self.first_from(text);
        ((at as usize) < self.len() && self.text(at) == text).then_some(at)
    }

    /// The first term that is not before `text`.
    fn first_from(&self, text: &str) -> u32 {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.text(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The terms that begin so.
    pub(crate) fn beginning(&self, start: &str) -> impl Iterator<Item = u32> + use<'_> {
        let start_text = start.to_owned();
        (self.first_from(start)..self.len() as u32)
            .take_while(move |term| self.text(*term).starts_with(&start_text))
    }

    /// Whether the browser knows the term from the beginning.
    pub(crate) fn is_in_first(&self, term: u32) -> bool {
        !self.lists[term as usize].0.is_empty() || self.kinds.contains_key(&term)
    }

    /// Whether the term has postings in the second tier.
    pub(crate) fn is_in_second(&self, term: u32) -> bool {
        !self.lists[term as usize].1.is_empty()
    }

    /// The classes that a term names, with its points.
    pub(crate) fn classes(&self, term: u32) -> Option<(u32, &[u32])> {
        let (level, classes) = self.kinds.get(&term)?;
        Some((self.points[usize::from(*level)], classes))
    }

    /// All terms that say what entries are, with their levels.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&str, u8)> {
        let kinds = self.kinds.iter();
        kinds.map(|(term, (level, _))| (self.text(*term), *level))
    }

    /// The postings of a term in the first tier, and those in the second: entry, level, cover.
    pub(crate) fn postings(&self, term: u32) -> [impl Iterator<Item = (u32, u8, u8)> + '_; 2] {
        let (first, second) = self.lists[term as usize].clone();
        [first, second]
            .map(|range| range.map(|at| (self.entries[at], self.levels[at], self.covers[at])))
    }

    /// Calls `each` with the entries of a term, in order; those of the second tier only when asked for.
    #[inline]
    pub(crate) fn weigh(&self, term: u32, with_second: bool, mut each: impl FnMut(Weight)) {
        let (first, second) = self.lists[term as usize].clone();
        let weight = |at: usize| Weight {
            entry: self.entries[at],
            points: self.points[usize::from(self.levels[at])],
            cover: self.covers[at],
        };
        let mut second = if with_second { second } else { 0..0 };
        for at in first {
            let mut one = weight(at);
            while !second.is_empty() && self.entries[second.start] < one.entry {
                each(weight(second.start));
                second.start += 1;
            }
            if !second.is_empty() && self.entries[second.start] == one.entry {
                one.points = combine(one.points, weight(second.start).points);
                second.start += 1;
            }
            each(one);
        }
        second.for_each(|at| each(weight(at)));
    }

    /// The bytes of all lists.
    pub(crate) fn size(&self) -> usize {
        self.letters.len()
            + self.starts.len() * 4
            + self.lists.len() * size_of::<(Range<usize>, Range<usize>)>()
            + self.entries.len() * 6
    }
}

/// The better of two weights, plus 0.3 of the other.
fn combine(one: u32, other: u32) -> u32 {
    one.max(other) + one.min(other) * 3 / 10
}

/// The words that say what entries are, with their classes.
fn kinds(classes: &Classes) -> BTreeMap<String, Vec<u32>> {
    let mut kinds: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, class) in classes.list.iter().enumerate() {
        for word in classes.words(class) {
            kinds.entry(word).or_default().push(number as u32);
        }
    }
    kinds
}
