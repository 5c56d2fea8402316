//! What a sample does with what comes back.

use super::super::lower::{MethodPlan, Opens};
use super::super::names;
use super::Samples;
use super::expression::{Argument, write_arguments};
use crate::Tokens;
use crate::sample::telling::{
    Step, Telling, data, is_nullable, member, page_item, stream_item, telling, type_name,
};
use portolan_model::{Operation, TypeRef};

impl Samples<'_, '_> {
    /// The call, and the use of what it gives.
    pub(super) fn act(
        &self,
        tokens: &mut Tokens,
        operation: &Operation,
        plan: &MethodPlan<'_>,
        arguments: &[Argument],
    ) {
        let api = self.context.api;
        if plan.pages {
            let item = page_item(api, operation);
            let name = self.variable(item, "item");
            let before = name.len() + "for  in ".len();
            let resource = self.named_resource(tokens, plan, before);
            tokens
                .keyword("for")
                .plain(format!(" {name} "))
                .keyword("in")
                .plain(" ");
            self.call(tokens, plan, arguments, before, &resource);
            tokens.plain(":\n");
            self.print(tokens, &name, &self.steps_of(item), 1);
        } else if let Some(opens) = plan.opens {
            let before = "with ".len();
            let resource = self.named_resource(tokens, plan, before);
            tokens.keyword("with").plain(" ");
            self.call(tokens, plan, arguments, before, &resource);
            tokens.plain(" ").keyword("as").plain(" ");
            match opens {
                Opens::Stream => {
                    let item = stream_item(api, operation);
                    let name = self.variable(item, "item");
                    tokens.plain("stream:\n    ").keyword("for");
                    tokens
                        .plain(format!(" {name} "))
                        .keyword("in")
                        .plain(" stream:\n");
                    self.print(tokens, &name, &self.steps_of(item), 2);
                }
                Opens::Download => {
                    tokens
                        .plain("file:\n    ")
                        .function("print")
                        .plain("(file.");
                    tokens
                        .function("save")
                        .plain("(")
                        .string("\"download\"")
                        .plain("))\n");
                }
            }
        } else if plan.returns_nothing {
            let resource = self.named_resource(tokens, plan, 0);
            self.call(tokens, plan, arguments, 0, &resource);
            tokens.plain("\n");
        } else if plan.downloads {
            self.result(tokens, "result", plan, arguments);
            tokens.keyword("if").plain(" ").function("isinstance");
            tokens.plain("(result, ").name("Download").plain("):\n    ");
            tokens.keyword("with").plain(" result:\n        ");
            tokens.function("print").plain("(result.").function("save");
            tokens.plain("(").string("\"download\"").plain("))\n");
            tokens.keyword("else").plain(":\n");
            self.print(tokens, "result", &[], 1);
        } else {
            self.tell(tokens, operation, plan, arguments);
        }
    }

    /// A result, and what of it a reader wants to see.
    fn tell(
        &self,
        tokens: &mut Tokens,
        operation: &Operation,
        plan: &MethodPlan<'_>,
        arguments: &[Argument],
    ) {
        let api = self.context.api;
        let found = data(api, operation).filter(|_| !plan.streams);
        let ty = found.map(|(ty, _)| ty);
        let may_be_none = found.is_some_and(|(_, may_be_none)| may_be_none);
        let result = self.variable(ty, "result");
        self.result(tokens, &result, plan, arguments);
        let telling = ty.map_or(Telling::Whole, |ty| telling(api, ty));
        let mut depth = 0;
        if may_be_none && telling != Telling::Whole {
            tokens
                .keyword("if")
                .plain(format!(" {result} "))
                .keyword("is not")
                .plain(" ");
            tokens.keyword("None").plain(":\n");
            depth = 1;
        }
        match telling {
            Telling::Whole => self.print(tokens, &result, &[], depth),
            Telling::Member(steps) => self.print(tokens, &result, &steps, depth),
            Telling::Each {
                list,
                item,
                of_each,
            } => {
                let name = match self.variable(Some(item), "item") {
                    name if name == result => "item".to_owned(),
                    name => name,
                };
                tokens
                    .plain("    ".repeat(depth))
                    .keyword("for")
                    .plain(format!(" {name} "));
                tokens.keyword("in").plain(" ");
                self.value(tokens, &result, &list);
                tokens.plain(":\n");
                let sure = !is_nullable(api, item);
                let of_each = if sure { of_each.as_slice() } else { &[] };
                self.print(tokens, &name, of_each, depth + 1);
            }
        }
    }

    fn result(
        &self,
        tokens: &mut Tokens,
        name: &str,
        plan: &MethodPlan<'_>,
        arguments: &[Argument],
    ) {
        let before = name.len() + " = ".len();
        let resource = self.named_resource(tokens, plan, before);
        tokens.plain(format!("{name} = "));
        self.call(tokens, plan, arguments, before, &resource);
        tokens.plain("\n");
    }

    /// What stands in front of the method's name: a name of its own where a line does not hold the whole of it.
    fn named_resource(&self, tokens: &mut Tokens, plan: &MethodPlan<'_>, before: usize) -> String {
        let resource = self.resource(plan, "client");
        if !self.is_long(plan, "client", before) {
            return resource;
        }
        tokens
            .plain("resource = client.")
            .name(&resource["client.".len()..])
            .plain("\n");
        "resource".to_owned()
    }

    fn call(
        &self,
        tokens: &mut Tokens,
        plan: &MethodPlan<'_>,
        arguments: &[Argument],
        before: usize,
        resource: &str,
    ) {
        match resource.split_once('.') {
            Some((client, path)) => tokens.plain(client).plain(".").name(path),
            None => tokens.plain(resource),
        };
        tokens.plain(".").function(plan.name.as_str());
        let length = resource.len() + ".".len() + plan.name.as_str().len();
        tokens.mark();
        write_arguments(tokens, arguments, before + length);
        tokens.mark();
    }

    fn print(&self, tokens: &mut Tokens, value: &str, steps: &[Step<'_>], depth: usize) {
        tokens
            .plain("    ".repeat(depth))
            .function("print")
            .plain("(");
        self.value(tokens, value, steps);
        tokens.plain(")\n");
    }

    /// A value, or what the steps lead to in it.
    fn value(&self, tokens: &mut Tokens, value: &str, steps: &[Step<'_>]) {
        tokens.plain(value);
        for step in steps {
            let name = self.context.field(step.owner, step.property);
            tokens
                .plain(".")
                .name(name.map_or(step.property.name.as_str(), |name| name.as_str()));
        }
    }

    fn steps_of<'t>(&'t self, item: Option<&'t TypeRef>) -> Vec<Step<'t>> {
        let api = self.context.api;
        item.filter(|item| !is_nullable(api, item))
            .map_or_else(Vec::new, |item| member(api, item))
    }

    /// A variable by the type of what it holds, when that has a short name.
    fn variable(&self, ty: Option<&TypeRef>, otherwise: &str) -> String {
        let name = ty.and_then(|ty| type_name(self.context.api, ty));
        let name = name.map(|name| names::variables().identifier(name));
        name.filter(|name| name.len() <= 24 && self.context.module.as_str() != name)
            .unwrap_or_else(|| otherwise.to_owned())
    }
}
