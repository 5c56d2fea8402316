//! `--strict` and `--allow`, or `[check]` of the project file: how bad the person who runs us takes what was found.

use crate::arguments::Severity;
use crate::explain;
use crate::project::Check;
use portolan_source::Diagnostics;

/// Leaves out the warnings that are allowed, then makes errors of the others when asked to: by the arguments or by the
/// project.
///
/// # Errors
/// When an argument allows a code that does not exist.
pub(crate) fn apply(
    arguments: &Severity,
    project: &Check,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<()> {
    for code in &arguments.allow {
        diagnostics.allow(explain::look_up(code)?.code);
    }
    // What is no code there was reported with its place when the project was read.
    for known in project
        .allow
        .iter()
        .filter_map(|code| explain::look_up(code).ok())
    {
        diagnostics.allow(known.code);
    }
    if arguments.strict || project.strict {
        diagnostics.deny_warnings();
    }
    Ok(())
}
