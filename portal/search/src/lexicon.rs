//! The words that a typed word may stand for.

use crate::analyse::Part;
use crate::terms::Terms;
use crate::words;

/// A term that a token stands for, with how surely, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expansion {
    pub(crate) term: u32,
    pub(crate) quality: u32,
    /// Whether long texts are looked at too.
    pub(crate) with_second: bool,
}

pub(crate) const EXACT: u32 = 1000;
pub(crate) const SYNONYM: u32 = 900;
/// Times the share of the term that was typed.
const PREFIX: u32 = 700;
/// For a distance of one; each further step costs `STEP`.
const NEAR: u32 = 550;
const STEP: u32 = 150;
/// The most terms that one token stands for.
const MAX_EXPANSIONS: usize = 48;
/// How many of them, the surest, are looked for in long texts: a browser loads those postings.
const MAX_SECOND: usize = 4;

/// What tells which terms are near a word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    synonyms: Vec<Vec<String>>,
    /// Terms by their length.
    by_length: Vec<Vec<u32>>,
}

impl Lexicon {
    pub(crate) fn of(terms: &Terms) -> Lexicon {
        let mut by_length: Vec<Vec<u32>> = Vec::new();
        for term in 0..terms.len() as u32 {
            let length = units(terms.text(term)) as usize;
            if by_length.len() <= length {
                by_length.resize_with(length + 1, Vec::new);
            }
            by_length[length].push(term);
        }
        Lexicon {
            synonyms: words::synonyms(),
            by_length,
        }
    }

    /// What a token stands for, the surest first.
    ///
    /// Of terms that only long texts have those are seen that [begin alike](key): the browser has no others at hand.
    pub(crate) fn expand(&self, terms: &Terms, token: &Part) -> Vec<Expansion> {
        let near = key(&token.stem);
        let is_near = |term: u32| terms.is_in_second(term) && key(terms.text(term)) == near;
        let seen = |term: &u32| terms.is_in_first(*term) || is_near(*term);
        let mut found: Vec<(u32, u32)> = Vec::new();
        let exact = terms.find(&token.stem).filter(seen);
        found.extend(exact.map(|term| (term, EXACT)));
        for group in &self.synonyms {
            if group.contains(&token.stem) {
                let others = group.iter().filter(|word| **word != token.stem);
                let others = others.filter_map(|word| terms.find(word).filter(seen));
                found.extend(others.map(|term| (term, SYNONYM)));
            }
        }
        let named = found.clone();
        let is_named = |term: u32| named.iter().any(|(known, _)| *known == term);
        let length = units(&token.raw);
        if length >= 2 {
            let begin_alike = terms.beginning(&token.raw);
            found.extend(
                begin_alike
                    .filter(|term| seen(term) && !is_named(*term))
                    .map(|term| (term, PREFIX * length / units(terms.text(term)))),
            );
        }
        let reach = match length {
            _ if !named.is_empty() => 0,
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        if reach > 0 {
            let mut alike = Near::new(&token.stem);
            let around = units(&token.stem);
            let lengths = around.saturating_sub(reach)..=around + reach;
            for term in lengths
                .filter_map(|it| self.by_length.get(it as usize))
                .flatten()
            {
                let text = terms.text(*term);
                if !text.starts_with(&token.raw)
                    && let Some(distance) = alike.distance(text, reach)
                    && seen(term)
                {
                    found.push((*term, NEAR - STEP * (distance - 1)));
                }
            }
        }
        found.sort_by(|(a, a_quality), (b, b_quality)| {
            let (a, b) = (terms.text(*a), terms.text(*b));
            (b_quality.cmp(a_quality))
                .then_with(|| units(a).cmp(&units(b)))
                .then_with(|| a.encode_utf16().cmp(b.encode_utf16()))
        });
        found.truncate(MAX_EXPANSIONS);
        let mut left = MAX_SECOND;
        let expansion = |(term, quality)| {
            let with_second = left > 0 && is_near(term);
            left -= usize::from(with_second);
            Expansion {
                term,
                quality,
                with_second,
            }
        };
        found.into_iter().map(expansion).collect()
    }
}

/// The first two letters: terms of the second tier are kept together by them.
pub(crate) fn key(term: &str) -> &str {
    term.char_indices()
        .nth(2)
        .map_or(term, |(end, _)| &term[..end])
}

/// The length as JavaScript counts it.
pub(crate) fn units(text: &str) -> u32 {
    if text.is_ascii() {
        text.len() as u32
    } else {
        text.encode_utf16().count() as u32
    }
}

/// Words that are nearly a given one.
struct Near {
    word: Vec<u16>,
    other: Vec<u16>,
    /// The rows of the table: the one in work, the last, the one before.
    rows: [Vec<u32>; 3],
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
    fn distance(&mut self, term: &str, most: u32) -> Option<u32> {
        let a = &self.word;
        if (a.len() as u32).abs_diff(units(term)) > most {
            return None;
        }
        self.other.clear();
        self.other.extend(term.encode_utf16());
        let b = &self.other;
        let [row, last, before] = &mut self.rows;
        last.clear();
        last.extend(0..=b.len() as u32);
        before.clear();
        before.resize(b.len() + 1, 0);
        for i in 1..=a.len() {
            row.clear();
            row.push(i as u32);
            let mut least = i as u32;
            for j in 1..=b.len() {
                let cost = u32::from(a[i - 1] != b[j - 1]);
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
