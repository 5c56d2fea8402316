//! A guide for machines: its own Markdown, with links that lead to Markdown and with what it takes in.

use super::taken::{Taker, folder};
use crate::links;
use crate::map::Shelf;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// The text of a guide.
pub(super) fn text(taker: &Taker<'_>, shelf: Shelf, body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        if range.start < at {
            continue;
        }
        let written = &body[range.clone()];
        let replaced = match event {
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) => match &*title {
                "include" => taker
                    .text(&dest_url, &title)
                    .map(|text| with_pictures(taker, folder(&dest_url), &text)),
                "sample" => taker.text(&dest_url, &title),
                _ => {
                    let link =
                        links::of_twin(taker.site, taker.here, taker.guide, shelf, &dest_url);
                    link.map(|link| with_target(written, &dest_url, &link))
                }
            },
            Event::Start(Tag::Image { dest_url, .. }) => {
                let path = taker.picture(&dest_url);
                path.map(|path| with_target(written, &dest_url, &path))
            }
            _ => None,
        };
        if let Some(replaced) = replaced {
            out.push_str(&body[at..range.start]);
            out.push_str(&replaced);
            at = range.end;
        }
    }
    out.push_str(&body[at..]);
    out
}

/// A text that was taken in from a folder, with its pictures where the site has them.
fn with_pictures(taker: &Taker<'_>, folder: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Start(Tag::Image { dest_url, .. }) = event
            && let Some(path) = taker.picture(&format!("{folder}{dest_url}"))
        {
            out.push_str(&text[at..range.start]);
            out.push_str(&with_target(&text[range.clone()], &dest_url, &path));
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A link as it was written, with another target. One that names its target elsewhere stays as it is.
fn with_target(written: &str, from: &str, to: &str) -> String {
    written.replacen(&format!("]({from}"), &format!("]({to}"), 1)
}
