//! The package -> files.

use super::package::{Package, Resource};
use super::reference::Reference;
use crate::PackageConfig;
use crate::target::refuse;
use portolan_emit::{Code, Error, File, FileTree, Language, Templates, comment};
use portolan_model::Api;
use portolan_source::{Diagnostics, Reported};
use rayon::prelude::*;
use serde::Serialize;

/// What templates of the whole package see.
#[derive(Serialize)]
struct PackageContext<'a> {
    package: &'a Package,
}

/// What the template of a resource sees.
#[derive(Serialize)]
struct ResourceContext<'a> {
    generated: &'a Code,
    resource: &'a Resource,
}

/// What the templates of texts see.
#[derive(Serialize)]
struct ReferenceContext<'a> {
    reference: &'a Reference,
}

/// Files by path, in the making.
type Texts = Vec<(String, String)>;

/// Renders all files.
pub(super) fn render(
    api: &Api,
    config: &PackageConfig,
    package: &Package,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Result<FileTree, Reported> {
    files(api, config, package, templates).map_err(|error| refuse(&error, diagnostics))
}

fn files(
    api: &Api,
    config: &PackageConfig,
    package: &Package,
    templates: &Templates,
) -> Result<FileTree, Error> {
    let command = package.command.as_str();
    let (resources, (whole, texts)) = rayon::join(
        || resources(package, templates),
        || {
            rayon::join(
                || whole(package, templates),
                || texts(&Reference::of(api, config, package), templates),
            )
        },
    );
    let mut tree = FileTree::new();
    let mut insert =
        |path: String, file: File| -> Result<(), Error> { Ok(tree.insert(path, file)?) };
    let executable = render_one(templates, "command.bash", &PackageContext { package })?;
    insert(
        format!("bin/{command}"),
        File::from(executable).executable(),
    )?;
    for (path, text) in resources?.into_iter().chain(whole?).chain(texts?) {
        insert(path, File::from(text))?;
    }
    for (path, bytes) in templates.files_under("curl/runtime") {
        insert(
            format!("lib/{command}/runtime/{path}"),
            File::from(bytes.to_vec()),
        )?;
    }
    if let Some(license) = license(api, config) {
        insert("LICENSE".to_owned(), File::from(license))?;
    }
    Ok(tree)
}

fn render_one(
    templates: &Templates,
    template: &str,
    context: &impl Serialize,
) -> Result<String, Error> {
    templates.render(&format!("curl/package/{template}.jinja"), context)
}

fn resources(package: &Package, templates: &Templates) -> Result<Texts, Error> {
    package
        .resources
        .par_iter()
        .map(|resource| {
            let context = ResourceContext {
                generated: &package.generated,
                resource,
            };
            Ok((
                format!("lib/{}/resources/{}.bash", package.command, resource.file),
                render_one(templates, "resource.bash", &context)?,
            ))
        })
        .collect()
}

fn whole(package: &Package, templates: &Templates) -> Result<Texts, Error> {
    let command = &package.command;
    [
        (format!("lib/{command}.bash"), "library.bash"),
        (format!("lib/{command}/api.bash"), "api.bash"),
        (format!("completions/{command}.bash"), "completion.bash"),
        (format!("completions/{command}.zsh"), "completion.zsh"),
        (format!("completions/{command}.fish"), "completion.fish"),
    ]
    .into_iter()
    .map(|(path, template)| {
        Ok((
            path,
            render_one(templates, template, &PackageContext { package })?,
        ))
    })
    .collect()
}

fn texts(reference: &Reference, templates: &Templates) -> Result<Texts, Error> {
    ["README.md", "reference.md"]
        .into_iter()
        .map(|name| {
            let context = ReferenceContext { reference };
            Ok((name.to_owned(), render_one(templates, name, &context)?))
        })
        .collect()
}

/// What the document says of its licence, in plain words.
fn license(api: &Api, config: &PackageConfig) -> Option<String> {
    let named = api.license.as_ref();
    let name = config
        .license
        .as_deref()
        .or(named.map(|license| license.name.as_str()))?;
    let url = named.and_then(|license| license.url.as_deref());
    let lines: Vec<String> = [Some(name), url]
        .into_iter()
        .flatten()
        .map(|text| comment::line(Language::Text, text).to_string())
        .collect();
    Some(format!(
        "{}\n\nThe files in lib/*/runtime are under 0BSD, as their first lines say.\n",
        lines.join("\n")
    ))
}
