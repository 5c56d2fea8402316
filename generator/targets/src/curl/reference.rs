//! What README.md and reference.md say: the package once more, in words of Markdown.

use super::command::rows;
use super::example::Example;
use super::package::{Method, Package, Row};
use super::sample::CurlSampler;
use super::words::{line, typed, unquoted};
use crate::packaging::{description, examples, topics};
use crate::{PackageConfig, Sample, Sampler, credentials};
use portolan_emit::{Code, Language, literal::markdown};
use portolan_model::{Api, Call, Operation};
use serde::Serialize;
use std::collections::HashMap;

/// The texts of both files.
#[derive(Debug, Serialize)]
pub(super) struct Reference {
    generated: Code,
    title: Code,
    version: Code,
    command: Code,
    plain_command: Code,
    about: Option<Code>,
    prefix: Code,
    variables: Vec<Code>,
    server: Option<Code>,
    /// The servers, where there are several: what --server takes, and what is there.
    servers: Vec<(Code, Code)>,
    license: Option<Code>,
    first: Option<Code>,
    script: Option<Code>,
    paged: Option<Code>,
    stream: Option<Code>,
    download: Option<Code>,
    upload: Option<Code>,
    webhooks: Option<Code>,
    oauth: bool,
    resources: Vec<Resource>,
}

#[derive(Debug, Serialize)]
struct Resource {
    heading: Code,
    summary: Code,
    operations: Vec<Section>,
}

#[derive(Debug, Serialize)]
struct Section {
    heading: Code,
    summary: Code,
    description: Vec<Code>,
    deprecated: bool,
    function: Code,
    request: Code,
    example: Code,
    rows: Vec<Flag>,
}

#[derive(Debug, Serialize)]
struct Flag {
    flag: Code,
    kind: Code,
    required: bool,
    docs: Code,
}

impl Reference {
    pub(super) fn of(api: &Api, config: &PackageConfig, package: &Package) -> Reference {
        let operations = api.operations();
        let sampler = CurlSampler::new(api, config);
        let _ = sampler.rows.set(rows(&operations, &package.resources));
        let commands = &sampler.commands;
        let mut lines: HashMap<&str, (String, String)> = HashMap::new();
        let resources = package
            .resources
            .iter()
            .map(|resource| Resource {
                heading: markdown::text(&unquoted(&resource.words)),
                summary: markdown::text(&unquoted(&resource.summary)),
                operations: resource
                    .methods
                    .iter()
                    .map(|method| {
                        let operation = operations[method.index].1;
                        let words = &commands[operation.id.as_str()];
                        let arguments = arguments(api, operation, method);
                        let command = format!("{} {words}{arguments}", config.name);
                        let section = Section {
                            heading: markdown::code(&format!("{} {words}", config.name)),
                            summary: markdown::text(&unquoted(&method.summary)),
                            description: description(&operation.docs),
                            deprecated: method.deprecated,
                            function: markdown::code(method.function.as_str()),
                            request: markdown::code(&format!(
                                "{} {}",
                                operation.method.as_str(),
                                operation.path.raw
                            )),
                            example: samples(&sampler, &operation.calls(api)),
                            rows: method.rows.iter().map(flag).collect(),
                        };
                        let call = format!("{}{arguments}", method.function);
                        lines.insert(operation.id.as_str(), (command, call));
                        section
                    })
                    .collect(),
            })
            .collect();
        let topics = topics(api);
        let shown = |topic: Option<&Operation>, ending: &str| {
            let (command, _) = lines.get(topic?.id.as_str())?;
            Some(markdown::fenced("bash", &format!("{command}{ending}")))
        };
        let first = topics.call.or(topics.pages);
        let first = first.or(operations.first().map(|(_, operation)| *operation));
        Reference {
            generated: markdown::text(package.generated.as_str()),
            title: markdown::text(&api.title),
            version: markdown::text(&config.version),
            command: markdown::code(&config.name),
            plain_command: Code::new(Language::Markdown, package.command.as_str()),
            about: api.docs.headline().map(|text| markdown::text(&text)),
            prefix: Code::new(Language::Markdown, package.prefix.as_str()),
            variables: credentials(api, config)
                .iter()
                .flat_map(|credential| &credential.variables)
                .map(|variable| markdown::code(&variable.name))
                .collect(),
            server: config
                .base_url
                .clone()
                .or(api.servers.first().map(portolan_model::Server::default_url))
                .filter(|url| url.starts_with("http"))
                .map(|url| markdown::code(&url)),
            servers: servers(package),
            license: config
                .license
                .as_deref()
                .or(api.license.as_ref().map(|license| license.name.as_str()))
                .map(markdown::text),
            paged: shown(topics.pages, " --all"),
            stream: shown(topics.stream, ""),
            download: shown(topics.download, " --output file"),
            upload: shown(topics.upload, ""),
            first: shown(first, ""),
            script: first
                .and_then(|operation| lines.get(operation.id.as_str()))
                .map(|(_, call)| script(config, call)),
            webhooks: api.webhooks.iter().find_map(|webhook| {
                let sample = super::webhook::verification(api, config, webhook)?;
                let secret = format!(
                    "export {}_WEBHOOK_SECRET=whsec_...",
                    config.environment_prefix
                );
                Some(markdown::fenced(
                    "bash",
                    &format!("{secret}\n{}", sample.text()),
                ))
            }),
            oauth: package
                .schemes
                .iter()
                .any(|scheme| scheme.get(1).is_some_and(|kind| kind.as_str() == "oauth")),
            resources,
        }
    }
}

