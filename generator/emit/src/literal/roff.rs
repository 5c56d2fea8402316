//! Words in manual pages.

use crate::{Code, Language, comment};

/// Text on one line that shows as it is: no character of it begins a request or an escape (groff(7)), none
/// commands a terminal. All of it is ASCII: what is not stands as `\[u00E9]`.
#[must_use]
pub fn text(text: &str) -> Code {
    let line = comment::line(Language::Text, text);
    let text = line.as_str();
    let mut result = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            // A dot or an apostrophe at the beginning of a line begins a request.
            '.' | '\'' if result.is_empty() => {
                result.push_str("\\&");
                result.push(character);
            }
            '\\' => result.push_str("\\e"),
            '-' => result.push_str("\\-"),
            '\'' => result.push_str("\\(aq"),
            '`' => result.push_str("\\(ga"),
            '^' => result.push_str("\\(ha"),
            '~' => result.push_str("\\(ti"),
            '"' => result.push_str("\\(dq"),
            character if character.is_ascii() => result.push(character),
            character => result.push_str(&format!("\\[u{:04X}]", u32::from(character))),
        }
    }
    Code::new(Language::Roff, result)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_text_is_a_request_or_an_escape() {
        for (text, expected) in [
            (".so /etc/passwd", "\\&.so /etc/passwd"),
            ("'br", "\\&'br"),
            ("  .TH x", "\\&.TH x"),
            ("a\n.sy id", "a .sy id"),
            ("a\\*(XX\\n", "a\\e*(XX\\en"),
            ("--all 'x' \"y\"", "\\-\\-all \\(aqx\\(aq \\(dqy\\(dq"),
            (
                "caf\u{e9}\u{1b}[1m\u{9b}",
                "caf\\[u00E9]<U+001B>[1m<U+009B>",
            ),
            ("\u{202e}x", "<U+202E>x"),
        ] {
            assert_eq!(super::text(text).as_str().trim_end(), expected, "{text:?}");
        }
    }
}
