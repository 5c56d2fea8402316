//! How names are written.

use std::collections::BTreeMap;

/// The ways to write several words as one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    Camel,
    Snake,
    Kebab,
    Pascal,
    Screaming,
    Mixed,
}

impl Style {
    /// With an example of itself.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Style::Camel => "`camelCase`",
            Style::Snake => "`snake_case`",
            Style::Kebab => "`kebab-case`",
            Style::Pascal => "`PascalCase`",
            Style::Screaming => "`SCREAMING_CASE`",
            Style::Mixed => "several styles at once",
        }
    }

    /// The style of a name; `None` for one that fits several, such as a single word in lower case.
    pub(crate) fn of(name: &str) -> Option<Style> {
        // Most names are words of ASCII between signs of a style.
        if name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        {
            return Style::of_part(name.trim_matches(['_', '-']));
        }
        // `filter[created_at]`, `repos/list-for-org`, `@type`: signs between names are nobody's style.
        let mut found = None;
        for part in
            name.split(|character: char| !character.is_alphanumeric() && !"_-".contains(character))
        {
            match (found, Style::of_part(part.trim_matches(['_', '-']))) {
                (_, None) => {}
                (None, style) => found = style,
                (Some(known), Some(style)) if known == style => {}
                _ => return Some(Style::Mixed),
            }
        }
        found
    }

    fn of_part(part: &str) -> Option<Style> {
        let (mut upper, mut lower, mut underscore, mut hyphen) = (false, false, false, false);
        for character in part.chars() {
            match character {
                '_' => underscore = true,
                '-' => hyphen = true,
                'a'..='z' => lower = true,
                'A'..='Z' => upper = true,
                other => {
                    upper |= other.is_uppercase();
                    lower |= other.is_lowercase();
                }
            }
        }
        match (underscore, hyphen, upper, lower) {
            (true, true, ..) => Some(Style::Mixed),
            (true, false, true, true) | (false, true, true, _) => Some(Style::Mixed),
            (true, false, true, false) => Some(Style::Screaming),
            (true, false, false, _) => Some(Style::Snake),
            (false, true, false, _) => Some(Style::Kebab),
            (false, false, true, true) if part.starts_with(char::is_uppercase) => {
                Some(Style::Pascal)
            }
            (false, false, true, true) => Some(Style::Camel),
            // A word, an acronym, a number.
            (false, false, ..) => None,
        }
    }
}

/// The style that most of the names have; of two as frequent, the one that stands first in [`Style`].
pub(crate) fn prevailing<'a>(names: impl Iterator<Item = &'a str>) -> Option<Style> {
    let mut counts: BTreeMap<Style, usize> = BTreeMap::new();
    for style in names
        .filter_map(Style::of)
        .filter(|style| *style != Style::Mixed)
    {
        *counts.entry(style).or_default() += 1;
    }
    let most = *counts.values().max()?;
    counts
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(style, _)| style)
}

#[cfg(test)]
mod tests {
    use super::{Style, prevailing};

    #[test]
    fn a_name_has_a_style_when_it_has_several_words() {
        for (name, style) in [
            ("createdAt", Some(Style::Camel)),
            ("created_at", Some(Style::Snake)),
            ("created-at", Some(Style::Kebab)),
            ("CreatedAt", Some(Style::Pascal)),
            ("CREATED_AT", Some(Style::Screaming)),
            ("created_At", Some(Style::Mixed)),
            ("filter[created_at]", Some(Style::Snake)),
            ("repos/list-for-org", Some(Style::Kebab)),
            ("_id", None),
            ("id", None),
            ("URL", None),
            ("2fa", None),
        ] {
            assert_eq!(Style::of(name), style, "{name}");
        }
        assert_eq!(
            prevailing(["a_b", "id", "c_d", "eF"].into_iter()),
            Some(Style::Snake)
        );
        assert_eq!(prevailing(["a_b", "eF"].into_iter()), Some(Style::Camel));
        assert_eq!(prevailing(["id"].into_iter()), None);
    }
}
