//! What people read: README and reference.

use super::super::names::Node;
use super::super::package::{CredentialRow, Documents, Entry, Resource, Row, Section};
use super::super::sample::JavaScriptSampler;
use super::super::signature::path_parameters;
use super::super::types::Types;
use super::credentials::option_name;
use super::oldest_node;
use crate::{Int64, PackageConfig, Role, Sampler, credentials};
use portolan_emit::{Code, Language, literal::markdown};
use portolan_model::{Call, Docs, Method, Operation};

/// The texts of all documents.
pub(super) fn documents(
    types: &Types<'_>,
    config: &PackageConfig,
    nodes: &[Node<'_>],
    resources: &[Resource],
) -> Documents {
    let (api, names) = (types.api, types.names);
    let sampler = JavaScriptSampler::new(api, config);
    let first_call = first_operation(nodes).map(|operation| {
        let sample = sampler.sample(&Call::new(api, operation, None), None);
        markdown::fenced("js", &sample.text())
    });
    let credentials = credentials(api, config)
        .into_iter()
        .flat_map(|credential| credential.variables)
        .filter(|variable| !matches!(variable.role, Role::ClientCertificate | Role::ClientKey))
        .map(|variable| CredentialRow {
            option: markdown::code(&option_name(&variable.name, config)),
            variable: markdown::code(&variable.name),
            what: markdown::text(words(variable.role)),
        })
        .collect();
    let sections = nodes
        .iter()
        .zip(resources)
        .zip(&names.resources)
        .map(|((node, resource), resource_names)| Section {
            title: markdown::text(&node.trail.join(" / ")),
            docs: paragraphs(&node.resource.docs),
            entries: node
                .resource
                .operations
                .iter()
                .zip(&resource.operations)
                .map(|(operation, lowered)| {
                    entry(
                        operation,
                        lowered,
                        &sampler.signature(&Call::new(api, operation, None)),
                        resource_names.file.as_str(),
                    )
                })
                .collect(),
        })
        .collect();
    Documents {
        title: markdown::text(&api.title),
        description: paragraphs(&api.docs),
        generated: markdown::text(&format!(
            "Made from {} {} by portolan.",
            api.title, api.version
        )),
        package_string: Code::new(
            Language::Markdown,
            super::super::value::string(&config.published_name()),
        ),
        class: Code::new(Language::Markdown, &config.class_name),
        install: markdown::fenced("sh", &format!("npm install {}", config.published_name())),
        node: markdown::text(oldest_node(config)),
        integers: Code::new(Language::Markdown, integers(config.javascript.int64)),
        first_call,
        credentials,
        has_pages: resources
            .iter()
            .any(|resource| resource.operations.iter().any(|operation| operation.pages)),
        license: api
            .license
            .as_ref()
            .map(|license| markdown::text(&license.name)),
        license_url: api
            .license
            .as_ref()
            .and_then(|license| license.url.as_deref())
            .map(markdown::text),
        sections,
    }
}

fn integers(int64: Int64) -> &'static str {
    match int64 {
        Int64::NumberOrBigint => {
            "Integers that a number cannot hold exactly come as `bigint`, and a `bigint` is sent as a number with all its digits."
        }
        Int64::Bigint => {
            "Integers of 64 bits are `bigint`, small ones too; they are sent as numbers with all their digits."
        }
        Int64::String => {
            "Integers of 64 bits are strings of digits; they are sent as numbers with all their digits."
        }
    }
}

/// A call worth showing first: a list, else anything that reads, else anything.
fn first_operation<'a>(nodes: &[Node<'a>]) -> Option<&'a Operation> {
    let all = || nodes.iter().flat_map(|node| &node.resource.operations);
    all()
        .find(|operation| operation.pagination.is_some())
        .or_else(|| all().find(|operation| operation.method == Method::Get))
        .or_else(|| all().next())
}

fn words(role: Role) -> &'static str {
    match role {
        Role::ApiKey => "the API key",
        Role::Token => "a token",
        Role::Username => "the user",
        Role::Password => "the password",
        Role::ClientId => "the id of the OAuth client",
        Role::ClientSecret => "the secret of the OAuth client",
        Role::Authorization => "the value of the Authorization header",
        Role::ClientCertificate | Role::ClientKey => "the client's certificate",
    }
}

fn entry(
    operation: &Operation,
    lowered: &super::super::package::Operation,
    call: &str,
    file: &str,
) -> Entry {
    let mut rows: Vec<Row> = path_parameters(operation)
        .into_iter()
        .zip(&lowered.arguments)
        .map(|((name, parameter), argument)| Row {
            name: markdown::code(argument.as_str()),
            ty: markdown::code(name),
            required: true,
            docs: markdown::text(
                &parameter
                    .and_then(|parameter| parameter.docs.headline())
                    .unwrap_or_default(),
            ),
        })
        .collect();
    rows.extend(
        operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location != portolan_model::Location::Path)
            .map(|parameter| Row {
                name: markdown::code(parameter.name.as_str()),
                ty: markdown::code(match parameter.location {
                    portolan_model::Location::Header => "header",
                    portolan_model::Location::Cookie => "cookie",
                    _ => "query",
                }),
                required: parameter.required,
                docs: markdown::text(&parameter.docs.headline().unwrap_or_default()),
            }),
    );
    let returns = lowered
        .signatures
        .first()
        .map(|signature| signature.returns.to_string())
        .unwrap_or_default();
    Entry {
        title: markdown::text(
            &operation
                .docs
                .headline()
                .unwrap_or_else(|| operation.id.to_string()),
        ),
        call: markdown::fenced("js", call),
        route: markdown::code(&format!(
            "{} {}",
            operation.method.as_str(),
            operation.path.raw
        )),
        docs: paragraphs(&Docs {
            summary: None,
            ..operation.docs.clone()
        }),
        rows,
        function: markdown::code(&format!(
            "import {{ {} }} from \"…/resources/{file}\"",
            lowered.function
        )),
        returns: markdown::code(&returns),
    }
}

/// The words of the document, paragraph by paragraph, shown as they are.
fn paragraphs(docs: &Docs) -> Vec<Code> {
    docs.summary
        .iter()
        .chain(&docs.description)
        .flat_map(|text| text.split("\n\n"))
        .map(markdown::text)
        .filter(|text| !text.as_str().is_empty())
        .collect()
}
