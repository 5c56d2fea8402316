//! Listings that could be taken for one another.

use crate::Listing;
use crate::folder::Folder;
use portolan_source::{Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// Leaves out a listing whose name looks like that of an earlier one.
pub(crate) fn check(listings: &mut Folder<Listing>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
    listings.retain(|listing, node| {
        let span = node.get("name").map_or(listing.span, |name| name.span);
        let shape = skeleton(&listing.name);
        if let Some((name, first)) = seen.get(&shape) {
            let message = format!("the name `{}` looks like `{name}`", listing.name);
            diagnostics.push(
                Diagnostic::error("look-alike-name", message)
                    .label(span, "this one is left out")
                    .label(*first, "the other one")
                    .help("give it a name that nobody can take for the other"),
            );
            return false;
        }
        seen.insert(shape, (listing.name.clone(), span));
        true
    });
}

/// What a name looks like: letters that are drawn alike become one, everything but letters and digits goes.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let mut shape = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        let drawn = match character {
            '0' | 'о' | 'ο' | 'ö' | 'ó' | 'ò' | 'ô' | 'ø' => 'o',
            '1' | 'i' | '|' | 'í' | 'ì' | 'ï' | 'ı' | 'і' | 'ι' => 'l',
            '5' | 'ѕ' => 's',
            'а' | 'α' | 'ä' | 'á' | 'à' | 'å' => 'a',
            'с' => 'c',
            'ԁ' => 'd',
            'е' | 'é' | 'è' | 'ë' | 'ê' => 'e',
            'һ' => 'h',
            'ј' => 'j',
            'к' | 'κ' => 'k',
            'м' => 'm',
            'ո' => 'n',
            'р' | 'ρ' => 'p',
            'ԛ' => 'q',
            'т' | 'τ' => 't',
            'у' | 'γ' | 'ý' => 'y',
            'ν' => 'v',
            'ԝ' | 'ω' => 'w',
            'х' | 'χ' => 'x',
            'в' => 'b',
            'ü' | 'ú' | 'ù' => 'u',
            other if other.is_alphanumeric() => other,
            _ => continue,
        };
        shape.push(drawn);
    }
    shape.replace("rn", "m").replace("vv", "w")
}

/// Whether letters of Latin script stand beside letters of Greek or Cyrillic: no honest name does.
pub(crate) fn mixes_scripts(name: &str) -> bool {
    let latin = name
        .chars()
        .any(|character| character.is_ascii_alphabetic());
    let foreign = name
        .chars()
        .any(|character| character.is_alphabetic() && ('\u{370}'..='\u{58f}').contains(&character));
    latin && foreign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_drawn_alike_have_one_skeleton() {
        for (one, other) in [
            ("PayPal", "Paypa1"),
            ("PayPal", "Pay-Pal"),
            ("Stripe", "Ѕtrіре"),
            ("Modem", "Modern"),
            ("Open API", "OpenAPI"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        assert_ne!(skeleton("Payments"), skeleton("Payment"));
    }

    #[test]
    fn two_scripts_in_one_name_are_seen() {
        assert!(mixes_scripts("Pаypal"));
        assert!(!mixes_scripts("Яндекс"));
        assert!(!mixes_scripts("Météo"));
    }
}
