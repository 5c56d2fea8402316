//! As Markdown: a comment on a change, a section of a changelog.

use super::{Input, advice, by_subject, counts};
use crate::{Change, Severity};
use std::fmt::Write;

/// A heading for each subject, a line for each change, what breaks in bold.
#[must_use]
pub fn markdown(input: &Input<'_>) -> String {
    let mut out = String::new();
    let (counts, advice) = (counts(input.difference), advice(input));
    let title = escape(&input.new.title);
    let (old, new) = (escape(&input.old.version), escape(&input.new.version));
    writeln!(
        out,
        "# {title}: {old} to {new}\n\n{counts}; {}\n",
        escape(&advice)
    )
    .expect("text takes text");
    for (subject, changes) in by_subject(input) {
        writeln!(out, "## {}\n", code(&subject.title())).expect("text takes text");
        for change in changes {
            writeln!(out, "- {}", line(change)).expect("text takes text");
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn line(change: &Change) -> String {
    let severity = change.severity();
    let word = match severity {
        Severity::Breaking => "**breaking**".to_owned(),
        _ => severity.as_str().to_owned(),
    };
    let path = match change.path.is_empty() {
        true => String::new(),
        false => format!("{}: ", code(&change.path)),
    };
    let mut words = String::new();
    let mut rest = change.rule.words();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = if name == "before" {
            &change.before
        } else {
            &change.after
        };
        words.push_str(before);
        words.push_str(&code(value.as_deref().unwrap_or_default()));
        rest = after;
    }
    words.push_str(rest);
    format!("{word}: {path}{words}")
}

/// A span of code that its content cannot leave.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match text.is_empty() || text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// Text of strangers between ours.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
