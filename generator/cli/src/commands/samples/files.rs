//! Samples as files: each program under a name of its own, beside the files that it opens, and a list of them.

use super::Made;
use portolan_emit::{File, FileTree, Language};
use portolan_model::Operation;
use portolan_source::{Diagnostics, Span};
use portolan_targets::names::{Case, Scope};
use serde::Serialize;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// A line of samples.json.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    operation: &'a str,
    /// The named example that the values come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a str>,
    target: &'a str,
    /// Whether it is a command of the package, where there is plain code beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    command: bool,
    /// Relative to samples.json.
    file: String,
    /// The environment variables that it reads.
    environment: &'a [String],
    /// Files that it opens, relative to samples.json.
    files: Vec<String>,
}

/// The programs, the files beside them, and samples.json.
pub(super) fn tree(made: &[Made<'_>], operations: &[&Operation]) -> anyhow::Result<FileTree> {
    let stems: BTreeMap<&str, String> = operations
        .iter()
        .map(|operation| operation.id.as_str())
        .zip(stems(operations))
        .collect();
    let mut tree = FileTree::new();
    let mut listed = Vec::new();
    let mut taken = BTreeSet::new();
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for made in made {
        let target = made.target.name();
        let stem = &stems[made.operation.id.as_str()];
        let example = made.example.filter(|_| made.is_further).map(|name| {
            let scope = scope("example", Case::Kebab);
            format!(".{}", scope.identifier(name))
        });
        let form = if made.command { ".command" } else { "" };
        let ending = ending(made.target.language());
        let stem = format!("{stem}{}{form}", example.unwrap_or_default());
        let mut name = format!("{stem}.{ending}");
        let mut number = 2;
        while !taken.insert(format!("{target}/{name}").to_lowercase()) {
            name = format!("{stem}-{number}.{ending}");
            number += 1;
        }
        // What opens another file of the same name has a folder of its own.
        let has_other = |(name, bytes): &(String, Vec<u8>)| {
            let path = format!("{target}/{name}").to_lowercase();
            let known = contents.get(&path);
            known.map_or_else(|| taken.contains(&path), |known| known != bytes)
        };
        let folder = match made.sample.files.iter().any(has_other) {
            false => target.to_owned(),
            true => format!("{target}/{}", name.trim_end_matches(&format!(".{ending}"))),
        };
        let file = format!("{folder}/{name}");
        let code = File::from(made.sample.text());
        let code = match made.target.language() {
            Language::Shell => code.executable(),
            _ => code,
        };
        tree.insert(file.clone(), code)?;
        let mut files = Vec::new();
        for (name, bytes) in &made.sample.files {
            let path = format!("{folder}/{name}");
            if let Entry::Vacant(place) = contents.entry(path.to_lowercase()) {
                taken.insert(path.to_lowercase());
                place.insert(bytes.clone());
                tree.insert(path.clone(), bytes.clone())?;
            }
            files.push(path);
        }
        listed.push(Listed {
            operation: made.operation.id.as_str(),
            example: made.example,
            target,
            command: made.command,
            file,
            environment: &made.sample.environment,
            files,
        });
    }
    let mut list = serde_json::to_vec_pretty(&listed)?;
    list.push(b'\n');
    tree.insert("samples.json", list)?;
    Ok(tree)
}

fn scope(kind: &'static str, case: Case) -> Scope<'static> {
    Scope {
        language: Language::Text,
        case,
        kind,
        reserved: &|_| false,
        ignore_case: true,
    }
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
    let scope = scope("operation", Case::Kebab);
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
