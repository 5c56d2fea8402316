//! An operation's own page; that of a webhook or a callback is the same, marked as an event.

mod authorization;
mod encodings;
mod event;
mod head;
mod parts;
mod responses;
mod status;
mod try_it;

use super::api::ServerContext;
use super::samples::{self, Answer, SampleSet};
use crate::address::{Address, Here};
use crate::html::Html;
use crate::map::ApiMap;
use crate::memory::Reads;
use crate::page::{Area, Badge, Content, Crumb, Page};
use crate::site::{Site, operation_title};
use crate::{console, findable, markdown, twin};
use authorization::Authorization;
use event::EventContext;
use head::{badges, crumbs, more, neighbours, path};
use parts::{BodyContext, CallbackContext, Group, Part};
use portolan_model::{Direction, MediaType, Operation};
use portolan_search::{Entry, Kind};
use responses::ResponseContext;
use serde::Serialize;
use try_it::Console;

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
    Callback { place: usize },
}

impl At {
    /// Whether the request is made by the API, not to it.
    fn is_event(self) -> bool {
        !matches!(self, At::Operation { .. })
    }
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    event: Option<EventContext>,
    method: String,
    server: String,
    path: Html,
    copy: String,
    id: String,
    badges: Vec<Badge>,
    docs: Option<Html>,
    more: Option<Crumb>,
    instead: Option<Crumb>,
    servers: Vec<ServerContext>,
    authorization: Option<Authorization>,
    parameters: Vec<Group>,
    body: Option<BodyContext>,
    responses: Vec<ResponseContext>,
    callbacks: Vec<CallbackContext>,
    samples: Vec<SampleSet>,
    answers: Vec<Answer>,
    previous: Option<Crumb>,
    next: Option<Crumb>,
    console: Option<Console>,
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

    /// The page of a callback.
    pub(crate) fn of_callback(site: &Site<'_>, api: usize, place: usize) -> OperationPage {
        OperationPage {
            address: site.api(api).1.callbacks[place].address.clone(),
            api,
            at: At::Callback { place },
        }
    }

