//! `portolan catalog import`: the listings of a directory, from an index in the form of APIs.guru's list.json.
//!
//! 1. Each entry becomes a listing; its provider and its categories become items where there are none of these ids. Facts alone,
//!    made to fit ([`tidy`]); documents are linked to, and nothing is fetched.
//! 2. Ids and names depend on what entries say and never on their order, so a second import of the same index changes nothing.
//! 3. The manifest of the folder tells what an import wrote: what a person edited since, or wrote before, is kept and named. Listings
//!    that are gone from the index stay, unless asked otherwise.

mod entry;

use super::{category, exists, place, provider, yaml};
use crate::Outcome;
use crate::arguments::CatalogImport;
use crate::console::Console;
use anyhow::Context;
use entry::Entry;
use portolan_catalog::{skeleton, tidy};
use portolan_emit::{File, FileTree, MANIFEST, sha256, write};
use portolan_source::{Diagnostic, Diagnostics, Node, Sources, read};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The category of what the index puts nowhere.
const ELSEWHERE: (&str, &str) = ("uncategorised", "Uncategorised");
/// Files that are named when they were left as they are; the others are counted.
const MOST_NAMED: usize = 10;

/// Writes what the index says into the folder of the marketplace.
pub(super) fn run(request: &CatalogImport, console: &Console) -> anyhow::Result<Outcome> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let (folder, _) = place(&request.folder, &mut sources, &mut diagnostics)?;
    let source = sources.open(&request.file)?;
    let entries = match read(&sources, source, &mut diagnostics) {
        Ok(node) => entries(&node, &mut diagnostics),
        Err(_) => Vec::new(),
    };
    console.report(&sources, &diagnostics);
    if entries.is_empty() {
        console.say("the index has no entries that could become listings");
        return Ok(Outcome::Found);
    }
    let mut tree = tree(&entries, &folder)?;
    if !request.prune {
        keep_earlier(&mut tree, &folder)?;
    }
    let written = write(&tree, &folder, request.force)?;
    for path in written.kept.iter().take(MOST_NAMED) {
        console.warn(format!("{path} is not as an import wrote it: it was kept"));
    }
    if written.kept.len() > MOST_NAMED {
        let more = written.kept.len() - MOST_NAMED;
        console.warn(format!("and {more} more files were kept"));
    }
    console.say(format!(
        "{} entries: {} files written, {} unchanged, {} kept, {} removed",
        entries.len(),
        written.written.len(),
        written.unchanged,
        written.kept.len(),
        written.removed.len()
    ));
    Ok(match diagnostics.has_errors() {
        true => Outcome::Found,
        false => Outcome::Fine,
    })
}

/// The entries of an index; one that cannot become a listing is told of and left out.
fn entries(node: &Node, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    if !node.is_object() {
        let message = "the index is not an object of APIs by their names";
        diagnostics.push(Diagnostic::error("invalid-directory", message).at(node.span));
        return Vec::new();
    }
    let mut entries: Vec<Entry> = Vec::new();
    for member in node.members() {
        match Entry::read(&member.key, &member.node) {
            Some(entry) => entries.push(entry),
            None => {
                let message = format!(
                    "`{}` names no API",
                    tidy::line(&member.key, 60).unwrap_or_default()
                );
                diagnostics.push(
                    Diagnostic::warning("invalid-directory", message)
                        .at(member.node.span)
                        .help("an entry has `versions`, each with an `info` that has a `title`"),
                );
            }
        }
    }
    tell_apart(&mut entries);
    entries
}

/// Ids and names that several entries would have get something of their own, each by what it is called in the index.
fn tell_apart(entries: &mut [Entry]) {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.iter() {
        *ids.entry(entry.listing.id.clone()).or_default() += 1;
        *names.entry(skeleton(&entry.listing.name)).or_default() += 1;
    }
    for entry in entries {
        if ids[&entry.listing.id] > 1 {
            let own = &sha256(entry.key.as_bytes())[..6];
            let room = entry.listing.id.len().min(57);
            entry.listing.id.truncate(room);
            entry.listing.id = format!("{}-{own}", entry.listing.id.trim_end_matches('-'));
        }
        if names[&skeleton(&entry.listing.name)] > 1 {
            entry.name_by_key();
        }
    }
}

fn tree(entries: &[Entry], folder: &Path) -> anyhow::Result<FileTree> {
    // Names of what a person wrote: nothing that is taken over may be taken for it.
    let written = portolan_catalog::load(folder, &mut Sources::new(), &mut Diagnostics::new());
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for listing in &written.listings {
        taken.insert(skeleton(&listing.name), listing.id.clone());
    }
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |kind: &str, id: &str, text: String| {
        // A file in another notation is a person's.
        let path = format!("{kind}/{id}.yaml");
        let other = exists(folder, kind, id).filter(|found| *found != folder.join(&path));
        if other.is_none() {
            items.entry(path).or_insert(text);
        }
    };
    for entry in entries {
        let mut listing = entry.listing.clone();
        let other = taken.get(&skeleton(&listing.name));
        if other.is_some_and(|id| *id != listing.id) {
            let mut renamed = entry.clone();
            renamed.name_by_key();
            listing.name = renamed.listing.name;
        }
        for (id, name) in &entry.categories {
            let summary = format!("What the directory lists under {name}.");
            add("categories", id, yaml(&category(id, name, summary))?);
        }
        if entry.categories.is_empty() {
            let (id, name) = ELSEWHERE;
            let summary = "What the directory lists under no category.".to_owned();
            add("categories", id, yaml(&category(id, name, summary))?);
            listing.categories = vec![id.to_owned()];
        }
        let (id, name) = &entry.provider;
        add("providers", id, yaml(&provider(id, name))?);
        add("listings", &listing.id, yaml(&listing)?);
    }
    let mut tree = FileTree::new();
    for (path, text) in items {
        tree.insert(path.as_str(), text.into_bytes())?;
    }
    Ok(tree)
}

/// Adds what an earlier import wrote and this index does not have, as it is; what was edited since is a person's.
fn keep_earlier(tree: &mut FileTree, folder: &Path) -> anyhow::Result<()> {
    #[derive(serde::Deserialize)]
    struct Earlier {
        files: BTreeMap<String, String>,
    }
    let place = folder.join(MANIFEST);
    let Ok(bytes) = std::fs::read(&place) else {
        return Ok(());
    };
    let earlier: Earlier = serde_json::from_slice(&bytes)
        .with_context(|| format!("could not read `{}`", place.display()))?;
    let now: BTreeSet<String> = tree.iter().map(|(path, _)| path.to_string()).collect();
    for (path, hash) in earlier
        .files
        .iter()
        .filter(|(path, _)| !now.contains(*path))
    {
        // The manifest is a file that others can edit: what is no path of a tree is passed over.
        let Ok(checked) = portolan_emit::TreePath::new(path.as_str()) else {
            continue;
        };
        if let Ok(bytes) = std::fs::read(folder.join(checked.as_str()))
            && sha256(&bytes) == *hash
        {
            tree.insert(path.as_str(), File::from(bytes))?;
        }
    }
    Ok(())
}
