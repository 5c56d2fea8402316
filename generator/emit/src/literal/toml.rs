//! TOML's literals.

use crate::{Code, Language};
use std::fmt::Write;

/// A basic string (TOML 1.0, "String").
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
            other
                if other.is_control()
                    || matches!(other, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                write!(result, "\\u{:04X}", u32::from(other)).expect("a string grows");
            }
            other => result.push(other),
        }
    }
    result.push('"');
    Code::new(Language::Toml, result)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_string_cannot_open_a_table() {
        assert_eq!(
            super::string("x\"\n[tool.y]").as_str(),
            r#""x\"\n[tool.y]""#
        );
    }
}
