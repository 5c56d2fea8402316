//! `portolan check` without a document: those of the project, as it names and changes their operations.

use super::Read;
use crate::arguments::Check;
use crate::names::{self, Names};
pub(super) use crate::project::Check as Settings;
use crate::project::Project;
use anyhow::Context;
use portolan_openapi::Input;
use portolan_source::{Diagnostics, Sources};
use portolan_targets::names::keep_methods;
use std::path::{Path, PathBuf};

/// Loads the project file here and every document that it names; also gives what it says about findings.
pub(super) fn read(request: &Check) -> anyhow::Result<(Read, Settings)> {
    let mut read = Read {
        sources: Sources::new(),
        diagnostics: Diagnostics::new(),
        scored: Vec::new(),
        apis: Vec::new(),
    };
    let file = Path::new("portolan.toml");
    let loaded = Project::load(file, &mut read.sources, &mut read.diagnostics)
        .context("name the documents to check, or go to the folder of a project")?;
    let Ok(project) = loaded else {
        return Ok((read, Settings::default()));
    };
    let place = |path: &PathBuf| project.path(path);
    let apis: Vec<(PathBuf, Option<PathBuf>, Vec<PathBuf>)> = project
        .file
        .apis
        .iter()
        .map(|api| {
            let overlays = api.overlays.iter().map(place);
            (
                place(&api.document),
                api.root.as_ref().map(place),
                overlays.collect(),
            )
        })
        .collect();
    let inputs: Vec<Input<'_>> = apis
        .iter()
        .map(|(path, root, overlays)| Input {
            path,
            root: root.as_deref(),
            overlays,
        })
        .collect();
    read.append(super::read_all(&inputs, request)?);
    let path = project.path(names::FILE.as_ref());
    let names = Names::open(path, &mut read.sources, &mut read.diagnostics)?;
    for (entry, api) in project.file.apis.iter().zip(&mut read.apis) {
        let Some(api) = api else { continue };
        if let Ok(names) = &names {
            keep_methods(api, &names.kept(&entry.id, api));
        }
        entry.overrides.apply(api, &mut read.diagnostics);
    }
    Ok((read, project.file.check))
}
