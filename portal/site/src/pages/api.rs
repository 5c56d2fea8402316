//! The overview of an API.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::page::{Area, Content, Crumb, Page};
use crate::site::{Site, operation_title};
use crate::{Document, front_matter, markdown, twin, url};
use portolan_model::Server;
use portolan_search::{Entry, Kind};
use serde::Serialize;

/// The front page of one API.
pub(crate) struct Overview {
    address: Address,
    api: usize,
}

#[derive(Serialize)]
struct Context {
    title: String,
    version: String,
    openapi_version: String,
    docs: Option<Html>,
    servers: Vec<ServerContext>,
    resources: Vec<ResourceContext>,
    webhooks: Vec<Crumb>,
    guides: Vec<GuideContext>,
    sdks: Vec<SdkContext>,
    documents: Vec<Crumb>,
    facts: Vec<Fact>,
}

/// A place where an API answers.
#[derive(Serialize)]
pub(super) struct ServerContext {
    url: String,
    name: Option<String>,
    docs: Option<Html>,
    variables: Vec<VariableContext>,
}

#[derive(Serialize)]
pub(super) struct VariableContext {
    name: String,
    default: String,
    values: Vec<String>,
    docs: Option<Html>,
}

#[derive(Serialize)]
struct ResourceContext {
    /// The heading of a group that begins here.
    group: Option<String>,
    title: String,
    href: String,
    summary: String,
    operations: Vec<OperationContext>,
    more: usize,
}

#[derive(Serialize)]
struct OperationContext {
    title: String,
    href: String,
    method: String,
    deprecated: bool,
}

#[derive(Serialize)]
struct GuideContext {
    title: String,
    summary: String,
    href: String,
}

#[derive(Serialize)]
struct SdkContext {
    title: &'static str,
    name: String,
    version: String,
    href: String,
}

#[derive(Serialize)]
struct Fact {
    words: String,
    text: String,
    href: Option<String>,
}

/// Operations that a resource shows on the overview.
const MOST_OPERATIONS: usize = 6;

impl Overview {
    /// The overview of the API at `index`.
    pub(crate) fn new(site: &Site<'_>, index: usize) -> Overview {
        Overview {
            address: site.api(index).1.address.clone(),
            api: index,
        }
    }
}

impl Page for Overview {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "api"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let api = site.api(self.api).0.api;
        let text = api.docs.headline().unwrap_or_default();
        (api.title.clone(), markdown::excerpt(&text, 160))
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (input, map) = site.api(self.api);
        let api = map.api;
        let mut text = twin::heading(1, &format!("{} {}", api.title, api.version));
        let description = api
            .docs
            .description
            .as_deref()
            .or(api.docs.summary.as_deref());
        if let Some(description) = description {
            text.push_str(&format!("{}\n\n", description.trim()));
        }
        text.push_str(&twin::heading(
            2,
            &site.tell("servers", [("count", api.servers.len().into())]),
        ));
        let servers = api.servers.iter();
        let servers = servers.map(|it| server(site, it, &mut text)).collect();
        for Document { notation, .. } in &input.documents {
            let path = crate::assemble::document_path(map, notation);
            let (words, link) = (site.say("document"), here.file_from_twin(&path));
            text.push_str(&format!(
                "- {words}: [{}]({link})\n",
                notation.to_uppercase()
            ));
        }
        text.push('\n');
        let mut resources = Vec::with_capacity(map.resources.len());
        let groups = map.groups();
        let grouped = groups.iter().flat_map(|(heading, places)| {
            let places = places.iter().enumerate();
            places.map(move |(index, place)| (heading.filter(|_| index == 0), *place))
        });
        for (group, place) in grouped {
            let resource = &map.resources[place];
            let name = site.resource_title(resource.resource.name.as_str());
            text.push_str(&twin::heading(2, &name));
            for (address, operation) in &resource.operations {
                text.push_str(&format!(
                    "- [{}]({}): `{} {}`\n",
                    operation_title(operation),
                    here.twin(address),
                    operation.method.as_str(),
                    operation.path.raw
                ));
            }
            text.push('\n');
            let few = if resource.operations.len() == MOST_OPERATIONS + 1 {
                MOST_OPERATIONS + 1
            } else {
                MOST_OPERATIONS
            };
            let shown = resource.operations.iter().take(few);
            resources.push(ResourceContext {
                group: group.map(str::to_owned),
                title: name,
                href: here.page(&resource.address),
                summary: resource
                    .resource
                    .docs
                    .headline()
                    .map(|it| markdown::excerpt(&it, 140))
                    .unwrap_or_default(),
                operations: shown
                    .map(|(address, operation)| OperationContext {
                        title: operation_title(operation),
                        href: here.page(address),
                        method: operation.method.as_str().to_owned(),
                        deprecated: operation.deprecated,
                    })
                    .collect(),
                more: resource.operations.len().saturating_sub(few),
            });
        }
        let context = Context {
            title: api.title.clone(),
            version: api.version.clone(),
            openapi_version: api.openapi_version.clone(),
            docs: description.map(|text| markdown::render(text, &site.style()).html),
            servers,
            resources,
            webhooks: map
                .webhooks
                .iter()
                .map(|(address, webhook)| Crumb {
                    title: webhook.name.to_string(),
                    href: here.page(address),
                })
                .collect(),
            guides: map
                .guides
                .iter()
                .map(|(address, index)| {
                    let guide = &input.guides[*index];
                    let matter = front_matter::read(&guide.text);
                    GuideContext {
                        title: super::guide::title(guide),
                        summary: matter.summary.unwrap_or_default(),
                        href: here.page(address),
                    }
                })
                .collect(),
            sdks: site
                .offered(self.api)
                .iter()
                .map(|package| SdkContext {
                    title: package.target.title(),
                    name: package.config.published_name(),
                    version: package.config.version.clone(),
                    href: here.page(&map.address.join("sdks").join(package.target.name())),
                })
                .collect(),
            documents: input
                .documents
                .iter()
                .map(|Document { notation, .. }| Crumb {
                    title: notation.to_uppercase(),
                    href: here.file(&crate::assemble::document_path(map, notation)),
                })
                .collect(),
            facts: facts(site, self.api),
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let api = site.api(self.api).0.api;
        let (title, summary) = self.headline(site);
        let description = api.docs.description.as_deref().unwrap_or_default();
        vec![Entry {
            summary,
            api: api.id.to_string(),
            body: markdown::plain(description).chars().take(2000).collect(),
            ..Entry::new(
                Kind::Page,
                format!("{}.overview", api.id),
                title,
                self.address.as_str(),
            )
        }]
    }
}

