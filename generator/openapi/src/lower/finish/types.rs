//! The types that values are held against.

use portolan_model::{Api, TypeDef, TypeId};
use std::cell::Cell;

/// Deeper than this, values are taken as they are.
pub(super) const MAX_DEPTH: usize = 32;

/// How many comparisons one value may cost; beyond it, it is taken as it is.
const MAX_STEPS: u32 = 200_000;

/// How many bytes of JSON inside strings are read for one document; beyond them, strings are taken as they are.
const MAX_EMBEDDED: usize = 32 << 20;

/// The types, and the strength to try variants: a value in the middle of unions of unions could be tried for ever.
pub(super) struct Types<'a> {
    api: &'a Api,
    steps: Cell<u32>,
    embedded: Cell<usize>,
}

impl<'a> Types<'a> {
    pub(super) fn new(api: &'a Api) -> Types<'a> {
        Types {
            api,
            steps: Cell::new(0),
            embedded: Cell::new(0),
        }
    }

    pub(super) fn get(&self, id: TypeId) -> &'a TypeDef {
        self.api.type_def(id)
    }

    /// Begins with a new value.
    pub(super) fn rest(&self) {
        self.steps.set(0);
    }

    /// Whether a text of so many bytes may still be read as JSON.
    pub(super) fn may_read(&self, bytes: usize) -> bool {
        self.embedded.set(self.embedded.get().saturating_add(bytes));
        self.embedded.get() <= MAX_EMBEDDED
    }

    /// Makes a step; says whether it is one too many.
    pub(super) fn is_tired(&self) -> bool {
        self.steps.set(self.steps.get().saturating_add(1));
        self.steps.get() > MAX_STEPS
    }
}
