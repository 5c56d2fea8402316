//! What stands above and below an operation: its address, short facts, and the way on.

use super::At;
use crate::address::Here;
use crate::html::{Html, escape};
use crate::map::ApiMap;
use crate::markdown;
use crate::page::{Badge, Crumb};
use crate::pages::api::{self, ServerContext};
use crate::site::{Site, operation_title};
use crate::twin;
use crate::versions::Mark;
use portolan_model::{Operation, PathPart, Server};

/// The server that a request goes to, without a final slash; empty when the document gives no whole URL.
pub(crate) fn server(map: &ApiMap<'_>, operation: &Operation) -> String {
    let server = operation.servers.first().or(map.api.servers.first());
    let url = server
        .map(portolan_model::Server::default_url)
        .unwrap_or_default();
    if url.contains("://") {
        url.trim_end_matches('/').to_owned()
    } else {
        String::new()
    }
}

pub(super) fn path(operation: &Operation) -> Html {
    let mut html = String::new();
    for part in &operation.path.parts {
        match part {
            // A long path breaks before a slash.
            PathPart::Literal(text) => {
                for (index, stretch) in text.split('/').enumerate() {
                    html.push_str(if index > 0 { "<wbr>/" } else { "" });
                    escape(stretch, &mut html);
                }
            }
            PathPart::Parameter(name) => {
                html.push_str("<i>{");
                escape(name.as_str(), &mut html);
                html.push_str("}</i>");
            }
        }
    }
    Html::new(html)
}

pub(super) fn badges(
    site: &Site<'_>,
    api: usize,
    operation: &Operation,
    event: bool,
) -> Vec<Badge> {
    let mut badges = Vec::new();
    let mut add = |text: String, tone| badges.push(Badge { text, tone });
    if event {
        add(site.say("event").to_owned(), "accent");
    }
    let id = operation.id.as_str();
    if operation.deprecated {
        let since = site.versions.deprecated_since(api, id).filter(|_| !event);
        let words = match since {
            Some(version) => site.tell("deprecated-since", [("version", version.into())]),
            None => site.say("deprecated").to_owned(),
        };
        add(words, "warning");
    }
    let version = site.api(api).0.version_name();
    match site.versions.mark(api, id).filter(|_| !event) {
        Some(Mark::New) => add(site.tell("new-in", [("version", version.into())]), "good"),
        Some(Mark::Changed) => add(site.tell("changed-in", [("version", version.into())]), ""),
        None => {}
    }
    if operation.lifecycle.beta {
        add(site.say("beta").to_owned(), "accent");
    }
    if let Some(date) = &operation.lifecycle.sunset {
        add(
            site.tell("ends-on", [("date", date.as_str().into())]),
            "danger",
        );
    }
    if operation.pagination.is_some() {
        add(site.say("pages").to_owned(), "");
    }
    if operation.idempotency.is_some() {
        add(site.say("idempotency-key").to_owned(), "");
    }
    badges
}

pub(super) fn more(site: &Site<'_>, operation: &Operation) -> Option<Crumb> {
    let external = operation.docs.external.as_ref()?;
    let words = external.description.as_deref().map(markdown::plain);
    Some(Crumb {
        href: crate::url::safe(&external.url)?.to_owned(),
        title: words
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| site.say("more-about-this").to_owned()),
    })
}

pub(super) fn crumbs(site: &Site<'_>, map: &ApiMap<'_>, at: At, here: &Here) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb {
        title: map.api.title.clone(),
        href: here.page(&map.address),
    }];
    let resource = match at {
        At::Operation { resource, .. } => Some(&map.resources[resource]),
        At::Webhook { .. } => None,
        At::Callback { place } => {
            let of = map.callbacks[place].of.as_str();
            map.resources
                .iter()
                .rfind(|it| of.starts_with(it.address.as_str()))
        }
    };
    if let Some(resource) = resource {
        crumbs.push(Crumb {
            title: site.resource_title(resource.resource.name.as_str()),
            href: here.page(&resource.address),
        });
    }
    if let At::Callback { place } = at {
        let at = &map.callbacks[place];
        crumbs.push(Crumb {
            title: operation_title(at.operation),
            href: here.page(&at.of),
        });
    }
    crumbs
}

pub(super) fn neighbours(map: &ApiMap<'_>, at: At, here: &Here) -> (Option<Crumb>, Option<Crumb>) {
    let At::Operation { resource, place } = at else {
        return (None, None);
    };
    let operations = &map.resources[resource].operations;
    let link = |place: Option<usize>| {
        let (address, operation) = operations.get(place?)?;
        Some(Crumb {
            title: operation_title(operation),
            href: here.page(address),
        })
    };
    (link(place.checked_sub(1)), link(Some(place + 1)))
}

/// The operation that takes the place of this one.
pub(super) fn instead(
    site: &Site<'_>,
    map: &ApiMap<'_>,
    operation: &Operation,
    here: &Here,
    text: &mut String,
) -> Option<Crumb> {
    let id = operation.lifecycle.replaced_by.as_ref()?;
    let (address, other) = map.operation(id.as_str())?;
    let title = operation_title(other);
    let words = site.say("use-instead");
    text.push_str(&format!("{words} [{title}]({})\n\n", here.twin(address)));
    Some(Crumb {
        title,
        href: here.page(address),
    })
}

/// Servers of its own, unless the one that stands in its address says all.
pub(super) fn servers(
    site: &Site<'_>,
    operation: &Operation,
    text: &mut String,
) -> Vec<ServerContext> {
    let says_all = |server: &Server| server.variables.is_empty() && server.description.is_none();
    if operation.servers.len() < 2 && operation.servers.iter().all(says_all) {
        return Vec::new();
    }
    let count = operation.servers.len();
    let title = site.tell("servers", [("count", count.into())]);
    text.push_str(&twin::heading(2, &title));
    let servers = operation.servers.iter();
    servers.map(|it| api::server(site, it, text)).collect()
}
