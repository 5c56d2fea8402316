//! What a document may multiply into: schemas that inherit from schemas, callbacks inside callbacks.

use super::Lowerer;
use portolan_source::{Diagnostic, Span};

/// How many members may be inherited; a long text counts as several.
const MAX_INHERITED: usize = 250_000;
/// So many bytes of an inherited member are taken for another one.
const BYTES_OF_A_MEMBER: usize = 256;
/// How many schemas may inherit from one another.
const MAX_ANCESTORS: usize = 100;
/// How many operations of callbacks there may be.
const MAX_CALLBACKS: usize = 50_000;

/// What was spent.
#[derive(Default)]
pub(super) struct Budget {
    inherited: usize,
    callbacks: usize,
    /// Ancestors that are being taken in, one inside the other.
    pub(super) ancestors: usize,
    told: bool,
}

impl Lowerer<'_> {
    /// Whether one more operation of a callback may be lowered.
    pub(super) fn afford_callback(&mut self, span: Span) -> bool {
        self.budget.callbacks += 1;
        self.budget.callbacks <= MAX_CALLBACKS
            || self.too_large(
                span,
                &format!("callbacks hold more than {MAX_CALLBACKS} operations"),
                "a callback whose operations refer to callbacks multiplies with each of them",
            )
    }

    /// Whether these members may be inherited.
    pub(super) fn afford_members(&mut self, spans: impl Iterator<Item = Span>, at: Span) -> bool {
        self.budget.inherited += spans
            .map(|span| 1 + (span.end - span.start) as usize / BYTES_OF_A_MEMBER)
            .sum::<usize>();
        self.budget.inherited <= MAX_INHERITED
            || self.too_large(
                at,
                &format!("schemas inherit more than {MAX_INHERITED} members"),
                "each schema has all members of those that it inherits from; refer to them from a property instead",
            )
    }

    /// Whether there may be one more ancestor.
    pub(super) fn afford_ancestor(&mut self, at: Span) -> bool {
        self.budget.ancestors < MAX_ANCESTORS
            || self.too_large(
                at,
                &format!("more than {MAX_ANCESTORS} schemas inherit from one another"),
                "leave out what is between",
            )
    }

    /// Says once that the model would be too large.
    fn too_large(&mut self, span: Span, message: &str, help: &str) -> bool {
        if !std::mem::replace(&mut self.budget.told, true) {
            self.diagnostics.push(
                Diagnostic::error("model-budget", message)
                    .at(span)
                    .help(help),
            );
        }
        false
    }
}
