//! `portolan check`: what is wrong with documents.

mod explanations;
mod project;
mod score;

use crate::Outcome;
use crate::arguments::{Check, Format};
use crate::console::Console;
use crate::load::load;
use crate::severity;
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_source::{Diagnostic, Diagnostics, Severity, Sources};
use rayon::prelude::*;
use score::Scored;

/// Loads each document and prints the findings of all, in the order of the arguments; or explains a code.
pub(crate) fn run(request: &Check, console: &Console) -> anyhow::Result<Outcome> {
    match &request.explain {
        Some(Some(code)) => return explanations::print(code, console),
        Some(None) => return explanations::list(console),
        None => {}
    }
    let (read, settings) = if request.documents.is_empty() {
        project::read(request)?
    } else {
        (read(request)?, project::Settings::default())
    };
    let Read {
        sources,
        mut diagnostics,
        scored,
        ..
    } = read;
    severity::apply(&request.severity, &settings, &mut diagnostics)?;
    if request.scoring.is_wanted() && matches!(request.format, Format::Json) {
        console.data(&score::json(&sources, &diagnostics, &scored)?)?;
    } else {
        console.findings(&sources, &diagnostics, request.format, request.all)?;
        let color = console.paints_data();
        console.data(&score::text(&scored, request.format, request.all, color))?;
    }
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
    let mut found = diagnostics.has_errors();
    for low in scored.iter().filter(|it| it.is_below(&request.scoring)) {
        console.say(low.verdict(&request.scoring));
        found = true;
    }
    Ok(if found { Outcome::Found } else { Outcome::Fine })
}

/// What came of all documents.
struct Read {
    sources: Sources,
    diagnostics: Diagnostics,
    /// Their reports, when they are asked for.
    scored: Vec<Scored>,
    /// The models of a project's documents; `None` for one that could not be read.
    apis: Vec<Option<Api>>,
}

/// Loads the documents that the arguments name.
fn read(request: &Check) -> anyhow::Result<Read> {
    let documents = &request.documents;
    // A file that is missing is found before any other is read.
    for path in documents.iter().chain(&request.overlays.files) {
        Sources::new().open(path)?;
    }
    let inputs: Vec<Input<'_>> = documents
        .iter()
        .map(|path| Input {
            path,
            root: request.root.folder.as_deref(),
            overlays: &request.overlays.files,
        })
        .collect();
    read_all(&inputs, request)
}

/// Loads all, side by side when there are several.
fn read_all(inputs: &[Input<'_>], request: &Check) -> anyhow::Result<Read> {
    if let [input] = inputs {
        return read_one(input, request);
    }
    let found: Vec<_> = inputs
        .par_iter()
        .map(|input| read_one(input, request))
        .collect();
    let mut all = Read {
        sources: Sources::new(),
        diagnostics: Diagnostics::new(),
        scored: Vec::new(),
        apis: Vec::new(),
    };
    for found in found {
        all.append(found?);
    }
    // What is wrong in a file that several documents refer to is told once.
    all.diagnostics.forget_repeated();
    Ok(all)
}

impl Read {
    fn append(&mut self, other: Read) {
        let theirs = self.sources.adopt(other.sources, other.diagnostics);
        self.diagnostics.append(theirs);
        self.scored.extend(other.scored);
        self.apis.extend(other.apis);
    }
}

fn read_one(input: &Input<'_>, request: &Check) -> anyhow::Result<Read> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let path = input.path;
    let api = load(input, &mut sources, &mut diagnostics)?.ok();
    let mut scored = Vec::new();
    if request.scoring.is_wanted() {
        let one = Scored::of(path, api.as_ref(), &sources, &diagnostics, request.all);
        if matches!(request.format, Format::Sarif) {
            diagnostics.append(one.notes());
        }
        scored.push(one);
    }
    Ok(Read {
        sources,
        diagnostics,
        scored,
        // Documents that are named stand for themselves: of those, nothing more is asked.
        apis: match request.documents.is_empty() {
            true => vec![api],
            false => Vec::new(),
        },
    })
}

/// How many of each severity.
pub(super) fn total(diagnostics: &Diagnostics) -> String {
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
