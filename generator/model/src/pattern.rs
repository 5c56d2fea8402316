//! Patterns of documents: whether a text is one that a pattern accepts, and such a text, short, deterministic, made of
//! ordinary characters where it may be.
//!
//! Patterns are ECMA-262's; this reads the part that Rust's `regex` shares with it, which is judged in linear time.
//! Look-around and back references are not in that part: then there is no answer.

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The longest text that is made, in characters.
const MAX_LENGTH: usize = 4096;

/// How large a pattern may become, in bytes: one that is larger says nothing.
const MAX_SIZE: usize = 1 << 18;

/// What judges texts by `pattern`; `None` when it means something else here, or costs too much.
pub(crate) fn judge(pattern: &str) -> Option<Regex> {
    // In brackets these are operators of Rust's.
    if ["&&", "--", "~~", "[["]
        .iter()
        .any(|operator| pattern.contains(operator))
    {
        return None;
    }
    RegexBuilder::new(pattern)
        .nest_limit(64)
        .size_limit(MAX_SIZE)
        .dfa_size_limit(MAX_SIZE)
        .build()
        .ok()
}

/// A text that `pattern` accepts, with at least `least` and at most `most` characters; `None` when none was found.
pub(crate) fn matching(pattern: &str, least: usize, most: usize) -> Option<String> {
    let hir = ParserBuilder::new()
        .nest_limit(64)
        .build()
        .parse(pattern)
        .ok()?;
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    // Repetitions that may go on do so as long as the text is too short.
    (0..=least.min(MAX_LENGTH)).find_map(|more| {
        let mut text = String::new();
        write(&hir, more, &mut text)?;
        let open_end = !pattern.ends_with('$') && text.chars().count() < least;
        if open_end {
            let missing = least - text.chars().count();
            text.extend(std::iter::repeat_n('a', missing));
        }
        fits(&text).then_some(text)
    })
}

/// Appends what `hir` accepts, each open repetition `more` times more than it must; `None` when the text grows too long
/// or nothing is accepted.
fn write(hir: &Hir, more: usize, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<(char, char)> = class
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect();
            text.push(ordinary(&ranges)?);
            Some(())
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges: Vec<(char, char)> = class
                .iter()
                .map(|range| (char::from(range.start()), char::from(range.end())))
                .collect();
            text.push(ordinary(&ranges)?);
            Some(())
        }
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).ok()?;
            let most = repetition
                .max
                .map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
            let count = least.saturating_add(more).min(most);
            (0..count).try_for_each(|_| write(&repetition.sub, more, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, more, text)),
        HirKind::Alternation(choices) => choices.iter().find_map(|choice| {
            let start = text.len();
            let written = write(choice, more, text);
            if written.is_none() {
                text.truncate(start);
            }
            written
        }),
    }
}

/// The most ordinary character of a class.
fn ordinary(ranges: &[(char, char)]) -> Option<char> {
    let holds = |character: &char| {
        ranges
            .iter()
            .any(|(start, end)| (start..=end).contains(&character))
    };
    let liked = ['a', 'A', '1', '0', 'b', 'f', '-', '_', ' '];
    liked
        .into_iter()
        .find(holds)
        .or_else(|| ('!'..='~').find(holds))
        .or(ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::{judge, matching};

    #[test]
    fn a_text_is_made_that_the_pattern_accepts() {
        let cases = [
            (r"^[a-z]{3}-\d{2,4}$", 0, 100, "aaa-11"),
            (
                r"^AC[0-9a-fA-F]{32}$",
                34,
                34,
                "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            ),
            (r"^(GET|POST)$", 0, 100, "GET"),
            (r"^0|[1-9][0-9]*$", 0, 100, "0"),
            (r"^[A-Z]+$", 3, 5, "AAA"),
            (r"^\+?[1-9]\d{1,14}$", 0, 100, "11"),
            (r"[a-z]", 5, 9, "aaaaa"),
            (r"^-?[0-9]+(\.[0-9]+)?$", 0, 100, "1"),
        ];
        for (pattern, least, most, expected) in cases {
            assert_eq!(
                matching(pattern, least, most).as_deref(),
                Some(expected),
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_has_no_answer() {
        for pattern in [r"^(?!x)a$", r"(a)\1", r"(", r"[z-a]", r"^a{2}$"] {
            assert_eq!(matching(pattern, 3, 9), None, "{pattern}");
        }
    }

    #[test]
    fn texts_are_judged_where_rust_means_the_same() {
        let accepts = |pattern: &str, text: &str| judge(pattern).map(|judge| judge.is_match(text));
        let cases = [
            (r"^[a-f0-9]{4}$", "00ff", Some(true)),
            (r"^[a-f0-9]{4}$", "00ffa", Some(false)),
            (r"\d", "room 7", Some(true)),
            (r"^\/v\d+\/$", "/v1/", Some(true)),
            (r"^(?!x)a$", "a", None),
            (r"(a)\1", "aa", None),
            (r"^[a&&b]$", "&", None),
            (r"(", "(", None),
            (r"^(.{1000}){1000}$", "", None),
            // It would take others longer than we live.
            (r"^(a+)+$", &format!("{}!", "a".repeat(50_000)), Some(false)),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(accepts(pattern, text), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_cannot_make_work() {
        assert_eq!(matching("^((((a{1000}){1000}){1000}){1000})$", 0, 10), None);
    }
}
