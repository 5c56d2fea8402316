//! An entry of the index: `{ added, preferred, versions: { NAME: { added, updated, info, swaggerUrl, ... } } }`.

use super::super::listing;
use portolan_catalog::{Listing, Version, skeleton, tidy};
use portolan_emit::sha256;
use portolan_source::Node;

/// Versions of one API that are taken over.
const MOST_VERSIONS: usize = 30;
/// Categories and tags that are taken over.
const MOST_WORDS: usize = 10;
/// The longest name, in characters.
const MAX_NAME: usize = 80;

/// What becomes of an entry.
#[derive(Clone)]
pub(super) struct Entry {
    /// What the index calls it, e.g. `example.com:orders`.
    pub(super) key: String,
    pub(super) listing: Listing,
    /// Id and name of who offers it.
    pub(super) provider: (String, String),
    /// Ids and names.
    pub(super) categories: Vec<(String, String)>,
}

impl Entry {
    /// Reads an entry; `None` where it names no API.
    pub(super) fn read(key: &str, node: &Node) -> Option<Entry> {
        let versions = node.get("versions")?.members();
        let preferred = node.get("preferred").and_then(Node::as_str);
        let shown = versions
            .iter()
            .find(|version| Some(&*version.key) == preferred)
            .or(versions.last())?;
        let info = shown.node.get("info")?;
        let text = |node: &Node, name: &str| {
            let text = node.get(name).and_then(Node::as_str);
            text.map(str::to_owned)
        };
        let mark = &sha256(key.as_bytes())[..6];
        let id = tidy::id(key, mark)?;
        let by_key = || tidy::name(key);
        let name = text(info, "title").and_then(|title| tidy::name(&title));
        let name = name.or_else(by_key)?;
        let host = key.split(':').next().unwrap_or_default().to_owned();
        let host = text(info, "x-providerName").unwrap_or(host);
        let provider = tidy::name(&host).or_else(by_key)?;
        let provider_id = tidy::id(&provider, &sha256(provider.as_bytes())[..6])?;
        let description = text(info, "description").and_then(|text| tidy::summary(&plain(&text)));
        let summary = description.unwrap_or_else(|| format!("{name}, offered by {provider}."));
        let mut listing = listing(id, name, summary, provider_id.clone());
        let words = |name: &str| -> Vec<String> {
            let items = info.get(name).map(Node::items).unwrap_or_default();
            let words = items.iter().filter_map(Node::as_str).filter_map(tidy::name);
            words.take(MOST_WORDS).collect()
        };
        let mut categories: Vec<(String, String)> = Vec::new();
        for word in words("x-apisguru-categories") {
            let id = tidy::id(&word, &sha256(word.as_bytes())[..6]);
            if let Some(id) = id.filter(|id| categories.iter().all(|(other, _)| other != id)) {
                categories.push((id, spoken(&word)));
            }
        }
        listing.categories = categories.iter().map(|(id, _)| id.clone()).collect();
        for word in words("x-tags") {
            let word = word.to_lowercase();
            if !listing.tags.contains(&word) {
                listing.tags.push(word);
            }
        }
        let url = |node: &Node, name: &str| text(node, name).and_then(|url| tidy::url(&url));
        let inside = |name: &str, inner: &str| info.get(name).and_then(|node| url(node, inner));
        listing.document_url =
            url(&shown.node, "swaggerYamlUrl").or(url(&shown.node, "swaggerUrl"));
        let external = shown.node.get("externalDocs");
        listing.documentation_url = external.and_then(|node| url(node, "url"));
        listing.terms_url = url(info, "termsOfService");
        listing.support_url = inside("contact", "url");
        let license: Option<String> = info.get("license").and_then(|node| text(node, "name"));
        listing.license = license.and_then(|text| tidy::line(&text, 120));
        let mut known: Vec<Version> = versions
            .iter()
            .filter_map(|version| {
                let day = ["added", "updated"];
                let day = day.into_iter().find_map(|name| text(&version.node, name));
                Some(Version {
                    version: tidy::line(&version.key, MAX_NAME)?,
                    date: day.and_then(|day| tidy::day(&day)),
                    changes: Vec::new(),
                })
            })
            .collect();
        known.sort_by(|one, other| (&other.date, &other.version).cmp(&(&one.date, &one.version)));
        known.truncate(MOST_VERSIONS);
        listing.versions = known;
        Some(Entry {
            key: key.to_owned(),
            listing,
            provider: (provider_id, provider),
            categories,
        })
    }

    /// Says in the name what the index calls it, so that nobody takes it for another.
    pub(super) fn name_by_key(&mut self) {
        let key = tidy::line(&self.key, MAX_NAME / 2).unwrap_or_default();
        let room = MAX_NAME - key.chars().count() - 3;
        let title = tidy::line(&self.listing.name, room).unwrap_or_default();
        let name = format!("{title} ({key})");
        // Where the key mixes scripts, the id says it.
        let name = tidy::name(&name).unwrap_or_else(|| format!("{title} ({})", self.listing.id));
        if skeleton(&name) != skeleton(&self.listing.name) {
            self.listing.name = tidy::line(&name, MAX_NAME).unwrap_or(name);
        }
    }
}

/// A description without the commonest marks of HTML and Markdown: a summary is plain text.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                plain.push(' ');
            }
            '#' | '*' | '`' => {}
            _ if !inside => plain.push(character),
            _ => {}
        }
    }
    // What was opened and never closed was no mark.
    if inside { text.to_owned() } else { plain }
}

/// `open_data` as people say it.
fn spoken(word: &str) -> String {
    let spaced = word.replace(['_', '-'], " ");
    let mut characters = spaced.chars();
    let first = characters.next();
    let capital = first.into_iter().flat_map(char::to_uppercase);
    capital.chain(characters).collect()
}
