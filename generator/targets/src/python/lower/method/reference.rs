//! A method's entry in reference.md: all that a caller has to know, and the same sample as everywhere.

use super::super::super::layout;
use super::super::super::package::{Reference, ReferenceArgument, ReferenceError};
use super::super::super::sample::Samples;
use super::super::super::types::Used;
use super::super::mode::Mode;
use super::super::{Context, errors};
use super::MethodPlan;
use super::definition::{parameters, returned};
use super::responses::{Opens, successes};
use crate::packaging::{description, examples};
use portolan_emit::Code;
use portolan_emit::literal::markdown;
use std::collections::BTreeSet;

/// The entry; `used` is what the method alone names.
pub(in super::super) fn reference(
    context: &Context<'_>,
    plan: &MethodPlan<'_>,
    used: &Used,
) -> Reference {
    let operation = plan.operation;
    let names = context.tree.attributes(plan.node);
    let attributes: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    let path = format!("client.{}.{}", attributes.join("."), plan.name);
    let returns = format!(" -> {}", layout::returned(0, plan.returns(Mode::Sync)));
    let samples = Samples::new(context);
    let calls = operation.calls(context.api);
    let shown = calls.iter().filter(|call| samples.takes(call));
    let shown = shown.map(|call| {
        let sample = samples.sample(call, None).text();
        (call.title(), markdown::fenced("python", &sample))
    });
    let said = returned(plan, Mode::Sync);
    Reference {
        heading: markdown::code(&path),
        headline: operation.docs.headline().map(|text| markdown::text(&text)),
        description: description(&operation.docs),
        deprecated: operation.deprecated,
        route: markdown::code(&format!(
            "{} {}",
            operation.method.as_str(),
            operation.path.raw
        )),
        signature: markdown::fenced(
            "python",
            &layout::call(0, &path, '(', &parameters(plan, 1), ')', &returns),
        ),
        arguments: plan
            .arguments
            .iter()
            .map(|argument| ReferenceArgument {
                name: markdown::code(argument.name.as_str()),
                annotation: markdown::code(
                    argument
                        .annotation
                        .strip_suffix(" | NotGiven")
                        .unwrap_or(&argument.annotation),
                ),
                required: argument.default.is_none(),
                words: markdown::prose(&argument.words),
            })
            .collect(),
        returns: (!plan.returns_nothing).then(|| markdown::code(plan.returns(Mode::Sync))),
        returned: markdown::prose(&said),
        raises: raises(plan),
        asynchronous: markdown::code(&asynchronous(plan, &path)),
        types: used
            .types
            .iter()
            .map(|(id, face)| context.types.name(*id, *face).clone())
            .collect::<BTreeSet<Code>>()
            .into_iter()
            .collect(),
        example: examples(shown),
    }
}

/// What the document says can go wrong, by the exception that it becomes.
fn raises(plan: &MethodPlan<'_>) -> Vec<ReferenceError> {
    let good = successes(plan.operation);
    plan.operation
        .responses
        .iter()
        .filter(|response| !good.iter().any(|other| std::ptr::eq(*other, *response)))
        .filter_map(|response| {
            Some(ReferenceError {
                class: markdown::code(errors::class_of(response.status)?),
                status: markdown::text(&response.status.to_string()),
                words: markdown::text(response.docs.description.as_deref().unwrap_or_default()),
            })
        })
        .collect()
}

/// The same call of the asynchronous client, in short.
fn asynchronous(plan: &MethodPlan<'_>, path: &str) -> String {
    match plan.opens {
        _ if plan.pages => format!("async for item in {path}(...)"),
        Some(Opens::Stream) => format!("async with {path}(...) as stream"),
        Some(Opens::Download) => format!("async with {path}(...) as file"),
        None => format!("await {path}(...)"),
    }
}
