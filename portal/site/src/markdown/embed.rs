//! What a guide takes in from elsewhere: `![words](picture.png)`, and a paragraph that is one link with the title
//! `include` or `sample`. To every other reader of Markdown they are a picture and a link.

use super::options;
use crate::html::{Html, escape};
use crate::url;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// What stands in the place of something taken in, until the markup is written: a character that no text holds.
const MARK: char = '\u{f8f0}';

/// How a link takes something in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Embed<'a> {
    /// `![words](target)`
    Picture { target: &'a str, words: &'a str },
    /// `[words](target "include")`
    Include { target: &'a str },
    /// `[words](target "sample")`
    Sample { target: &'a str },
}

/// The place of what was taken in as number `index`.
pub(super) fn mark(index: usize) -> String {
    format!("{MARK}{index}{MARK}")
}

/// Markup, cut where something was taken in: what stands before it, and its number.
pub(super) fn pieces(html: &str, count: usize) -> Vec<(&str, Option<usize>)> {
    let mut found = Vec::new();
    let (mut from, mut rest) = (0, html);
    while let Some(at) = rest.find(MARK) {
        let begin = html.len() - rest.len() + at;
        let inside = &html[begin + MARK.len_utf8()..];
        let number = inside.split_once(MARK).and_then(|(number, _)| {
            let index = number.parse::<usize>().ok()?;
            (index < count).then_some((index, number.len()))
        });
        let end = match number {
            Some((index, length)) => {
                found.push((&html[from..begin], Some(index)));
                begin + length + 2 * MARK.len_utf8()
            }
            // Somebody's own character; it means nothing and is not shown.
            None => {
                found.push((&html[from..begin], None));
                begin + MARK.len_utf8()
            }
        };
        from = end;
        rest = &html[end..];
    }
    found.push((&html[from..], None));
    found
}

/// The link that is all of a paragraph, when its title says that something is taken in. `events` begin behind the start of
/// the paragraph; the number is that of the events up to its end.
pub(super) fn of_paragraph<'e>(events: &'e [Event<'_>]) -> Option<(Embed<'e>, usize)> {
    let Some(Event::Start(Tag::Link {
        dest_url, title, ..
    })) = events.first()
    else {
        return None;
    };
    let embed = match &**title {
        "include" => Embed::Include { target: dest_url },
        "sample" => Embed::Sample { target: dest_url },
        _ => return None,
    };
    let end = events
        .iter()
        .position(|event| matches!(event, Event::End(TagEnd::Link)))?;
    matches!(events.get(end + 1), Some(Event::End(TagEnd::Paragraph))).then_some((embed, end + 2))
}

/// A picture of the site.
pub(crate) fn picture(href: &str, words: &str) -> Html {
    let mut html = String::from("<img src=\"");
    escape(href, &mut html);
    html.push_str("\" alt=\"");
    escape(words, &mut html);
    html.push_str("\" loading=\"lazy\">");
    Html::new(html)
}

/// The files beside a guide that it takes in, as it names them.
pub(crate) fn files(text: &str) -> BTreeSet<String> {
    let beside = |target: &str| {
        let (path, _) = target.split_once('#').unwrap_or((target, ""));
        let elsewhere = path.is_empty()
            || path.starts_with('/')
            || path.starts_with("api:")
            || path.contains("://")
            || url::safe(path).is_some();
        (!elsewhere).then(|| path.to_owned())
    };
    Parser::new_ext(text, options())
        .filter_map(|event| match event {
            Event::Start(Tag::Image { dest_url, .. }) => beside(&dest_url),
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) if &*title == "include" => beside(&dest_url),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_at_marks_of_ours() {
        let html = format!("a{}b{MARK}c{}", mark(0), mark(7));
        let cut = pieces(&html, 1);
        assert_eq!(
            cut,
            [
                ("a", Some(0)),
                ("b", None),
                ("c", None),
                ("7", None),
                ("", None)
            ]
        );
    }

    #[test]
    fn a_guide_names_the_files_that_it_takes_in() {
        let text = "![a](images/a.png) ![b](https://x.example/b.png)\n\n[c](code/c.py \"include\")\n\n[d](d.md)\n\n[e](api:x.y \"include\")";
        let found: Vec<String> = files(text).into_iter().collect();
        assert_eq!(found, ["code/c.py", "images/a.png"]);
    }
}
