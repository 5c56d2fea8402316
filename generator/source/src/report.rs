//! [`Diagnostics`] -> text, for people and for machines.

use crate::{Diagnostic, Diagnostics, Severity, Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

mod excerpt;
mod sarif;
mod visible;

pub use sarif::{Log, Rule, Tool, sarif};
pub use visible::visible;

/// The whole story of each diagnostic with the lines it speaks of, as in compilers.
#[must_use]
pub fn human(sources: &Sources, diagnostics: &Diagnostics, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    diagnostics
        .iter()
        .map(|diagnostic| render(sources, diagnostic, &renderer) + "\n\n")
        .collect()
}

/// As [`human`], but of findings with one code and severity only the first `most`; the last lines count the others and
/// say `how` to see them.
#[must_use]
pub fn digest(
    sources: &Sources,
    diagnostics: &Diagnostics,
    colour: bool,
    most: usize,
    how: &str,
) -> String {
    let mut shown = Diagnostics::new();
    let mut counts: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let count = counts
            .entry((Reverse(diagnostic.severity), diagnostic.code))
            .or_default();
        *count += 1;
        if *count <= most {
            shown.push(diagnostic.clone());
        }
    }
    for (severity, code, count) in diagnostics.omitted() {
        *counts.entry((Reverse(severity), code)).or_default() += count;
    }
    let mut text = human(sources, &shown, colour);
    let mut hidden = false;
    for ((Reverse(severity), code), count) in counts {
        if count > most {
            let _ = writeln!(
                text,
                "and {} more {}[{code}]; {how}",
                count - most,
                word(severity)
            );
            hidden = true;
        }
    }
    if hidden {
        text.push('\n');
    }
    text
}

fn render(sources: &Sources, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(&diagnostic.message);
    let labels: Vec<_> = diagnostic
        .labels
        .iter()
        .map(|label| visible(&label.message))
        .collect();
    let help: Vec<_> = diagnostic.help.iter().map(|help| visible(help)).collect();
    let excerpts = excerpt::of(sources, diagnostic);
    let mut group = Group::with_title(level.primary_title(&*message).id(diagnostic.code));
    for excerpt in &excerpts {
        let annotations = excerpt.marks.iter().map(|mark| {
            let kind = if mark.label == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let label = &labels[mark.label];
            let annotation = kind.span(mark.range.clone());
            if label.is_empty() {
                annotation
            } else {
                annotation.label(&**label)
            }
        });
        group = group.element(
            Snippet::source(&*excerpt.text)
                .line_start(excerpt.first_line)
                .path(&*excerpt.path)
                .annotations(annotations),
        );
    }
    for help in &help {
        group = group.element(Level::HELP.message(&**help));
    }
    let rendered = renderer.render(&[group]);
    excerpt::restore_columns(rendered, sources, diagnostic, &excerpts)
}

/// One line per diagnostic: `path:line:column: severity[code]: message`.
#[must_use]
pub fn short(sources: &Sources, diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if let Some((path, line, column)) = sources.place(diagnostic.span()) {
            let _ = write!(text, "{}:{line}:{column}: ", shown_path(path));
        }
        let _ = writeln!(
            text,
            "{}[{}]: {}",
            word(diagnostic.severity),
            diagnostic.code,
            visible(&diagnostic.message)
        );
    }
    text
}

/// One array of objects, for programs.
#[must_use]
pub fn json(sources: &Sources, diagnostics: &Diagnostics) -> Vec<Entry> {
    diagnostics
        .iter()
        .map(|diagnostic| Entry {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            places: diagnostic
                .labels
                .iter()
                .filter_map(|label| Place::of(sources, label.span, &label.message))
                .collect(),
            help: diagnostic.help.clone(),
        })
        .collect()
}

/// A diagnostic as programs get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The stable name of the rule.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Every place involved; the first is the primary one.
    pub places: Vec<Place>,
    /// What to do about it.
    pub help: Vec<String>,
}

/// A place as programs get it: one-based lines, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub path: String,
    /// Of the first character.
    pub line: usize,
    /// Of the first character.
    pub column: usize,
    /// Of the place behind the last character.
    pub end_line: usize,
    /// Of the place behind the last character.
    pub end_column: usize,
    /// What is there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
}

impl Place {
    fn of(sources: &Sources, span: Span, message: &str) -> Option<Place> {
        let (path, line, column) = sources.place(span)?;
        let (end_line, end_column) = sources.get(span.source)?.line_column(span.end);
        Some(Place {
            path: path.display().to_string(),
            line,
            column,
            end_line,
            end_column,
            message: message.to_owned(),
        })
    }
}

/// A path as people should see it.
fn shown_path(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests;
