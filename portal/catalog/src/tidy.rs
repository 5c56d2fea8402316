//! What strangers wrote, made to fit a listing: shortened, cleaned of what cannot be seen, or left out.
//!
//! What comes out passes the checks of this crate; nothing is guessed.

use crate::check::RESERVED;
use crate::look_alike::mixes_scripts;
use crate::member::{MAX_NAME, MAX_SUMMARY, is_date, is_deceptive, is_url};

/// The longest id, in bytes.
const LONGEST_ID: usize = 64;

/// A text as an id: lower-case letters and digits of ASCII, joined by hyphens; `None` where nothing is left. What is too long ends
/// in `mark`.
#[must_use]
pub fn id(text: &str, mark: &str) -> Option<String> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut id = words.join("-");
    if id.len() > LONGEST_ID {
        id.truncate(LONGEST_ID - 1 - mark.len());
        id = format!("{}-{mark}", id.trim_end_matches('-'));
    }
    if RESERVED.contains(&id.as_str()) {
        id.push_str("-api");
    }
    (!id.is_empty()).then_some(id)
}

/// A name in one line; `None` where nothing is left, or where it mixes scripts that look alike.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    line(text, MAX_NAME).filter(|name| !mixes_scripts(name))
}

/// The first sentences of a text, in one line.
#[must_use]
pub fn summary(text: &str) -> Option<String> {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    line(paragraph, MAX_SUMMARY)
}

/// A text in one line, without what cannot be seen, cut at a word.
#[must_use]
pub fn line(text: &str, most: usize) -> Option<String> {
    let visible: String = text
        .chars()
        .map(|character| {
            if character.is_whitespace() {
                ' '
            } else {
                character
            }
        })
        .filter(|character| !is_deceptive(*character))
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let mut line = words.join(" ");
    if let Some((end, _)) = line.char_indices().nth(most) {
        let (last, _) = line.char_indices().nth(most - 1).unwrap_or((end, ' '));
        let cut = line[..last].rfind(' ').unwrap_or(last);
        line.truncate(cut);
        line.push('…');
    }
    (!line.is_empty()).then_some(line)
}

/// An address on the web, as it is; `None` for everything else.
#[must_use]
pub fn url(text: &str) -> Option<String> {
    is_url(text).then(|| text.to_owned())
}

/// The day of a moment (RFC 3339), or a day as it is.
#[must_use]
pub fn day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    is_date(day).then(|| day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_passes_the_checks() {
        assert_eq!(
            id("googleapis.com:YouTube", "x").as_deref(),
            Some("googleapis-com-youtube")
        );
        assert_eq!(id("../../etc/passwd", "x").as_deref(), Some("etc-passwd"));
        assert_eq!(id("compare", "x").as_deref(), Some("compare-api"));
        assert_eq!(id("日本", "x"), None);
        let long = id(&"word ".repeat(40), "abc123").expect("words are left");
        assert!(long.len() <= 64 && long.ends_with("-abc123"), "{long}");
        assert_eq!(name("A\u{202e}B\u{0}\n C").as_deref(), Some("AB C"));
        assert_eq!(name("Pаypal"), None);
        assert_eq!(name(" \u{200b} "), None);
        assert_eq!(line(&"ab ".repeat(9), 8).as_deref(), Some("ab ab…"));
        assert_eq!(
            summary("One.\nTwo.\n\nThree.").as_deref(),
            Some("One. Two.")
        );
        assert_eq!(url("javascript:alert(1)"), None);
        assert_eq!(
            day("2024-02-29T10:00:00.000Z").as_deref(),
            Some("2024-02-29")
        );
        assert_eq!(day("2023-02-29T10:00:00Z"), None);
        assert_eq!(day("éééééé"), None);
    }
}
