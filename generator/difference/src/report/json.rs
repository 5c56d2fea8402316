//! As data.

use super::{Input, Place, listed, place};
use crate::{Advice, Rule, Severity, Subject, advise};
use portolan_model::Name;
use serde::Serialize;

/// The whole report.
#[derive(Debug, Serialize)]
pub struct DifferenceReport<'a> {
    /// The old version.
    pub old: Version<'a>,
    /// The new version.
    pub new: Version<'a>,
    /// What changed on the wire.
    pub api: ApiReport<'a>,
}

/// A version of an API.
#[derive(Debug, Serialize)]
pub struct Version<'a> {
    /// The title of the document.
    pub title: &'a str,
    /// Its version.
    pub version: &'a str,
}

/// What changed on the wire.
#[derive(Debug, Serialize)]
pub struct ApiReport<'a> {
    /// How bad the worst change is.
    pub severity: Option<Severity>,
    /// The version that follows.
    pub advice: Advice,
    /// How many changes are breaking, risky, compatible, and about documentation.
    pub counts: Counts,
    /// The changes that are listed, by subject.
    pub changes: Vec<ChangeReport<'a>>,
}

/// How many changes there are of each severity.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the words of the severities")]
pub struct Counts {
    pub breaking: usize,
    pub risky: usize,
    pub compatible: usize,
    pub documentation: usize,
}

/// One change.
#[derive(Debug, Serialize)]
pub struct ChangeReport<'a> {
    /// The rule.
    pub code: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// What changed.
    pub subject: &'a Subject,
    /// Where in it.
    pub path: &'a str,
    /// How it was.
    pub before: Option<&'a str>,
    /// How it is.
    pub after: Option<&'a str>,
    /// What happened, in English.
    pub message: String,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
    /// For a type: the operations that send or receive it.
    pub operations: &'a [Name],
}

/// Gathers the report.
#[must_use]
pub fn json<'a>(input: &Input<'a>) -> DifferenceReport<'a> {
    let difference = input.difference;
    let changes = listed(input).map(|change| ChangeReport {
        code: change.rule,
        severity: change.severity(),
        subject: &change.subject,
        path: &change.path,
        before: change.before.as_deref(),
        after: change.after.as_deref(),
        message: change.words(),
        old: place(input.sources, change.old),
        new: place(input.sources, change.new),
        operations: &change.operations,
    });
    DifferenceReport {
        old: Version {
            title: &input.old.title,
            version: &input.old.version,
        },
        new: Version {
            title: &input.new.title,
            version: &input.new.version,
        },
        api: ApiReport {
            severity: difference.severity(),
            advice: advise(difference, &input.old.version, &input.new.version),
            counts: Counts {
                breaking: difference.count(Severity::Breaking),
                risky: difference.count(Severity::Risky),
                compatible: difference.count(Severity::Compatible),
                documentation: difference.count(Severity::Documentation),
            },
            changes: changes.collect(),
        },
    }
}
