//! `portolan samples`: one runnable program per operation, and a list of them.

use crate::Outcome;
use crate::arguments::{Document, PackageFlags};
use crate::console::Console;
use crate::load::{load, override_operations, package, targets};
use crate::names::Beside;
use portolan_emit::{File, FileTree, Language};
use portolan_model::{Api, Call, Operation};
use portolan_source::{Diagnostics, Sources, Span};
use portolan_targets::names::{Case, Scope};
use portolan_targets::{PackageConfig, Target};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;

/// What is asked for.
pub(crate) struct Request<'a> {
    pub(crate) document: &'a Document,
    pub(crate) targets: &'a [String],
    pub(crate) out: &'a Path,
    pub(crate) base_url: Option<&'a str>,
    pub(crate) package: &'a PackageFlags,
}

/// A line of samples.json.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    operation: &'a str,
    target: &'a str,
    /// Relative to samples.json.
    file: String,
    /// The environment variables that it reads.
    environment: Vec<String>,
    /// Files that it opens, relative to samples.json.
    files: Vec<String>,
}

/// Makes all samples, then writes them.
pub(crate) fn run(request: &Request<'_>, console: &Console) -> anyhow::Result<Outcome> {
    let targets = targets(request.targets)?;
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let loaded = load(&request.document.input(), &mut sources, &mut diagnostics)?;
    let said = request.package.names.as_ref();
    let names = Beside::open(request.out, said, &mut sources, &mut diagnostics)?;
    let loaded = loaded.and_then(|mut api| {
        let kept = names?.of(api.id.as_str()).kept(api.id.as_str(), &api);
        override_operations(&mut api, request.package, &kept, &mut diagnostics)?;
        Ok((api, kept))
    });
    console.report(&sources, &diagnostics);
    let Ok((api, kept)) = loaded else {
        return Ok(Outcome::Found);
    };
    let config = package(&api, request.package, kept);
    let tree = tree(&api, &config, &targets, request.base_url)?;
    let done = portolan_emit::write(&tree, request.out, true)?;
    console.say(format!(
        "{} files, {} changed, in {}",
        tree.len(),
        done.written.len(),
        request.out.display()
    ));
    Ok(Outcome::Fine)
}

fn tree(
    api: &Api,
    config: &PackageConfig,
    targets: &[&'static dyn Target],
    base_url: Option<&str>,
) -> anyhow::Result<FileTree> {
    let operations: Vec<&Operation> = api
        .operations()
        .into_iter()
        .map(|(_, operation)| operation)
        .collect();
    let stems = stems(&operations);
    let mut tree = FileTree::new();
    let mut listed = Vec::new();
    for target in targets {
        let sampler = target.sampler(api, config);
        let mut opened = BTreeSet::new();
        for (operation, stem) in operations.iter().zip(&stems) {
            let Some(call) = Call::all(api, operation).into_iter().next() else {
                continue;
            };
            let sample = sampler.sample(&call, base_url);
            let file = format!("{}/{stem}.{}", target.name(), ending(target.language()));
            let code = File::from(sample.text());
            tree.insert(
                file.clone(),
                if target.language() == Language::Shell {
                    code.executable()
                } else {
                    code
                },
            )?;
            for (name, bytes) in &sample.files {
                if opened.insert(name.clone()) {
                    tree.insert(format!("{}/{name}", target.name()), bytes.clone())?;
                }
            }
            listed.push(Listed {
                operation: operation.id.as_str(),
                target: target.name(),
                file,
                environment: sample.environment,
                files: sample
                    .files
                    .into_iter()
                    .map(|(name, _)| format!("{}/{name}", target.name()))
                    .collect(),
            });
        }
    }
    let mut list = serde_json::to_vec_pretty(&listed)?;
    list.push(b'\n');
    tree.insert("samples.json", list)?;
    Ok(tree)
}

/// The names of the files: the operation's id where every system takes it, else what is left of it with its hash.
fn stems(operations: &[&Operation]) -> Vec<String> {
    let plain = |id: &str| {
        id.len() <= 100
            && id.starts_with(|first: char| first.is_ascii_alphanumeric())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    let mut ids = BTreeSet::new();
    let alone = operations
        .iter()
        .all(|operation| ids.insert(operation.id.as_str().to_lowercase()));
    if alone
        && operations
            .iter()
            .all(|operation| plain(operation.id.as_str()))
    {
        return operations
            .iter()
            .map(|operation| operation.id.to_string())
            .collect();
    }
    let scope = Scope {
        language: Language::Text,
        case: Case::Kebab,
        kind: "operation",
        reserved: &|_| false,
        ignore_case: true,
    };
    let names = operations
        .iter()
        .map(|operation| (operation.id.as_str(), Span::default()));
    let resolved = scope.resolve(names, &mut Diagnostics::new());
    operations
        .iter()
        .zip(resolved)
        .map(|(operation, resolved)| {
            let id = operation.id.as_str();
            let rivals = operations
                .iter()
                .filter(|other| other.id.as_str().eq_ignore_ascii_case(id))
                .count();
            if plain(id) && rivals == 1 {
                id.to_owned()
            } else {
                resolved.to_string()
            }
        })
        .collect()
}

fn ending(language: Language) -> &'static str {
    match language {
        Language::Python => "py",
        Language::JavaScript | Language::TypeScript => "mjs",
        _ => "sh",
    }
}
