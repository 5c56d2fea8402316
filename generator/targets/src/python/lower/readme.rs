//! What README.md says: the first call, credentials, errors, pages, in this API's own names.

use super::super::package::{Readme, ReadmeCredential};
use super::super::sample::PythonSampler;
use super::{Context, class_name};
use crate::{Sampler, credentials};
use portolan_emit::literal::markdown;
use portolan_model::{Call, Operation};

/// The words of the readme.
pub(super) fn readme(context: &Context<'_>) -> Readme {
    let (api, config) = (context.api, context.config);
    let prefix = format!("{}_", config.environment_prefix);
    let class = class_name(context);
    let module = &context.module;
    let sampler = PythonSampler::new(api, config);
    let operations = api.operations();
    let sample = |operation: &Operation| {
        let call = Call::new(api, operation, None);
        markdown::fenced("python", &sampler.sample(&call, None).text())
    };
    let operations: Vec<&Operation> = operations
        .into_iter()
        .map(|(_, operation)| operation)
        .collect();
    let lists = operations
        .iter()
        .find(|operation| operation.pagination.is_some());
    let reads = operations.iter().find(|operation| {
        operation.method.as_str() == "GET" && operation.path.parameters().count() == 0
    });
    let mut table = Vec::new();
    for credential in credentials(api, config) {
        for variable in &credential.variables {
            let argument = variable
                .name
                .strip_prefix(&prefix)
                .unwrap_or(&variable.name)
                .to_ascii_lowercase();
            table.push(ReadmeCredential {
                argument: markdown::code(&argument),
                variable: markdown::code(&variable.name),
                scheme: markdown::text(credential.scheme.as_str()),
            });
        }
    }
    let errors = format!(
        "import {module}\n\ntry:\n    ...\nexcept {module}.NotFoundError as error:\n    print(error.status, error.data, error.request_id)\nexcept {module}.APIConnectionError:\n    ...  # no answer came\n"
    );
    let options = format!(
        "client = {class}(timeout=20, max_retries=5)\nquick = client.with_options(timeout=2)  # shares connections and credentials\n"
    );
    Readme {
        title: markdown::text(&api.title),
        headline: api.docs.headline().map(|text| markdown::text(&text)),
        install: markdown::fenced("sh", &format!("pip install {}", config.name)),
        first_call: lists
            .or(reads)
            .or(operations.first())
            .map(|operation| sample(operation)),
        credentials: table,
        client: markdown::code(&format!("{class}(...)")),
        errors: markdown::fenced("python", &errors),
        pages: lists.map(|operation| sample(operation)),
        options: markdown::fenced("python", &options),
        log_variable: markdown::code(&format!("{prefix}LOG")),
        base_url_variable: markdown::code(&format!("{prefix}BASE_URL")),
    }
}
