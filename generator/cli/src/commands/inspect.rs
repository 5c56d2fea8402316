//! `portolan inspect`: any stage of the pipeline, as JSON.

use crate::Outcome;
use crate::arguments::{Document, PackageFlags, Stage};
use crate::console::Console;
use crate::load::{open, package};
use crate::membership;
use anyhow::Context;
use portolan_source::{Diagnostics, Sources};
use portolan_targets::names::Kept;
use serde::Serialize;

/// Prints the stage. Findings go to stderr, so that stdout stays JSON.
pub(crate) fn run(document: &Document, stage: Stage, console: &Console) -> anyhow::Result<Outcome> {
    let input = document.input();
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let text: Option<anyhow::Result<String>> = match stage {
        Stage::Node => {
            let id = sources.open(input.path)?;
            portolan_source::read(&sources, id, &mut diagnostics)
                .map(|node| json(&node))
                .ok()
        }
        Stage::Document => {
            open(&input, &mut sources)?;
            portolan_openapi::Document::read(&input, &mut sources, &mut diagnostics)
                .map(|document| json(&document.inspect()))
                .ok()
        }
        Stage::Model => membership::load(&input, &mut sources, &mut diagnostics)?
            .map(|(api, _)| json(&api))
            .ok(),
        Stage::Python | Stage::Javascript | Stage::Curl => {
            let name = match stage {
                Stage::Python => "python",
                Stage::Javascript => "javascript",
                _ => "curl",
            };
            let target = portolan_targets::find(name)
                .with_context(|| format!("there is no target `{name}`"))?;
            membership::load(&input, &mut sources, &mut diagnostics)?
                .map(|(api, member)| {
                    let config = match member {
                        Some((member, kept)) => member.config(&api, name, &kept),
                        None => package(&api, &PackageFlags::default(), Kept::default()),
                    };
                    json(&target.inspect(&api, &config))
                })
                .ok()
        }
    };
    console.report(&sources, &diagnostics);
    match text {
        Some(text) => {
            console.data(text?.as_str())?;
            Ok(Outcome::Fine)
        }
        None => Ok(Outcome::Found),
    }
}

fn json(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
