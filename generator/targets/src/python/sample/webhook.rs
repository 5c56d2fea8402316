//! A webhook -> a function that takes it: what a person would write into the program that receives events.

use super::super::lower::{class_name, webhooks_attribute};
use super::super::names::modules;
use super::Samples;
use crate::{Sample, Tokens, is_verifiable};
use portolan_model::Webhook;

/// What is raised for an event that is not believed.
const ERROR: &str = "WebhookVerificationError";

impl Samples<'_, '_> {
    /// The function; `None` when the package cannot verify the event.
    pub(in super::super) fn verification(&self, webhook: &Webhook) -> Option<Sample> {
        let attribute = webhooks_attribute(self.context).filter(|_| is_verifiable(webhook))?;
        let class = class_name(self.context);
        let mut names = [class.as_str(), ERROR];
        names.sort_unstable();
        let module = &self.context.module;
        let mut tokens = Tokens::new();
        tokens.keyword("from").plain(format!(" {module} "));
        tokens.keyword("import").plain(" ");
        let [first, second] = names;
        let length = "from  import , ".len() + module.as_str().len() + first.len() + second.len();
        if length <= super::WIDTH {
            tokens.name(first).plain(", ").name(second);
        } else {
            tokens.plain("(\n    ").name(first).plain(",\n    ");
            tokens.name(second).plain(",\n)");
        }
        tokens.plain("\n\nclient = ").function(class.as_str());
        tokens.plain("()\n\n\n").keyword("def").plain(" ");
        tokens
            .function("receive")
            .plain("(body: bytes, headers: dict[str, str]) -> int:\n    ");
        tokens.keyword("try").plain(":\n        event = client.");
        tokens
            .name(attribute.as_str())
            .plain(".")
            .function("unwrap");
        tokens
            .plain("(body, headers)\n    ")
            .keyword("except")
            .plain(" ");
        tokens
            .name(ERROR)
            .plain(":\n        ")
            .keyword("return")
            .plain(" ");
        tokens
            .number("400")
            .plain("\n    ")
            .function("print")
            .plain("(event)\n    ");
        tokens
            .keyword("return")
            .plain(" ")
            .number(webhook.received().to_string());
        tokens.plain("\n");
        Some(Sample {
            marks: Vec::new(),
            file_name: format!("receive_{}.py", modules().identifier(webhook.name.as_str())),
            tokens: tokens.finish(),
            environment: vec![format!(
                "{}_WEBHOOK_SECRET",
                self.context.config.environment_prefix
            )],
            files: Vec::new(),
        })
    }
}
