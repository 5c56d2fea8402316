//! What README.md says: the first call, credentials, errors, pages, in this API's own names.

use super::super::package::{Readme, ReadmeCredential};
use super::super::sample::PythonSampler;
use super::super::types::Used;
use super::mode::Mode;
use super::{Context, MethodPlan, class_name, plan, streaming_forms};
use crate::{Sampler, credentials};
use portolan_emit::literal::markdown;
use portolan_model::{Call, Operation};
use portolan_source::Diagnostics;

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
        asynchronous: markdown::fenced("python", &asynchronous(context)),
        async_client: markdown::code(Mode::Async.class(class.as_str()).as_str()),
        async_install: markdown::fenced("sh", &format!("pip install \"{}[async]\"", config.name)),
        log_variable: markdown::code(&format!("{prefix}LOG")),
        base_url_variable: markdown::code(&format!("{prefix}BASE_URL")),
    }
}

/// A first program for the asynchronous client: a list that needs nothing, else a call that needs nothing.
fn asynchronous(context: &Context<'_>) -> String {
    let class = Mode::Async.class(class_name(context).as_str());
    let mut unheard = Diagnostics::new();
    let nodes = context.tree.nodes.iter().enumerate();
    let free: Vec<MethodPlan<'_>> = nodes
        .flat_map(|(node, owner)| (0..owner.resource.operations.len()).map(move |at| (node, at)))
        .filter(|(node, at)| {
            let operation = &context.tree.nodes[*node].resource.operations[*at];
            operation.method.as_str() == "GET" && streaming_forms(operation) == [false]
        })
        .map(|(node, at)| {
            let mut used = Used::default();
            plan(context, node, at, false, &mut used, &mut unheard)
        })
        .filter(|plan| plan.required().next().is_none())
        .collect();
    let call = |plan: &MethodPlan<'_>| {
        let names = context.tree.attributes(plan.node);
        let path: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
        format!("client.{}.{}()", path.join("."), plan.name)
    };
    let body = match (free.iter().find(|plan| plan.pages), free.first()) {
        (Some(list), _) => format!("async for item in {}:\n            print(item)", call(list)),
        (None, Some(read)) => format!("print(await {})", call(read)),
        (None, None) => "...".to_owned(),
    };
    format!(
        "import asyncio\n\nfrom {} import {class}\n\n\nasync def main() -> None:\n    async with {class}() as client:\n        {body}\n\n\nasyncio.run(main())\n",
        context.module
    )
}
