//! What a person typed, taken apart.
//!
//! 1. A leading method narrows: always in capitals, in small letters only before a path ("get books" asks for words).
//! 2. A word that begins with `/`, or a URL, is a path.
//! 3. All else is words; their parts are wanted, each by each. Stop words go while other words remain.
//! 4. A word of a few parts, and two parts in a row, may also stand as one word in an entry: found, they count for
//!    their parts.

use crate::analyse::{Part, words};
use crate::path::Path;
use crate::query::MAX_TEXT;
use crate::words::is_stop;

const METHODS: [&str; 9] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
];
/// The most parts that are looked for.
const MAX_TOKENS: usize = 12;

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// Only this method.
    pub(crate) method: Option<String>,
    pub(crate) tokens: Vec<Token>,
    /// How many of the first tokens are wanted; the others only stand for several of them.
    pub(crate) wanted: usize,
    /// Whether many are asked for: the last word is a plural.
    pub(crate) many: bool,
}

/// One thing to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Which of the wanted tokens are found with it, one bit each.
    pub(crate) mask: u32,
    pub(crate) form: Form,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    Path(Path),
    /// A word to be expanded.
    Word(Part),
    /// A word that must stand there as it is.
    Whole(String),
}

impl Plan {
    /// Takes `text` apart; `methods` tells whether a leading method narrows.
    pub(crate) fn new(text: &str, methods: bool) -> Plan {
        let text: String = text.chars().take(MAX_TEXT).collect();
        let mut typed: Vec<&str> = text.split_whitespace().collect();
        let mut plan = Plan::default();
        if methods && let Some(method) = leading_method(&typed) {
            plan.method = Some(method);
            typed.remove(0);
        }
        let mut paths = Vec::new();
        // Each part with the whole that it belongs to.
        let mut parts: Vec<(Part, usize)> = Vec::new();
        let mut wholes: Vec<Option<Part>> = Vec::new();
        for word in typed {
            if let Some(path) = Path::parse(word) {
                paths.push(path);
                continue;
            }
            for word in words(word) {
                parts.extend(word.parts.into_iter().map(|part| (part, wholes.len())));
                wholes.push(word.whole);
            }
        }
        if !paths.is_empty() || parts.iter().any(|(part, _)| !is_stop(&part.raw)) {
            parts.retain(|(part, _)| !is_stop(&part.raw));
        }
        plan.many = parts.last().is_some_and(|(part, _)| part.is_plural());
        paths.truncate(1);
        parts.truncate(MAX_TOKENS - paths.len());
        plan.add(paths, &parts, &wholes);
        plan
    }

    fn add(&mut self, paths: Vec<Path>, parts: &[(Part, usize)], wholes: &[Option<Part>]) {
        for path in paths {
            self.want(Form::Path(path));
        }
        let offset = self.tokens.len();
        for (part, _) in parts {
            self.want(Form::Word(part.clone()));
        }
        for (index, whole) in wholes.iter().enumerate() {
            let members = parts.iter().enumerate().filter(|(_, (_, of))| *of == index);
            let mask = members.fold(0, |mask, (at, _)| mask | 1 << (offset + at));
            if let Some(whole) = whole {
                self.add_whole(mask, whole.stem.clone());
            }
        }
        for (index, pair) in parts.windows(2).enumerate() {
            let [(left, left_of), (right, right_of)] = pair else {
                continue;
            };
            if left_of != right_of {
                let joined = Part::new(&format!("{}{}", left.raw, right.raw));
                self.add_whole(0b11 << (offset + index), joined.stem);
            }
        }
    }

    fn want(&mut self, form: Form) {
        self.tokens.push(Token {
            mask: 1 << self.wanted,
            form,
        });
        self.wanted += 1;
    }

    fn add_whole(&mut self, mask: u32, stem: String) {
        self.tokens.push(Token {
            mask,
            form: Form::Whole(stem),
        });
    }
}

fn leading_method(typed: &[&str]) -> Option<String> {
    let first = typed.first()?;
    let before_path = typed.get(1).is_some_and(|next| Path::parse(next).is_some());
    let method = if before_path {
        first.to_ascii_uppercase()
    } else {
        (*first).to_owned()
    };
    METHODS.contains(&method.as_str()).then_some(method)
}
