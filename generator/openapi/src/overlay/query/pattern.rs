//! The patterns of `match` and `search`: I-Regexp (RFC 9485), run by an engine whose time is linear in the text.

use regex::{Regex, RegexBuilder};
use std::collections::HashMap;

/// How much memory one pattern may take when it is compiled, in bytes.
const MAX_COMPILED: usize = 256 << 10;

/// How many patterns are remembered; a document can hold many, for they need not stand in the expression.
const MAX_PATTERNS: usize = 64;

/// Patterns that were compiled; `None` for a text that is none, which matches nothing (RFC 9535, 2.4.6).
#[derive(Default)]
pub(super) struct Patterns {
    compiled: HashMap<(bool, Box<str>), Option<Regex>>,
}

impl Patterns {
    /// Whether `pattern` is known already.
    pub(super) fn knows(&self, pattern: &str, whole: bool) -> bool {
        self.compiled.contains_key(&(whole, pattern.into()))
    }

    /// Whether `pattern` describes the `whole` text, or some part of it.
    pub(super) fn matches(&mut self, text: &str, pattern: &str, whole: bool) -> bool {
        let key = (whole, pattern.into());
        if self.compiled.len() >= MAX_PATTERNS && !self.compiled.contains_key(&key) {
            self.compiled.clear();
        }
        self.compiled
            .entry(key)
            .or_insert_with(|| compile(pattern, whole))
            .as_ref()
            .is_some_and(|regex| regex.is_match(text))
    }
}

fn compile(pattern: &str, whole: bool) -> Option<Regex> {
    let pattern = translate(pattern);
    let pattern = match whole {
        true => format!(r"\A(?:{pattern})\z"),
        false => pattern,
    };
    RegexBuilder::new(&pattern)
        .size_limit(MAX_COMPILED)
        .dfa_size_limit(4 * MAX_COMPILED)
        .nest_limit(64)
        .build()
        .ok()
}

/// A dot is any character but the ends of lines, of which I-Regexp knows two and our engine one.
fn translate(pattern: &str) -> String {
    let mut result = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                result.push(character);
                result.extend(characters.next());
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => {
                result.push_str(r"[^\n\r]");
                continue;
            }
            _ => {}
        }
        result.push(character);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_is_no_end_of_line_and_a_pattern_that_is_none_matches_nothing() {
        let mut patterns = Patterns::default();
        let mut whole = |text, pattern| patterns.matches(text, pattern, true);
        assert!(whole("a.b", r"a\.b") && whole("a.b", "a[.]b") && whole("aXb", "a.b"));
        assert!(!whole("a\rb", "a.b") && !whole("a\nb", "a.b") && !whole("aXb", "a[.]b"));
        assert!(whole("ab", "a|ab") && !whole("xab", "a|ab"));
        assert!(!whole("a", "(") && !whole("a", "a{1000}{1000}"));
        assert!(patterns.matches("xaby", "ab", false));
    }

    #[test]
    fn a_pattern_that_stops_other_engines_takes_no_time() {
        let text = "a".repeat(100_000) + "!";
        assert!(!Patterns::default().matches(&text, "(a+)+$", false));
    }
}
