//! What is special about requests that the API makes: where they go, how to verify them, what they carry.

use super::{At, OperationPage};
use crate::address::Here;
use crate::map::ApiMap;
use crate::page::Crumb;
use crate::pages::samples::{self, Answer, SampleSet};
use crate::site::{Site, operation_title};
use crate::twin;
use portolan_model::{Direction, Operation};
use serde::Serialize;

/// Where an event goes, and how it is signed.
#[derive(Serialize)]
pub(super) struct EventContext {
    /// The name of the webhook, or the expression that gives the address.
    target: String,
    /// The operation that a callback belongs to.
    because: Option<Crumb>,
    /// Whether the packages verify it.
    verified: bool,
    /// The header that carries a signature which packages do not verify.
    signature: Option<String>,
}

impl OperationPage {
    /// What is special about it; `None` for an operation.
    pub(super) fn event(
        &self,
        site: &Site<'_>,
        here: &Here,
        text: &mut String,
    ) -> Option<EventContext> {
        let map = site.api(self.api).1;
        let context = match self.at {
            At::Operation { .. } => return None,
            At::Callback { place } => {
                let at = &map.callbacks[place];
                let title = operation_title(at.operation);
                let link = here.twin(&at.of);
                text.push_str(&format!(
                    "{} [{title}]({link})\n\n",
                    site.say("callback-note")
                ));
                EventContext {
                    target: at.callback.expression.clone(),
                    because: Some(Crumb {
                        title,
                        href: here.page(&at.of),
                    }),
                    verified: false,
                    signature: None,
                }
            }
            At::Webhook { place } => {
                let webhook = map.webhooks[place].1;
                let signature = webhook.foreign_signature();
                text.push_str(&format!("{}\n\n", site.say("event-note")));
                EventContext {
                    target: webhook.name.to_string(),
                    because: None,
                    verified: portolan_targets::is_verifiable(webhook)
                        && !site.samplers(self.api).is_empty(),
                    signature: signature.map(|it| it.name.to_string()),
                }
            }
        };
        let method = self.operation(site).method.as_str();
        text.push_str(&format!("`{method} {}`\n\n", context.target));
        Some(context)
    }

    /// How each package verifies a webhook.
    pub(super) fn verification(&self, site: &Site<'_>, text: &mut String) -> Vec<SampleSet> {
        let At::Webhook { place } = self.at else {
            return Vec::new();
        };
        let map = site.api(self.api).1;
        let webhook = map.webhooks[place].1;
        if let Some(header) = webhook.foreign_signature() {
            let words = site.tell("signed-otherwise", [("name", header.name.as_str().into())]);
            text.push_str(&format!(
                "{}{words}\n\n",
                twin::heading(2, site.say("verify-it"))
            ));
        }
        samples::verifications(site, self.api, webhook, text)
            .into_iter()
            .collect()
    }
}

/// The examples of an event are those of its body.
pub(super) fn examples(
    site: &Site<'_>,
    map: &ApiMap<'_>,
    operation: &Operation,
    text: &mut String,
) -> Vec<Answer> {
    let body = operation.body.as_ref();
    let media = body.and_then(|body| body.content.first());
    let answer =
        media.and_then(|media| samples::bodies(site, map.api, media, Direction::Response, text));
    answer.into_iter().collect()
}
