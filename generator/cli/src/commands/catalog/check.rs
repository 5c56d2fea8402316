//! `portolan catalog check`: what is wrong with the marketplace and with the documents of its listings, for requests to change it.

use super::place;
use crate::Outcome;
use crate::arguments::{CatalogCheck, Format};
use crate::commands::check::total;
use crate::console::Console;
use crate::pipeline::listed;
use crate::project::Check;
use crate::severity;
use anyhow::bail;
use portolan_source::{Diagnostic, Diagnostics, Severity, Sources};

/// Reads every item and every document; each mistake is told, and keeps nothing else from being read.
pub(super) fn run(request: &CatalogCheck, console: &Console) -> anyhow::Result<Outcome> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let (folder, project) = place(&request.folder, &mut sources, &mut diagnostics)?;
    if !folder.is_dir() {
        bail!("the catalog's folder `{}` does not exist", folder.display());
    }
    let mut catalog = portolan_catalog::load(&folder, &mut sources, &mut diagnostics);
    let documents: Vec<String> = match &project {
        Some(project) => project.file.apis.iter().map(|api| api.id.clone()).collect(),
        // Without a project, whether an id is that of an API is its business.
        None => {
            let listings = catalog.listings.iter();
            let listings = listings.filter(|listing| listing.document_file().is_none());
            listings.filter_map(|it| it.document.clone()).collect()
        }
    };
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    catalog.link_documents(&documents, &mut diagnostics);
    let mut read_documents = 0;
    for read in listed::read_all(&folder, &catalog) {
        diagnostics.append(sources.adopt(read.sources, read.diagnostics));
        read_documents += 1;
    }
    diagnostics.forget_repeated();
    let settings = project.map_or_else(Check::default, |project| project.file.check);
    severity::apply(&request.severity, &settings, &mut diagnostics)?;
    console.findings(&sources, &diagnostics, request.format, request.all)?;
    console.say(format!(
        "{} listings, {read_documents} documents of listings: {}",
        catalog.listings.len(),
        total(&diagnostics)
    ));
    let errors = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    if let (Format::Human, Some(error)) = (request.format, diagnostics.iter().find(errors)) {
        let code = error.code;
        console.say(format!("`portolan check --explain {code}` explains a code"));
    }
    Ok(match diagnostics.has_errors() {
        true => Outcome::Found,
        false => Outcome::Fine,
    })
}
