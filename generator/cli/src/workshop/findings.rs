//! Reports as the server gives them.

use portolan_model::Api;
use portolan_server::workshop::{
    Advice, Finding, FindingCounts, FindingSeverity, Place, Reading, Score,
};
use portolan_source::{Diagnostics, Severity, Sources, report};

/// How many findings programs get.
const MOST: usize = 300;

/// What there is to say of a document, without what can be made of it.
pub(super) fn reading(sources: &Sources, diagnostics: &Diagnostics, api: Option<&Api>) -> Reading {
    let score = api.map(|api| {
        let report = portolan_quality::score(api, diagnostics);
        let advice = report.to_mend().into_iter().map(|check| Advice {
            code: check.code.to_owned(),
            message: check
                .advice
                .clone()
                .unwrap_or_else(|| check.title.to_owned()),
            gain: (check.gain * 100.0).round() / 100.0,
            failed: check.failed(),
        });
        Score {
            points: report.points.value(),
            grade: report.grade.as_str().to_owned(),
            advice: advice.collect(),
        }
    });
    Reading {
        findings: findings(sources, diagnostics),
        counts: counts(diagnostics),
        score,
        ..Reading::default()
    }
}

/// The first of them; where there are too many, errors come before all else.
fn findings(sources: &Sources, diagnostics: &Diagnostics) -> Vec<Finding> {
    let mut entries = report::json(sources, diagnostics);
    if entries.len() > MOST {
        entries.sort_by_key(|entry| entry.severity != Severity::Error);
        entries.truncate(MOST);
    }
    let entries = entries.into_iter();
    entries
        .map(|entry| Finding {
            code: entry.code.to_owned(),
            severity: severity(entry.severity),
            message: entry.message,
            places: entry
                .places
                .into_iter()
                .map(|place| Place {
                    line: place.line,
                    column: place.column,
                    end_line: place.end_line,
                    end_column: place.end_column,
                    message: place.message,
                })
                .collect(),
            help: entry.help,
        })
        .collect()
}

fn counts(diagnostics: &Diagnostics) -> FindingCounts {
    let kept = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.severity, 1));
    let omitted = diagnostics.omitted();
    let omitted = omitted
        .into_iter()
        .map(|(severity, _, count)| (severity, count));
    let mut counts = FindingCounts::default();
    for (severity, count) in kept.chain(omitted) {
        *match severity {
            Severity::Error => &mut counts.error,
            Severity::Warning => &mut counts.warning,
            Severity::Note => &mut counts.note,
        } += count;
    }
    counts
}

fn severity(severity: Severity) -> FindingSeverity {
    match severity {
        Severity::Error => FindingSeverity::Error,
        Severity::Warning => FindingSeverity::Warning,
        Severity::Note => FindingSeverity::Note,
    }
}
