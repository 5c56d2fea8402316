//! `portolan check`: what is wrong with documents.

mod explanations;

use crate::Outcome;
use crate::arguments::{Check, Format};
use crate::console::Console;
use crate::load::load;
use crate::severity;
use portolan_openapi::Input;
use portolan_source::{Diagnostic, Diagnostics, Severity, Sources};
use rayon::prelude::*;

/// Loads each document and prints the findings of all, in the order of the arguments; or explains a code.
pub(crate) fn run(request: &Check, console: &Console) -> anyhow::Result<Outcome> {
    match &request.explain {
        Some(Some(code)) => return explanations::print(code, console),
        Some(None) => return explanations::list(console),
        None => {}
    }
    let (sources, mut diagnostics) = read(request)?;
    severity::apply(&request.severity, &mut diagnostics)?;
    console.findings(&sources, &diagnostics, request.format, request.all)?;
    console.say(total(&diagnostics));
    let errors = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    let worst = diagnostics
        .iter()
        .find(errors)
        .or(diagnostics.iter().next());
    if let (Format::Human, Some(worst)) = (request.format, worst) {
        let code = worst.code;
        console.say(format!("`portolan check --explain {code}` explains a code"));
    }
    Ok(if diagnostics.has_errors() {
        Outcome::Found
    } else {
        Outcome::Fine
    })
}

/// Loads all documents, side by side when there are several.
fn read(request: &Check) -> anyhow::Result<(Sources, Diagnostics)> {
    let documents = &request.documents;
    let root = request.root.folder.as_deref();
    // A file that is missing is found before any other is read.
    let overlays = &request.overlays.files;
    for path in documents.iter().chain(overlays) {
        Sources::new().open(path)?;
    }
    let input = |path| Input {
        path,
        root,
        overlays,
    };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    if let [path] = &documents[..] {
        load(&input(path), &mut sources, &mut diagnostics)?.ok();
        return Ok((sources, diagnostics));
    }
    let found: Vec<_> = documents
        .par_iter()
        .map(|path| -> anyhow::Result<_> {
            let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
            load(&input(path), &mut sources, &mut diagnostics)?.ok();
            Ok((sources, diagnostics))
        })
        .collect();
    for found in found {
        let (from, theirs) = found?;
        diagnostics.append(sources.adopt(from, theirs));
    }
    Ok((sources, diagnostics))
}

/// How many of each severity.
fn total(diagnostics: &Diagnostics) -> String {
    let counts = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter_map(|(severity, word)| {
            let of_it = |diagnostic: &&Diagnostic| diagnostic.severity == severity;
            match diagnostics.iter().filter(of_it).count() {
                0 => None,
                1 => Some(format!("1 {word}")),
                count => Some(format!("{count} {word}s")),
            }
        })
        .collect();
    if parts.is_empty() {
        "no problems found".to_owned()
    } else {
        parts.join(", ")
    }
}
