//! `portolan samples`: short programs, one per operation, named example and language.
//!
//! 1. [`Made`]: the samples that are asked for, in the order of the document.
//! 2. They are printed, written to files ([`files`]), or put into an overlay ([`overlay`]).

mod files;
mod overlay;

use crate::Outcome;
use crate::arguments::Notation;
use crate::arguments::{PackageFlags, SampleFormat, Samples};
use crate::commands::bundle::named;
use crate::console::Console;
use crate::load::{load, override_operations, package, targets};
use crate::membership;
use crate::names::Beside;
use anyhow::bail;
use portolan_emit::File;
use portolan_model::{Api, Operation};
use portolan_source::{Diagnostics, Sources, to_json, to_yaml};
use portolan_targets::{PackageConfig, Sample, Target};
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;

/// A sample, and what it is a sample of.
struct Made<'a> {
    operation: &'a Operation,
    /// The named example that its values come from.
    example: Option<&'a str>,
    /// What the example is about.
    title: Option<Cow<'a, str>>,
    /// Whether the operation has another sample in the same language before it.
    is_further: bool,
    target: &'static dyn Target,
    /// Whether it is a command of the package, where there is plain code beside it.
    command: bool,
    sample: Sample,
}

impl Made<'_> {
    /// What a reader chooses it by.
    fn label(&self) -> String {
        label(self.target, self.command, self.title.as_deref())
    }
}

/// What a reader chooses a sample by.
pub(crate) fn label(target: &dyn Target, command: bool, title: Option<&str>) -> String {
    let language = match command {
        true => "Command line",
        false => target.title(),
    };
    match title {
        Some(title) => format!("{language}: {title}"),
        None => language.to_owned(),
    }
}

/// A sample as `--format json` prints it.
#[derive(Debug, Serialize)]
struct Printed<'a> {
    operation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a str>,
    target: &'static str,
    label: String,
    environment: &'a [String],
    source: String,
}

/// Makes the samples that are asked for, then prints or writes them.
pub(crate) fn run(request: &Samples, console: &Console) -> anyhow::Result<Outcome> {
    let targets = targets(&request.targets.names)?;
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    // What is said on the command line is a package of its own; without it the project's is shown.
    let is_said = request.package != PackageFlags::default();
    let input = request.input();
    let loaded = match is_said {
        true => load(&input, &mut sources, &mut diagnostics)?.map(|api| (api, None)),
        false => membership::load(&input, &mut sources, &mut diagnostics)?,
    };
    let said = request.package.names.as_ref();
    let out = request.write.as_deref().unwrap_or(Path::new(""));
    let names = Beside::open(out, said, &mut sources, &mut diagnostics)?;
    let loaded = loaded.and_then(|(mut api, member)| {
        if let Some((member, kept)) = member {
            let config = |target: &dyn Target| member.config(&api, target.name(), &kept);
            let configs: Vec<PackageConfig> = targets.iter().map(|it| config(*it)).collect();
            return Ok((api, configs));
        }
        let kept = names?.of(api.id.as_str()).kept(api.id.as_str(), &api);
        override_operations(&mut api, &request.package, &kept, &mut diagnostics)?;
        let config = package(&api, &request.package, kept);
        Ok((api, vec![config; targets.len()]))
    });
    console.report(&sources, &diagnostics);
    let Ok((api, configs)) = loaded else {
        return Ok(Outcome::Found);
    };
    let made = make(&api, &configs, &targets, request)?;
    if let Some(folder) = &request.write {
        write(&api, &made, folder, console)?;
    }
    if let Some(file) = &request.overlay {
        write_overlay(&api, &made, &request.path, file, &mut sources, console)?;
    }
    if request.write.is_none() && request.overlay.is_none() {
        console.data(&printed(&made, request.format)?)?;
    }
    Ok(Outcome::Fine)
}

