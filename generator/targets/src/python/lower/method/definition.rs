//! The method itself: its signature, its words and its call, for either client; and its entry in reference.md.

use super::super::super::layout;
use super::super::super::literal::{code, string};
use super::super::super::package::Method;
use super::super::super::types::key;
use super::super::docs::{self, docstring};
use super::super::mode::Mode;
use super::responses::{Opens, successes};
use super::{BodyPlan, MethodPlan};
use portolan_emit::Code;

/// The method for the template.
pub(in super::super) fn method(plan: &MethodPlan<'_>, mode: Mode) -> Method {
    let operation = plan.operation;
    let mut parts = vec!["self".to_owned()];
    parts.extend(parameters(plan, 2));
    let definition = if plan.function(mode).1 {
        "async def"
    } else {
        "def"
    };
    let signature = layout::call(
        1,
        &format!("{definition} {}", plan.name),
        '(',
        &parts,
        ')',
        &format!(" -> {}:", layout::returned(1, plan.returns(mode))),
    );
    let deprecated = operation
        .deprecated
        .then(|| string(&format!("{} is deprecated", operation.id)))
        .map(|reason| code(layout::invoked(1, "@deprecated", &[reason], "")));
    Method {
        name: plan.name.clone(),
        signature: code(signature.strip_suffix(':').unwrap_or(&signature)),
        deprecated,
        docs: docs::block(&method_docs(plan, mode), 2),
        call: code(call(plan, mode)),
    }
}

/// The parameters of the method behind `self`, for lines at a depth of four spaces.
pub(super) fn parameters(plan: &MethodPlan<'_>, depth: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut keyword = false;
    for argument in &plan.arguments {
        if !argument.positional && !keyword {
            parts.push("*".to_owned());
            keyword = true;
        }
        parts.push(layout::parameter(
            depth,
            argument.name.as_str(),
            argument.annotation.as_str(),
            argument.default.as_deref(),
        ));
    }
    if !keyword {
        parts.push("*".to_owned());
    }
    parts.push("options: RequestOptions | None = None".to_owned());
    parts
}

/// The statement that makes the call.
fn call(plan: &MethodPlan<'_>, mode: Mode) -> String {
    let values: Vec<String> = plan
        .parameters
        .iter()
        .map(|(_, name)| name.to_string())
        .collect();
    let mut items = vec![format!("_operations.{}", plan.constant)];
    if plan.pages {
        items.push(format!("_operations.{}__PAGES", plan.constant));
    }
    if !values.is_empty() {
        items.push(layout::item(layout::tuple(3, "", &values, ",")));
    }
    match &plan.body {
        BodyPlan::None => {}
        BodyPlan::Whole => items.push("body=body".to_owned()),
        BodyPlan::Members(members) => {
            let mut pairs: Vec<String> = members
                .iter()
                .map(|(property, name)| format!("{}: {name}", key(property.name.as_str())))
                .collect();
            if plan.streaming
                && let Some(index) = members
                    .iter()
                    .position(|(property, _)| property.name == "stream")
            {
                pairs[index] = "\"stream\": True".to_owned();
            }
            items.push(layout::item(layout::call(
                3, "body=", '{', &pairs, '}', ",",
            )));
        }
    }
    if plan.chooses_content_type {
        items.push("content_type=content_type".to_owned());
    }
    items.push("options=options".to_owned());
    let (function, waits) = plan.function(mode);
    let wait = if waits { "await " } else { "" };
    let result = if plan.returns_nothing { "" } else { "return " };
    let prefix = format!("{result}{wait}self._pipeline.{function}");
    layout::call(2, &prefix, '(', &items, ')', "")
}

fn method_docs(plan: &MethodPlan<'_>, mode: Mode) -> Vec<Code> {
    let operation = plan.operation;
    let mut lines = docstring(&operation.docs, 2);
    if lines.is_empty() {
        lines = docs::lines(
            &format!("{} {}.", operation.method.as_str(), operation.path.raw),
            88,
        );
    }
    if let Some(sunset) = &operation.lifecycle.sunset {
        lines.push(code(""));
        lines.extend(docs::lines(&format!("It is switched off on {sunset}."), 80));
    }
    lines.push(code(""));
    lines.push(code("Args:"));
    for argument in &plan.arguments {
        lines.extend(argument.docs.iter().cloned());
    }
    lines.push(code(
        "    options: Timeout, retries, headers and more, for this call alone.",
    ));
    let said = returned(plan, mode);
    if !said.trim().is_empty() {
        lines.push(code(""));
        lines.push(code("Returns:"));
        lines.extend(docs::lines(&said, 76).into_iter().map(|line| {
            if line.as_str().is_empty() {
                line
            } else {
                code(format!("    {line}"))
            }
        }));
    }
    lines
}

/// What there is to say of what comes back; empty when there is nothing.
pub(super) fn returned(plan: &MethodPlan<'_>, mode: Mode) -> String {
    let operation = plan.operation;
    if plan.pages {
        match mode {
            Mode::Sync => "The first page; iterate over it for the items of all pages.",
            Mode::Async => "The first page when awaited; the items of all pages by `async for`.",
        }
        .to_owned()
    } else if plan.streams {
        match mode {
            Mode::Sync => "The items as they arrive; close it, or leave it by `with`.",
            Mode::Async => {
                "The items as they arrive: iterate by `async for`, or enter it by `async with`."
            }
        }
        .to_owned()
    } else if plan.opens == Some(Opens::Download) {
        match mode {
            Mode::Sync => "The file, on its way.",
            Mode::Async => "The file, on its way: await it, or enter it by `async with`.",
        }
        .to_owned()
    } else {
        successes(operation)
            .first()
            .and_then(|response| response.docs.description.clone())
            .filter(|_| !plan.returns_nothing)
            .unwrap_or_default()
    }
}
