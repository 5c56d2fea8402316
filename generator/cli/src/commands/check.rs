//! `portolan check`: what is wrong with documents.

use crate::Outcome;
use crate::arguments::Format;
use crate::console::Console;
use crate::load::load;
use portolan_openapi::Input;
use portolan_source::{Diagnostics, Sources};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Loads each document and prints the findings of all, in the order of the arguments.
pub(crate) fn run(
    documents: &[PathBuf],
    root: Option<&Path>,
    format: Format,
    console: &Console,
) -> anyhow::Result<Outcome> {
    // A file that is missing is found before any other is read.
    for path in documents {
        Sources::new().open(path)?;
    }
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    if let [path] = documents {
        load(&Input { path, root }, &mut sources, &mut diagnostics)?.ok();
    } else {
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
    }
    console.findings(&sources, &diagnostics, format)?;
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let (errors, warnings) = (
        count(portolan_source::Severity::Error),
        count(portolan_source::Severity::Warning),
    );
    console.say(match (errors, warnings) {
        (0, 0) => "no problems found".to_owned(),
        _ => format!(
            "{}, {}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    });
    Ok(if diagnostics.has_errors() {
        Outcome::Found
    } else {
        Outcome::Fine
    })
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
