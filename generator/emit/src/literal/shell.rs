//! Words of the shell.

use crate::{Code, Language};

/// One word in single quotes: nothing is expanded in it. `None` when the text holds NUL, which no argument can carry.
#[must_use]
pub fn word(text: &str) -> Option<Code> {
    if text.contains('\0') {
        return None;
    }
    Some(Code::new(
        Language::Shell,
        format!("'{}'", text.replace('\'', r"'\''")),
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_word_ends_only_where_we_end_it() {
        let word = super::word("it's `id` $(id) \\ \n").expect("no NUL");
        assert_eq!(word.as_str(), "'it'\\''s `id` $(id) \\ \n'");
        assert_eq!(super::word("a\0b"), None);
    }
}
