//! `portolan diff`: what changed between two versions of an API.
//!
//! What is wrong inside the documents is `check`'s to say; here only what keeps one of them from being read.

use crate::arguments::{ChangeSeverity, Diff, DiffFormat, Format};
use crate::console::Console;
use crate::explain::severity_of;
use crate::{Outcome, membership};
use portolan_difference::{Change, Severity, compare, report};
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_source::{Diagnostic, Diagnostics, Reported, Sources, Span};
use std::path::Path;

/// Compares, says it, and fails when it was asked to.
pub(crate) fn run(request: &Diff, console: &Console) -> anyhow::Result<Outcome> {
    let mut sources = Sources::new();
    let old = load(&request.old, request, &mut sources, console)?;
    let new = load(&request.new, request, &mut sources, console)?;
    let (Ok(old), Ok(new)) = (old, new) else {
        return Ok(Outcome::Found);
    };
    let difference = console.while_working("compare", || compare(&old, &new));
    let input = report::Input {
        difference: &difference,
        old: &old,
        new: &new,
        sources: &sources,
        least: request.least.map_or(Severity::Documentation, severity),
    };
    match request.format {
        DiffFormat::Human => console.data(&report::text(&input, console.paints_data()))?,
        DiffFormat::Markdown => console.data(&report::markdown(&input))?,
        DiffFormat::Json => {
            let mut text = serde_json::to_string_pretty(&report::json(&input))?;
            text.push('\n');
            console.data(&text)?;
        }
        DiffFormat::Sarif => console.findings(&sources, &findings(&input), Format::Sarif, true)?,
    }
    let limit = request.fail_on.map(severity);
    Ok(match limit {
        Some(limit) if difference.severity().is_some_and(|worst| worst >= limit) => Outcome::Found,
        _ => Outcome::Fine,
    })
}

fn load(
    path: &Path,
    request: &Diff,
    sources: &mut Sources,
    console: &Console,
) -> anyhow::Result<Result<Api, Reported>> {
    let input = Input {
        path,
        root: request.root.folder.as_deref(),
        overlays: &[],
    };
    let mut diagnostics = Diagnostics::new();
    let loaded = membership::load(&input, sources, &mut diagnostics)?;
    if loaded.is_err() {
        console.report(sources, &diagnostics);
    }
    Ok(loaded.map(|(api, _)| api))
}

/// The changes as findings, at the places of the new version.
fn findings(input: &report::Input<'_>) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let listed = |change: &&Change| change.severity() >= input.least;
    for change in input.difference.changes.iter().filter(listed) {
        findings.push(finding(change, input.new));
    }
    findings
}

fn finding(change: &Change, new: &Api) -> Diagnostic {
    let place = match change.path.is_empty() {
        true => change.subject.title(),
        false => format!("{}, {}", change.subject.title(), change.path),
    };
    let message = format!("{place}: {}", change.words());
    let code = change.rule.code();
    let diagnostic = match severity_of(change.severity()) {
        portolan_source::Severity::Error => Diagnostic::error(code, message),
        portolan_source::Severity::Warning => Diagnostic::warning(code, message),
        portolan_source::Severity::Note => Diagnostic::note(code, message),
    };
    // What is gone is shown where the new document begins: nobody looks at the old one.
    let place = match change.new == Span::default() {
        true => new.span,
        false => change.new,
    };
    match change.old == Span::default() {
        true => diagnostic.at(place),
        false => diagnostic.at(place).label(change.old, "it was here"),
    }
}

fn severity(severity: ChangeSeverity) -> Severity {
    match severity {
        ChangeSeverity::Breaking => Severity::Breaking,
        ChangeSeverity::Risky => Severity::Risky,
        ChangeSeverity::Compatible => Severity::Compatible,
        ChangeSeverity::Documentation => Severity::Documentation,
    }
}
