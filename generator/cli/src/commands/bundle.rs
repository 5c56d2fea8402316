//! `portolan bundle`: a document and all files that it refers to, in one file.

use crate::Outcome;
use crate::arguments::{Document, Notation};
use crate::console::Console;
use crate::load::open;
use anyhow::bail;
use portolan_emit::File;
use portolan_source::{Diagnostics, Sources, to_json, to_yaml};
use std::path::Path;

/// Writes the bundle to `out`, else to stdout. Findings go to stderr.
pub(crate) fn run(
    document: &Document,
    out: Option<&Path>,
    format: Option<Notation>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let input = document.input();
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    open(&input, &mut sources)?;
    let id = sources.open(input.path)?;
    let bundled = portolan_openapi::bundle(&input, &mut sources, &mut diagnostics);
    console.report(&sources, &diagnostics);
    let Ok(node) = bundled else {
        return Ok(Outcome::Found);
    };
    let own = || {
        let text = sources.text(id);
        let is_json = text.trim_start().starts_with('{');
        named(input.path).unwrap_or(if is_json {
            Notation::Json
        } else {
            Notation::Yaml
        })
    };
    let text = match format.or(out.and_then(named)).unwrap_or_else(own) {
        Notation::Json => to_json(&node),
        Notation::Yaml => to_yaml(&node),
    };
    let Some(out) = out else {
        console.data(&text)?;
        return Ok(Outcome::Fine);
    };
    let canonical = |path: &Path| path.canonicalize().ok();
    if let Some(place) = canonical(out)
        && sources
            .paths()
            .any(|path| canonical(path).as_ref() == Some(&place))
    {
        bail!(
            "`{}` is a file of the document: choose another name, so that nothing you wrote is lost",
            out.display()
        );
    }
    portolan_emit::write_file(out, &File::from(text.into_bytes()))?;
    console.say(format!("wrote {}", out.display()));
    Ok(Outcome::Fine)
}

/// The notation that the name of a file promises.
pub(super) fn named(path: &Path) -> Option<Notation> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "json" => Some(Notation::Json),
        "yaml" | "yml" => Some(Notation::Yaml),
        _ => None,
    }
}
