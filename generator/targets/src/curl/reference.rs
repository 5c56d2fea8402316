//! What README.md and reference.md say: the package once more, in words of Markdown.

use super::lower;
use super::package::{Package, Row};
use super::sample::concrete;
use super::words::{line, pointer, word};
use crate::{PackageConfig, credentials};
use portolan_emit::{Code, Language, literal::markdown};
use portolan_model::{Api, Call, Location, MediaKind, Operation, Value};
use serde::Serialize;

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
    license: Option<Code>,
    first: Option<Code>,
    paged: Option<Code>,
    download: Option<Code>,
    upload: Option<Code>,
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
    deprecated: bool,
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
        let commands = lower::commands(api, config);
        let mut shown = Shown::default();
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
                        let example = example(api, config, operation, words, &method.rows);
                        shown.look(operation, &example);
                        Section {
                            heading: markdown::code(&format!("{} {words}", config.name)),
                            summary: markdown::text(&unquoted(&method.summary)),
                            deprecated: method.deprecated,
                            request: markdown::code(&format!(
                                "{} {}",
                                operation.method.as_str(),
                                operation.path.raw
                            )),
                            example: markdown::fenced("bash", &example),
                            rows: method.rows.iter().map(flag).collect(),
                        }
                    })
                    .collect(),
            })
            .collect();
        let fenced = |example: Option<String>| example.map(|text| markdown::fenced("bash", &text));
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
            license: config
                .license
                .as_deref()
                .or(api.license.as_ref().map(|license| license.name.as_str()))
                .map(markdown::text),
            paged: fenced(shown.paged.map(|text| format!("{text} --all"))),
            download: fenced(shown.download.map(|text| format!("{text} --output file"))),
            upload: fenced(shown.upload),
            first: fenced(shown.first),
            resources,
        }
    }
}

/// Calls that the README shows.
#[derive(Default)]
struct Shown {
    first: Option<String>,
    paged: Option<String>,
    download: Option<String>,
    upload: Option<String>,
}

impl Shown {
    fn look(&mut self, operation: &Operation, example: &str) {
        let slot = |slot: &mut Option<String>, fits: bool| {
            if fits && slot.is_none() {
                *slot = Some(example.to_owned());
            }
        };
        let success = operation.success();
        let brings = |kind: MediaKind| {
            success.is_some_and(|response| response.content.iter().any(|media| media.kind == kind))
        };
        let sends_files = operation
            .body
            .iter()
            .flat_map(|body| &body.content)
            .any(|media| media.kind == MediaKind::Multipart);
        slot(&mut self.first, operation.method.as_str() == "GET");
        slot(&mut self.paged, operation.pagination.is_some());
        slot(
            &mut self.download,
            brings(MediaKind::Binary) && !brings(MediaKind::Json),
        );
        slot(&mut self.upload, sends_files);
    }
}

/// The text behind the quotes of a word.
fn unquoted(word: &Code) -> String {
    let text = word.as_str();
    text.strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''))
        .unwrap_or(text)
        .replace("'\\''", "'")
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

/// A call of the operation with its example values, as a command line.
fn example(
    api: &Api,
    config: &PackageConfig,
    operation: &Operation,
    words: &str,
    rows: &[Row],
) -> String {
    let mut text = format!("{} {words}", config.name);
    let Some(call) = operation.calls(api).into_iter().next() else {
        return text;
    };
    let quoted = |text: &str| {
        let plain = !text.is_empty()
            && !text.starts_with('-')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_./:@%+,-".contains(&byte));
        if plain {
            text.to_owned()
        } else {
            line(text).to_string()
        }
    };
    for argument in &call.arguments {
        let place = match argument.parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Querystring => "querystring",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let name = word(argument.parameter.name.as_str());
        let row = rows
            .iter()
            .find(|row| !row.field && row.place.as_str() == place && row.name == name);
        let Some(row) = row else { continue };
        if place == "path" {
            let value = super::styles::plain(&argument.value);
            if !value.starts_with('-') && !value.is_empty() {
                text.push_str(&format!(" {}", quoted(&value)));
                continue;
            }
        }
        flags(
            &unquoted(&row.flag),
            &argument.value,
            is_list(row),
            &quoted,
            &mut text,
        );
    }
    body(&call, rows, &quoted, &mut text);
    text
}

fn is_list(row: &Row) -> bool {
    unquoted(&row.kind).ends_with("[]")
}

fn flags(
    flag: &str,
    value: &Value,
    list: bool,
    quoted: &dyn Fn(&str) -> String,
    text: &mut String,
) {
    match value {
        Value::Array(items) if list && !items.is_empty() => {
            for item in items {
                text.push_str(&format!(
                    " --{flag} {}",
                    quoted(&super::styles::plain(item))
                ));
            }
        }
        Value::Null => text.push_str(&format!(" --null {flag}")),
        Value::Array(_) => text.push_str(&format!(" --{flag}:json {}", quoted(&value.to_json()))),
        other => text.push_str(&format!(
            " --{flag} {}",
            quoted(&super::styles::plain(other))
        )),
    }
}

fn body(call: &Call<'_>, rows: &[Row], quoted: &dyn Fn(&str) -> String, text: &mut String) {
    let Some(body) = &call.body else { return };
    let row = |name: &str| {
        let wanted = word(&pointer([name]));
        rows.iter()
            .find(|row| row.field && row.place.as_str() == "body" && row.pointer == wanted)
    };
    match (&body.value, body.media_type.kind) {
        (Value::Object(members), MediaKind::Json | MediaKind::Form | MediaKind::Multipart)
            if members.iter().all(|(name, _)| row(name.as_str()).is_some())
                && !members.is_empty() =>
        {
            for (name, value) in members {
                let Some(row) = row(name.as_str()) else {
                    continue;
                };
                let flag = unquoted(&row.flag);
                if unquoted(&row.kind).starts_with("file") {
                    text.push_str(&format!(
                        " --{flag} ./{}",
                        super::names::FILES.identifier(name.as_str())
                    ));
                } else {
                    flags(&flag, value, is_list(row), quoted, text);
                }
            }
        }
        (value, MediaKind::Json) => {
            text.push_str(&format!(" --json {}", quoted(&value.to_json())));
        }
        (value, MediaKind::Text) => {
            text.push_str(&format!(
                " --body-text {}",
                quoted(&super::styles::plain(value))
            ));
        }
        (_, MediaKind::JsonLines) => text.push_str(" --body-file ./file.jsonl"),
        _ => {
            let (_, ending) = concrete(body.media_type.name.as_str());
            text.push_str(&format!(" --body-file ./file.{ending}"));
        }
    }
}
