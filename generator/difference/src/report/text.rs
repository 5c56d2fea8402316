//! For people, on a terminal.

use super::{Input, advice, by_subject, counts, place};
use crate::{Change, Severity, Subject};
use std::fmt::Write;

/// All changes by subject, each with its place; then how many, and the version that follows.
#[must_use]
pub fn text(input: &Input<'_>, color: bool) -> String {
    let mut out = String::new();
    for (subject, changes) in by_subject(input) {
        write_subject(subject, &changes, &mut out);
        for change in changes {
            write_change(input, change, color, &mut out);
        }
        out.push('\n');
    }
    let (counts, advice) = (counts(input.difference), advice(input));
    writeln!(out, "{counts}\n{advice}").expect("text takes text");
    out
}

fn write_subject(subject: &Subject, changes: &[&Change], out: &mut String) {
    let title = subject.title();
    let note = match (
        subject,
        changes.first().map(|change| change.operations.len()),
    ) {
        (Subject::Operation { old, new }, _) => new
            .as_ref()
            .or(old.as_ref())
            .map(|operation| operation.id.to_string()),
        (Subject::Type { .. }, Some(1)) => Some("1 operation".to_owned()),
        (Subject::Type { .. }, Some(count)) if count > 0 => Some(format!("{count} operations")),
        _ => None,
    };
    match note {
        Some(note) => writeln!(out, "{title} ({note})"),
        None => writeln!(out, "{title}"),
    }
    .expect("text takes text");
}

fn write_change(input: &Input<'_>, change: &Change, color: bool, out: &mut String) {
    let severity = change.severity();
    let word = format!("{:<13}", severity.as_str());
    let word = match (color, severity) {
        (true, Severity::Breaking) => format!("\x1b[1;31m{word}\x1b[0m"),
        (true, Severity::Risky) => format!("\x1b[33m{word}\x1b[0m"),
        _ => word,
    };
    let path = match change.path.is_empty() {
        true => String::new(),
        false => format!("{}: ", change.path),
    };
    let (words, code) = (change.words(), change.rule.code());
    writeln!(out, "  {word}  {path}{words} [{code}]").expect("text takes text");
    let places = [
        place(input.sources, change.old).map(|place| place.to_string()),
        place(input.sources, change.new).map(|place| place.to_string()),
    ];
    let places: Vec<String> = places.into_iter().flatten().collect();
    if !places.is_empty() {
        writeln!(out, "                 {}", places.join(" -> ")).expect("text takes text");
    }
}
