//! `portolan build`: everything that the project names, for CI.

use crate::Outcome;
use crate::arguments::{Format, Severity};
use crate::console::Console;
use crate::pipeline::{self, Audience};
use crate::project::{Check, Project};
use crate::severity;
use portolan_emit::{Replacement, Templates};
use portolan_source::{Diagnostics, Sources};
use std::path::Path;

/// What is asked for.
pub(crate) struct Request<'a> {
    pub(crate) config: &'a Path,
    pub(crate) out: &'a Path,
    pub(crate) templates: Option<&'a Path>,
    pub(crate) severity: &'a Severity,
    pub(crate) format: Format,
}

/// Makes everything in a folder beside the output folder, then replaces that in one step.
pub(crate) fn run(request: &Request<'_>, console: &Console) -> anyhow::Result<Outcome> {
    let templates = Templates::new(request.templates)?;
    let replacement = Replacement::of(request.out)?;
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let mut settings = Check::default();
    let made = match Project::load(request.config, &mut sources, &mut diagnostics)? {
        Ok(project) => {
            settings.clone_from(&project.file.check);
            pipeline::run(
                &project,
                &templates,
                Audience::Readers,
                &replacement,
                None,
                &mut sources,
                &mut diagnostics,
                console,
            )
        }
        Err(reported) => Ok(Err(reported)),
    };
    diagnostics.sort();
    severity::apply(request.severity, &settings, &mut diagnostics)?;
    console.told(&sources, &diagnostics, request.format)?;
    let (Ok(Some(output)), Ok(())) = (made?, diagnostics.ok()) else {
        return Ok(Outcome::Found);
    };
    let size = console.while_working("replace the folder", || replacement.finish())?;
    output.names.write(console)?;
    console.say(format!(
        "{} files, {:.1} MB, in {}",
        size.files,
        size.bytes as f64 / 1e6,
        request.out.display()
    ));
    // The process ends here: giving each piece of memory back first would only take time.
    std::mem::forget(output);
    Ok(Outcome::Fine)
}
