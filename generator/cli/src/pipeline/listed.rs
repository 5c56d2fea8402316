//! Documents that listings of the marketplace bring: each becomes an API of the portal under the id of its listing.
//!
//! 1. They are read side by side, and refer to no file outside the marketplace's folder.
//! 2. One that is wrong is told of and left out; its listing is published without it. What is only unusual in it,
//!    `portolan catalog check` tells.
//! 3. Packages are made where the listing asks for them; samples stand on the pages of all.

use super::{LoadedApi, judge};
use crate::pipeline::documents::Documents;
use crate::project::{Packages, Project};
use portolan_catalog::{Catalog, Listing};
use portolan_openapi::Input;
use portolan_site::{ApiInput, ApiVersion, Package};
use portolan_source::{Diagnostic, Diagnostics, Severity, Sources};
use portolan_targets::PackageConfig;
use portolan_targets::names::Kept;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// A document of a listing, read: what became of it, and what there is to say about it.
pub(crate) struct Read {
    pub(super) api: Option<LoadedApi>,
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Diagnostics,
}

/// Reads the documents of listings in the marketplace's folder, side by side, in the order of the listings.
pub(crate) fn read_all(folder: &Path, catalog: &Catalog) -> Vec<Read> {
    let with_files: Vec<(&Listing, &str)> = catalog
        .listings
        .iter()
        .filter_map(|listing| Some((listing, listing.document_file()?)))
        .collect();
    with_files
        .par_iter()
        .map(|(listing, file)| read_one(folder, listing, file))
        .collect()
}

fn read_one(folder: &Path, listing: &Listing, file: &str) -> Read {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let path = folder.join(file);
    let text = match sources.open_within(folder, &path) {
        Ok(source) => sources.text(source),
        Err(error) => {
            let message = format!("the document of `{}`: {error}", listing.id);
            diagnostics.push(Diagnostic::error("unknown-document", message));
            return Read {
                api: None,
                sources,
                diagnostics,
            };
        }
    };
    let input = Input {
        path: &path,
        root: Some(folder),
        overlays: &[],
    };
    let loaded = input.load(&mut sources, &mut diagnostics);
    let api = loaded.ok().map(|mut api| {
        let quality = judge(&api, &diagnostics);
        let documents = Documents::of(&input, &text, &mut sources);
        api.id = listing.id.as_str().into();
        LoadedApi {
            api: Arc::new(api),
            documents,
            names: Kept::default(),
            quality: Some(quality),
        }
    });
    Read {
        api,
        sources,
        diagnostics,
    }
}

/// The documents of listings as APIs. The catalog names them by their ids afterwards; a document with errors becomes
/// warnings, and its listing loses it.
pub(super) fn read(
    folder: &Path,
    catalog: &mut Catalog,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<LoadedApi> {
    let mut apis = Vec::new();
    for read in read_all(folder, catalog) {
        match read.api {
            Some(api) => apis.push(api),
            None => {
                for found in &sources.adopt(read.sources, read.diagnostics) {
                    if found.severity == Severity::Error {
                        diagnostics.push(Diagnostic {
                            severity: Severity::Warning,
                            ..found.clone()
                        });
                    }
                }
            }
        }
    }
    let ids: BTreeSet<&str> = apis.iter().map(|loaded| loaded.api.id.as_str()).collect();
    catalog.settle_documents(|listing| ids.contains(listing.id.as_str()));
    apis
}

/// What the site gets of it: samples in all languages, and packages where the listing asks for them.
pub(super) fn input<'a>(
    project: &Project,
    catalog: Option<&Catalog>,
    loaded: &'a LoadedApi,
) -> ApiInput<'a> {
    let listing = catalog.and_then(|catalog| catalog.listing(loaded.api.id.as_str()));
    // The settings of the project for all packages, and nothing of its own.
    let none = Packages::default();
    let settings = &project.file.targets;
    let packages = project.targets().into_iter().map(|target| Package {
        target,
        config: PackageConfig {
            names: loaded.names.clone(),
            ..settings.config(&none, None, &loaded.api, target.name())
        },
    });
    ApiInput {
        api: &loaded.api,
        version: ApiVersion::default(),
        listed: true,
        offered: listing.is_some_and(|listing| listing.generate_sdks),
        quality: loaded.quality.clone(),
        packages: packages.collect(),
        guides: Vec::new(),
        documents: loaded.documents.own_for_site(),
    }
}
