//! The text of an expression -> [`Query`], in one pass: what begins at a character decides what is read there.

use super::{Comparable, Logical, Operator, Query, Segment, Selector, Start};
use portolan_source::nearest;

/// How deep brackets, parentheses and functions may nest.
const MAX_DEPTH: usize = 64;

/// The largest number that an index may have: what every JSON reader keeps exactly.
const MAX_INDEX: i64 = (1 << 53) - 1;

const FUNCTIONS: [&str; 5] = ["length", "count", "match", "search", "value"];

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

/// A function's argument, before it is known what the function wants.
enum Argument {
    Query(Query),
    Value(Comparable),
    Logical,
}

/// What an expression in a filter begins with.
enum Operand {
    Query(Query),
    Value(Comparable),
    Logical(Logical),
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

    fn or(&mut self) -> Read<Logical> {
        self.nested(|parser| {
            let mut parts = vec![parser.and()?];
            while parser.operator("||") {
                parts.push(parser.and()?);
            }
            Ok(one_or(parts, Logical::Or))
        })
    }

    fn and(&mut self) -> Read<Logical> {
        let mut parts = vec![self.basic()?];
        while self.operator("&&") {
            parts.push(self.basic()?);
        }
        Ok(one_or(parts, Logical::And))
    }

    /// An operator with the spaces around it.
    fn operator(&mut self, token: &str) -> bool {
        let before = self.at;
        self.space();
        if self.eat(token) {
            self.space();
            return true;
        }
        self.at = before;
        false
    }

    /// Parentheses, a test or a comparison; `!` before the first two.
    fn basic(&mut self) -> Read<Logical> {
        if self.eat("!") {
            self.space();
            let at = self.at;
            let inner = if self.peek() == Some('(') {
                self.parentheses()?
            } else {
                let operand = self.operand()?;
                self.test(operand, at)?
            };
            return Ok(Logical::Not(Box::new(inner)));
        }
        if self.peek() == Some('(') {
            return self.parentheses();
        }
        let at = self.at;
        let left = self.operand()?;
        let before = self.at;
        self.space();
        let Some(operator) = self.comparison() else {
            self.at = before;
            return self.test(left, at);
        };
        self.space();
        let left = self.comparable(left, at)?;
        let at = self.at;
        let right = self.operand()?;
        let right = self.comparable(right, at)?;
        Ok(Logical::Compare(left, operator, right))
    }

    fn parentheses(&mut self) -> Read<Logical> {
        self.expect("(")?;
        self.space();
        let inner = self.or()?;
        self.space();
        self.expect(")")?;
        Ok(inner)
    }

