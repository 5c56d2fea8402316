//! How the exported files hold numbers, words and postings: as text that compresses well.
//!
//! - A number has digits of five bits, the lowest first; the sixth bit says that another digit follows.
//! - Sorted words are told by how much of the word before they share, and the rest.
//! - Postings are columns: all counts, all distances from one entry to the next, all levels; so like stands beside like.

use serde_json::{Value, json};

const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Numbers in the making.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers(String);

impl Numbers {
    pub(crate) fn push(&mut self, mut number: u64) {
        while number >= 32 {
            self.0.push(char::from(DIGITS[(number % 32 + 32) as usize]));
            number /= 32;
        }
        self.0.push(char::from(DIGITS[number as usize]));
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// Sorted words in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    text: String,
    last: String,
}

impl Words {
    pub(crate) fn push(&mut self, word: &str) {
        let alike = self.last.chars().zip(word.chars());
        let shared: Vec<char> = (alike.take_while(|(a, b)| a == b).map(|(a, _)| a))
            .take(15)
            .collect();
        let units: usize = shared.iter().map(|it| it.len_utf16()).sum();
        let bytes: usize = shared.iter().map(|it| it.len_utf8()).sum();
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push(char::from(DIGITS[units]));
        self.text.push_str(&word[bytes..]);
        word.clone_into(&mut self.last);
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// A term in an entry, as it is exported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) entry: u32,
    pub(crate) level: u8,
    /// How much of title and id it covers; written only when that may be something.
    pub(crate) cover: Option<u8>,
    /// The class and the words of the title, of an entry that the reader knows nothing of yet.
    pub(crate) facts: Option<(u32, u8)>,
}

/// Terms with their postings in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    words: Words,
    counts: Numbers,
    distances: Numbers,
    levels: Numbers,
    covers: Numbers,
    classes: Numbers,
    titles: Numbers,
}

impl Columns {
    /// A term and its postings, in the order of the entries. Without postings it is found elsewhere.
    pub(crate) fn push(&mut self, term: &str, postings: &[Written]) {
        self.words.push(term);
        self.counts.push(postings.len() as u64);
        let mut next = 0;
        for posting in postings {
            self.distances.push(u64::from(posting.entry - next));
            self.levels.push(u64::from(posting.level));
            if let Some(cover) = posting.cover {
                self.covers.push(u64::from(cover));
            }
            if let Some((class, words)) = posting.facts {
                self.classes.push(u64::from(class));
                self.titles.push(u64::from(words));
            }
            next = posting.entry + 1;
        }
    }

    /// About how large it is.
    pub(crate) fn size(&self) -> usize {
        self.words.text.len() + self.distances.0.len() + self.levels.0.len() + self.covers.0.len()
    }

    pub(crate) fn data(&self) -> Value {
        json!({
            "terms": self.words.text(),
            "counts": self.counts.text(),
            "distances": self.distances.text(),
            "levels": self.levels.text(),
            "covers": self.covers.text(),
            "classes": self.classes.text(),
            "titles": self.titles.text(),
        })
    }
}

/// A script that hands `data` over. Nothing in it can end a `<script>`, begin a comment or break a line.
pub(crate) fn script(name: &str, data: &Value) -> (String, Vec<u8>) {
    let mut text = format!("portolan.search.receive(\"{name}\",");
    for character in data.to_string().chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            other => text.push(other),
        }
    }
    text.push_str(");\n");
    (format!("{name}.js"), text.into_bytes())
}

/// FNV-1a, 64 bits.
pub(crate) struct Hash(u64);

impl Default for Hash {
    fn default() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    pub(crate) fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// In hexadecimal digits.
    pub(crate) fn text(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_digits_of_five_bits() {
        let written = |number| {
            let mut numbers = Numbers::default();
            numbers.push(number);
            numbers.0
        };
        assert_eq!(
            [0, 9, 31, 32, 1000].map(written),
            ["0", "9", "V", "W1", "eV"]
        );
    }

    #[test]
    fn words_share_the_beginning_of_the_word_before() {
        let mut words = Words::default();
        for word in ["book", "books", "boom", "ärger", "ärmel"] {
            words.push(word);
        }
        assert_eq!(words.text(), "0book 4s 3m 0ärger 2mel");
    }

    #[test]
    fn data_cannot_leave_its_script() {
        let (name, bytes) = script("index", &json!(["</script><!--\u{2028}&\""]));
        assert_eq!(name, "index.js");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "portolan.search.receive(\"index\",[\"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026\\\"\"]);\n"
        );
    }
}
