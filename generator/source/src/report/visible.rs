//! Text of strangers on a terminal: what would be obeyed, or could not be seen, is spelled out.

use std::borrow::Cow;
use std::fmt::Write;

/// The text in one line: line breaks and tabs become blanks, control characters and those that hide or turn the
/// direction of writing become escapes such as `\u{202e}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_deceptive(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(' '),
            '\r' => {}
            _ if character.is_control() || is_deceptive(character) => {
                let _ = write!(shown, "{}", character.escape_unicode());
            }
            _ => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// A character of an excerpt, by one of as many bytes, so that marks stay at their places. The renderer replaces the
/// control characters of ASCII itself.
pub(super) fn in_place(character: char) -> char {
    let unsafe_here = is_deceptive(character) || character.is_control();
    match character.len_utf8() {
        2 if unsafe_here => '\u{b7}',
        3 if unsafe_here => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

/// Characters that end a line, that turn the direction of writing, or that take no room.
fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