    fn comparison(&mut self) -> Option<Operator> {
        for (token, operator) in [
            ("==", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ] {
            if self.eat(token) {
                return Some(operator);
            }
        }
        None
    }

    fn operand(&mut self) -> Read<Operand> {
        let (start, rest) = (self.at, self.rest());
        match self.peek() {
            Some('@') => {
                self.at += 1;
                self.query(Start::Current).map(Operand::Query)
            }
            Some('$') => {
                self.at += 1;
                self.query(Start::Root).map(Operand::Query)
            }
            Some('\'' | '"') => Ok(Operand::Value(Comparable::String(self.string()?))),
            Some('-' | '0'..='9') => Ok(Operand::Value(Comparable::Number(self.number()?))),
            Some('a'..='z') => {
                let end = rest
                    .find(|character: char| {
                        !(character.is_ascii_lowercase()
                            || character.is_ascii_digit()
                            || character == '_')
                    })
                    .unwrap_or(rest.len());
                let word = rest[..end].to_owned();
                self.at += end;
                if self.peek() == Some('(') {
                    return self.nested(|parser| parser.function(&word, start));
                }
                match word.as_str() {
                    "null" => Ok(Operand::Value(Comparable::Null)),
                    "true" => Ok(Operand::Value(Comparable::Bool(true))),
                    "false" => Ok(Operand::Value(Comparable::Bool(false))),
                    _ => Err(Mistake {
                        at: start,
                        message: format!("`{word}` is no value"),
                        help: Some(format!(
                            "quote text: `'{word}'`; what is looked at is `@`: `@.{word}`"
                        )),
                    }),
                }
            }
            _ => Err(self.mistake_with(
                format!(
                    "expected `@`, `$`, a value, a function or `(`, found {}",
                    self.found()
                ),
                "a filter is e.g. `?@.name == 'pets'` or `?@.deprecated`",
            )),
        }
    }

    /// An operand that stands alone must say yes or no.
    fn test(&self, operand: Operand, at: usize) -> Read<Logical> {
        let behind = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
        let ends = [']', ')', ',', '&', '|'];
        if !behind.is_empty() && !behind.starts_with(ends) {
            let help = match behind.starts_with('=') {
                true => {
                    "two values are the same by `==`; text is matched by `match(@.name, 'pattern')`"
                }
                false => {
                    "there are no other operators; text is matched by `match(@.name, 'pattern')` or `search(..)`"
                }
            };
            let next = behind.chars().next().map(char::escape_debug);
            return Err(Mistake {
                at: self.text.len() - behind.len(),
                message: format!(
                    "expected `==`, `!=`, `<`, `<=`, `>`, `>=` or the end of the filter, found `{}`",
                    next.into_iter().flatten().collect::<String>()
                ),
                help: Some(help.to_owned()),
            });
        }
        match operand {
            Operand::Logical(logical) => Ok(logical),
            Operand::Query(query) => Ok(Logical::Exists(query)),
            Operand::Value(_) => Err(self.mistake_at(
                at,
                "a value alone says neither yes nor no: compare it, e.g. `@.name == 'pets'`",
            )),
        }
    }

    /// An operand of a comparison must be one value.
    fn comparable(&self, operand: Operand, at: usize) -> Read<Comparable> {
        match operand {
            Operand::Value(value) => Ok(value),
            Operand::Query(query) if query.is_singular() => Ok(Comparable::Singular(query)),
            Operand::Query(_) => Err(Mistake {
                at,
                message: "this may find several values, so it cannot be compared".to_owned(),
                help: Some(
                    "compare inside: `@.list[?@ == 'x']`, or count: `count(@.list[*]) > 1`"
                        .to_owned(),
                ),
            }),
            Operand::Logical(_) => Err(self.mistake_at(
                at,
                "`match` and `search` say yes or no by themselves and are not compared",
            )),
        }
    }

    fn function(&mut self, name: &str, start: usize) -> Read<Operand> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        self.space();
        if !self.eat(")") {
            loop {
                self.space();
                let at = self.at;
                arguments.push((self.argument()?, at));
                self.space();
                if !self.eat(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        let wanted = match name {
            "length" | "count" | "value" => 1,
            "match" | "search" => 2,
            _ => {
                let help = match nearest(name, FUNCTIONS) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!(
                        "the functions are {}",
                        FUNCTIONS.map(|name| format!("`{name}`")).join(", ")
                    ),
                };
                return Err(Mistake {
                    help: Some(help),
                    ..self.mistake_at(start, format!("there is no function `{name}`"))
                });
            }
        };
        if arguments.len() != wanted {
            let plural = if wanted == 1 { "argument" } else { "arguments" };
            return Err(self.mistake_at(
                start,
                format!("`{name}` takes {wanted} {plural}, not {}", arguments.len()),
            ));
        }
        let mut arguments = arguments.into_iter();
        let mut next = || arguments.next().expect("they were counted");
        match name {
            "count" | "value" => match next() {
                (Argument::Query(query), _) if name == "count" => {
                    Ok(Operand::Value(Comparable::Count(query)))
                }
                (Argument::Query(query), _) => Ok(Operand::Value(Comparable::Value(query))),
                (_, at) => {
                    Err(self.mistake_at(at, format!("`{name}` takes a query, e.g. `@.list[*]`")))
                }
            },
            "length" => {
                let (argument, at) = next();
                Ok(Operand::Value(Comparable::Length(Box::new(
                    self.value_of(argument, at)?,
                ))))
            }
            _ => {
                let ((text, text_at), (pattern, pattern_at)) = (next(), next());
                let text = self.value_of(text, text_at)?;
                let pattern = self.value_of(pattern, pattern_at)?;
                Ok(Operand::Logical(match name {
                    "match" => Logical::Match(text, pattern),
                    _ => Logical::Search(text, pattern),
                }))
            }
        }
    }

    /// A value, a query, or something that says yes or no (which no function takes).
    fn argument(&mut self) -> Read<Argument> {
        if matches!(self.peek(), Some('!' | '(')) {
            self.basic()?;
            return Ok(Argument::Logical);
        }
        let at = self.at;
        let operand = self.operand()?;
        let before = self.at;
        self.space();
        let continues = ["==", "!=", "<", ">", "&&", "||"]
            .iter()
            .any(|token| self.rest().starts_with(token));
        self.at = if continues { at } else { before };
        if continues {
            return Err(self.mistake("a function takes values and queries, no comparisons"));
        }
        Ok(match operand {
            Operand::Query(query) => Argument::Query(query),
            Operand::Value(value) => Argument::Value(value),
            Operand::Logical(_) => Argument::Logical,
        })
    }

    fn value_of(&self, argument: Argument, at: usize) -> Read<Comparable> {
        match argument {
            Argument::Value(value) => Ok(value),
            Argument::Query(query) if query.is_singular() => Ok(Comparable::Singular(query)),
            Argument::Query(_) => Err(Mistake {
                at,
                message: "this may find several values, where one is needed".to_owned(),
                help: Some("`value(..)` takes the only value of a query".to_owned()),
            }),
            Argument::Logical => {
                Err(self.mistake_at(at, "this says yes or no, where a value is needed"))
            }
        }
    }

    fn number(&mut self) -> Read<Box<str>> {
        let start = self.at;
        let integer = self.integer();
        let digits = integer.strip_prefix('-').unwrap_or(integer);
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with('0')) {
            return Err(self.mistake("a number has digits, and no leading zeros"));
        }
        self.at += integer.len();
        if self.eat(".") {
            self.digits()?;
        }
        if self.eat("e") || self.eat("E") {
            let _sign = self.eat("+") || self.eat("-");
            self.digits()?;
        }
        Ok(self.text[start..self.at].into())
    }

    fn digits(&mut self) -> Read<()> {
        let rest = self.rest();
        let behind = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let length = rest.len() - behind.len();
        if length == 0 {
            return Err(self.mistake("expected a digit"));
        }
        self.at += length;
        Ok(())
    }

    /// Text in quotes of either kind.
    fn string(&mut self) -> Read<Box<str>> {
        let start = self.at;
        let quote = self.peek().expect("a quote stands here");
        self.at += 1;
        let mut result = String::new();
        loop {
            let Some(character) = self.peek() else {
                return Err(self.mistake_at(start, "the quote is not closed"));
            };
            if (character as u32) < 0x20 {
                return Err(self.mistake(format!(
                    "`{}` is written as an escape",
                    character.escape_debug()
                )));
            }
            self.at += character.len_utf8();
            match character {
                '\\' => result.push(self.escape(quote)?),
                _ if character == quote => return Ok(result.into()),
                _ => result.push(character),
            }
        }
    }

    fn escape(&mut self, quote: char) -> Read<char> {
        let start = self.at - 1;
        let Some(character) = self.peek() else {
            return Err(self.mistake_at(start, "the quote is not closed"));
        };
        self.at += character.len_utf8();
        Ok(match character {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' | '\\' => character,
            _ if character == quote => quote,
            'u' => {
                let wrong = |parser: &Self| {
                    parser.mistake_at(start, "`\\u` is followed by four hexadecimal digits; two of them for what is above U+FFFF")
                };
                let high = self.hexadecimal().ok_or_else(|| wrong(self))?;
                let code = match high {
                    0xD800..=0xDBFF => {
                        let low = match self.eat("\\u") {
                            true => self.hexadecimal(),
                            false => None,
                        };
                        match low {
                            Some(low @ 0xDC00..=0xDFFF) => {
                                0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
                            }
                            _ => return Err(wrong(self)),
                        }
                    }
                    _ => high,
                };
                char::from_u32(code).ok_or_else(|| wrong(self))?
            }
            _ => {
                return Err(self.mistake_at(
                    start,
                    format!("`\\{}` is no escape", character.escape_debug()),
                ));
            }
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let code = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(code)
    }
}

/// A list of one is that one.
fn one_or(mut parts: Vec<Logical>, list: impl FnOnce(Vec<Logical>) -> Logical) -> Logical {
    if parts.len() == 1 {
        parts.pop().expect("there is one")
    } else {
        list(parts)
    }
}
