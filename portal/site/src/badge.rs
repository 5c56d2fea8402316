//! Small pictures in SVG that providers put on their own pages: a word and a value side by side.
//!
//! Texts are escaped, the picture names itself for those who do not see it, and it needs nothing from elsewhere.

use crate::html::escape;
use portolan_quality::Grade;

/// Characters of a text that are shown.
const LONGEST: usize = 48;
const HEIGHT: u32 = 20;
/// Room at both ends of a text.
const MARGIN: u32 = 8;

/// A badge that says `value` of `word`.
pub(crate) fn svg(word: &str, value: &str, grade: Option<Grade>) -> String {
    let (word, value) = (short(word), short(value));
    let (left, right) = (width(&word), width(&value));
    let whole = left + right + 4 * MARGIN;
    let middle = left + 2 * MARGIN;
    // White on each of these has a contrast of 4.5 and more.
    let fill = match grade {
        Some(Grade::APlus | Grade::A) => "#187a3c",
        Some(Grade::B) => "#2f6f2a",
        Some(Grade::C) => "#8a5a00",
        Some(Grade::D | Grade::F) => "#b3261e",
        None => "#0b6b78",
    };
    let mut name = String::new();
    escape(&format!("{word}: {value}"), &mut name);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{HEIGHT}\" viewBox=\"0 0 {whole} {HEIGHT}\" role=\"img\" aria-label=\"{name}\">\n\
         <title>{name}</title>\n\
         <path fill=\"#3c434f\" d=\"M4 0h{from}v{HEIGHT}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z\"/>\n\
         <path fill=\"{fill}\" d=\"M{middle} 0h{to}a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-{to}z\"/>\n\
         <g fill=\"#fff\" font-family=\"Verdana, DejaVu Sans, sans-serif\" font-size=\"11\">\n",
        from = middle - 4,
        to = right + 2 * MARGIN - 4,
    );
    for (text, length, at) in [(&word, left, MARGIN), (&value, right, middle + MARGIN)] {
        svg.push_str(&format!(
            "<text x=\"{at}\" y=\"14\" textLength=\"{length}\">"
        ));
        escape(text, &mut svg);
        svg.push_str("</text>\n");
    }
    svg.push_str("</g>\n</svg>\n");
    // What XML cannot hold is no text for people.
    svg.retain(|it| it == '\n' || !(it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}')));
    svg
}

/// One line, cut where it is too long.
fn short(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// About how wide a text is at 11 pixels; `textLength` makes it true.
fn width(text: &str) -> u32 {
    let tenths: u32 = text
        .chars()
        .map(|character| match character {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 35,
            'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '/' => 45,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 100,
            'A'..='Z' => 77,
            '\u{2e80}'.. => 110,
            _ => 67,
        })
        .sum();
    tenths.div_ceil(10).max(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_write_stays_text() {
        let svg = svg("<script>\"&\u{1}", &"x</text><a/>".repeat(20), None);
        assert!(svg.contains("<text x=\"8\" y=\"14\""));
        assert!(svg.contains("&lt;script&gt;&quot;&amp;"), "{svg}");
        assert!(!svg.contains("<script") && !svg.contains("<a/>") && !svg.contains('\u{1}'));
        assert!(svg.contains('…'));
    }

    #[test]
    fn a_good_grade_is_green_and_named() {
        let svg = svg("Bookshop", "A 93.0", Some(Grade::A));
        assert!(svg.contains("aria-label=\"Bookshop: A 93.0\""), "{svg}");
        assert!(svg.contains("#187a3c"));
    }
}
