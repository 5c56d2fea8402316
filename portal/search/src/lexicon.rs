//! The term dictionary, and the words that a typed word may stand for.

use crate::analyse::Part;
use crate::postings::{Postings, Tier};
use crate::{Error, words};

/// A term that a token stands for, with how surely, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expansion {
    pub(crate) term: String,
    pub(crate) quality: u64,
}

pub(crate) const EXACT: u64 = 1000;
const SYNONYM: u64 = 900;
/// Times the share of the term that was typed.
const PREFIX: u64 = 700;
/// For a distance of one; each further step costs `STEP`.
const NEAR: u64 = 550;
const STEP: u64 = 150;
/// The most terms that one token stands for.
const MAX_EXPANSIONS: usize = 48;

/// All terms of the index.
#[derive(Debug)]
pub(crate) struct Lexicon {
    first: Vec<String>,
    second: Vec<String>,
    synonyms: Vec<Vec<String>>,
}

impl Lexicon {
    pub(crate) fn read(postings: &Postings) -> Result<Lexicon, Error> {
        Ok(Lexicon {
            first: postings.terms(Tier::First)?,
            second: postings.terms(Tier::Second)?,
            synonyms: words::synonyms(),
        })
    }

    pub(crate) fn terms(&self, tier: Tier) -> &[String] {
        match tier {
            Tier::First => &self.first,
            Tier::Second => &self.second,
        }
    }

    /// Whether the first tier has the term.
    pub(crate) fn in_titles(&self, term: &str) -> bool {
        has(&self.first, term)
    }

    /// What a token stands for, the surest first.
    ///
    /// Of the second tier only terms that [begin alike](key) are seen: the browser has no others at hand.
    pub(crate) fn expand(&self, token: &Part) -> Vec<Expansion> {
        let near = self.shelf(key(&token.stem));
        let known = |term: &str| has(&self.first, term) || has(near, term);
        let mut found = Vec::new();
        if known(&token.stem) {
            found.push(Expansion {
                term: token.stem.clone(),
                quality: EXACT,
            });
        }
        for group in self
            .synonyms
            .iter()
            .filter(|group| group.contains(&token.stem))
        {
            for term in group
                .iter()
                .filter(|term| **term != token.stem && known(term))
            {
                found.push(Expansion {
                    term: term.clone(),
                    quality: SYNONYM,
                });
            }
        }
        let sure = !found.is_empty();
        let length = units(&token.raw);
        let reach = if sure {
            0
        } else {
            [0, 1, 2][usize::from(length >= 4) + usize::from(length >= 8)]
        };
        let mut alike = Near::new(&token.stem);
        let named = found.len();
        let unseen = near.iter().filter(|term| !has(&self.first, term));
        for term in self.first.iter().chain(unseen) {
            let quality = if length >= 2 && term.starts_with(&token.raw) {
                PREFIX * length / units(term)
            } else if reach > 0
                && let Some(distance) = alike.distance(term, reach)
            {
                NEAR - STEP * (distance - 1)
            } else {
                continue;
            };
            if found[..named]
                .iter()
                .all(|expansion| expansion.term != *term)
            {
                found.push(Expansion {
                    term: term.clone(),
                    quality,
                });
            }
        }
        found.sort_by(|a, b| {
            (b.quality.cmp(&a.quality))
                .then_with(|| units(&a.term).cmp(&units(&b.term)))
                .then_with(|| a.term.encode_utf16().cmp(b.term.encode_utf16()))
        });
        found.truncate(MAX_EXPANSIONS);
        found
    }

    /// The terms of the second tier with a key.
    fn shelf(&self, wanted: &str) -> &[String] {
        let start = self.second.partition_point(|term| key(term) < wanted);
        let rest = &self.second[start..];
        &rest[..rest.partition_point(|term| key(term) == wanted)]
    }
}

/// The first two letters: terms of the second tier are kept together by them.
pub(crate) fn key(term: &str) -> &str {
    term.char_indices()
        .nth(2)
        .map_or(term, |(end, _)| &term[..end])
}

fn has(sorted: &[String], term: &str) -> bool {
    sorted
        .binary_search_by(|other| other.as_str().cmp(term))
        .is_ok()
}

/// The length as JavaScript counts it.
fn units(text: &str) -> u64 {
    if text.is_ascii() {
        text.len() as u64
    } else {
        text.encode_utf16().count() as u64
    }
}

/// Words that are nearly a given one.
struct Near {
    word: Vec<u16>,
    other: Vec<u16>,
    /// The rows of the table: the one in work, the last, the one before.
    rows: [Vec<u64>; 3],
}

impl Near {
    fn new(word: &str) -> Near {
        Near {
            word: word.encode_utf16().collect(),
            other: Vec::new(),
            rows: Default::default(),
        }
    }

    /// How many letters are to be changed, left out, put in or swapped with their neighbour; from 1 to `most`.
    fn distance(&mut self, term: &str, most: u64) -> Option<u64> {
        let a = &self.word;
        if (a.len() as u64).abs_diff(units(term)) > most {
            return None;
        }
        self.other.clear();
        self.other.extend(term.encode_utf16());
        let b = &self.other;
        let [row, last, before] = &mut self.rows;
        last.clear();
        last.extend(0..=b.len() as u64);
        before.clear();
        before.resize(b.len() + 1, 0);
        for i in 1..=a.len() {
            row.clear();
            row.push(i as u64);
            let mut least = i as u64;
            for j in 1..=b.len() {
                let cost = u64::from(a[i - 1] != b[j - 1]);
                let mut steps = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    steps = steps.min(before[j - 2] + 1);
                }
                row.push(steps);
                least = least.min(steps);
            }
            if least > most {
                return None;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, row);
        }
        let found = last[b.len()];
        (1..=most).contains(&found).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_counts_changes_and_swaps() {
        let distance = |a, b, most| Near::new(a).distance(b, most);
        assert_eq!(distance("isue", "issue", 1), Some(1));
        assert_eq!(distance("lsit", "list", 1), Some(1));
        assert_eq!(distance("list", "list", 1), None);
        assert_eq!(distance("books", "cooks", 1), Some(1));
        assert_eq!(distance("authroisation", "authorization", 2), Some(2));
        assert_eq!(distance("list", "least", 1), None);
    }

    #[test]
    fn a_key_is_two_letters() {
        assert_eq!(["é", "ab", "abc", ""].map(key), ["é", "ab", "ab", ""]);
    }
}
