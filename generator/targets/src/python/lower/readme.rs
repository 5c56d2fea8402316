//! What README.md says: the first call, credentials, errors, pages, in this API's own names.

use super::super::layout;
use super::super::package::{Readme, ReadmeCredential};
use super::super::sample::Samples;
use super::super::types::Used;
use super::mode::Mode;
use super::{Context, MethodPlan, class_name, plan, project, streaming_forms};
use crate::credentials;
use crate::packaging::topics;
use portolan_emit::literal::markdown;
use portolan_model::{Call, Operation};
use portolan_source::Diagnostics;

/// The words of the readme.
pub(super) fn readme(context: &Context<'_>) -> Readme {
    let (api, config) = (context.api, context.config);
    let prefix = format!("{}_", config.environment_prefix);
    let class = class_name(context);
    let module = &context.module;
    let topics = topics(api);
    let samples = Samples::new(context);
    let sample = |operation: &Operation| {
        let call = Call::first(api, operation);
        markdown::fenced("python", &samples.sample(&call, None).text())
    };
    let operations = api.operations();
    let first = topics.pages.or(topics.call);
    let first = first.or(operations.first().map(|(_, operation)| *operation));
    // Programs of one call: of the client, of another, as an argument.
    let call = topics.call.and_then(|operation| {
        let call = Call::first(api, operation);
        let plan = samples.plan(&call)?;
        Some(move |depth: usize, client: &str| {
            samples.call_for_test(&call, &plan, false, depth, &samples.resource(&plan, client))
        })
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
    let block = |text: String| markdown::fenced("python", &text);
    let errors = call.as_ref().map(|call| {
        block(format!(
            "import {module}\n\ntry:\n    {}\nexcept {module}.NotFoundError as error:\n    print(error.status, error.request_id, error.data)\nexcept {module}.APIConnectionError:\n    print(\"no answer came\")\n",
            call(1, "client"),
        ))
    });
    let options = call.as_ref().map(|call| {
        block(format!(
            "quick = client.with_options(timeout=5, max_retries=0)  # shares connections and credentials\n{}\n",
            call(0, "quick"),
        ))
    });
    let response = call.as_ref().map(|call| {
        block(format!(
            "{}\nprint(response.status, response.headers)\n",
            with_response(&call(0, "client")),
        ))
    });
    let mut verified = api.webhooks.iter();
    let verified = verified.find_map(|webhook| samples.verification(webhook));
    Readme {
        title: markdown::text(&api.title),
        xml: topics.xml,
        headline: api.docs.headline().map(|text| markdown::text(&text)),
        install: markdown::fenced("sh", &format!("pip install {}", config.name)),
        first_call: first.map(sample),
        credentials: table,
        client: markdown::code(&format!("{class}(...)")),
        errors,
        pages: topics.pages.map(sample),
        stream: topics.stream.map(sample),
        download: topics.download.map(sample),
        upload: topics.upload.map(sample),
        idempotent: topics.idempotent.is_some(),
        options,
        response,
        describes_headers: context.describes_headers(),
        webhooks: verified.map(|sample| block(sample.text())),
        webhook_variable: markdown::code(&format!("{prefix}WEBHOOK_SECRET")),
        test: markdown::fenced(
            "sh",
            &format!(
                "pip install --group test --editable .\n{prefix}DOCUMENT=openapi.yaml python -m pytest"
            ),
        ),
        python: markdown::text(&format!("Python 3.{}", project::oldest_minor(config))),
        asynchronous: markdown::fenced("python", &asynchronous(context)),
        async_client: markdown::code(Mode::Async.class(class.as_str()).as_str()),
        async_install: markdown::fenced("sh", &format!("pip install \"{}[async]\"", config.name)),
        log_variable: markdown::code(&format!("{prefix}LOG")),
        base_url_variable: markdown::code(&format!("{prefix}BASE_URL")),
    }
}

/// The call `client.books.get("bk_1")` as `response = client.with_response(client.books.get, "bk_1")`.
fn with_response(call: &str) -> String {
    let prefix = "response = client.with_response";
    match call.split_once('(') {
        Some((callee, arguments)) if arguments.starts_with('\n') => {
            format!("{prefix}(\n    {callee},{arguments}")
        }
        Some((callee, arguments)) => {
            let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
            let items = [callee, arguments].map(str::to_owned);
            let given = 1 + usize::from(!arguments.is_empty());
            layout::invoked(0, prefix, &items[..given], "")
        }
        None => call.to_owned(),
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