    fn operation<'a>(&self, site: &Site<'a>) -> &'a Operation {
        let map = site.api(self.api).1;
        match self.at {
            At::Operation { resource, place } => map.resources[resource].operations[place].1,
            At::Webhook { place } => &map.webhooks[place].1.operation,
            At::Callback { place } => &map.callbacks[place].callback.operation,
        }
    }

    fn title(&self, site: &Site<'_>) -> String {
        let operation = self.operation(site);
        match self.event_name(site) {
            Some(name) if operation.docs.headline().is_none() => name.to_owned(),
            _ => operation_title(operation),
        }
    }

    /// The name of a webhook or a callback.
    fn event_name<'a>(&self, site: &Site<'a>) -> Option<&'a str> {
        let map = site.api(self.api).1;
        match self.at {
            At::Operation { .. } => None,
            At::Webhook { place } => Some(map.webhooks[place].1.name.as_str()),
            At::Callback { place } => Some(map.callbacks[place].callback.name.as_str()),
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

    fn printed_in(&self) -> Option<(usize, usize, usize)> {
        match self.at {
            At::Operation { resource, place } => Some((self.api, resource, place)),
            At::Webhook { .. } | At::Callback { .. } => None,
        }
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
            At::Webhook { .. } | At::Callback { .. } => markdown::excerpt(text, 160),
        };
        (self.title(site), description.trim().to_owned())
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let operation = self.operation(site);
        let title = self.title(site);
        let is_event = self.at.is_event();
        // An event travels the other way: its body comes to the reader.
        let sent = if is_event {
            Direction::Response
        } else {
            Direction::Request
        };
        let mut text = twin::heading(1, &title);
        let server = head::server(map, operation);
        let event = self.event(site, here, &mut text);
        if !is_event {
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
        let instead = head::instead(site, map, operation, here, &mut text);
        let servers = head::servers(site, operation, &mut text);
        let mut part = Part { site, map, here };
        let authorization = (!is_event).then(|| part.authorization(&operation.security, &mut text));
        let parameters = part.parameters(operation, &mut text);
        let body = part.body(operation, sent, &mut text);
        let responses = part.responses(operation, is_event, &mut text);
        let callbacks = part.callbacks(&self.address, &mut text);
        let mut console = None;
        let (samples, answers) = if is_event {
            let verification = self.verification(site, &mut text);
            (
                verification,
                event::examples(site, map, operation, &mut text),
            )
        } else {
            let mut code = String::new();
            let calls = operation.calls(map.api);
            let (samples, live) = samples::samples(site, self.api, operation, &calls, &mut code);
            console = self.console(site, here, &calls, &title, &live);
            if !samples.is_empty() {
                text.push_str(&twin::heading(2, site.say("samples")));
                text.push_str(&code);
            }
            let answers = samples::responses(site, map.api, operation, &mut text);
            (samples, answers)
        };
        let (console, files) = console.unzip();
        let (previous, next) = neighbours(map, self.at, here);
        let context = Context {
            crumbs: crumbs(site, map, self.at, here),
            event,
            method: operation.method.as_str().to_owned(),
            path: path(operation),
            copy: format!("{server}{}", operation.path.raw),
            server,
            id: operation.id.to_string(),
            badges: badges(site, self.api, operation, is_event),
            docs: description.map(|text| markdown::render(text, &site.style()).html),
            more: more(site, operation),
            instead,
            servers,
            authorization,
            parameters,
            body,
            responses,
            callbacks,
            samples,
            answers,
            previous,
            next,
            title,
            console,
        };
        Content {
            files: files.into_iter().collect(),
            ..Content::new(context, text)
        }
    }

    fn reads(&self, site: &Site<'_>, reads: &mut Reads<'_>) -> bool {
        let map = site.api(self.api).1;
        let here = Here::at(&self.address);
        let operation = self.operation(site);
        reads.api(self.api).operation(operation);
        match self.at {
            At::Operation { .. } => {}
            At::Webhook { place } => {
                reads.part(map.webhooks[place].1);
            }
            At::Callback { place } => {
                reads.part(map.callbacks[place].callback);
            }
        }
        let callbacks = map.callbacks_of(&self.address).iter();
        let callbacks = callbacks.map(|it| it.address.as_str()).collect::<Vec<_>>();
        let links = operation.responses.iter().flat_map(|it| &it.links);
        let links = links.filter_map(|link| link.operation.as_ref());
        let named = links.chain(&operation.lifecycle.replaced_by);
        let named = named.map(|id| {
            let (address, other) = map.operation(id.as_str())?;
            Some((address.as_str(), operation_title(other)))
        });
        reads
            .data(&callbacks)
            .data(&named.collect::<Vec<_>>())
            .data(&neighbours(map, self.at, &here))
            .data(&crumbs(site, map, self.at, &here))
            .data(&badges(site, self.api, operation, self.at.is_event()));
        true
    }

    fn connects(&self, site: &Site<'_>) -> Vec<String> {
        let api = site.api(self.api).1.api;
        match self.at {
            At::Operation { .. } if site.assets.console.is_some() => {
                console::sources(site.inputs, api, self.operation(site))
            }
            _ => Vec::new(),
        }
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let (_, map) = site.api(self.api);
        let operation = self.operation(site);
        let event = self.event_name(site);
        let kind = match event {
            None => Kind::Operation,
            Some(_) => Kind::Webhook,
        };
        let id = match self.at {
            At::Operation { .. } if map.current.is_some() => {
                format!("{}.old.{}", map.api.id, self.address.as_str())
            }
            At::Operation { .. } => format!("{}.{}", map.api.id, operation.id),
            // One webhook may be several requests; each has an address of its own.
            At::Webhook { .. } => {
                let address = self.address.as_str().trim_end_matches('/');
                let slug = address.rsplit('/').next().unwrap_or(address);
                format!("{}.webhook.{slug}", map.api.id)
            }
            At::Callback { .. } => format!("{}.callback.{}", map.api.id, self.address.as_str()),
        };
        let event = event.is_some();
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
        let page = Entry {
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
            authentication: if event {
                Vec::new()
            } else {
                findable::authentication(map.api, operation)
            },
            deprecated: operation.deprecated,
            ..Entry::new(kind, id, self.title(site), self.address.as_str())
        };
        let call = match event {
            true => None,
            false => findable::sdk_call(site, self.api, &self.address, operation),
        };
        std::iter::once(page).chain(call).collect()
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
