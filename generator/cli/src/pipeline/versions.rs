//! Older versions of the APIs: their documents read, and what changed from each to the next.
//!
//! They have no packages to install; settings of packages are kept for the samples on their pages. What names were called
//! before is read for them and never written: the names file tells of the current version.

use super::{LoadedApi, packages, read_document};
use crate::names::Names;
use crate::project::{ApiEntry, Project, VersionEntry};
use portolan_difference::{Difference, compare};
use portolan_model::Api;
use portolan_site::{ApiInput, ApiVersion};
use portolan_source::{Diagnostics, Reported, Sources};
use portolan_targets::names::{Kept, keep_methods};
use portolan_targets::{Override, Overrides};
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// An older version, read.
pub(super) struct OlderVersion<'a> {
    /// The place of its API.
    api: usize,
    settings: &'a VersionEntry,
    loaded: LoadedApi,
}

/// Reads the documents of all older versions, side by side.
pub(super) fn read<'a>(
    project: &'a Project,
    names: Option<&Names>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<Vec<OlderVersion<'a>>, Reported>> {
    let entries = project.file.apis.iter().enumerate();
    let work: Vec<(usize, &ApiEntry, &VersionEntry)> = entries
        .flat_map(|(api, entry)| {
            entry
                .versions
                .iter()
                .map(move |version| (api, entry, version))
        })
        .collect();
    let read: Vec<_> = work
        .par_iter()
        .map(|(_, entry, version)| {
            let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
            let place = (&*version.document, &*version.overlays);
            let loaded = read_document(project, entry, place, &mut sources, &mut diagnostics);
            (loaded, sources, diagnostics)
        })
        .collect();
    let mut versions = Vec::with_capacity(read.len());
    for ((loaded, theirs, findings), (api, entry, settings)) in read.into_iter().zip(work) {
        diagnostics.append(sources.adopt(theirs, findings));
        versions.push(loaded?.map(|mut loaded| {
            let model = Arc::get_mut(&mut loaded.api).expect("nobody else has it yet");
            loaded.names = names.map_or_else(Kept::default, |names| names.kept(&entry.id, model));
            keep_methods(model, &loaded.names);
            // What is wrong in an override was said of the current version.
            known(&entry.overrides, model).apply(model, &mut Diagnostics::new());
            OlderVersion {
                api,
                settings,
                loaded,
            }
        }));
    }
    Ok(versions.into_iter().collect())
}

/// What a project says of operations that this version has.
fn known(overrides: &Overrides, api: &Api) -> Overrides {
    fn kept<T: Clone>(all: &[Override<T>], ids: &HashSet<&str>) -> Vec<Override<T>> {
        let has = |one: &&Override<T>| ids.contains(one.operation.as_str());
        all.iter().filter(has).cloned().collect()
    }
    let operations = api.operations();
    let ids = operations
        .iter()
        .map(|(_, operation)| operation.id.as_str())
        .collect();
    let mut known = overrides.clone();
    known.methods = kept(&overrides.methods, &ids);
    known.pagination = kept(&overrides.pagination, &ids);
    known.idempotency.operations = kept(&overrides.idempotency.operations, &ids);
    known
}

/// Puts the older versions behind the current ones, and says of each what changed since the one before.
pub(super) fn put_into<'a>(
    inputs: &mut Vec<ApiInput<'a>>,
    older: &'a [OlderVersion<'a>],
    project: &'a Project,
) {
    let current = inputs.len();
    for version in older {
        let entry = &project.file.apis[version.api];
        let api = &*version.loaded.api;
        inputs.push(ApiInput {
            api,
            version: ApiVersion {
                name: Some(version.settings.version.trim().to_owned()),
                released: version.settings.released.clone(),
                current: Some(version.api),
                previous: None,
            },
            listed: false,
            offered: false,
            quality: None,
            packages: packages::plan(project, entry, &version.loaded),
            guides: Vec::new(),
            documents: version.loaded.documents.for_site(),
        });
    }
    let pairs = pairs(current, older);
    let compared: Vec<(usize, usize, Difference)> = pairs
        .into_par_iter()
        .map(|(newer, before)| {
            (
                newer,
                before,
                compare(inputs[before].api, inputs[newer].api),
            )
        })
        .collect();
    for (newer, before, difference) in compared {
        inputs[newer].version.previous = Some((before, difference));
    }
}

/// Each version and the one before, by their places: the newest of the older ones comes before the current one.
fn pairs(current: usize, older: &[OlderVersion<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (place, version) in older.iter().enumerate() {
        let is_first = place == 0 || older[place - 1].api != version.api;
        let newer = match is_first {
            true => version.api,
            false => current + place - 1,
        };
        pairs.push((newer, current + place));
    }
    pairs
}
