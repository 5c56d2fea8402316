//! JavaScript's literals: JSON, with all escaped that HTML or an old parser could take for its own. Never a template
//! literal.

use crate::{Code, Language};
use std::fmt::Write;

/// A string, ASCII only, in double quotes; also valid JSON.
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
            '<' | '>' | '&' => {
                write!(result, "\\u{:04x}", u32::from(character)).expect("a string grows")
            }
            ' '..='~' => result.push(character),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    write!(result, "\\u{unit:04x}").expect("a string grows");
                }
            }
        }
    }
    result.push('"');
    Code::new(Language::JavaScript, result)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_string_is_json_and_safe_in_html() {
        let text = "a\"b\\c</script>\u{2028}😀`${x}`";
        let literal = super::string(text);
        assert_eq!(
            literal.as_str(),
            r#""a\"b\\c\u003c/script\u003e\u2028\ud83d\ude00`${x}`""#
        );
        assert_eq!(
            serde_json::from_str::<String>(literal.as_str()).expect("valid JSON"),
            text
        );
    }
}
