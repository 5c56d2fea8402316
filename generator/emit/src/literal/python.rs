//! Python's literals. Not JSON's: `\ud83d\ude00` means one character there and two here.

use crate::{Code, Language};
use std::fmt::Write;

/// A string, ASCII only, in double quotes.
#[must_use]
pub fn string(text: &str) -> Code {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for character in text.chars() {
        match character {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            ' '..='~' => result.push(character),
            other => {
                let point = u32::from(other);
                match point {
                    0..=0xff => write!(result, "\\x{point:02x}"),
                    0x100..=0xffff => write!(result, "\\u{point:04x}"),
                    _ => write!(result, "\\U{point:08x}"),
                }
                .expect("a string grows");
            }
        }
    }
    result.push('"');
    Code::new(Language::Python, result)
}

/// A boolean.
#[must_use]
pub fn boolean(value: bool) -> Code {
    Code::new(Language::Python, if value { "True" } else { "False" })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_character_outside_ascii_is_escaped() {
        let text = "a\"b\\c\n\u{85}é\u{2028}😀{x}";
        assert_eq!(
            super::string(text).as_str(),
            r#""a\"b\\c\n\x85\xe9\u2028\U0001f600{x}""#
        );
    }
}