fn make<'a>(
    api: &'a Api,
    configs: &'a [PackageConfig],
    targets: &[&'static dyn Target],
    request: &Samples,
) -> anyhow::Result<Vec<Made<'a>>> {
    let operations = api.operations();
    let operations = operations.iter().map(|(_, operation)| *operation);
    for id in &request.operations {
        if !operations
            .clone()
            .any(|operation| operation.id.as_str() == id)
        {
            bail!(
                "there is no operation `{id}` in `{}`",
                request.path.display()
            );
        }
    }
    let samplers: Vec<_> = targets
        .iter()
        .zip(configs)
        .map(|(target, config)| (*target, target.sampler(api, config)))
        .collect();
    let base_url = request.base_url.as_deref();
    let mut made = Vec::new();
    for operation in operations {
        let is_asked_for = |operation: &Operation| {
            request.operations.is_empty()
                || request
                    .operations
                    .iter()
                    .any(|id| operation.id.as_str() == id)
        };
        if !is_asked_for(operation) {
            continue;
        }
        let calls = operation.calls(api);
        let several = calls.len() > 1;
        for (target, sampler) in &samplers {
            for (index, call) in calls.iter().enumerate() {
                let example = call.example.map(portolan_model::Name::as_str);
                let named = |name: &String| Some(name.as_str()) == example;
                let is_asked_for =
                    request.examples.is_empty() || request.examples.iter().any(named);
                if !is_asked_for || !sampler.takes(call) {
                    continue;
                }
                let plain = (false, sampler.sample(call, base_url));
                let command = sampler.command(call, base_url).map(|sample| (true, sample));
                for (command, sample) in [plain].into_iter().chain(command) {
                    made.push(Made {
                        operation,
                        example,
                        title: call.title().filter(|_| several),
                        is_further: index > 0,
                        target: *target,
                        command,
                        sample,
                    });
                }
            }
        }
    }
    if made.is_empty() && !request.examples.is_empty() {
        bail!("no operation has an example of that name");
    }
    Ok(made)
}

fn printed(made: &[Made<'_>], format: SampleFormat) -> anyhow::Result<String> {
    if format == SampleFormat::Json {
        let list: Vec<Printed<'_>> = made
            .iter()
            .map(|made| Printed {
                operation: made.operation.id.as_str(),
                example: made.example,
                target: made.target.name(),
                label: made.label(),
                environment: &made.sample.environment,
                source: made.sample.text(),
            })
            .collect();
        return Ok(serde_json::to_string_pretty(&list)? + "\n");
    }
    if let [only] = made {
        return Ok(only.sample.text());
    }
    let parts: Vec<String> = made
        .iter()
        .map(|made| {
            let head = format!("==> {} | {} <==", made.operation.id, made.label());
            format!("{head}\n{}", made.sample.text())
        })
        .collect();
    Ok(parts.join("\n"))
}

fn write(api: &Api, made: &[Made<'_>], folder: &Path, console: &Console) -> anyhow::Result<()> {
    let operations = api.operations();
    let operations: Vec<&Operation> = operations.iter().map(|(_, operation)| *operation).collect();
    let tree = files::tree(made, &operations)?;
    let done = portolan_emit::write(&tree, folder, true)?;
    console.say(format!(
        "{} files, {} changed, in {}",
        tree.len(),
        done.written.len(),
        folder.display()
    ));
    Ok(())
}

fn write_overlay(
    api: &Api,
    made: &[Made<'_>],
    document: &Path,
    file: &Path,
    sources: &mut Sources,
    console: &Console,
) -> anyhow::Result<()> {
    let canonical = |path: &Path| path.canonicalize().ok();
    if canonical(file).is_some_and(|place| {
        sources
            .paths()
            .any(|path| canonical(path).as_ref() == Some(&place))
    }) {
        bail!(
            "`{}` is a file of the document: choose another name, so that nothing you wrote is lost (to lay an overlay over \
             the document first, use --apply)",
            file.display()
        );
    }
    let id = sources.open(document)?;
    // What there is to say of the document has been said.
    let Ok(root) = portolan_source::read(sources, id, &mut Diagnostics::new()) else {
        bail!("could not read `{}` again", document.display());
    };
    let written = overlay::overlay(api, made, &root);
    let text = match named(file) {
        Some(Notation::Json) => to_json(&written.overlay),
        Some(Notation::Yaml) | None => to_yaml(&written.overlay),
    };
    portolan_emit::write_file(file, &File::from(text.into_bytes()))?;
    if let [first, ..] = written.unreached.as_slice() {
        console.warn(format!(
            "{} operations stand in no place of `{}` itself, `{first}` first: `portolan bundle` makes one file of a document",
            written.unreached.len(),
            document.display()
        ));
    }
    console.say(format!("wrote {}", file.display()));
    Ok(())
}
