//! Text to words, as developers write them. `search-reader.js` does the same, and shared cases hold both to it.
//!
//! 1. Fold: NFKD, accents dropped, NFC, a few letters spelled out (`ß` is `ss`).
//! 2. Words: runs of letters and digits; `_` and `-` join two runs into one word, an apostrophe is as if it were not there.
//! 3. Parts: a word falls apart at its joints, at `aB` (after two letters), at `ABc` (after two capitals), and where three
//!    letters or more meet digits. `authorIds` has the parts `author` and `ids`.
//! 4. Each part and the whole are lower-cased; their stem drops a plural ending and nothing else.

use unicode_normalization::UnicodeNormalization;

/// Parts longer than this are no words (keys, hashes, pictures in base 64) and are dropped.
const MAX_PART: usize = 64;
/// Words of more parts are found by their parts alone.
const MAX_JOINED: usize = 3;

/// A word without its joints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// What it is made of; never empty.
    pub(crate) parts: Vec<Part>,
    /// The parts joined, when there are few: nobody types a long id in one word.
    pub(crate) whole: Option<Part>,
}

/// A word or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// In lower case.
    pub(crate) raw: String,
    /// Without a plural ending: the form in the index.
    pub(crate) stem: String,
}

impl Part {
    pub(crate) fn new(text: &str) -> Part {
        let raw = text.to_lowercase();
        let mut stem = raw.clone();
        cut_plural(&mut stem);
        Part { raw, stem }
    }

    /// Whether it means more than one.
    pub(crate) fn is_plural(&self) -> bool {
        self.raw != self.stem
    }
}

/// The words of `text`, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    split(text, |letters, starts| {
        let ends = starts[1..].iter().copied().chain([letters.len()]);
        let parts: Vec<Part> = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &letters[*start..end])
            .filter(|part| is_word(part))
            .map(Part::new)
            .collect();
        if !parts.is_empty() {
            found.push(Word {
                parts,
                whole: is_whole(letters, starts).then(|| Part::new(letters)),
            });
        }
    });
    found
}

/// Whether a word is also found by all its parts as one.
pub(crate) fn is_whole(letters: &str, starts: &[usize]) -> bool {
    (2..=MAX_JOINED).contains(&starts.len()) && is_word(letters)
}

/// Whether a part is short enough to be a word.
pub(crate) fn is_word(part: &str) -> bool {
    part.len() <= MAX_PART || part.chars().count() <= MAX_PART
}

/// Calls `each` with every word of `text`: its letters without joints, case kept, and the byte offsets where parts start.
pub(crate) fn split(text: &str, mut each: impl FnMut(&str, &[usize])) {
    let characters = fold(text);
    let (mut letters, mut starts) = (String::new(), vec![0]);
    // Letters and capitals since the last boundary.
    let mut run = Run::default();
    let mut at = 0;
    while at < characters.len() {
        let character = characters[at];
        let next = characters.get(at + 1).copied();
        if character.is_alphanumeric() {
            let before = at.checked_sub(1).map(|index| characters[index]);
            let joined = before.is_some_and(|before| matches!(before, '_' | '-'));
            let boundary = !letters.is_empty() && (joined || run.ends_before(&characters, at));
            if boundary {
                starts.push(letters.len());
                run = Run::default();
            }
            run.push(character);
            letters.push(character);
        } else {
            let inside = next.is_some_and(char::is_alphanumeric)
                && matches!(character, '_' | '-' | '\'' | '\u{2019}');
            if !inside && !letters.is_empty() {
                each(&letters, &starts);
                letters.clear();
                starts.truncate(1);
                run = Run::default();
            }
        }
        at += 1;
    }
    if !letters.is_empty() {
        each(&letters, &starts);
    }
}

/// What the current part is made of so far.
#[derive(Default)]
struct Run {
    length: usize,
    capitals: usize,
    last: Option<char>,
    /// Letters since the last digit.
    letters: usize,
}

impl Run {
    fn push(&mut self, character: char) {
        self.length += 1;
        self.letters = if character.is_numeric() {
            0
        } else {
            self.letters + 1
        };
        self.capitals = if character.is_uppercase() {
            self.capitals + 1
        } else {
            0
        };
        self.last = Some(character);
    }

