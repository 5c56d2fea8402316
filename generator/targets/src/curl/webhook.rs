//! A webhook -> the command that verifies it, as it stands in the program that a web server runs for each event.

use super::names::FILES;
use crate::{PackageConfig, Sample, Tokens, is_verifiable};
use portolan_model::{Api, Direction, Webhook, synthesize};

/// The headers of a signed event, and the variables that hold them.
const HEADERS: [(&str, &str); 3] = [
    ("webhook-id", "WEBHOOK_ID"),
    ("webhook-timestamp", "WEBHOOK_TIMESTAMP"),
    ("webhook-signature", "WEBHOOK_SIGNATURE"),
];

/// The command; `None` when the package cannot verify the event.
pub(super) fn verification(api: &Api, config: &PackageConfig, webhook: &Webhook) -> Option<Sample> {
    let media = webhook.operation.body.as_ref()?.content.first()?;
    if !is_verifiable(webhook) {
        return None;
    }
    let mut tokens = Tokens::new();
    tokens.function(&config.name).plain(" ");
    tokens.name("webhooks unwrap");
    for (header, variable) in HEADERS {
        tokens.plain(" \\\n  ").name("--header").plain(" ");
        tokens.string(format!("\"{header}: "));
        tokens.variable(format!("${variable}")).string("\"");
    }
    tokens
        .plain(" \\\n  ")
        .name("--body-file")
        .plain(" event.json\n");
    let mut environment = vec![format!("{}_WEBHOOK_SECRET", config.environment_prefix)];
    environment.extend(HEADERS.map(|(_, variable)| variable.to_owned()));
    let given = media.examples.iter().find_map(|it| it.value.clone());
    let event = given.unwrap_or_else(|| synthesize(api, &media.ty, Direction::Response));
    let name = FILES.identifier(webhook.name.as_str());
    Some(Sample {
        marks: Vec::new(),
        file_name: format!("receive-{name}.sh"),
        tokens: tokens.finish(),
        environment,
        files: vec![("event.json".to_owned(), event.to_json().into_bytes())],
    })
}
