//! `portolan check`: what is wrong with documents.

mod explanations;

use crate::Outcome;
use crate::arguments::Check;
use crate::console::Console;
use crate::load::load;
use crate::severity;
use portolan_openapi::Input;
use portolan_source::{Diagnostics, Severity, Sources};
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
    for path in documents {
        Sources::new().open(path)?;
    }
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    if let [path] = &documents[..] {
        load(&Input { path, root }, &mut sources, &mut diagnostics)?.ok();
        return Ok((sources, diagnostics));
    }
    let found: Vec<_> = documents
        .par_iter()
        .map(|path| -> anyhow::Result<_> {
            let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
            load(&Input { path, root }, &mut sources, &mut diagnostics)?.ok();
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
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match (errors, warnings) {
        (0, 0) => "no problems found".to_owned(),
        _ => format!(
            "{}, {}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
