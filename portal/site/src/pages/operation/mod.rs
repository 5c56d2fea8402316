//! An operation's own page; a webhook's is the same, marked as an event.

mod authorization;
mod head;
mod parts;
mod responses;
mod status;

use super::samples::{self, ExampleTab, SampleSet};
use crate::address::{Address, Here};
use crate::html::Html;
use crate::map::ApiMap;
use crate::page::{Area, Badge, Content, Crumb, Page};
use crate::site::{Site, operation_title};
use crate::{markdown, twin};
use authorization::Authorization;
use head::{badges, crumbs, more, neighbours, path};
use parts::{BodyContext, CallbackContext, Group, Part};
use portolan_model::{Direction, MediaType, Operation};
use portolan_search::{Entry, Kind};
use responses::ResponseContext;
use serde::Serialize;

pub(crate) use authorization::scheme_words;
pub(crate) use status::reason;

/// The page of one operation or webhook.
pub(crate) struct OperationPage {
    address: Address,
    api: usize,
    at: At,
}

#[derive(Clone, Copy)]
enum At {
    Operation { resource: usize, place: usize },
    Webhook { place: usize },
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    event: bool,
    method: String,
    server: String,
    path: Html,
    copy: String,
    id: String,
    badges: Vec<Badge>,
    docs: Option<Html>,
    more: Option<Crumb>,
    authorization: Option<Authorization>,
    parameters: Vec<Group>,
    body: Option<BodyContext>,
    responses: Vec<ResponseContext>,
    callbacks: Vec<CallbackContext>,
    samples: Vec<SampleSet>,
    examples: Vec<ExampleTab>,
    previous: Option<Crumb>,
    next: Option<Crumb>,
}

impl OperationPage {
    /// The page of an operation.
    pub(crate) fn new(site: &Site<'_>, api: usize, resource: usize, place: usize) -> OperationPage {
        OperationPage {
            address: site.api(api).1.resources[resource].operations[place]
                .0
                .clone(),
            api,
            at: At::Operation { resource, place },
        }
    }

    /// The page of a webhook.
    pub(crate) fn of_webhook(site: &Site<'_>, api: usize, place: usize) -> OperationPage {
        OperationPage {
            address: site.api(api).1.webhooks[place].0.clone(),
            api,
            at: At::Webhook { place },
        }
    }

    fn operation<'a>(&self, site: &Site<'a>) -> &'a Operation {
        let map = site.api(self.api).1;
        match self.at {
            At::Operation { resource, place } => map.resources[resource].operations[place].1,
            At::Webhook { place } => &map.webhooks[place].1.operation,
        }
    }

    fn title(&self, site: &Site<'_>) -> String {
        let operation = self.operation(site);
        match self.at {
            At::Webhook { place } if operation.docs.headline().is_none() => {
                site.api(self.api).1.webhooks[place].1.name.to_string()
            }
            _ => operation_title(operation),
        }
    }
}

