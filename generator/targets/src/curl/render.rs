//! The package -> files.

use super::manual::Manual;
use super::package::{Package, Resource};
use super::reference::Reference;
use super::suite::{Suite, Tests};
use crate::PackageConfig;
use crate::packaging::around;
use crate::target::refuse;
use portolan_emit::{Code, Error, File, FileTree, Templates};
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

/// What the template of the manual page sees.
#[derive(Serialize)]
struct ManualContext<'a> {
    manual: &'a Manual,
}

/// What the template of the script that runs the tests sees.
#[derive(Serialize)]
struct SuiteContext<'a> {
    package: &'a Package,
    suite: &'a Suite,
}

/// What the template of the tests of a resource sees.
#[derive(Serialize)]
struct TestsContext<'a> {
    tests: &'a Tests,
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
        || resources(api, package, templates),
        || {
            rayon::join(
                || whole(package, templates),
                || texts(api, config, package, templates),
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
    let suite = Suite::of(api, config);
    let runner = render_one(
        templates,
        "suite/run.bash",
        &SuiteContext {
            package,
            suite: &suite,
        },
    )?;
    insert("tests/run.bash".to_owned(), File::from(runner).executable())?;
    for (path, file) in around(api, config, templates)? {
        insert(path, file)?;
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

fn resources(api: &Api, package: &Package, templates: &Templates) -> Result<Texts, Error> {
    let files: Result<Vec<Texts>, Error> = package
        .resources
        .par_iter()
        .map(|resource| {
            let context = ResourceContext {
                generated: &package.generated,
                resource,
            };
            let mut files = vec![(
                format!("lib/{}/resources/{}.bash", package.command, resource.file),
                render_one(templates, "resource.bash", &context)?,
            )];
            if !resource.methods.is_empty() {
                let tests = Tests::of(api, package, resource);
                files.push((
                    format!("tests/calls/{}.bash", resource.file),
                    render_one(
                        templates,
                        "suite/calls.bash",
                        &TestsContext { tests: &tests },
                    )?,
                ));
            }
            Ok(files)
        })
        .collect();
    Ok(files?.into_iter().flatten().collect())
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

/// What people read.
fn texts(
    api: &Api,
    config: &PackageConfig,
    package: &Package,
    templates: &Templates,
) -> Result<Texts, Error> {
    let reference = &Reference::of(api, config, package);
    let manual = &Manual::of(package);
    let page = render_one(templates, "manual.1", &ManualContext { manual })?;
    let mut files = vec![(format!("share/man/man1/{}.1", package.command), page)];
    for name in ["README.md", "reference.md"] {
        let text = render_one(templates, name, &ReferenceContext { reference })?;
        files.push((name.to_owned(), text));
    }
    Ok(files)
}
