//! The package's own tests: each operation, called as its sample calls it, and what must come back.

use super::super::names::Node;
use super::super::package::{ObjectShape, Resource, Suite, SuiteModule, SuiteTest};
use super::super::sample::{Form, JavaScriptSampler};
use super::super::types::Types;
use super::super::value::{key, script, string};
use super::answer::{Answer, Shape, answer, members};
use crate::PackageConfig;
use crate::packaging::{Fit, secrets, server_path};
use portolan_emit::Code;
use portolan_model::{Api, Call, Direction, Operation, Shape as Declared, TypeId};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The suite.
pub(super) fn suite(
    api: &Api,
    config: &PackageConfig,
    sampler: &JavaScriptSampler<'_>,
    nodes: &[Node<'_>],
    resources: &[Resource],
) -> Suite {
    let variable = |name: &str| script(format!("{}_{name}", config.environment_prefix));
    let (modules, used): (Vec<SuiteModule>, Vec<BTreeSet<TypeId>>) = nodes
        .par_iter()
        .zip(resources)
        .filter(|(node, _)| !node.resource.operations.is_empty())
        .map(|(node, resource)| module(sampler, node, resource))
        .unzip();
    let used: BTreeSet<TypeId> = used.into_iter().flatten().collect();
    let types = sampler.types();
    Suite {
        class: script(&config.class_name),
        package: script(string(&config.published_name())),
        base_url_variable: variable("BASE_URL"),
        document_variable: variable("DOCUMENT"),
        secrets: secrets(api, config)
            .iter()
            .map(|name| script(string(name)))
            .collect(),
        path: script(string(&server_path(api))),
        modules,
        shapes: used.iter().map(|id| shape(&types, *id)).collect(),
    }
}

/// The tests of a resource, and the types whose shapes they look for.
fn module(
    sampler: &JavaScriptSampler<'_>,
    node: &Node<'_>,
    resource: &Resource,
) -> (SuiteModule, BTreeSet<TypeId>) {
    let mut writer = Writer {
        sampler,
        types: sampler.types(),
        used: BTreeSet::new(),
        helpers: BTreeSet::new(),
    };
    let tests: Vec<SuiteTest> = node
        .resource
        .operations
        .iter()
        .zip(&resource.operations)
        .map(|(operation, lowered)| SuiteTest {
            name: script(string(lowered.method.as_str())),
            body: script(writer.body(operation)),
        })
        .collect();
    let owner = node.resource.operations.first();
    let module = SuiteModule {
        file: resource.file.clone(),
        owner: script(string(
            &owner.map_or_else(String::new, |first| sampler.owner(first)),
        )),
        asserts: tests
            .iter()
            .any(|test| test.body.as_str().contains("  assert.")),
        shapes: !writer.used.is_empty(),
        helpers: writer.helpers.iter().map(|name| script(*name)).collect(),
        tests,
    };
    (module, writer.used)
}

/// The options of a call that asks a mock for a made answer.
const MADE_ANSWER: &str = "{ headers: { Prefer: \"dynamic=true\" } }";

struct Writer<'s, 'a> {
    sampler: &'s JavaScriptSampler<'a>,
    types: Types<'s>,
    used: BTreeSet<TypeId>,
    /// What the tests import of `assert-shape.js`.
    helpers: BTreeSet<&'static str>,
}

impl Writer<'_, '_> {
    /// The statements of a test, with their indent.
    fn body(&mut self, operation: &Operation) -> String {
        let api = self.types.api;
        let fit = Fit::of(api, operation);
        let form = Form {
            inline_files: true,
            options: (fit == Fit::WhenMade).then_some(MADE_ANSWER),
            ..Form::SAMPLE
        };
        let call = self.sampler.call(&Call::first(api, operation), form);
        let call = format!("await {call}");
        let outcome = self.sampler.outcome(operation);
        let mut lines: Vec<String> = fit
            .remark()
            .map(|remark| format!("// {remark}"))
            .into_iter()
            .collect();
        let expected = answer(&self.types, operation, outcome);
        let expected = match fit {
            Fit::Never => expected.forgotten(),
            Fit::Whole | Fit::WhenMade => expected,
        };
        match expected {
            Answer::Page(item) => {
                lines.push(format!("const page = {call};"));
                lines.push(self.check("page.items", &Shape::List(Box::new(item))));
            }
            Answer::Stream(item) => {
                self.helpers.insert("gathered");
                lines.push(format!("const items = await gathered({call});"));
                lines.push("assert.notEqual(items.length, 0);".to_owned());
                if !matches!(item, Shape::Any) {
                    lines.push(self.check("items", &Shape::List(Box::new(item))));
                }
            }
            Answer::Download => {
                lines.push(format!("const file = {call};"));
                lines.push("assert.ok((await file.bytes()) instanceof Uint8Array);".to_owned());
            }
            Answer::Nothing => {
                lines.push(format!("const result = {call};"));
                lines.push("assert.equal(result, undefined);".to_owned());
            }
            Answer::Value(Shape::Any) => lines.push(format!("{call};")),
            Answer::Value(shape) => {
                lines.push(format!("const result = {call};"));
                lines.push(self.check("result", &shape));
            }
        }
        let text = lines.join("\n");
        let indented: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
        indented.join("\n")
    }

    fn check(&mut self, value: &str, shape: &Shape) -> String {
        self.helpers.insert("assertShape");
        format!("assertShape({value}, {});", self.expression(shape))
    }

    fn expression(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Any => string("any"),
            Shape::Kinds(kinds) => string(&kinds.join(" | ")),
            Shape::Object(id) => {
                self.used.insert(*id);
                format!("shapes.{}", self.types.name(*id, Direction::Response))
            }
            Shape::List(item) => format!("[{}]", self.expression(item)),
        }
    }
}

fn shape(types: &Types<'_>, id: TypeId) -> ObjectShape {
    let members = match &types.api.type_def(id).shape {
        Declared::Object(object) => members(types, object),
        _ => Vec::new(),
    };
    ObjectShape {
        name: types.name(id, Direction::Response).clone(),
        members: members
            .into_iter()
            .map(|(name, kinds)| {
                // As a plain member it would set the prototype.
                let name = match name {
                    "__proto__" => format!("[{}]", string(name)),
                    name => key(name),
                };
                let kinds = kinds.map_or_else(|| "any".to_owned(), |kinds| kinds.join(" | "));
                Code::new(
                    portolan_emit::Language::JavaScript,
                    format!("{name}: {}", string(&kinds)),
                )
            })
            .collect(),
    }
}
