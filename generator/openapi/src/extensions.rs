//! Extensions (`x-*`) that we understand; all others are data that nobody reads.

use portolan_model::Pagination;
use portolan_source::{Diagnostics, Node};

/// `x-portolan-pagination` of an operation.
pub(crate) fn pagination(operation: &Node, diagnostics: &mut Diagnostics) -> Option<Pagination> {
    let _ = (operation, diagnostics);
    None
}