    /// Whether a new part starts at `characters[at]`.
    fn ends_before(&self, characters: &[char], at: usize) -> bool {
        let (Some(last), here) = (self.last, characters[at]) else {
            return false;
        };
        if last.is_numeric() != here.is_numeric() {
            return if here.is_numeric() {
                self.letters >= 3
            } else {
                characters[at..]
                    .iter()
                    .take(3)
                    .filter(|character| character.is_alphanumeric() && !character.is_numeric())
                    .count()
                    == 3
            };
        }
        if !here.is_uppercase() {
            return false;
        }
        if last.is_lowercase() {
            return self.length >= 2;
        }
        self.capitals >= 2
            && characters
                .get(at + 1)
                .is_some_and(|next| next.is_lowercase())
    }
}

fn fold(text: &str) -> Vec<char> {
    if text.is_ascii() {
        return text.chars().collect();
    }
    text.nfkd()
        .filter(|character| !('\u{300}'..='\u{36f}').contains(character))
        .nfc()
        .flat_map(spell)
        .collect()
}

fn spell(character: char) -> impl Iterator<Item = char> {
    let (first, second) = match character {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'Æ' => ('A', Some('e')),
        'œ' => ('o', Some('e')),
        'Œ' => ('O', Some('e')),
        'ø' => ('o', None),
        'Ø' => ('O', None),
        'ł' => ('l', None),
        'Ł' => ('L', None),
        'đ' => ('d', None),
        'Đ' => ('D', None),
        'ẞ' => ('S', Some('s')),
        'ı' => ('i', None),
        other => (other, None),
    };
    [Some(first), second].into_iter().flatten()
}

/// Drops a plural ending of an English word in lower case, so that one thing has one form.
pub(crate) fn cut_plural(word: &mut String) {
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    let length = word.len();
    let ends = |ending: &str| word.ends_with(ending);
    let (keep, add) = if length >= 5 && ends("ies") {
        (length - 3, "y")
    } else if length >= 4 && ends("ie") {
        (length - 2, "y")
    } else if length >= 5 && ["sses", "xes", "ches", "shes"].iter().any(|it| ends(it)) {
        (length - 2, "")
    } else if ["ss", "us", "sis"].iter().any(|it| ends(it)) || !ends("s") {
        (length, "")
    } else {
        (length - 1, "")
    };
    word.truncate(keep);
    word.push_str(add);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn texts_fall_into_the_words_of_the_shared_cases() {
        let path = "tests/fixtures/words.json";
        let cases: Vec<Value> =
            serde_json::from_str(&std::fs::read_to_string(path).expect("cases")).expect("JSON");
        let found: Vec<Value> = cases
            .iter()
            .map(|case| {
                let text = case["text"].as_str().expect("a text");
                json!({ "text": text, "words": in_json(text) })
            })
            .collect();
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            let lines: Vec<String> = found.iter().map(Value::to_string).collect();
            std::fs::write(path, format!("[\n{}\n]\n", lines.join(",\n"))).expect("written");
        }
        for (case, found) in cases.iter().zip(&found) {
            assert_eq!(case, found);
        }
    }

    fn in_json(text: &str) -> Vec<Value> {
        let stems = |parts: &[Part]| {
            parts
                .iter()
                .map(|part| part.stem.clone())
                .collect::<Vec<_>>()
        };
        words(text)
            .iter()
            .map(|word| json!({ "parts": stems(&word.parts), "whole": word.whole.as_ref().map(|whole| &whole.stem) }))
            .collect()
    }

    #[test]
    fn the_index_has_the_same_words() {
        use crate::tokens::Analyser;
        use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};
        let mut analyser = Analyser::titles();
        let mut stream = analyser.token_stream("listBooks for customer's GitHub");
        let mut found = Vec::new();
        while stream.advance() {
            found.push(stream.token().text.clone());
        }
        let expected = "list book listbook listbook for customer git hub github github";
        assert_eq!(found.join(" "), expected);
    }
}