/// A server, and its Markdown.
pub(super) fn server(site: &Site<'_>, server: &Server, text: &mut String) -> ServerContext {
    let words = |docs: Option<&str>| docs.map(markdown::plain).unwrap_or_default();
    let name = server.name.as_deref().map(|name| format!("{name}: "));
    text.push_str(&format!(
        "- {}`{}` {}\n",
        name.unwrap_or_default(),
        server.url,
        words(server.description.as_deref())
    ));
    let variables = server.variables.iter().map(|variable| {
        text.push_str(&format!(
            "  - `{}` {} `{}`",
            variable.name,
            site.say("default"),
            variable.default
        ));
        if !variable.values.is_empty() {
            let values = variable.values.join("`, `");
            text.push_str(&format!(", {} `{values}`", site.say("one-of-values")));
        }
        text.push_str(&format!(" {}\n", words(variable.description.as_deref())));
        VariableContext {
            name: variable.name.to_string(),
            default: variable.default.clone(),
            values: variable.values.clone(),
            docs: variable.description.as_deref().map(|docs| site.docs(docs)),
        }
    });
    let variables = variables.collect();
    text.push('\n');
    ServerContext {
        url: server.url.clone(),
        name: server.name.clone(),
        docs: server.description.as_deref().map(|docs| site.docs(docs)),
        variables,
    }
}

/// What the document says of its owner. A URL with another scheme than ours is text.
fn facts(site: &Site<'_>, index: usize) -> Vec<Fact> {
    let api = site.api(index).0.api;
    let href = |url: &str| url::safe(url).map(str::to_owned);
    let mut facts = Vec::new();
    if let Some(contact) = &api.contact {
        let words = contact.name.clone().or_else(|| contact.url.clone());
        if let Some(text) = words {
            facts.push(Fact {
                words: site.say("contact").to_owned(),
                text,
                href: contact.url.as_deref().and_then(href),
            });
        }
        if let Some(email) = &contact.email {
            facts.push(Fact {
                words: site.say("e-mail").to_owned(),
                text: email.clone(),
                href: href(&format!("mailto:{email}")),
            });
        }
    }
    if let Some(license) = &api.license {
        facts.push(Fact {
            words: site.say("license").to_owned(),
            text: license.name.clone(),
            href: license.url.as_deref().and_then(href),
        });
    }
    if let Some(terms) = &api.terms_of_service {
        facts.push(Fact {
            words: site.say("terms").to_owned(),
            text: site.say("terms-of-service").to_owned(),
            href: href(terms),
        });
    }
    if let Some(external) = &api.docs.external {
        let words = external.description.as_deref().map(markdown::plain);
        facts.push(Fact {
            words: site.say("more").to_owned(),
            text: words.unwrap_or_else(|| external.url.clone()),
            href: href(&external.url),
        });
    }
    facts
}
