//! How names are spelled: words of ASCII, cases, and the words that tell two spellings apart.

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// How an identifier is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `list_books`
    Snake,
    /// `listBooks`
    Camel,
    /// `ListBooks`
    Pascal,
    /// `LIST_BOOKS`
    Shouty,
    /// `list-books`: for file names and commands.
    Kebab,
}

impl Case {
    /// All, those first that win when as many names are written in two of them.
    pub(super) const ALL: [Case; 5] = [
        Case::Snake,
        Case::Camel,
        Case::Pascal,
        Case::Kebab,
        Case::Shouty,
    ];

    /// Words in this case.
    pub(super) fn write(self, words: &str) -> String {
        match self {
            Case::Snake => words.to_snake_case(),
            Case::Camel => words.to_lower_camel_case(),
            Case::Pascal => words.to_pascal_case(),
            Case::Shouty => words.to_shouty_snake_case(),
            Case::Kebab => words.to_kebab_case(),
        }
    }

    /// What people call it, written as it says.
    pub(super) fn name(self) -> &'static str {
        match self {
            Case::Snake => "snake_case",
            Case::Camel => "camelCase",
            Case::Pascal => "PascalCase",
            Case::Shouty => "SHOUTY_CASE",
            Case::Kebab => "kebab-case",
        }
    }

    /// The case of this name.
    pub(super) fn named(name: &str) -> Option<Case> {
        Case::ALL.into_iter().find(|case| case.name() == name)
    }
}

/// ASCII words of a name, parted by spaces.
pub(super) fn fold(name: &str) -> String {
    // ASCII is its own decomposition, and nearly all names are.
    if name.is_ascii() {
        return fold_characters(name.chars(), name.len());
    }
    let decomposed = name
        .nfkd()
        .filter(|character| !unicode_normalization::char::is_combining_mark(*character));
    fold_characters(decomposed, name.len())
}

fn fold_characters(characters: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut result = String::with_capacity(capacity);
    // Also behind the word of a place: `body +1`.
    let begins = |result: &str| result.is_empty() || result.ends_with(' ');
    let mut characters = characters.peekable();
    while let Some(character) = characters.next() {
        let before_digit = characters.peek().is_some_and(char::is_ascii_digit);
        match character {
            character if character.is_ascii_alphanumeric() => result.push(character),
            '+' if before_digit && begins(&result) => result.push_str("plus "),
            '-' if before_digit && begins(&result) => result.push_str("minus "),
            _ => result.push(' '),
        }
    }
    result
}

/// Words that tell a name from another one of the same letters, when its spelling has any: `a-b` is `a dash b`, `ADD` is
/// `ADD upper`.
pub(crate) fn spelled_out(name: &str) -> Option<String> {
    let mut result = String::with_capacity(name.len() + 16);
    let mut signs = false;
    for character in name.chars() {
        match sign(character) {
            Some(word) => {
                signs = true;
                result.extend([" ", word, " "]);
            }
            None => result.push(character),
        }
    }
    if signs {
        return Some(result);
    }
    let letters = fold(name);
    if letters.trim().is_empty() {
        return None;
    }
    let word = match () {
        () if letters.contains(' ') => return None,
        () if letters == letters.to_ascii_lowercase() => "lower",
        () if letters == letters.to_ascii_uppercase() => "upper",
        () if letters == letters.to_lower_camel_case() => "camel",
        () if letters == letters.to_pascal_case() => "capital",
        () => return None,
    };
    Some(format!("{letters} {word}"))
}

/// The word for a sign of ASCII.
fn sign(character: char) -> Option<&'static str> {
    Some(match character {
        ' ' => "space",
        '_' => "underscore",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        '\\' => "backslash",
        '+' => "plus",
        '*' => "star",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '@' => "at",
        '#' => "number",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        ':' => "colon",
        ';' => "semicolon",
        ',' => "comma",
        '\'' | '"' | '`' => "quote",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        _ => return None,
    })
}

/// The beginning of the hash of a name.
pub(super) fn hash(name: &str, length: usize) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(name.as_bytes()) {
        write!(text, "{byte:02x}").expect("a string grows");
    }
    text.truncate(length);
    text
}

#[cfg(test)]
mod tests {
    use super::spelled_out;

    #[test]
    fn a_spelling_has_words() {
        let said = |name| spelled_out(name).map(|words| super::Case::Snake.write(&words));
        assert_eq!(said("a-b").as_deref(), Some("a_dash_b"));
        assert_eq!(said("User_tier").as_deref(), Some("user_underscore_tier"));
        assert_eq!(said("ADD").as_deref(), Some("add_upper"));
        assert_eq!(said("Add").as_deref(), Some("add_capital"));
        assert_eq!(said("firstName").as_deref(), Some("first_name_camel"));
        assert_eq!(said("書店"), None);
    }
}
