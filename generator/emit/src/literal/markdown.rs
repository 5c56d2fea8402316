//! Words in Markdown files that we write.

use crate::comment::split_lines;
use crate::{Code, Language};

/// Text on one line that shows as it is: every character that CommonMark may take for markup is escaped (2.4).
#[must_use]
pub fn text(text: &str) -> Code {
    let mut result = String::with_capacity(text.len());
    for character in split_lines(text).join(" ").chars() {
        if matches!(
            character,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '('
                | ')'
                | '<'
                | '>'
                | '#'
                | '+'
                | '-'
                | '!'
                | '|'
                | '~'
                | '&'
                | '$'
        ) {
            result.push('\\');
        }
        if !character.is_control() {
            result.push(character);
        }
    }
    Code::new(Language::Markdown, result.trim().to_owned())
}

/// Text on one line that shows as it is, but for code spans: what stands between single backticks is code.
#[must_use]
pub fn prose(words: &str) -> Code {
    let pieces: Vec<&str> = words.split('`').collect();
    let plain = pieces.len().is_multiple_of(2) || words.contains("``");
    if plain {
        return text(words);
    }
    let mut result = String::with_capacity(words.len());
    for (index, piece) in pieces.iter().enumerate() {
        if index % 2 == 1 {
            result.push_str(code(piece).as_str());
            continue;
        }
        let shown = text(piece);
        let blank = |end: Option<char>| end.is_some_and(char::is_whitespace);
        if blank(piece.chars().next()) && !result.is_empty() {
            result.push(' ');
        }
        result.push_str(shown.as_str());
        if !shown.as_str().is_empty() && blank(piece.chars().next_back()) {
            result.push(' ');
        }
    }
    Code::new(Language::Markdown, result.trim().to_owned())
}

/// A code span on one line (CommonMark 0.31, 6.1): its fence is longer than any run of backticks inside. Bars are
/// escaped, so that it may stand in a table.
#[must_use]
pub fn code(text: &str) -> Code {
    let text = split_lines(text).join(" ").replace('|', "\\|");
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    Code::new(
        Language::Markdown,
        format!("{fence}{pad}{text}{pad}{fence}"),
    )
}

/// A fenced block (CommonMark 0.31, 4.5) whose fence is longer than any run of backticks inside. `info` names the
/// language; letters and digits of it are kept.
#[must_use]
pub fn fenced(info: &str, text: &str) -> Code {
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let info: String = info.chars().filter(char::is_ascii_alphanumeric).collect();
    Code::new(
        Language::Markdown,
        format!("{fence}{info}\n{}\n{fence}", text.trim_end_matches('\n')),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_in_words_shows_as_it_is() {
        assert_eq!(
            super::text("a *b* <i>\n# c").as_str(),
            r"a \*b\* \<i\> \# c"
        );
        assert_eq!(
            super::prose("the `next_cursor` of *it*. `a|b`!").as_str(),
            r"the `next_cursor` of \*it\*. `a\|b`\!"
        );
        assert_eq!(super::prose("a ` b").as_str(), r"a \` b");
        assert_eq!(super::code("a`b``c").as_str(), "```a`b``c```");
        assert_eq!(
            super::fenced("python\n", "x\n```\ny\n").as_str(),
            "````python\nx\n```\ny\n````"
        );
    }
}
