//! `portolan generate`: SDKs from one document.

use crate::Outcome;
use crate::arguments::{Document, Format, PackageFlags, Severity};
use crate::console::Console;
use crate::load::{load, override_operations, package, targets};
use crate::names::Beside;
use crate::project::Check;
use crate::severity;
use portolan_emit::{FileTree, Templates};
use portolan_source::{Diagnostics, Reported, Sources};
use portolan_targets::Target;
use rayon::prelude::*;
use std::path::Path;

/// What is asked for.
pub(crate) struct Request<'a> {
    pub(crate) document: &'a Document,
    pub(crate) targets: &'a [String],
    pub(crate) out: &'a Path,
    pub(crate) package: &'a PackageFlags,
    pub(crate) force: bool,
    pub(crate) templates: Option<&'a Path>,
    pub(crate) severity: &'a Severity,
    pub(crate) format: Format,
}

/// Makes the packages, all of them before the first is written.
pub(crate) fn run(request: &Request<'_>, console: &Console) -> anyhow::Result<Outcome> {
    let targets = targets(request.targets)?;
    let templates = Templates::new(request.templates)?;
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let loaded = console.while_working("read", || {
        load(&request.document.input(), &mut sources, &mut diagnostics)
    })?;
    let said = request.package.names.as_ref();
    let names = Beside::open(request.out, said, &mut sources, &mut diagnostics)?;
    let loaded = loaded.and_then(|mut api| {
        let names = names?.of(api.id.as_str());
        let kept = names.kept(api.id.as_str(), &api);
        override_operations(&mut api, request.package, &kept, &mut diagnostics)?;
        Ok((api, names, kept))
    });
    let trees = match loaded {
        Err(reported) => Err(reported),
        Ok((api, mut names, kept)) => {
            let config = package(&api, request.package, kept.clone());
            console
                .while_working("generate", || {
                    let made: Vec<_> = targets
                        .par_iter()
                        .map(|target| {
                            let mut own = Diagnostics::new();
                            (target.generate(&api, &config, &templates, &mut own), own)
                        })
                        .collect();
                    made.into_iter()
                        .map(|(tree, own)| {
                            diagnostics.append(own);
                            tree
                        })
                        .collect::<Vec<Result<FileTree, Reported>>>()
                        .into_iter()
                        .collect::<Result<Vec<FileTree>, Reported>>()
                })
                .map(|trees| {
                    let targets: Vec<&str> = targets.iter().map(|target| target.name()).collect();
                    names.update(api.id.as_str(), &kept, &targets);
                    (trees, names)
                })
        }
    };
    diagnostics.sort();
    severity::apply(request.severity, &Check::default(), &mut diagnostics)?;
    console.told(&sources, &diagnostics, request.format)?;
    let (Ok((trees, names)), Ok(())) = (trees, diagnostics.ok()) else {
        return Ok(Outcome::Found);
    };
    for (target, tree) in targets.iter().zip(&trees) {
        write(*target, tree, request, console)?;
    }
    names.write(console)?;
    Ok(Outcome::Fine)
}

fn write(
    target: &dyn Target,
    tree: &FileTree,
    request: &Request<'_>,
    console: &Console,
) -> anyhow::Result<()> {
    let folder = request.out.join(target.name());
    let done = portolan_emit::write(tree, &folder, request.force)?;
    for path in &done.kept {
        console.warn(format!(
            "`{}` was edited by hand and is kept as it is; --force writes over it",
            folder.join(path).display()
        ));
    }
    let changed = done.written.len() + done.removed.len();
    console.say(format!(
        "{}: {} files, {changed} changed, in {}",
        target.title(),
        tree.len(),
        folder.display()
    ));
    Ok(())
}
