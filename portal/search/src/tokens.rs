//! The analyser as tantivy wants it: a stream of tokens.

use crate::analyse::{cut_plural, is_whole, is_word, split};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Emits the stem of every part of every word, then the stem of the whole when it is one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analyser {
    /// Whether a whole is emitted once for each of its parts, so that its frequency tells how much of a title it covers.
    wholes_weigh: bool,
    /// All tokens of the text, one behind the other.
    letters: String,
    ends: Vec<usize>,
}

impl Analyser {
    /// For running text.
    pub(crate) fn text() -> Analyser {
        Analyser::default()
    }

    /// For titles and ids.
    pub(crate) fn titles() -> Analyser {
        Analyser {
            wholes_weigh: true,
            ..Analyser::default()
        }
    }

    fn read(&mut self, text: &str) {
        self.letters.clear();
        self.ends.clear();
        let Analyser {
            wholes_weigh,
            letters,
            ends,
        } = self;
        let mut stem = String::new();
        // A title that repeats itself says a word once.
        let mut seen: Vec<String> = Vec::new();
        let mut is_new = |stem: &String| {
            let new = !*wholes_weigh || !seen.contains(stem);
            if new && *wholes_weigh {
                seen.push(stem.clone());
            }
            new
        };
        split(text, |word, starts| {
            for (index, start) in starts.iter().enumerate() {
                let end = starts.get(index + 1).copied().unwrap_or(word.len());
                let part = &word[*start..end];
                if is_word(part) {
                    lower_into(part, &mut stem);
                    if is_new(&stem) {
                        letters.push_str(&stem);
                        ends.push(letters.len());
                    }
                }
            }
            if is_whole(word, starts) {
                lower_into(word, &mut stem);
                if !is_new(&stem) {
                    return;
                }
                for _ in 0..if *wholes_weigh { starts.len() } else { 1 } {
                    letters.push_str(&stem);
                    ends.push(letters.len());
                }
            }
        });
    }
}

fn lower_into(word: &str, stem: &mut String) {
    stem.clear();
    if word.is_ascii() {
        stem.push_str(word);
        stem.make_ascii_lowercase();
    } else {
        stem.push_str(&word.to_lowercase());
    }
    cut_plural(stem);
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.read(text);
        Stream {
            analyser: self,
            next: 0,
            token: Token::default(),
        }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub(crate) struct Stream<'a> {
    analyser: &'a Analyser,
    next: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = self.analyser.ends.get(self.next) else {
            return false;
        };
        let start = self
            .next
            .checked_sub(1)
            .map_or(0, |previous| self.analyser.ends[previous]);
        self.token.text.clear();
        self.token
            .text
            .push_str(&self.analyser.letters[start..*end]);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
