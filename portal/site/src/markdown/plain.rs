//! Words without blocks: lines, excerpts, text for the search.

use super::options;
use crate::html::{Html, escape};
use pulldown_cmark::{Event, Parser, TagEnd};

/// One line of a description for a place that holds no blocks and no links, e.g. a summary.
pub(crate) fn line(text: &str) -> Html {
    let mut html = String::new();
    let mut parser = Parser::new_ext(text, options());
    for event in parser.by_ref() {
        match event {
            Event::Text(text) => escape(&text, &mut html),
            Event::Code(code) => {
                html.push_str("<code>");
                escape(&code, &mut html);
                html.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => html.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => break,
            _ => {}
        }
    }
    Html::new(html)
}

/// The words alone, in one line.
pub(crate) fn plain(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // Words that end an emphasis stand before a blank that the source did not have.
    [" .", " ,", " ;", " :", " )", " ?"]
        .iter()
        .fold(joined, |text, pair| match text.contains(pair) {
            true => text.replace(pair, &pair[1..]),
            false => text,
        })
}

/// The first sentences of a text, for a place of `most` characters.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let words = plain(paragraph);
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(". ").filter(|at| *at > most / 2);
    match end {
        Some(at) => cut[..=at].to_owned(),
        None => {
            let at = cut.rfind(' ').unwrap_or(cut.len());
            format!("{}…", cut[..at].trim_end_matches([',', ';', ':', '.']))
        }
    }
}
