//! A resource: its operations in short.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::page::{Area, Content, Crumb, Page};
use crate::site::{Site, operation_title};
use crate::{markdown, twin};
use portolan_search::{Entry, Kind};
use serde::Serialize;

/// The page of one resource.
pub(crate) struct ResourcePage {
    address: Address,
    api: usize,
    at: usize,
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    docs: Option<Html>,
    operations: Vec<OperationContext>,
    children: Vec<Crumb>,
    print: Option<String>,
}

#[derive(Serialize)]
struct OperationContext {
    title: String,
    href: String,
    method: String,
    path: String,
    deprecated: bool,
    signatures: Vec<(&'static str, String)>,
    summary: String,
}

impl ResourcePage {
    /// The page of the resource at `at`.
    pub(crate) fn new(site: &Site<'_>, api: usize, at: usize) -> ResourcePage {
        ResourcePage {
            address: site.api(api).1.resources[at].address.clone(),
            api,
            at,
        }
    }

    fn title(&self, site: &Site<'_>) -> String {
        site.resource_title(
            site.api(self.api).1.resources[self.at]
                .resource
                .name
                .as_str(),
        )
    }
}

impl Page for ResourcePage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "resource"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let resource = site.api(self.api).1.resources[self.at].resource;
        let words = resource.docs.headline().unwrap_or_default();
        (self.title(site), markdown::excerpt(&words, 160))
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (input, map) = site.api(self.api);
        let resource = &map.resources[self.at];
        let title = self.title(site);
        let mut text = twin::heading(1, &title);
        let description = resource.resource.docs.description.as_deref();
        if let Some(description) = description {
            text.push_str(&format!("{}\n\n", description.trim()));
        }
        let operations = resource.operations.iter().map(|(address, operation)| {
            let name = operation_title(operation);
            let method = operation.method.as_str();
            let path = &operation.path.raw;
            text.push_str(&format!(
                "- [{name}]({}): `{method} {path}`\n",
                here.twin(address)
            ));
            let call = portolan_model::Call::first(map.api, operation);
            let samplers = input.packages.iter().zip(site.samplers(self.api));
            OperationContext {
                title: name,
                href: here.page(address),
                method: method.to_owned(),
                path: path.clone(),
                deprecated: operation.deprecated,
                signatures: samplers
                    .map(|(package, sampler)| (package.target.title(), sampler.signature(&call)))
                    .collect(),
                summary: markdown::excerpt(
                    operation.docs.description.as_deref().unwrap_or_default(),
                    180,
                ),
            }
        });
        let context = Context {
            operations: operations.collect(),
            crumbs: vec![Crumb {
                title: map.api.title.clone(),
                href: here.page(&map.address),
            }],
            docs: description.map(|docs| site.docs(docs)),
            children: map
                .resources
                .iter()
                .filter(|it| {
                    it.depth == resource.depth + 1
                        && it.address.as_str().starts_with(self.address.as_str())
                })
                .map(|child| Crumb {
                    title: site.resource_title(child.resource.name.as_str()),
                    href: here.page(&child.address),
                })
                .collect(),
            print: (!resource.operations.is_empty())
                .then(|| here.page(&super::print::address(&self.address))),
            title,
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let api = site.api(self.api).0.api;
        let (title, summary) = self.headline(site);
        vec![Entry {
            summary,
            api: api.id.to_string(),
            ..Entry::new(
                Kind::Page,
                format!("{}.resource.{}", api.id, self.address.as_str()),
                title,
                self.address.as_str(),
            )
        }]
    }
}
