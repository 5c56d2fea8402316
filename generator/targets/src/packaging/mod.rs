//! What lies around the code of a package in every language.
//!
//! * [`around`]: LICENSE and CHANGELOG.md.
//! * [`license`]: which licence it is, by SPDX, and its text.
//! * [`topics()`]: what a readme speaks of, and the operations that show it.
//! * [`description()`]: what a reference says of an operation.
//! * [`addresses()`]: where the metadata sends people.
//! * [`secrets()`], [`server_path()`]: what the package's own tests need to call a mock; [`Fit`]: what they may ask of its answer.
//!
//! A changelog belongs to the people of the package: it is a [starter](portolan_emit::File::starter), written once and
//! never looked at again. A licence is generated: edited by hand it is kept, and named at each run, like any file.

mod addresses;
mod description;
mod examples;
mod fit;
mod license;
mod suite;
mod topics;

pub(crate) use addresses::addresses;
pub(crate) use description::description;
pub(crate) use examples::examples;
pub(crate) use fit::Fit;
pub(crate) use license::identifier;
pub(crate) use suite::{secrets, server_path};
pub(crate) use topics::topics;

use crate::PackageConfig;
use portolan_emit::literal::markdown;
use portolan_emit::{Error, File, Templates};
use portolan_model::Api;
use serde::Serialize;

/// The files that packages of all languages have, by path.
pub(crate) fn around(
    api: &Api,
    config: &PackageConfig,
    templates: &Templates,
) -> Result<Vec<(String, File)>, Error> {
    let mut files: Vec<(String, File)> = license::texts(api, config, templates)?
        .into_iter()
        .map(|(path, text)| (path, text.into()))
        .collect();
    let changelog = Changelog {
        package: markdown::code(&config.name),
        version: markdown::text(&config.version),
        title: markdown::text(&api.title),
        document_version: markdown::text(&api.version),
    };
    let text = templates.render("shared/CHANGELOG.md.jinja", changelog)?;
    files.push(("CHANGELOG.md".to_owned(), File::from(text).starter()));
    Ok(files)
}

#[derive(Serialize)]
struct Changelog {
    package: portolan_emit::Code,
    version: portolan_emit::Code,
    title: portolan_emit::Code,
    document_version: portolan_emit::Code,
}
