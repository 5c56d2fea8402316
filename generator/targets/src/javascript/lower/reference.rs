//! What reference.md says: all that a caller has to know of each operation, and the same sample as everywhere.

use super::super::names::Node;
use super::super::operation::successes;
use super::super::package::{Entry, ErrorRow, Operation as Lowered, Resource, Row, Section};
use super::super::sample::{JavaScriptSampler, Outcome};
use super::super::signature::{Keys, body_type, error_class, parameter_type, path_parameters};
use super::super::types::{Types, Uses};
use super::super::value::{is_identifier, string};
use super::limits::words;
use crate::names::Kept;
use crate::packaging::{description, examples};
use crate::{PackageConfig, Sampler};
use portolan_emit::{Code, Language, literal::markdown};
use portolan_model::{Direction, Docs, Operation, TypeRef, Value};
use rayon::prelude::*;

/// The sections, one a resource that has operations.
pub(super) fn reference(
    config: &PackageConfig,
    sampler: &JavaScriptSampler<'_>,
    nodes: &[Node<'_>],
    resources: &[Resource],
) -> Vec<Section> {
    nodes
        .par_iter()
        .zip(resources)
        .filter_map(|(node, resource)| {
            let owner = sampler.owner(node.resource.operations.first()?);
            let entries = node
                .resource
                .operations
                .iter()
                .zip(&resource.operations)
                .map(|(operation, lowered)| {
                    entry(config, sampler, operation, lowered, &owner, &resource.file)
                })
                .collect();
            Some(Section {
                heading: markdown::code(&owner),
                entries,
            })
        })
        .collect()
}

fn entry(
    config: &PackageConfig,
    sampler: &JavaScriptSampler<'_>,
    operation: &Operation,
    lowered: &Lowered,
    owner: &str,
    file: &Code,
) -> Entry {
    let types = sampler.types();
    let path = format!("{owner}.{}", lowered.method);
    let calls = operation.calls(types.api);
    let shown = calls.iter().map(|call| {
        let sample = sampler.sample(call, None).text();
        (call.title(), markdown::fenced("js", &sample))
    });
    let signatures: Vec<String> = lowered
        .signatures
        .iter()
        .map(|signature| {
            let arguments: Vec<&str> = signature.arguments.iter().map(Code::as_str).collect();
            format!("{path}({}): {}", arguments.join(", "), signature.returns)
        })
        .collect();
    let short: Vec<&str> = std::iter::once("client")
        .chain(lowered.arguments.iter().map(Code::as_str))
        .chain(lowered.has_params.then_some("params"))
        .collect();
    let module = format!("{}/resources/{file}", config.published_name());
    let returns = lowered.signatures.first();
    Entry {
        heading: markdown::code(&path),
        deprecated: operation.deprecated,
        headline: operation.docs.headline().map(|text| markdown::text(&text)),
        description: description(&operation.docs),
        signature: markdown::fenced("ts", &signatures.join("\n")),
        route: markdown::code(&format!(
            "{} {}",
            operation.method.as_str(),
            operation.path.raw
        )),
        function: markdown::code(&format!("{}({})", lowered.function, short.join(", "))),
        import: markdown::code(&format!(
            "import {{ {} }} from {}",
            lowered.function,
            string(&module)
        )),
        arguments: rows(&types, operation, lowered, &config.names),
        returns: markdown::code(returns.map_or("", |signature| signature.returns.as_str())),
        returned: returned(sampler.outcome(operation), lowered.pages)
            .map(|text| Code::new(Language::Markdown, text)),
        errors: errors(operation),
        example: examples(shown),
        links: links(lowered, file),
    }
}

/// What is done with what comes back, where that is not plain.
fn returned(outcome: Outcome, pages: bool) -> Option<&'static str> {
    match outcome {
        Outcome::Items if pages => {
            Some("Awaited, it gives one page; iterated over, all items of all pages.")
        }
        Outcome::Items => Some("Items arrive one by one; leaving the loop closes the connection."),
        Outcome::File => Some("It is read once: saved, as a whole, or as a stream."),
        Outcome::FileOrData => {
            Some("A `Download` is read once: saved, as a whole, or as a stream.")
        }
        Outcome::Data | Outcome::Nothing => None,
    }
}

/// The values of the path, and what stands in the object of parameters.
fn rows(types: &Types<'_>, operation: &Operation, lowered: &Lowered, kept: &Kept) -> Vec<Row> {
    let uses = &mut Uses::new();
    let mut rows = Vec::new();
    for ((_, parameter), argument) in path_parameters(operation).iter().zip(&lowered.arguments) {
        rows.push(Row {
            name: markdown::code(argument.as_str()),
            ty: markdown::code(&parameter.map_or_else(
                || "string".to_owned(),
                |parameter| parameter_type(types, &parameter.ty, uses),
            )),
            required: true,
            words: parameter.map_or_else(
                || markdown::text(""),
                |parameter| said(&parameter.docs, &parameter.ty, parameter.default.as_ref()),
            ),
        });
    }
    let keys = Keys::of(types, operation, kept);
    let forms = &keys.forms;
    for (parameter, key) in keys.iter() {
        rows.push(Row {
            name: member(key),
            ty: markdown::code(&parameter_type(types, &parameter.ty, uses)),
            required: parameter.required,
            words: said(&parameter.docs, &parameter.ty, parameter.default.as_ref()),
        });
    }
    let (Some(media), Some(body)) = (forms.first, &operation.body) else {
        return rows;
    };
    match &forms.members {
        Some(members) => rows.extend(members.iter().map(|(property, key)| Row {
            name: member(key),
            ty: markdown::code(&types.text(&property.ty, Direction::Request, uses)),
            required: body.required && property.required,
            words: said(&property.docs, &property.ty, property.default.as_ref()),
        })),
        None => rows.push(Row {
            name: member(&forms.key),
            ty: markdown::code(&body_type(types, media, uses)),
            required: body.required,
            words: markdown::text(&body.docs.headline().unwrap_or_default()),
        }),
    }
    rows
}

/// A member of the object of parameters.
fn member(name: &str) -> Code {
    markdown::code(&match is_identifier(name) {
        true => format!("params.{name}"),
        false => format!("params[{}]", string(name)),
    })
}

fn said(docs: &Docs, ty: &TypeRef, default: Option<&Value>) -> Code {
    let mut parts: Vec<String> = docs.headline().into_iter().collect();
    parts.extend(words(ty, default, None));
    markdown::prose(&parts.join(" "))
}

/// What the document says can go wrong, by the class that it becomes.
fn errors(operation: &Operation) -> Vec<ErrorRow> {
    let good = successes(operation);
    operation
        .responses
        .iter()
        .filter(|response| !good.iter().any(|other| std::ptr::eq(*other, *response)))
        .map(|response| ErrorRow {
            class: markdown::code(error_class(response.status).0),
            status: markdown::text(&response.status.to_string()),
            words: markdown::text(response.docs.description.as_deref().unwrap_or_default()),
        })
        .collect()
}

/// To the files that declare what the call names.
fn links(lowered: &Lowered, file: &Code) -> Vec<Code> {
    let link = |name: &Code, place: &str| {
        let shown = markdown::code(name.as_str());
        Code::new(Language::Markdown, format!("[{shown}]({place})"))
    };
    let place = format!("resources/{file}.d.ts");
    let own = lowered.params.iter().chain(&lowered.error);
    own.map(|declaration| link(&declaration.name, &place))
        .chain(lowered.types.iter().map(|name| link(name, "types.d.ts")))
        .collect()
}
