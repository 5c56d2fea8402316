//! Names to stretches of an address: readable, lasting, never two alike.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The longest slug, in bytes.
const LONGEST: usize = 56;

/// The slug of one name, not yet told apart from others: words in lower case, joined by hyphens.
///
/// Letters and digits of every script stay; a change from small to capital begins a word.
pub(crate) fn of(name: &str) -> String {
    let mut slug = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            continue;
        }
        let before = index.checked_sub(1).map(|index| characters[index]);
        let after = characters.get(index + 1);
        let hump = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if hump && !slug.ends_with('-') {
            slug.push('-');
        }
        slug.extend(character.to_lowercase());
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    if slug.len() > LONGEST {
        let end = slug.floor_char_boundary(LONGEST - 7);
        slug = format!(
            "{}-{}",
            slug[..end].trim_end_matches('-'),
            fingerprint(name.as_bytes(), 6)
        );
    }
    if slug.is_empty() {
        slug = format!("x-{}", fingerprint(name.as_bytes(), 6));
    }
    slug
}

/// A slug for each of `names`, all different, none of them `reserved`.
///
/// A name that shares its slug keeps it only when it is written exactly like it; every other one gets the first digits
/// of its own hash, so that adding a name never changes the address of another page by its order.
pub(crate) fn all(names: &[&str], reserved: &[&str]) -> Vec<String> {
    let mut rivals: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        rivals.entry(of(name)).or_default().insert(name);
    }
    let mut used: BTreeSet<String> = reserved.iter().map(|&word| word.to_owned()).collect();
    let mut seen = BTreeSet::new();
    names
        .iter()
        .map(|name| {
            let plain = of(name);
            let shared = rivals.get(&plain).is_some_and(|names| names.len() > 1);
            let exact = *name == plain && seen.insert(*name);
            let wanted = if reserved.contains(&plain.as_str()) || is_device(&plain) {
                format!("{plain}-api")
            } else if shared && !exact {
                format!("{plain}-{}", fingerprint(name.as_bytes(), 6))
            } else {
                plain
            };
            // The same name twice (from two files) can only be told apart by order.
            let mut slug = wanted.clone();
            let mut number = 2;
            while !used.insert(slug.clone()) {
                slug = format!("{wanted}-{number}");
                number += 1;
            }
            slug
        })
        .collect()
}

/// Windows opens a device when a folder has one of these names.
fn is_device(slug: &str) -> bool {
    let numbered = |prefix: &str| {
        slug.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["con", "prn", "aux", "nul"].contains(&slug) || numbered("com") || numbered("lpt")
}

/// The first `digits` hexadecimal digits of the SHA-256 of `bytes`.
pub(crate) fn fingerprint(bytes: &[u8], digits: usize) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes).iter() {
        text.push_str(&format!("{byte:02x}"));
        if text.len() >= digits {
            break;
        }
    }
    text.truncate(digits);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_words_joined_by_hyphens() {
        let cases = [
            ("books", "books"),
            ("BookPage", "book-page"),
            ("HTTPServer", "http-server"),
            ("order items", "order-items"),
            ("meta/root", "meta-root"),
            ("Bücher & Œuvres", "bücher-œuvres"),
            ("v2Beta1", "v2-beta1"),
            ("__init__", "init"),
            ("../../etc", "etc"),
        ];
        for (name, slug) in cases {
            assert_eq!(of(name), slug);
        }
        assert!(of("").starts_with("x-"));
        assert!(of("!!").starts_with("x-"));
        assert_ne!(of(""), of("!!"));
    }

    #[test]
    fn names_that_differ_by_case_get_addresses_that_do_not_depend_on_order() {
        let one = all(&["Book", "book", "BOOK"], &[]);
        let mut other = all(&["BOOK", "book", "Book"], &[]);
        other.reverse();
        assert_eq!(one, other);
        assert_eq!(one[1], "book");
        assert_eq!(one.iter().collect::<BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn a_reserved_word_and_a_device_are_left_alone() {
        assert_eq!(all(&["types", "con", "Types"], &["types"])[0], "types-api");
        assert_eq!(all(&["con"], &[]), ["con-api"]);
    }
}
