//! The package's own tests: each operation, called by both clients as its sample calls it, and what must come back.

use super::super::layout;
use super::super::literal::{code, string};
use super::super::package::{Suite, SuiteMethod, SuiteModule};
use super::super::sample::Samples;
use super::super::types::Used;
use super::mode::Mode;
use super::resources::Node;
use super::{Context, class_name, method, plan, streaming_forms};
use crate::packaging::{Fit, secrets, server_path};
use method::{Answer, MethodPlan, answer};
use portolan_emit::Code;
use portolan_model::Call;
use portolan_source::Diagnostics;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The suite.
pub(super) fn suite(context: &Context<'_>) -> Suite {
    let config = context.config;
    let class = class_name(context);
    let variable = |name: &str| code(format!("{}_{name}", config.environment_prefix));
    let secrets = secrets(context.api, config)
        .iter()
        .map(|variable| code(string(variable)))
        .collect();
    Suite {
        async_class: Mode::Async.class(class.as_str()),
        class,
        base_url_variable: variable("BASE_URL"),
        document_variable: variable("DOCUMENT"),
        secrets,
        address: code(match server_path(context.api).as_str() {
            "" => "_address(mock)".to_owned(),
            path => format!("_address(mock) + {}", string(path)),
        }),
        modules: (0..context.tree.nodes.len())
            .into_par_iter()
            .filter(|index| !context.tree.nodes[*index].resource.operations.is_empty())
            .map(|index| module(context, index))
            .collect(),
    }
}

fn module(context: &Context<'_>, index: usize) -> SuiteModule {
    let node: &Node<'_> = &context.tree.nodes[index];
    let class = class_name(context);
    let mut words = BTreeSet::new();
    let methods = (0..node.resource.operations.len())
        .map(|place| {
            let streaming = streaming_forms(&node.resource.operations[place])[0];
            let mut unused = Used::default();
            let mut unheard = Diagnostics::new();
            let plan = plan(context, index, place, streaming, &mut unused, &mut unheard);
            let call = Call::first(context.api, plan.operation);
            let fit = Fit::of(context.api, plan.operation);
            let [body, async_body] =
                Mode::BOTH.map(|mode| code(body(context, &plan, &call, fit, mode, &mut words)));
            let [definition, async_definition] =
                Mode::BOTH.map(|mode| code(definition(&plan, class.as_str(), mode)));
            SuiteMethod {
                definition,
                async_definition,
                body,
                async_body,
            }
        })
        .collect();
    let mut names = vec![
        Mode::Async.class(class.as_str()).to_string(),
        class.to_string(),
    ];
    let mut imports: Vec<Code> = Vec::new();
    for word in words {
        match word {
            "datetime" | "decimal" => imports.push(code(format!("import {word}"))),
            word => names.push(word.to_owned()),
        }
    }
    if !imports.is_empty() {
        imports.push(code(""));
    }
    imports.push(code("import pytest"));
    names.sort_unstable();
    imports.push(code(format!(
        "from {} import {}",
        context.module,
        names.join(", ")
    )));
    SuiteModule {
        module: node.module.clone(),
        docs: code(format!(
            "\"\"\"Calls of {}, by both clients.\"\"\"",
            node.class
        )),
        class: node.class.clone(),
        imports,
        methods,
    }
}

/// `def test_get(self, client: Bookshop) -> None:`
fn definition(plan: &MethodPlan<'_>, class: &str, mode: Mode) -> String {
    let (word, client) = match mode {
        Mode::Sync => ("def", "client"),
        Mode::Async => ("async def", "async_client"),
    };
    let parameters = [
        "self".to_owned(),
        format!("{client}: {}", mode.class(class)),
    ];
    let prefix = format!("{word} test_{}", plan.name);
    layout::invoked(1, &prefix, &parameters, " -> None:")
}

/// The statements of a test, those after the first with their indent.
fn body(
    context: &Context<'_>,
    plan: &MethodPlan<'_>,
    call: &Call<'_>,
    fit: Fit,
    mode: Mode,
    words: &mut BTreeSet<&'static str>,
) -> String {
    let samples = Samples::new(context);
    let (with, every, wait, client) = match mode {
        Mode::Sync => ("with", "list(stream)", "", "client"),
        Mode::Async => (
            "async with",
            "[item async for item in stream]",
            "await ",
            "async_client",
        ),
    };
    let made_answer = fit == Fit::WhenMade;
    let lines = |lines: &[String]| lines.join("\n        ");
    let resource = samples.resource(plan, client);
    let made = |before: &str| {
        let written = |prefix: &str| {
            samples.call_for_test(call, plan, made_answer, 2, &format!("{before}{prefix}"))
        };
        if samples.is_long(plan, client, 8 + before.len()) {
            return lines(&[format!("resource = {resource}"), written("resource")]);
        }
        written(&resource)
    };
    let assigned = |name: &str| {
        layout::assignment(2, name, |depth, before| {
            let prefix = format!("{before}{wait}{resource}");
            samples.call_for_test(call, plan, made_answer, depth, &prefix)
        })
    };
    let mut answer = answer(context, plan, mode);
    if fit == Fit::Never {
        answer.forget();
    }
    words.extend(answer.words());
    let said = match answer {
        Answer::Page(kinds) => {
            let page = assigned("page");
            match kinds {
                Some(kinds) => lines(&[page, layout::all(2, "page.items", &kinds)]),
                None => lines(&[page, "assert page.items is not None".to_owned()]),
            }
        }
        Answer::Stream(kinds) => {
            let mut said = vec![
                format!("{} as stream:", made(&format!("{with} "))),
                format!("    items = {every}"),
                "assert items".to_owned(),
            ];
            said.extend(kinds.map(|kinds| layout::all(2, "items", &kinds)));
            lines(&said)
        }
        Answer::Download => lines(&[
            format!("{} as file:", made(&format!("{with} "))),
            format!("    assert isinstance({wait}file.read(), bytes)"),
        ]),
        Answer::Value { kinds: None, .. } => made(wait),
        Answer::Value {
            kinds: Some(kinds),
            items,
        } => {
            let mut said = vec![assigned("result"), layout::assertion(2, "result", &kinds)];
            said.extend(items.map(|kinds| layout::all(2, "result", &kinds)));
            lines(&said)
        }
    };
    match fit.remark() {
        Some(remark) => lines(&[format!("# {remark}"), said]),
        None => said,
    }
}