/// Each call by the command, and by plain `curl`.
fn samples(sampler: &CurlSampler<'_>, calls: &[Call<'_>]) -> Code {
    let block = |sample: Sample| markdown::fenced("bash", &sample.text()).to_string();
    examples(calls.iter().map(|call| {
        let command = sampler.command(call, None).map(block);
        let plain = block(sampler.sample(call, None));
        let both: Vec<String> = command.into_iter().chain([plain]).collect();
        (
            call.title(),
            Code::new(Language::Markdown, both.join("\n\n")),
        )
    }))
}

/// What stands behind the words of an operation in its example, quoted to be read.
fn arguments(api: &Api, operation: &Operation, method: &Method) -> String {
    let call = Call::first(api, operation);
    let words = Example::of(&call, &method.rows).words;
    words
        .iter()
        .map(|text| match typed(text) {
            quoted if quoted.as_str().starts_with('\'') => format!(" {}", line(text)),
            plain => format!(" {plain}"),
        })
        .collect()
}

/// What --server takes, where there is a choice.
fn servers(package: &Package) -> Vec<(Code, Code)> {
    if package.servers.len() < 2 {
        return Vec::new();
    }
    let servers = package.servers.iter().enumerate();
    servers
        .map(|(index, server)| {
            let number = (index + 1).to_string();
            let name = unquoted(&server.name);
            let called = match name.is_empty() {
                true => markdown::code(&number),
                false => markdown::code(&name),
            };
            let about = format!("{} {}", unquoted(&server.url), unquoted(&server.summary));
            (called, markdown::text(about.trim()))
        })
        .collect()
}

/// A program of a person's own that makes one call.
fn script(config: &PackageConfig, call: &str) -> Code {
    markdown::fenced(
        "bash",
        &format!(
            "set -euo pipefail\n. lib/{}.bash\n\nif answer=$({call}); then\n  printf '%s\\n' \"$answer\"\nelse\n  echo \"exit code $?\" >&2\nfi",
            config.name
        ),
    )
}

fn flag(row: &Row) -> Flag {
    let mut docs = unquoted(&row.docs);
    if !row.choices.is_empty() {
        let choices: Vec<String> = row.choices.iter().map(unquoted).collect();
        docs = format!("{docs} One of: {}.", choices.join(", "));
    }
    Flag {
        flag: markdown::code(&format!("--{}", unquoted(&row.flag))),
        kind: markdown::text(&unquoted(&row.kind)),
        required: row.need.as_str() == "required",
        docs: markdown::text(docs.trim()),
    }
}
