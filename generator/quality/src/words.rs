//! What texts say.

use portolan_model::Docs;

/// Words that say nothing beside a name.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "be", "by", "for", "from", "has", "in", "is", "its",
    "of", "on", "or", "s", "that", "the", "this", "to", "with",
];

/// Texts that stand where a description should be.
const PLACEHOLDERS: &[&str] = &[
    "description",
    "fixme",
    "n a",
    "na",
    "no description",
    "none",
    "null",
    "placeholder",
    "string",
    "tbd",
    "test",
    "text",
    "todo",
    "undefined",
    "unknown",
    "xxx",
];

/// In bytes.
const LONGEST_PLACEHOLDER: usize = 16;

/// Whether a description or a summary says more than the name of the thing.
pub(crate) fn described(docs: &Docs, name: &str) -> bool {
    [&docs.description, &docs.summary]
        .into_iter()
        .flatten()
        .any(|text| says_more(text, name))
}

/// Whether a text says more than `name`: `The user's id` beside `user_id` does not.
pub(crate) fn says_more(text: &str, name: &str) -> bool {
    let text = text.trim();
    // So long a text has words of its own: only short ones are worth taking apart.
    if text.len() > 4 * name.len() + 64 {
        return true;
    }
    // A word that the name does not even hold as a part of itself is a new one; only what is as short as a placeholder
    // must be looked at as a whole.
    if text.len() > LONGEST_PLACEHOLDER && has_foreign_word(text, name) {
        return true;
    }
    let said = split(text);
    if said.is_empty() || PLACEHOLDERS.contains(&said.join(" ").as_str()) {
        return false;
    }
    let known = split(name);
    let whole = known.concat();
    said.iter().any(|word| {
        !EMPTY_WORDS.contains(&word.as_str())
            && *word != whole
            && !known.iter().any(|known| is_same(known, word))
    })
}

/// Whether a text has a word of its own, found without taking anything apart.
fn has_foreign_word(text: &str, name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(|character| character.is_alphanumeric())
        .map(|character| character.to_ascii_lowercase())
        .collect();
    let mut word = String::new();
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| word.len() >= 4)
        .any(|original| {
            word.clear();
            word.push_str(original);
            word.make_ascii_lowercase();
            let stem = word.strip_suffix("ies").or(word.strip_suffix('s'));
            !EMPTY_WORDS.contains(&word.as_str()) && !name.contains(stem.unwrap_or(&word))
        })
}

/// Whether two texts have the same words.
pub(crate) fn same_words(left: &str, right: &str) -> bool {
    // Far apart in length they differ.
    left.len() < 2 * right.len() + 16
        && right.len() < 2 * left.len() + 16
        && split(left) == split(right)
}

/// Singular and plural are one word.
fn is_same(left: &str, right: &str) -> bool {
    let stem = |word: &str| {
        word.strip_suffix("ies")
            .map(|stem| format!("{stem}y"))
            .or(word.strip_suffix('s').map(str::to_owned))
            .unwrap_or(word.to_owned())
    };
    left == right || stem(left) == stem(right)
}

/// The words of a name or a text in lower case: at changes of case, and at all that is no letter or digit.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        if !character.is_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        } else {
            let after_small = before.is_lowercase() || before.is_numeric();
            let last_of_acronym =
                before.is_uppercase() && characters.peek().is_some_and(|next| next.is_lowercase());
            if character.is_uppercase() && (after_small || last_of_acronym) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{same_words, says_more, split};

    #[test]
    fn a_description_that_repeats_the_name_says_nothing() {
        for (name, text) in [
            ("user_id", "User ID"),
            ("userId", "The user's id."),
            ("name", "name"),
            ("createdAt", "createdAt"),
            ("categories", "The category"),
            ("anything", "TODO"),
            ("anything", " "),
            ("anything", "..."),
        ] {
            assert!(!says_more(text, name), "{name}: {text}");
        }
        for (name, text) in [
            ("user_id", "Who placed the order"),
            ("name", "Shown on the invoice."),
            ("id", "识别号"),
            ("id", "Unique identifier"),
        ] {
            assert!(says_more(text, name), "{name}: {text}");
        }
    }

    #[test]
    fn names_fall_into_words() {
        assert_eq!(split("listBooks"), ["list", "books"]);
        assert_eq!(split("getHTTPStatus"), ["get", "http", "status"]);
        assert_eq!(split("repos/list-for_org"), ["repos", "list", "for", "org"]);
        assert!(same_words("List books.", "list  books"));
    }
}
