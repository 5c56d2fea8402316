//! A webhook -> a function that takes it: what a person would write into the program that receives events.

use super::super::value::string;
use super::{JavaScriptSampler, file_stem};
use crate::{Sample, Tokens, is_verifiable};
use portolan_model::Webhook;

impl JavaScriptSampler<'_> {
    /// The function; `None` when the package cannot verify the event.
    pub(in super::super) fn receiver(&self, webhook: &Webhook) -> Option<Sample> {
        if !is_verifiable(webhook) {
            return None;
        }
        let secret = format!("{}_WEBHOOK_SECRET", self.config.environment_prefix);
        let mut tokens = Tokens::new();
        tokens
            .keyword("import")
            .plain(" { ")
            .name("webhooks")
            .plain(" } ");
        tokens.keyword("from").plain(" ");
        tokens
            .string(string(&self.config.published_name()))
            .plain(";\n\n");
        tokens.comment("/** Takes a request as `fetch` knows it, and gives the answer. */");
        tokens
            .plain("\n")
            .keyword("export async function")
            .plain(" ");
        tokens.function("receive").plain("(request) {\n  ");
        tokens
            .keyword("const")
            .plain(" secret = process.env.")
            .variable(&secret);
        tokens.plain(";\n  ").keyword("const").plain(" body = ");
        tokens
            .keyword("await")
            .plain(" request.")
            .function("text")
            .plain("();\n  ");
        tokens
            .keyword("try")
            .plain(" {\n    ")
            .keyword("const")
            .plain(" event = ");
        tokens
            .keyword("await")
            .plain(" webhooks.")
            .function("unwrap");
        tokens
            .plain("(body, request.headers, secret);\n    console.")
            .function("log");
        tokens
            .plain("(event);\n  } ")
            .keyword("catch")
            .plain(" (error) {\n    ");
        tokens
            .keyword("if")
            .plain(" (!(error ")
            .keyword("instanceof")
            .plain(" webhooks.");
        tokens
            .name("WebhookVerificationError")
            .plain(")) ")
            .keyword("throw");
        tokens.plain(" error;\n    ");
        answer(&mut tokens, 400);
        tokens.plain("  }\n  ");
        answer(&mut tokens, webhook.received());
        tokens.plain("}\n");
        Some(Sample {
            marks: Vec::new(),
            file_name: format!("receive-{}.mjs", file_stem(webhook.name.as_str())),
            tokens: tokens.finish(),
            environment: vec![secret],
            files: Vec::new(),
        })
    }
}

fn answer(tokens: &mut Tokens, status: u16) {
    tokens
        .keyword("return")
        .plain(" ")
        .keyword("new")
        .plain(" ");
    tokens
        .function("Response")
        .plain("(")
        .number("null")
        .plain(", { ");
    tokens
        .name("status")
        .plain(": ")
        .number(status.to_string())
        .plain(" });\n");
}
