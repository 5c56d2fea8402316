//! From the path of a document to its model, for the commands that take one document.

use anyhow::Context;
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_source::{Diagnostics, Reported, Sources};
use portolan_targets::{PackageConfig, Target};

/// Reads a document into the model.
///
/// # Errors
/// When a file that the user has named cannot be opened. What is wrong inside it is in `diagnostics`.
pub(crate) fn load(
    input: &Input<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<Api, Reported>> {
    open(input, sources)?;
    Ok(input.load(sources, diagnostics))
}

/// Opens what the user has named, the document first.
///
/// # Errors
/// When one of the files cannot be opened.
pub(crate) fn open(input: &Input<'_>, sources: &mut Sources) -> anyhow::Result<()> {
    sources.open(input.path)?;
    for overlay in input.overlays {
        sources.open(overlay)?;
    }
    Ok(())
}

/// The package settings for a document outside a project: named by the user, else by the document's title.
pub(crate) fn package(api: &Api, name: Option<&str>) -> PackageConfig {
    let defaults = PackageConfig::of(api);
    let named = PackageConfig::named(name.unwrap_or(&api.title));
    PackageConfig {
        version: defaults.version,
        license: defaults.license,
        ..named
    }
}

/// The targets with these names; all when none is named.
///
/// # Errors
/// When there is no such target.
pub(crate) fn targets(names: &[String]) -> anyhow::Result<Vec<&'static dyn Target>> {
    if names.is_empty() {
        return Ok(portolan_targets::all().to_vec());
    }
    let mut found: Vec<&'static dyn Target> = Vec::new();
    for name in names {
        let target =
            portolan_targets::find(name).with_context(|| format!("there is no target `{name}`"))?;
        if !found.iter().any(|known| known.name() == target.name()) {
            found.push(target);
        }
    }
    Ok(found)
}
