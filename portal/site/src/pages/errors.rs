//! The catalogue of errors of an API: every status, and the operations that answer with it.

use super::error_codes::{self, Code};
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
    media: Vec<String>,
    headers: Vec<HeaderContext>,
    failures: Vec<(&'static str, String)>,
    codes: Vec<CodeContext>,
    count: usize,
    operations: Vec<OperationContext>,
}

#[derive(Serialize)]
struct HeaderContext {
    name: String,
    ty: Html,
    docs: String,
}

#[derive(Serialize)]
struct CodeContext {
    value: String,
    docs: Option<Html>,
}

#[derive(Serialize)]
struct OperationContext {
    method: String,
    title: String,
    href: String,
    /// The link from the Markdown of the page.
    #[serde(skip)]
    twin: String,
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
        let mut codes: BTreeMap<Status, Vec<Code>> = BTreeMap::new();
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
                        media: Vec::new(),
                        headers: Vec::new(),
                        failures: (site.offered(self.api).iter().zip(site.samplers(self.api)))
                            .filter_map(|(package, sampler)| {
                                Some((package.target.title(), sampler.failure(response.status)?))
                            })
                            .collect(),
                        codes: Vec::new(),
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
                    if !entry
                        .media
                        .iter()
                        .any(|known| media.name == *known.as_str())
                    {
                        entry.media.push(media.name.to_string());
                    }
                    let known = codes.entry(response.status).or_default();
                    error_codes::collect(map.api, media, known);
                }
                for header in &response.headers {
                    let name = header.name.as_str();
                    if !entry.headers.iter().any(|known| known.name == name) {
                        let docs = header.docs.headline().unwrap_or_default();
                        entry.headers.push(HeaderContext {
                            name: name.to_owned(),
                            ty: words::html(&site.locale, map, here, &header.ty),
                            docs: markdown::excerpt(&docs, 140),
                        });
                    }
                }
                entry.count += 1;
                entry.operations.push(OperationContext {
                    method: operation.method.as_str().to_owned(),
                    title: operation_title(operation),
                    href: here.page(address),
                    twin: here.twin(address),
                });
            }
        }
        for (status, codes) in codes {
            if let Some(entry) = found.get_mut(&status) {
                let codes = codes.into_iter().map(|code| CodeContext {
                    docs: code.docs.as_deref().map(|docs| site.docs(docs)),
                    value: code.value,
                });
                entry.codes = codes.collect();
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
            status.markdown(site, &mut text);
        }
        let context = Context {
            api: map.api.title.clone(),
            statuses: found.into_values().collect(),
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let map = site.api(self.api).1;
        let mut codes: BTreeMap<Status, Vec<Code>> = BTreeMap::new();
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
                let known = codes.entry(response.status).or_default();
                for media in &response.content {
                    error_codes::collect(map.api, media, known);
                }
            }
        }
        let entry = |(status, summary): (Status, String)| Entry {
            summary,
            names: codes
                .get(&status)
                .map(|codes| codes.iter().map(|code| code.value.clone()).collect())
                .unwrap_or_default(),
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

impl StatusContext {
    fn markdown(&self, site: &Site<'_>, text: &mut String) {
        let mut line = |words: &str, list: Vec<String>| {
            if !list.is_empty() {
                text.push_str(&format!("{words}: {}\n\n", list.join(", ")));
            }
        };
        let types = self.types.iter().map(|ty| twin::strip_tags(ty.as_str()));
        line(site.say("carries"), types.collect());
        let media = self.media.iter().map(|name| format!("`{name}`"));
        line(site.say("media-type"), media.collect());
        let failures = self
            .failures
            .iter()
            .map(|(title, name)| format!("{title} `{name}`"));
        line(site.say("in-sdks"), failures.collect());
        let headers = self
            .headers
            .iter()
            .map(|header| format!("`{}`", header.name));
        line(site.say("headers"), headers.collect());
        for code in &self.codes {
            let docs = code
                .docs
                .as_ref()
                .map(|docs| twin::strip_tags(docs.as_str()));
            let docs = docs.map(|docs| format!(": {}", docs.trim()));
            text.push_str(&format!("- `{}`{}\n", code.value, docs.unwrap_or_default()));
        }
        if !self.codes.is_empty() {
            text.push('\n');
        }
        text.push_str(&site.tell("answered-by", [("count", self.count.into())]));
        text.push_str("\n\n");
        for operation in &self.operations {
            let (title, link) = (&operation.title, &operation.twin);
            text.push_str(&format!("- `{}` [{title}]({link})\n", operation.method));
        }
        text.push('\n');
    }
}
