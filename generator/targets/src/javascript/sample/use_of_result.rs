//! What a sample does with what comes back.

use super::super::names::is_reserved;
use super::super::value::{is_identifier, string};
use super::Outcome;
use super::program::Writer;
use crate::sample::telling::{
    Step, Telling, data, is_nullable, member, page_item, stream_item, telling, type_name,
};
use heck::ToLowerCamelCase;
use portolan_model::{Call, TypeRef};

impl Writer<'_> {
    /// The call, and the use of what it gives.
    pub(super) fn act(&mut self, call: &Call<'_>, outcome: Outcome) {
        let api = self.sampler.api;
        match outcome {
            Outcome::Items => {
                let pages = call.operation.pagination.is_some();
                let item = match pages {
                    true => page_item(api, call.operation),
                    false => stream_item(api, call.operation),
                };
                let name = self.variable(item, "item");
                self.tokens
                    .keyword("for await")
                    .plain(" (")
                    .keyword("const");
                self.tokens
                    .plain(format!(" {name} "))
                    .keyword("of")
                    .plain(" ");
                let mut before = name.len() + 21;
                if !pages {
                    self.tokens.keyword("await").plain(" ");
                    before += 6;
                }
                self.call(call, before, 3);
                self.tokens.plain(") {\n");
                let steps = item.map_or_else(Vec::new, |item| member(api, item));
                let may_be_null = item.is_some_and(|item| is_nullable(api, item));
                self.log(&name, &steps, may_be_null, 1);
                self.tokens.plain("}\n");
            }
            Outcome::Data => self.tell(call),
            Outcome::Nothing => {
                self.tokens.keyword("await").plain(" ");
                self.call(call, 6, 1);
                self.tokens.plain(";\n");
            }
            Outcome::File => {
                self.result("download", call);
                self.tokens.keyword("await").plain(" download.");
                self.tokens
                    .function("saveTo")
                    .plain("(download.")
                    .name("fileName");
                self.tokens
                    .plain(" ?? ")
                    .string("\"download.bin\"")
                    .plain(");\n");
            }
            Outcome::FileOrData => {
                self.result("result", call);
                self.tokens
                    .keyword("if")
                    .plain(" (result ")
                    .keyword("instanceof");
                self.tokens.plain(" ").name("Download").plain(") {\n  ");
                self.tokens
                    .keyword("await")
                    .plain(" result.")
                    .function("saveTo");
                self.tokens.plain("(result.").name("fileName").plain(" ?? ");
                self.tokens.string("\"download.bin\"").plain(");\n} ");
                self.tokens.keyword("else").plain(" {\n");
                self.log("result", &[], false, 1);
                self.tokens.plain("}\n");
            }
        }
    }

    /// A result, and what of it a reader wants to see.
    fn tell(&mut self, call: &Call<'_>) {
        let api = self.sampler.api;
        let found = data(api, call.operation);
        let ty = found.map(|(ty, _)| ty);
        let may_be_none = found.is_some_and(|(_, may_be_none)| may_be_none);
        let result = self.variable(ty, "result");
        self.result(&result, call);
        match ty.map_or(Telling::Whole, |ty| telling(api, ty)) {
            Telling::Whole => self.log(&result, &[], false, 0),
            Telling::Member(steps) => self.log(&result, &steps, may_be_none, 0),
            Telling::Each {
                list,
                item,
                of_each,
            } => {
                let name = match self.variable(Some(item), "item") {
                    name if name == result => "item".to_owned(),
                    name => name,
                };
                self.tokens.keyword("for").plain(" (").keyword("const");
                self.tokens
                    .plain(format!(" {name} "))
                    .keyword("of")
                    .plain(" ");
                self.value(&result, &list, may_be_none);
                self.tokens
                    .plain(if may_be_none { " ?? []) {\n" } else { ") {\n" });
                self.log(&name, &of_each, is_nullable(api, item), 1);
                self.tokens.plain("}\n");
            }
        }
    }

    fn result(&mut self, name: &str, call: &Call<'_>) {
        self.tokens.keyword("const").plain(format!(" {name} = "));
        self.tokens.keyword("await").plain(" ");
        self.call(call, name.len() + 15, 1);
        self.tokens.plain(";\n");
    }

    fn log(&mut self, value: &str, steps: &[Step<'_>], may_be_none: bool, depth: usize) {
        self.tokens
            .plain("  ".repeat(depth))
            .plain("console.")
            .function("log")
            .plain("(");
        self.value(value, steps, may_be_none);
        self.tokens.plain(");\n");
    }

    /// A value, or what the steps lead to in it.
    fn value(&mut self, value: &str, steps: &[Step<'_>], may_be_none: bool) {
        self.tokens.plain(value);
        for (index, step) in steps.iter().enumerate() {
            let optional = may_be_none && index == 0;
            let name = step.property.name.as_str();
            if is_identifier(name) {
                self.tokens
                    .plain(if optional { "?." } else { "." })
                    .name(name);
            } else {
                self.tokens.plain(if optional { "?.[" } else { "[" });
                self.tokens.string(string(name)).plain("]");
            }
        }
    }

    /// A variable by the type of what it holds, when that has a short name.
    fn variable(&self, ty: Option<&TypeRef>, otherwise: &str) -> String {
        let name = ty.and_then(|ty| type_name(self.sampler.api, ty));
        let name = name.map(|name| name.to_lower_camel_case());
        let of_ours = |name: &str| {
            matches!(
                name,
                "client" | "console" | "core" | "download" | "fileFromPath"
            ) || name == self.sampler.config.class_name
        };
        name.filter(|name| {
            name.len() <= 24 && is_identifier(name) && !is_reserved(name) && !of_ours(name)
        })
        .unwrap_or_else(|| otherwise.to_owned())
    }
}
