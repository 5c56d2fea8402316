//! `--strict` and `--allow`: how bad the person who runs us takes what was found.

use crate::arguments::Severity;
use crate::explain;
use portolan_source::Diagnostics;

/// Leaves out the warnings that are allowed, then makes errors of the others when asked to.
///
/// # Errors
/// When a code is allowed that does not exist.
pub(crate) fn apply(severity: &Severity, diagnostics: &mut Diagnostics) -> anyhow::Result<()> {
    for code in &severity.allow {
        diagnostics.allow(explain::look_up(code)?.code);
    }
    if severity.strict {
        diagnostics.deny_warnings();
    }
    Ok(())
}
