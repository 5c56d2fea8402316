//! Links: those that guides write, and the check that all links of the built site lead somewhere.
//!
//! 1. [`of_guide`] turns `api:bookshop.listBooks`, `other-guide.md` and `#anchor` into links of the page.
//! 2. [`check_guides`] reports those that lead nowhere, with their place in the guide.
//! 3. [`check_site`] looks at every `href` and `src` of every page: a broken one there is a mistake of ours.

use crate::address::{Address, Here};
use crate::map::Shelf;
use crate::markdown::Embed;
use crate::pages::guide;
use crate::site::Site;
use crate::{Guide, front_matter, url};
use portolan_emit::FileTree;
use portolan_source::{Diagnostic, Diagnostics, Span};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// What a link of a guide means.
enum Aim<'a> {
    /// A page of the site, or a part of it.
    Page(Address, &'a str),
    /// A part of the guide itself.
    Part(&'a str),
    /// Elsewhere, where links may lead.
    Elsewhere(&'a str),
}

/// `None` when it leads nowhere.
fn aim<'a>(site: &Site<'_>, guide: &Guide, shelf: Shelf, target: &'a str) -> Option<Aim<'a>> {
    if let Some(name) = target.strip_prefix("api:") {
        return Some(Aim::Page(of_api(site, name)?, ""));
    }
    if target.starts_with('#') {
        return Some(Aim::Part(target));
    }
    if let Some(url) = url::safe(target) {
        return Some(Aim::Elsewhere(url));
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    Some(Aim::Page(neighbour(site, guide, shelf, path)?, anchor))
}

/// Where a link of a guide leads; `None` when it leads nowhere.
pub(crate) fn of_guide(
    site: &Site<'_>,
    here: &Here,
    guide: &Guide,
    shelf: Shelf,
    target: &str,
) -> Option<String> {
    Some(match aim(site, guide, shelf, target)? {
        Aim::Page(address, "") => here.page(&address),
        Aim::Page(address, anchor) => here.part(&address, anchor),
        Aim::Part(anchor) => url::encode_path(anchor),
        Aim::Elsewhere(url) => url.to_owned(),
    })
}

/// Where a link of a guide leads in its Markdown; `None` when it stays as it is.
pub(crate) fn of_twin(
    site: &Site<'_>,
    here: &Here,
    guide: &Guide,
    shelf: Shelf,
    target: &str,
) -> Option<String> {
    match aim(site, guide, shelf, target)? {
        Aim::Page(address, "") => Some(here.twin(&address)),
        Aim::Page(address, anchor) => {
            let page = here.twin(&address);
            Some(format!("{page}#{}", url::encode_path(anchor)))
        }
        Aim::Part(_) | Aim::Elsewhere(_) => None,
    }
}

/// `bookshop`, `bookshop.listBooks`, `bookshop.types.Book`, `payments.webhooks.payment.succeeded`.
/// The current version is meant; what only an older one has is found there.
fn of_api(site: &Site<'_>, name: &str) -> Option<Address> {
    let maps = &site.map.apis;
    if let Some(map) = maps.iter().find(|map| map.api.id == *name) {
        return Some(map.address.clone());
    }
    maps.iter().find_map(|map| {
        let rest = name.strip_prefix(map.api.id.as_str())?.strip_prefix('.')?;
        if let Some((address, _)) = map.operation(rest) {
            return Some(address.clone());
        }
        if let Some(name) = rest.strip_prefix("webhooks.") {
            return Some(map.webhook(name)?.0.clone());
        }
        let name = rest.strip_prefix("types.")?;
        let mut types = map.type_pages();
        types
            .find(|(_, id)| map.api.type_def(*id).name == *name)
            .map(|(address, _)| address.clone())
    })
}

/// Another guide, by its path relative to this one.
fn neighbour(site: &Site<'_>, guide: &Guide, shelf: Shelf, path: &str) -> Option<Address> {
    let (places, guides) = site.shelf(shelf);
    let mut parts: Vec<&str> = guide.path.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let wanted = parts.join("/");
    let found = places
        .iter()
        .find(|(_, index)| guides[*index].path == wanted);
    found.map(|(address, _)| address.clone())
}

/// Reports the links of all guides that lead nowhere.
pub(crate) fn check_guides(site: &Site<'_>, diagnostics: &mut Diagnostics) {
    let here = Here::at(&Address::home());
    let apis = (0..site.inputs.apis.len()).map(Shelf::Api);
    for shelf in [Shelf::Portal, Shelf::Own].into_iter().chain(apis) {
        for guide in site.shelf(shelf).1 {
            check_guide(site, &here, guide, shelf, diagnostics);
        }
    }
}

fn check_guide(
    site: &Site<'_>,
    here: &Here,
    guide: &Guide,
    shelf: Shelf,
    diagnostics: &mut Diagnostics,
) {
    let offset = front_matter::read(&guide.text).length;
    let body = &guide.text[offset..];
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        let (dest_url, leads) = match event {
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) => {
                let leads = match &*title {
                    "include" => {
                        let target = &*dest_url;
                        guide::leads_somewhere(site, guide, Embed::Include { target })
                    }
                    "sample" => {
                        let target = &*dest_url;
                        guide::leads_somewhere(site, guide, Embed::Sample { target })
                    }
                    _ => of_guide(site, here, guide, shelf, &dest_url).is_some(),
                };
                (dest_url, leads)
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let (target, words) = (&*dest_url, "");
                let picture = Embed::Picture { target, words };
                let leads =
                    url::safe(target).is_some() || guide::leads_somewhere(site, guide, picture);
                (dest_url, leads)
            }
            _ => continue,
        };
        if leads {
            continue;
        }
        let place = |at: usize| u32::try_from(at + offset).unwrap_or(u32::MAX);
        let span = Span::new(guide.source, place(range.start), place(range.end));
        let message = format!(
            "`{}` leads nowhere",
            dest_url.chars().take(120).collect::<String>()
        );
        let mut diagnostic = Diagnostic::warning("broken-link", message).at(span);
        if let Some(help) = suggestion(site, &dest_url) {
            diagnostic = diagnostic.help(help);
        }
        diagnostics.push(diagnostic);
    }
}

fn suggestion(site: &Site<'_>, target: &str) -> Option<String> {
    let name = target.strip_prefix("api:")?;
    let all = site.current().flat_map(|(_, _, map)| {
        let ids = map.operation_ids();
        ids.map(move |id| format!("{}.{id}", map.api.id))
    });
    let near = all
        .map(|candidate| {
            (
                distance(&candidate.to_lowercase(), &name.to_lowercase()),
                candidate,
            )
        })
        .min()?;
    Some(format!("did you mean `api:{}`?", near.1))
}

/// How many letters at the beginning and the end do not agree: enough to find a slip of the pen.
fn distance(a: &str, b: &str) -> usize {
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let head = same(&mut a.chars(), &mut b.chars());
    let tail = same(&mut a.chars().rev(), &mut b.chars().rev());
    let longest = a.chars().count().max(b.chars().count());
    longest.saturating_sub(head + tail)
}

/// Links of built pages that lead to no file of the site, or to no part of a page: page, then link.
pub(crate) fn check_site(files: &FileTree, ignored: &[String]) -> Vec<(String, String)> {
    let known: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let pages: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .filter_map(|(path, file)| Some((path.as_str(), std::str::from_utf8(&file.bytes).ok()?)))
        .collect();
    let mut broken = Vec::new();
    for (&page, html) in &pages {
        if page == "404.html" {
            continue;
        }
        for (attribute, link) in references(html) {
            if link.contains("://") || link.starts_with("mailto:") || attribute == "content" {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                Some(page.to_owned())
            } else {
                resolve(page, path)
            };
            let target = target.map(|target| decode(&target));
            let found = target.as_deref().is_some_and(|target| {
                let exists = known.contains(target)
                    || ignored.iter().any(|it| it == target)
                    || target == "assets/search/";
                exists
                    && (anchor.is_empty()
                        || pages
                            .get(target)
                            .is_some_and(|html| has_id(html, &decode(anchor))))
            });
            if !found {
                broken.push((page.to_owned(), link.to_owned()));
            }
        }
    }
    broken.sort();
    broken.dedup();
    broken
}

/// The values of `href` and `src` attributes of our own pages, which always quote them.
fn references(html: &str) -> impl Iterator<Item = (&'static str, &str)> {
    ["href", "src"].into_iter().flat_map(move |attribute| {
        let mark = if attribute == "href" {
            " href=\""
        } else {
            " src=\""
        };
        html.split(mark).skip(1).filter_map(move |rest| {
            let (value, _) = rest.split_once('"')?;
            Some((attribute, value))
        })
    })
}

fn has_id(html: &str, anchor: &str) -> bool {
    html.contains(&format!(" id=\"{anchor}\""))
}

fn resolve(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = path
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if bytes[at] == b'%' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(pages: &[(&str, &str)]) -> FileTree {
        let mut files = FileTree::default();
        for (path, html) in pages {
            crate::assemble::put(&mut files, path, html.as_bytes().to_vec());
        }
        files
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        let files = tree(&[
            (
                "index.html",
                "<a href=\"a/index.html#x\">1</a><a href=\"b/index.html\">2</a>",
            ),
            (
                "a/index.html",
                "<p id=\"x\"></p><a href=\"../index.html\">3</a><a href=\"#y\">4</a>",
            ),
        ]);
        let broken = check_site(&files, &[]);
        let expected = [("a/index.html", "#y"), ("index.html", "b/index.html")];
        assert_eq!(broken, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
