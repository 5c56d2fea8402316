//! What a person wrote that is wrong, and where: values, many at a time, rendered by [`report`](crate::report).

use crate::{SourceId, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::HashSet;

/// So many findings with one code are kept; of more, only their number.
const MAX_OF_A_CODE: usize = 10_000;
/// What comparing names with names may cost, in pairs of characters: some tenths of a second.
const MAX_COMPARED: usize = 1 << 30;

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was changed.
    Note,
    /// Repaired or worked around; the output is still right.
    Warning,
    /// Has no meaning; nothing can be made from it.
    Error,
}

/// A place that a diagnostic speaks of, with words for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there; empty when the message says all.
    pub message: String,
}

/// One thing that is wrong in what a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[must_use = "a diagnostic does nothing until it is reported"]
pub struct Diagnostic {
    /// The stable, kebab-case name of the rule.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Places; the first is the primary one.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// An error of the rule `code`.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// A warning of the rule `code`.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    /// A note of the rule `code`.
    pub fn note(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Note, code, message)
    }

    /// Adds the place; the first one added is the primary.
    pub fn at(self, span: Span) -> Diagnostic {
        self.label(span, "")
    }

    /// Adds a place with words of its own.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// Adds advice.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// The primary place, or "no place".
    #[must_use]
    pub fn span(&self) -> Span {
        self.labels
            .first()
            .map(|label| label.span)
            .unwrap_or_default()
    }
}

/// Proof that at least one error was recorded in a [`Diagnostics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported(());

/// The sink that every stage writes to, passed down by `&mut`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    errors: usize,
    /// How many were recorded with each code.
    counts: BTreeMap<(Severity, &'static str), usize>,
    /// What the search for nearest names has cost.
    compared: usize,
}

impl Diagnostics {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Records a diagnostic of any severity. Of those with one code ten thousand are kept and the others
    /// [counted](Diagnostics::omitted): a document can hold more mistakes than memory.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
        }
        let count = self
            .counts
            .entry((diagnostic.severity, diagnostic.code))
            .or_default();
        *count += 1;
        if *count <= MAX_OF_A_CODE {
            self.items.push(diagnostic);
        }
    }

    /// How many diagnostics with each code were recorded and yet not kept.
    pub fn omitted(&self) -> impl Iterator<Item = (Severity, &'static str, usize)> {
        self.counts
            .iter()
            .filter(|(_, count)| **count > MAX_OF_A_CODE)
            .map(|((severity, code), count)| (*severity, *code, count - MAX_OF_A_CODE))
    }

    /// As [`nearest`](crate::nearest), among names that a document chose. It may hold as many names and as many slips
    /// as it likes: when comparing them has cost enough, the others go without advice.
    pub fn nearest<'a>(
        &mut self,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let compared = &mut self.compared;
        let affordable = known.into_iter().take_while(|known| {
            *compared += (word.len() + 8) * (known.len() + 8);
            *compared <= MAX_COMPARED
        });
        let near = crate::nearest(word, affordable);
        near.filter(|_| self.compared <= MAX_COMPARED)
    }

    /// Records an error and returns the proof of it.
    ///
    /// # Panics
    /// When `diagnostic` is not an error: only an error proves that nothing can be made.
    pub fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        assert_eq!(
            diagnostic.severity,
            Severity::Error,
            "only an error can be reported as one: {}",
            diagnostic.code
        );
        self.push(diagnostic);
        Reported(())
    }

    /// Whether any error was recorded.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// `Err` when an error was recorded.
    ///
    /// # Errors
    /// The proof that an error was recorded.
    pub fn ok(&self) -> Result<(), Reported> {
        if self.has_errors() {
            Err(Reported(()))
        } else {
            Ok(())
        }
    }

    /// All of them, in the order of recording.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Moves all of `other` behind ours, e.g. the findings of one parallel task.
    pub fn append(&mut self, other: Diagnostics) {
        self.errors += other.errors;
        self.compared += other.compared;
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
        self.items.extend(other.items);
        if self.omitted().next().is_some() {
            let mut kept: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
            self.items.retain(|diagnostic| {
                let count = kept
                    .entry((diagnostic.severity, diagnostic.code))
                    .or_default();
                *count += 1;
                *count <= MAX_OF_A_CODE
            });
        }
    }

    /// Leaves out what was said before, word for word and place for place.
    pub fn forget_repeated(&mut self) {
        let mut seen = HashSet::new();
        self.items
            .retain(|diagnostic| seen.insert(diagnostic.clone()));
        let error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        self.errors = self.items.iter().filter(error).count();
    }

    /// Leaves out the warnings and notes with this code. An error cannot be allowed: nothing can be made from it.
    pub fn allow(&mut self, code: &str) {
        self.items
            .retain(|diagnostic| diagnostic.severity == Severity::Error || diagnostic.code != code);
        self.counts
            .retain(|(severity, counted), _| *severity == Severity::Error || *counted != code);
    }

    /// Makes an error of every warning.
    pub fn deny_warnings(&mut self) {
        for diagnostic in &mut self.items {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
        }
        for ((severity, code), count) in std::mem::take(&mut self.counts) {
            let severity = match severity {
                Severity::Warning => {
                    self.errors += count;
                    Severity::Error
                }
                other => other,
            };
            *self.counts.entry((severity, code)).or_default() += count;
        }
    }

    /// Gives every place the file that `file` says.
    pub(crate) fn move_sources(&mut self, file: impl Fn(SourceId) -> SourceId) {
        for label in self
            .items
            .iter_mut()
            .flat_map(|diagnostic| &mut diagnostic.labels)
        {
            label.span.source = file(label.span.source);
        }
    }

    /// Puts them in the order of their places, so that parallel stages report alike on every run.
    pub fn sort(&mut self) {
        self.items
            .sort_by(|a, b| (a.span(), a.code, &a.message).cmp(&(b.span(), b.code, &b.message)));
        self.items.dedup();
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
