//! The package -> files.

use super::package::Package;
use super::reference::Reference;
use crate::{PackageConfig, docs};
use minijinja::context;
use portolan_emit::{File, FileTree, Language, Templates, TreePath};
use portolan_model::Api;
use portolan_source::{Diagnostic, Diagnostics, Reported};
use rayon::prelude::*;

/// Renders all files.
pub(super) fn render(
    api: &Api,
    config: &PackageConfig,
    package: &Package,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Result<FileTree, Reported> {
    files(api, config, package, templates).map_err(|message| {
        diagnostics.report(Diagnostic::error("curl-package", message))
    })
}

fn files(
    api: &Api,
    config: &PackageConfig,
    package: &Package,
    templates: &Templates,
) -> Result<FileTree, String> {
    let command = package.command.as_str();
    let render = |template: &str, context: minijinja::Value| {
        templates
            .render(&format!("curl/package/{template}.jinja"), context)
            .map_err(|error| error.to_string())
    };
    let mut tree = FileTree::new();
    let mut insert = |path: String, file: File| {
        let path = TreePath::new(path).map_err(|error| error.to_string())?;
        tree.insert(path, file).map_err(|error| error.to_string())
    };

    let (resources, rest) = rayon::join(
        || {
            package
                .resources
                .par_iter()
                .map(|resource| {
                    let context = context! { package => Head::of(package), resource => resource };
                    Ok((
                        format!("lib/{command}/resources/{}.bash", resource.file),
                        render("resource.bash", context)?,
                    ))
                })
                .collect::<Result<Vec<_>, String>>()
        },
        || {
            let reference = Reference::of(api, config, package);
            let whole = context! { package => package };
            Ok::<_, String>([
                (format!("lib/{command}.bash"), render("library.bash", whole.clone())?),
                (format!("lib/{command}/api.bash"), render("api.bash", whole.clone())?),
                (
                    format!("completions/{command}.bash"),
                    render("completion.bash", whole.clone())?,
                ),
                (
                    format!("completions/{command}.zsh"),
                    render("completion.zsh", whole.clone())?,
                ),
                (
                    format!("completions/{command}.fish"),
                    render("completion.fish", whole)?,
                ),
                (
                    "README.md".to_owned(),
                    render("README.md", context! { reference => &reference })?,
                ),
                (
                    "reference.md".to_owned(),
                    render("reference.md", context! { reference => &reference })?,
                ),
            ])
        },
    );
    let executable = render("command.bash", context! { package => Head::of(package) })?;
    insert(format!("bin/{command}"), File::from(executable).executable())?;
    for (path, text) in resources?.into_iter().chain(rest?) {
        insert(path, File::from(text))?;
    }
    for (path, bytes) in templates.files_under("curl/runtime") {
        insert(format!("lib/{command}/runtime/{path}"), File::from(bytes.to_vec()))?;
    }
    if let Some(license) = license(api, config) {
        insert("LICENSE".to_owned(), File::from(license))?;
    }
    Ok(tree)
}

/// What the files of resources need of the package.
#[derive(serde::Serialize)]
struct Head<'a> {
    generated: &'a portolan_emit::Code,
    command: &'a portolan_emit::Code,
}

impl Head<'_> {
    fn of(package: &Package) -> Head<'_> {
        Head {
            generated: &package.generated,
            command: &package.command,
        }
    }
}

/// What the document says of its licence, in plain words.
fn license(api: &Api, config: &PackageConfig) -> Option<String> {
    let named = api.license.as_ref();
    let name = config
        .license
        .as_deref()
        .or(named.and_then(|license| license.identifier.as_deref()))
        .or(named.map(|license| license.name.as_str()))?;
    let mut lines = vec![format!("License: {name}")];
    lines.extend(named.and_then(|license| license.url.clone()));
    let lines: Vec<String> = lines
        .iter()
        .map(|line| portolan_emit::comment::line(Language::Text, line).to_string())
        .collect();
    let note = "The files in lib/*/runtime are under 0BSD, as their first lines say.";
    let words = docs::lines(note, 100).join("\n");
    Some(format!("{}\n\n{words}\n", lines.join("\n")))
}

