//! Counting what passes and what does not.

use crate::report::Finding;
use portolan_source::Span;

/// What one rule found.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) total: usize,
    pub(crate) findings: Vec<Finding>,
}

impl Tally {
    /// Counts one thing; `what` says what is wrong with it, when it is.
    pub(crate) fn judge(&mut self, passes: bool, span: Span, what: impl FnOnce() -> String) {
        self.total += 1;
        if passes {
            self.passed += 1;
        } else {
            self.find(span, what());
        }
    }

    /// Adds a finding and counts nothing.
    pub(crate) fn find(&mut self, span: Span, what: String) {
        self.findings.push(Finding {
            what,
            place: None,
            span,
        });
    }
}
