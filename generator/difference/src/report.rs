//! The difference written down: for people, as Markdown, as data.
//!
//! `api` is what everybody sees on the wire. Surfaces of SDKs, when they are compared, stand beside it.

mod json;
mod markdown;
mod text;

pub use json::{ApiReport, ChangeReport, Counts, DifferenceReport, Version, json};
pub use markdown::markdown;
pub use text::text;

use crate::{Change, Difference, Severity, Subject};
use portolan_model::Api;
use portolan_source::{Sources, Span};
use serde::Serialize;

/// What is written down.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// What changed.
    pub difference: &'a Difference,
    /// The old version.
    pub old: &'a Api,
    /// The new version.
    pub new: &'a Api,
    /// Where both were read from.
    pub sources: &'a Sources,
    /// How bad a change is at least that is listed; all are counted.
    pub least: Severity,
}

/// A place in a file; line and column begin at one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub path: String,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}:{}", self.path, self.line, self.column)
    }
}

fn place(sources: &Sources, span: Span) -> Option<Place> {
    let (path, line, column) = sources.place(span)?;
    Some(Place {
        path: path.display().to_string(),
        line,
        column,
    })
}

/// The changes that are listed.
fn listed<'a>(input: &Input<'a>) -> impl Iterator<Item = &'a Change> + use<'a> {
    let least = input.least;
    input
        .difference
        .changes
        .iter()
        .filter(move |change| change.severity() >= least)
}

/// The listed changes of each subject, in their order.
fn by_subject<'a>(input: &Input<'a>) -> Vec<(&'a Subject, Vec<&'a Change>)> {
    let mut subjects: Vec<(&Subject, Vec<&Change>)> = Vec::new();
    for change in listed(input) {
        match subjects.last_mut() {
            Some((subject, changes)) if **subject == change.subject => changes.push(change),
            _ => subjects.push((&change.subject, vec![change])),
        }
    }
    subjects
}

/// `2 breaking, 1 risky`; what there is none of is left out.
fn counts(difference: &Difference) -> String {
    let counts = Severity::ALL.into_iter().filter_map(|severity| {
        let count = difference.count(severity);
        (count > 0).then(|| format!("{count} {}", severity.as_str()))
    });
    let words = counts.collect::<Vec<_>>().join(", ");
    match words.is_empty() {
        true => "nothing changed".to_owned(),
        false => words,
    }
}

/// What follows for the version, as a sentence.
fn advice(input: &Input<'_>) -> String {
    let advice = crate::advise(input.difference, &input.old.version, &input.new.version);
    let (old, new) = (&input.old.version, &input.new.version);
    match (advice.version, advice.enough) {
        (None, _) => format!("version {old} is no semantic version; the new document says {new}"),
        (Some(next), _) if next == *old => format!("version {old} stays"),
        (Some(next), Some(true)) => {
            format!("version {next} follows {old}; the new document says {new}")
        }
        (Some(next), _) => {
            format!("version {next} follows {old}; the new document says {new}, which is too low")
        }
    }
}
