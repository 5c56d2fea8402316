//! The text of an expression -> [`Query`], in one pass: what begins at a character decides what is read there.

mod filter;
mod literal;

use super::{Query, Segment, Selector, Start};

/// How deep brackets, parentheses and functions may nest.
const MAX_DEPTH: usize = 64;

/// The largest number that an index may have: what every JSON reader keeps exactly.
const MAX_INDEX: i64 = (1 << 53) - 1;

/// Why a text is no JSONPath.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Byte offset in the expression.
    pub(crate) at: usize,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// An expression, and what was read more kindly than the RFC does.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) query: Query,
    /// Names with a hyphen and without brackets: byte offset and name.
    pub(crate) bare: Vec<(usize, String)>,
}

/// Reads an expression.
pub(crate) fn parse(text: &str) -> Result<Parsed, Mistake> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        bare: Vec::new(),
    };
    if !parser.eat("$") {
        return Err(parser.mistake_with(
            "a JSONPath begins with `$`",
            "write e.g. `$.paths['/pets'].get`",
        ));
    }
    let query = parser.query(Start::Root)?;
    if parser.at < text.len() {
        return Err(parser.unexpected_in_path());
    }
    Ok(Parsed {
        query,
        bare: parser.bare,
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    bare: Vec<(usize, String)>,
}

type Read<T> = Result<T, Mistake>;

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn mistake_at(&self, at: usize, message: impl Into<String>) -> Mistake {
        Mistake {
            at,
            message: message.into(),
            help: None,
        }
    }

    fn mistake(&self, message: impl Into<String>) -> Mistake {
        self.mistake_at(self.at, message)
    }

    fn mistake_with(&self, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake {
            help: Some(help.into()),
            ..self.mistake(message)
        }
    }

    fn expect(&mut self, token: &str) -> Read<()> {
        if self.eat(token) {
            return Ok(());
        }
        Err(self.mistake(format!("expected `{token}`, found {}", self.found())))
    }

    fn found(&self) -> String {
        match self.peek() {
            Some(character) => format!("`{}`", character.escape_debug()),
            None => "the end".to_owned(),
        }
    }

    fn unexpected_in_path(&self) -> Mistake {
        let message = format!("expected `.`, `..` or `[`, found {}", self.found());
        match self.peek() {
            Some(character) if character.is_ascii_whitespace() => {
                self.mistake_with(message, "nothing may follow the expression, not even a space")
            }
            _ => self.mistake_with(
                message,
                "a name with other characters than letters, digits and `_` stands in brackets and quotes: `['/pets/{id}']`",
            ),
        }
    }

    /// Guards what may nest.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            return Err(self.mistake(format!("more than {MAX_DEPTH} levels of nesting")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// The steps behind `$` or `@`.
    fn query(&mut self, from: Start) -> Read<Query> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.space();
            let descendants = self.eat("..");
            let selectors = if self.peek() == Some('[') {
                self.nested(Self::bracketed)?
            } else if descendants || self.eat(".") {
                vec![self.shorthand()?]
            } else {
                self.at = before;
                return Ok(Query { from, segments });
            };
            segments.push(Segment {
                descendants,
                selectors,
                end: self.at,
            });
        }
    }

    /// What follows a dot.
    fn shorthand(&mut self) -> Read<Selector> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        let start = self.at;
        let first = |character: char| {
            character.is_ascii_alphabetic() || character == '_' || !character.is_ascii()
        };
        let next = |character: char| first(character) || character.is_ascii_digit();
        if !self.peek().is_some_and(first) {
            return Err(self.mistake_with(
                format!("expected a name or `*` behind the dot, found {}", self.found()),
                "a name with other characters than letters, digits and `_` stands in brackets and quotes: `['/pets/{id}']`",
            ));
        }
        let rest = self.rest();
        // A hyphen belongs to the name when a name goes on behind it: nothing else could stand there.
        let mut length = 0;
        let mut bare = false;
        let mut characters = rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let hyphen =
                character == '-' && characters.peek().is_some_and(|(_, after)| next(*after));
            if !next(character) && !hyphen {
                break;
            }
            bare |= hyphen;
            length = at + character.len_utf8();
        }
        let name = rest[..length].to_owned();
        self.at += length;
        if bare {
            self.bare.push((start, name.clone()));
        }
        Ok(Selector::Name(name.into()))
    }

    fn bracketed(&mut self) -> Read<Vec<Selector>> {
        self.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.space();
            selectors.push(self.selector()?);
            self.space();
            if !self.eat(",") {
                break;
            }
        }
        match self.eat("]") {
            true => Ok(selectors),
            false => Err(self.mistake(format!("expected `,` or `]`, found {}", self.found()))),
        }
    }

    fn selector(&mut self) -> Read<Selector> {
        match self.peek() {
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.at += 1;
                self.space();
                Ok(Selector::Filter(self.or()?))
            }
            Some('-' | ':' | '0'..='9') => self.index_or_slice(),
            _ => Err(self.mistake_with(
                format!(
                    "expected a name in quotes, a number, `*`, `:` or `?`, found {}",
                    self.found()
                ),
                "quote names: `['name']`",
            )),
        }
    }

    fn index_or_slice(&mut self) -> Read<Selector> {
        let start = self.optional_integer()?;
        let behind = self.at;
        self.space();
        if !self.eat(":") {
            self.at = behind;
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => Err(self.mistake("expected a number")),
            };
        }
        self.space();
        let end = self.optional_integer()?;
        let behind = self.at;
        self.space();
        let mut step = None;
        if self.eat(":") {
            let behind = self.at;
            self.space();
            step = self.optional_integer()?;
            if step.is_none() {
                self.at = behind;
            }
        } else {
            self.at = behind;
        }
        Ok(Selector::Slice(start, end, step.unwrap_or(1)))
    }

    fn optional_integer(&mut self) -> Read<Option<i64>> {
        let start = self.at;
        let digits = self.integer();
        if digits.is_empty() {
            return Ok(None);
        }
        let magnitude = digits.strip_prefix('-').unwrap_or(digits);
        let refused = if magnitude.is_empty() {
            "expected digits behind `-`"
        } else if magnitude.starts_with('0') && digits != "0" {
            "an index has no leading zeros, and is not `-0`"
        } else {
            match digits.parse::<i64>() {
                Ok(index) if (-MAX_INDEX..=MAX_INDEX).contains(&index) => {
                    self.at += digits.len();
                    return Ok(Some(index));
                }
                _ => "the number is too large for an index",
            }
        };
        Err(self.mistake_at(start, refused))
    }

    /// `-` and digits that stand here, as many as there are.
    fn integer(&self) -> &str {
        let rest = self.rest();
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let end = digits
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(digits.len());
        &rest[..rest.len() - digits.len() + end]
    }
}
