//! The catalogue of errors of an API: every status, and the operations that answer with it.

use super::operation::reason;
use crate::address::{Address, Here};
use crate::html::Html;
use crate::page::{Area, Content, Page};
use crate::site::{Site, operation_title};
use crate::{markdown, twin, words};
use portolan_model::Status;
use portolan_search::{Entry, Kind};
use serde::Serialize;
use std::collections::BTreeMap;

/// The catalogue of one API.
pub(crate) struct Errors {
    address: Address,
    api: usize,
}

#[derive(Serialize)]
struct Context {
    api: String,
    statuses: Vec<StatusContext>,
}

#[derive(Serialize)]
struct StatusContext {
    anchor: String,
    status: String,
    class: char,
    reason: String,
    descriptions: Vec<Html>,
    types: Vec<Html>,
    count: usize,
    operations: Vec<OperationContext>,
}

#[derive(Serialize)]
struct OperationContext {
    method: String,
    title: String,
    href: String,
}

/// Descriptions that one status shows.
const MOST_DESCRIPTIONS: usize = 4;

impl Errors {
    /// The catalogue of the API at `index`.
    pub(crate) fn new(site: &Site<'_>, index: usize) -> Errors {
        Errors {
            address: site.api(index).1.address.join("errors"),
            api: index,
        }
    }
}

impl Page for Errors {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "errors"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let api = site.api(self.api).0.api;
        (
            site.say("errors").to_owned(),
            site.tell("errors-summary", [("api", api.title.as_str().into())]),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let mut found: BTreeMap<Status, StatusContext> = BTreeMap::new();
        let operations = map
            .resources
            .iter()
            .flat_map(|resource| &resource.operations);
        for (address, operation) in operations {
            for response in operation.responses.iter().filter(|it| it.status.is_error()) {
                let entry = found
                    .entry(response.status)
                    .or_insert_with(|| StatusContext {
                        anchor: format!("error-{}", response.status),
                        status: response.status.to_string(),
                        class: super::samples::class(response),
                        reason: reason(&site.locale, response.status).to_owned(),
                        descriptions: Vec::new(),
                        types: Vec::new(),
                        count: 0,
                        operations: Vec::new(),
                    });
                let description = response.docs.description.as_deref().unwrap_or_default();
                let line = markdown::line(description);
                if !line.is_empty()
                    && entry.descriptions.len() < MOST_DESCRIPTIONS
                    && !entry.descriptions.contains(&line)
                    && !line.as_str().eq_ignore_ascii_case(&entry.reason)
                {
                    entry.descriptions.push(line);
                }
                for media in &response.content {
                    let ty = words::html(&site.locale, map, here, &media.ty);
                    if entry.types.len() < MOST_DESCRIPTIONS && !entry.types.contains(&ty) {
                        entry.types.push(ty);
                    }
                }
                entry.count += 1;
                entry.operations.push(OperationContext {
                    method: operation.method.as_str().to_owned(),
                    title: operation_title(operation),
                    href: here.page(address),
                });
            }
        }
        let mut text = twin::heading(
            1,
            &site.tell("errors-of", [("api", map.api.title.as_str().into())]),
        );
        for status in found.values() {
            text.push_str(&twin::heading(
                2,
                &format!("{} {}", status.status, status.reason),
            ));
            for description in &status.descriptions {
                text.push_str(&format!("{}\n\n", twin::strip_tags(description.as_str())));
            }
            text.push_str(&site.tell("answered-by", [("count", status.count.into())]));
            text.push_str("\n\n");
        }
        let context = Context {
            api: map.api.title.clone(),
            statuses: found.into_values().collect(),
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let map = site.api(self.api).1;
        let mut statuses: BTreeMap<Status, String> = BTreeMap::new();
        for (_, operation) in map
            .resources
            .iter()
            .flat_map(|resource| &resource.operations)
        {
            for response in operation.responses.iter().filter(|it| it.status.is_error()) {
                let description = response.docs.description.as_deref().unwrap_or_default();
                statuses
                    .entry(response.status)
                    .or_insert_with(|| markdown::excerpt(description, 140));
            }
        }
        let entry = |(status, summary): (Status, String)| Entry {
            summary,
            api: map.api.id.to_string(),
            ..Entry::new(
                Kind::Error,
                format!("{}.error.{status}", map.api.id),
                format!("{status} {}", reason(&site.locale, status)),
                format!("{}#error-{status}", self.address.as_str()),
            )
        };
        statuses.into_iter().map(entry).collect()
    }
}
