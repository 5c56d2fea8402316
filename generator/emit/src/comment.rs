//! Words of a document that stand in comments and docstrings.
//!
//! A comment is the one place where a stranger's words are not inside a literal, so each line is made harmless: nothing
//! in it can end the line, end the comment, or turn the reading direction.

use crate::{Code, Language};

/// Splits text at every character that ends a line in some language: a bare CR ends a comment in Python, U+2028 one in
/// JavaScript. `\r\n` counts once.
pub fn split_lines(text: &str) -> Vec<String> {
    const BREAKS: [char; 10] = [
        '\n', '\r', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    text.replace("\r\n", "\n")
        .split(BREAKS)
        .map(str::to_owned)
        .collect()
}

/// One line of a comment in `language`, without the marker that begins it. Line breaks in `text` become spaces.
///
/// In Python the line may also stand in a docstring with plain quotes; in JavaScript and TypeScript in `/* */` or
/// behind `//`; in Shell behind `#`.
#[must_use]
pub fn line(language: Language, text: &str) -> Code {
    let text = split_lines(text).join(" ");
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => result.push(' '),
            character if is_hidden(character) => {
                result.push_str(&format!("<U+{:04X}>", u32::from(character)));
            }
            '\\' if language == Language::Python => result.push_str("\\\\"),
            // Three in a row, or one before the closing quotes, would end a docstring.
            '"' if language == Language::Python => result.push_str("\\\""),
            '/' if is_script(language) && result.ends_with('*') => result.push_str("\\/"),
            other => result.push(other),
        }
    }
    if is_script(language) {
        // Tools look for these anywhere, and fetch what follows.
        for address in ["sourceMappingURL", "sourceURL"] {
            result = result.replace(&format!("{address}="), &format!("{address} ="));
        }
    }
    Code::new(language, result.trim_end().to_owned())
}

/// One line of a comment that begins with a stranger's words. In a script a leading `@` is escaped: `@ts-ignore` at the
/// beginning of a comment, or in its last line, would turn the compiler off, and `@deprecated` is ours to say.
#[must_use]
pub fn words(language: Language, text: &str) -> Code {
    let line = line(language, text);
    if is_script(language) && line.as_str().trim_start().starts_with('@') {
        return Code::new(language, format!("\\{}", line.as_str().trim_start()));
    }
    line
}

/// One line for a comment of Python that begins with words of ours: no tool obeys what follows them. In the first lines
/// of a file `coding:`, also as the end of a word, would change how all of it is read (PEP 263); behind a `#` in the
/// middle stand directives of linters.
#[must_use]
pub fn remark(text: &str) -> Code {
    let text = line(Language::Python, text)
        .as_str()
        .replace('#', "<U+0023>");
    let text = text.replace("coding:", "coding :");
    Code::new(Language::Python, text.replace("coding=", "coding ="))
}

/// The lines of a comment, each as [`line`].
#[must_use]
pub fn lines(language: Language, text: &str) -> Vec<Code> {
    split_lines(text)
        .iter()
        .map(|text| line(language, text))
        .collect()
}

fn is_script(language: Language) -> bool {
    matches!(language, Language::JavaScript | Language::TypeScript)
}

/// Control characters, and those that turn or hide text (Trojan Source, CVE-2021-42574).
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_comment_ends_it() {
        let hostile = "a\r b\u{2028}c */ d */ \"\"\" e\\";
        assert_eq!(
            line(Language::JavaScript, hostile).as_str(),
            "a  b c *\\/ d *\\/ \"\"\" e\\"
        );
        assert_eq!(
            line(Language::Python, hostile).as_str(),
            "a  b c */ d */ \\\"\\\"\\\" e\\\\"
        );
        assert_eq!(
            line(Language::Shell, hostile).as_str(),
            "a  b c */ d */ \"\"\" e\\"
        );
    }

    #[test]
    fn no_tool_obeys_words_in_a_script() {
        assert_eq!(
            words(Language::TypeScript, " @ts-ignore //# sourceMappingURL=x").as_str(),
            "\\@ts-ignore //# sourceMappingURL =x"
        );
        assert_eq!(words(Language::Python, "@a").as_str(), "@a");
    }

    #[test]
    fn no_tool_obeys_a_remark() {
        assert_eq!(
            remark("@generated from Video Encoding: API # noqa -*- coding=utf-7").as_str(),
            "@generated from Video Encoding : API <U+0023> noqa -*- coding =utf-7"
        );
    }

    #[test]
    fn reading_direction_cannot_be_turned() {
        assert_eq!(line(Language::Python, "a\u{202e}b").as_str(), "a<U+202E>b");
    }
}
