//! `portolan catalog`: the folder of the marketplace, as people and programs write it.

mod add;
mod check;
mod import;

use crate::Outcome;
use crate::arguments::{CatalogCommand, CatalogFolder};
use crate::console::Console;
use crate::project::Project;
use portolan_catalog::{Category, Listing, Provider};
use portolan_source::{Diagnostics, Sources, read, to_yaml};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Does what the arguments say.
pub(crate) fn run(command: &CatalogCommand, console: &Console) -> anyhow::Result<Outcome> {
    match command {
        CatalogCommand::Add(request) => add::run(request, console),
        CatalogCommand::Check(request) => check::run(request, console),
        CatalogCommand::Import(request) => import::run(request, console),
    }
}

/// Where the marketplace is, and the project that names it when there is one here. What is wrong in the project is in
/// `diagnostics`.
fn place(
    folder: &CatalogFolder,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<(PathBuf, Option<Project>)> {
    let file = Path::new("portolan.toml");
    let project = match file.is_file() {
        true => Project::load(file, sources, diagnostics)?.ok(),
        false => None,
    };
    let named = project.as_ref().and_then(|project| {
        let catalog = project.file.catalog.as_ref()?;
        Some(project.path(&catalog.folder))
    });
    let own = folder.path.clone().or(named);
    Ok((own.unwrap_or_else(|| "marketplace-data".into()), project))
}

/// An item of the marketplace as a person would write its file.
fn yaml(item: &impl Serialize) -> anyhow::Result<String> {
    let mut sources = Sources::new();
    sources.insert("item.json", serde_json::to_string(item)?);
    let id = sources.open("item.json".as_ref())?;
    let node = read(&sources, id, &mut Diagnostics::new());
    Ok(to_yaml(&node.expect("plain data is always JSON")))
}

/// A listing of which nothing is known but this.
fn listing(id: String, name: String, summary: String, provider: String) -> Listing {
    Listing {
        id,
        name,
        summary,
        provider,
        ..Listing::default()
    }
}

/// A provider of whom nothing is known but the name.
fn provider(id: &str, name: &str) -> Provider {
    Provider {
        id: id.to_owned(),
        name: name.to_owned(),
        ..Provider::default()
    }
}

fn category(id: &str, name: &str, summary: String) -> Category {
    Category {
        id: id.to_owned(),
        name: name.to_owned(),
        summary,
        ..Category::default()
    }
}

/// Whether an item of the marketplace is there, in whichever notation.
fn exists(folder: &Path, kind: &str, id: &str) -> Option<PathBuf> {
    let endings = ["yaml", "yml", "json"];
    let paths = endings.map(|ending| folder.join(kind).join(format!("{id}.{ending}")));
    paths.into_iter().find(|path| path.exists())
}
