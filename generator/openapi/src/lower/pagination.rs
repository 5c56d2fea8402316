//! How lists continue.

use portolan_model::Api;

/// Finds the operations that answer page by page.
pub(super) fn detect(api: &mut Api) {
    let _ = api;
}
