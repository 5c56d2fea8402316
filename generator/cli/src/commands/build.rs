//! `portolan build`: everything that the project names, for CI.

use crate::Outcome;
use crate::console::Console;
use crate::pipeline::{self, Audience};
use crate::project::Project;
use portolan_emit::Templates;
use portolan_source::{Diagnostics, Sources};
use std::path::Path;

/// Makes everything in memory, then replaces `out` in one step.
pub(crate) fn run(
    config: &Path,
    out: &Path,
    templates: Option<&Path>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let templates = Templates::new(templates)?;
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let made = match Project::load(config, &mut sources, &mut diagnostics)? {
        Ok(project) => pipeline::run(
            &project,
            &templates,
            Audience::Readers,
            &mut sources,
            &mut diagnostics,
            console,
        ),
        Err(reported) => Ok(Err(reported)),
    };
    diagnostics.sort();
    console.report(&sources, &diagnostics);
    let Ok(output) = made? else {
        return Ok(Outcome::Found);
    };
    console.while_working("write", || portolan_emit::swap(&output.files, out))?;
    console.say(format!(
        "{} files, {:.1} MB, in {}",
        output.files.len(),
        output.files.bytes() as f64 / 1e6,
        out.display()
    ));
    // The process ends here: giving each piece of memory back first would only take time.
    std::mem::forget(output);
    Ok(Outcome::Fine)
}
