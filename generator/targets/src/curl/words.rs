//! Strings of a document -> words of the shell.

use portolan_emit::{Code, Language, comment, literal};

/// A word in single quotes. NUL, which no argument can carry, becomes U+FFFD.
pub(super) fn word(text: &str) -> Code {
    literal::shell::word(text)
        .or_else(|| literal::shell::word(&text.replace('\0', "\u{fffd}")))
        .expect("no NUL is left")
}

/// Words for people to read on a terminal: what could command it is made visible.
pub(super) fn prose(lines: &[String]) -> Code {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| comment::line(Language::Text, line).to_string())
        .collect();
    word(&lines.join("\n"))
}

/// One line for people to read.
pub(super) fn line(text: &str) -> Code {
    word(comment::line(Language::Text, text).as_str())
}

/// A word of ours, which needs no quotes: letters, digits and `_-.`.
///
/// # Panics
/// When it is not of ours.
pub(super) fn bare(text: impl Into<String>) -> Code {
    let text = text.into();
    assert!(
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)),
        "only our own words go without quotes: {text:?}"
    );
    Code::new(Language::Shell, text)
}

/// Words of ours as arguments of their own.
pub(super) fn bare_words(words: &[String]) -> Code {
    let words: Vec<String> = words.iter().map(|word| bare(&**word).to_string()).collect();
    Code::new(Language::Shell, words.join(" "))
}

/// The text behind the quotes of a word.
pub(super) fn unquoted(word: &Code) -> String {
    let text = word.as_str();
    text.strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''))
        .unwrap_or(text)
        .replace("'\\''", "'")
}

/// A text as a person would type it: in quotes only where the shell would read it otherwise.
pub(super) fn typed(text: &str) -> Code {
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_./:@%+,-".contains(&byte));
    match plain {
        true => Code::new(Language::Shell, text),
        false => word(text),
    }
}

/// The segment of a JSON pointer (RFC 6901, 3) that means a name.
pub(super) fn pointer_segment(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The pointer that means a path of names.
pub(super) fn pointer<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names
        .into_iter()
        .map(|name| format!("/{}", pointer_segment(name)))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_word_is_one_word_whatever_is_in_it() {
        assert_eq!(super::word("a'b\0$(id)").as_str(), "'a'\\''b\u{fffd}$(id)'");
        assert_eq!(super::line("a\u{1b}[31m\nb").as_str(), "'a<U+001B>[31m b'");
        assert_eq!(super::pointer(["a/b", "~"]), "/a~1b/~0");
    }

    #[test]
    #[should_panic(expected = "only our own words")]
    fn a_word_that_needs_quotes_is_not_bare() {
        let _ = super::bare("a b");
    }
}