impl Page for OperationPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "operation"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let operation = self.operation(site);
        let text = operation.docs.description.as_deref().unwrap_or_default();
        let description = match self.at {
            At::Operation { .. } => format!(
                "{} {} {}",
                operation.method.as_str(),
                operation.path.raw,
                markdown::excerpt(text, 140)
            ),
            At::Webhook { .. } => markdown::excerpt(text, 160),
        };
        (self.title(site), description.trim().to_owned())
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let operation = self.operation(site);
        let title = self.title(site);
        let event = matches!(self.at, At::Webhook { .. });
        // A webhook travels the other way: its body comes to the reader.
        let sent = if event {
            Direction::Response
        } else {
            Direction::Request
        };
        let mut text = twin::heading(1, &title);
        let server = head::server(map, operation);
        if event {
            text.push_str(site.say("event-note"));
            text.push_str("\n\n");
        } else {
            text.push_str(&format!(
                "`{} {server}{}`\n\n",
                operation.method.as_str(),
                operation.path.raw
            ));
        }
        let description = operation
            .docs
            .description
            .as_deref()
            .filter(|it| !it.trim().is_empty());
        if let Some(description) = description {
            text.push_str(description.trim());
            text.push_str("\n\n");
        }
        let mut part = Part { site, map, here };
        let parameters = part.parameters(operation, &mut text);
        let body = part.body(operation, sent, &mut text);
        let responses = part.responses(operation, &mut text);
        let callbacks = part.callbacks(operation);
        let samples = if event {
            Vec::new()
        } else {
            text.push_str(&twin::heading(2, site.say("samples")));
            samples::samples(site, self.api, operation, &mut text)
        };
        let mut examples = samples::responses(site, map.api, operation);
        if event {
            examples = event_example(site, map, operation);
        }
        let (previous, next) = neighbours(map, self.at, here);
        let context = Context {
            crumbs: crumbs(site, map, self.at, here),
            event,
            method: operation.method.as_str().to_owned(),
            path: path(operation),
            copy: format!("{server}{}", operation.path.raw),
            server,
            id: operation.id.to_string(),
            badges: badges(site, operation, event),
            docs: description.map(|text| markdown::render(text, &site.style()).html),
            more: more(site, operation),
            authorization: (!event).then(|| part.authorization(&operation.security)),
            parameters,
            body,
            responses,
            callbacks,
            samples,
            examples,
            previous,
            next,
            title,
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let (_, map) = site.api(self.api);
        let operation = self.operation(site);
        let kind = match self.at {
            At::Operation { .. } => Kind::Operation,
            At::Webhook { .. } => Kind::Webhook,
        };
        let id = match self.at {
            At::Operation { .. } => format!("{}.{}", map.api.id, operation.id),
            At::Webhook { place } => {
                format!("{}.webhook.{}", map.api.id, map.webhooks[place].1.name)
            }
        };
        let event = kind == Kind::Webhook;
        let mut names: Vec<String> = operation
            .parameters
            .iter()
            .map(|it| it.name.to_string())
            .collect();
        let body = operation
            .body
            .as_ref()
            .and_then(|body| body.content.first());
        names.extend(fields(map, body));
        let answer = operation
            .success()
            .and_then(|response| response.content.first());
        let description = operation.docs.description.as_deref().unwrap_or_default();
        vec![Entry {
            summary: markdown::excerpt(description, 160),
            api: map.api.id.to_string(),
            operation_id: if event {
                String::new()
            } else {
                operation.id.to_string()
            },
            method: if event {
                String::new()
            } else {
                operation.method.as_str().to_owned()
            },
            path: if event {
                String::new()
            } else {
                operation.path.raw.clone()
            },
            names,
            tags: operation.tags.iter().map(ToString::to_string).collect(),
            body: markdown::plain(description).chars().take(1200).collect(),
            response_fields: fields(map, answer),
            deprecated: operation.deprecated,
            ..Entry::new(kind, id, self.title(site), self.address.as_str())
        }]
    }
}

/// The names of a body's members, and of the items of its lists, one level each.
fn fields(map: &ApiMap<'_>, media: Option<&MediaType>) -> Vec<String> {
    let names = media
        .and_then(|media| media.properties(map.api))
        .unwrap_or_default();
    names
        .iter()
        .take(60)
        .map(|property| property.name.to_string())
        .collect()
}

/// The example of an event is its body.
fn event_example(site: &Site<'_>, map: &ApiMap<'_>, operation: &Operation) -> Vec<ExampleTab> {
    let media = operation
        .body
        .as_ref()
        .and_then(|body| body.content.first());
    let tabs = media.and_then(|media| {
        Some(ExampleTab {
            status: site.say("payload").to_owned(),
            class: 'd',
            title: String::new(),
            media: media.name.to_string(),
            code: Some(samples::body(map.api, media, Direction::Response)?),
            note: String::new(),
        })
    });
    tabs.into_iter().collect()
}
