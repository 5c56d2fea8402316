//! Requests that the API makes: their payload is received, and what is answered is sent.

use super::Comparison;
use super::types::Text;
use crate::place::At;
use crate::{Rule, Subject};
use portolan_model::{Callback, Direction, Operation, Parameter};
use portolan_source::Span;

impl Comparison<'_> {
    /// Webhooks are known by their name.
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (self.old, self.new);
        for webhook in &new.webhooks {
            self.subject = Subject::Webhook {
                name: webhook.name.clone(),
            };
            match old
                .webhooks
                .iter()
                .find(|before| before.name == webhook.name)
            {
                None => {
                    let at = At::subject(Span::default(), webhook.operation.span);
                    self.tell(Rule::WebhookAdded, &at, None, None);
                }
                Some(before) => {
                    let at = At::subject(before.operation.span, webhook.operation.span);
                    self.event(&before.operation, &webhook.operation, &at);
                }
            }
        }
        for webhook in &old.webhooks {
            if new.webhooks.iter().all(|after| after.name != webhook.name) {
                self.subject = Subject::Webhook {
                    name: webhook.name.clone(),
                };
                let at = At::subject(webhook.operation.span, Span::default());
                self.tell(Rule::WebhookRemoved, &at, None, None);
            }
        }
    }

    /// Callbacks are known by name and expression.
    pub(super) fn callbacks(&mut self, old: &[Callback], new: &[Callback], at: &At<'_>) {
        let at = at.part("callbacks");
        let same = |one: &Callback, other: &Callback| {
            one.name == other.name
                && one.expression == other.expression
                && one.operation.method == other.operation.method
        };
        for callback in new {
            let place = at.part(callback.name.as_str());
            match old.iter().find(|before| same(before, callback)) {
                None => self.tell(
                    Rule::CallbackAdded,
                    &place.spans(at.old, callback.operation.span),
                    None,
                    None,
                ),
                Some(before) => {
                    let place = place.spans(before.operation.span, callback.operation.span);
                    self.event(&before.operation, &callback.operation, &place);
                }
            }
        }
        for callback in old
            .iter()
            .filter(|before| !new.iter().any(|after| same(before, after)))
        {
            let place = at.part(callback.name.as_str());
            self.tell(
                Rule::CallbackRemoved,
                &place.spans(callback.operation.span, at.new),
                None,
                None,
            );
        }
    }

    fn event(&mut self, old: &Operation, new: &Operation, at: &At<'_>) {
        if old.method != new.method {
            let (from, to) = (
                old.method.as_str().to_owned(),
                new.method.as_str().to_owned(),
            );
            self.tell(Rule::EventMethodChanged, at, Some(from), Some(to));
        }
        self.mark(
            old.deprecated,
            new.deprecated,
            Rule::OperationDeprecated,
            Rule::OperationReactivated,
            at,
        );
        self.docs(&old.docs, &new.docs, at);
        self.event_parameters(&old.parameters, &new.parameters, at);
        let payload = at.part("payload");
        match (&old.body, &new.body) {
            (None, None) => {}
            (None, Some(body)) => {
                self.tell(
                    Rule::PayloadAdded,
                    &payload.spans(old.span, body.span),
                    None,
                    None,
                );
            }
            (Some(body), None) => {
                self.tell(
                    Rule::PayloadRemoved,
                    &payload.spans(body.span, new.span),
                    None,
                    None,
                );
            }
            (Some(before), Some(after)) => {
                let payload = payload.spans(before.span, after.span);
                match (before.required, after.required) {
                    (true, false) => self.tell(Rule::PayloadBecameOptional, &payload, None, None),
                    (false, true) => self.tell(Rule::PayloadBecameRequired, &payload, None, None),
                    _ => {}
                }
                self.docs(&before.docs, &after.docs, &payload);
                self.contents(
                    &before.content,
                    &after.content,
                    Direction::Response,
                    &payload,
                );
            }
        }
        let answers = at.part("answer");
        self.responses(&old.responses, &new.responses, Direction::Request, &answers);
    }

    /// What comes along with an event, as headers come with a response.
    fn event_parameters(&mut self, old: &[Parameter], new: &[Parameter], at: &At<'_>) {
        let same = |one: &Parameter, other: &Parameter| {
            one.location == other.location
                && one.name.as_str().eq_ignore_ascii_case(other.name.as_str())
        };
        let at = at.part("headers");
        for parameter in new {
            let at = at.part(parameter.name.as_str());
            let Some(before) = old.iter().find(|before| same(before, parameter)) else {
                self.tell(
                    Rule::ResponseHeaderAdded,
                    &at.spans(at.old, parameter.span),
                    None,
                    None,
                );
                continue;
            };
            let at = at.spans(before.span, parameter.span);
            match (before.required, parameter.required) {
                (true, false) => self.tell(Rule::ResponseHeaderBecameOptional, &at, None, None),
                (false, true) => self.tell(Rule::ResponseHeaderBecameRequired, &at, None, None),
                _ => {}
            }
            self.text_types(
                &before.ty,
                &parameter.ty,
                Direction::Response,
                Text::Yes,
                &at,
            );
        }
        for parameter in old
            .iter()
            .filter(|before| !new.iter().any(|after| same(before, after)))
        {
            let rule = match parameter.required {
                true => Rule::ResponseRequiredHeaderRemoved,
                false => Rule::ResponseOptionalHeaderRemoved,
            };
            let at = at
                .part(parameter.name.as_str())
                .spans(parameter.span, at.new);
            self.tell(rule, &at, None, None);
        }
    }
}
