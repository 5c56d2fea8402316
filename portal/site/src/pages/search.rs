//! The page of search results, and the page of unknown addresses.

use crate::address::{Address, Here};
use crate::page::{Area, Content, Crumb, Page};
use crate::site::Site;
use serde::Serialize;

/// The page of results. Without a script it is an index of the portal.
pub(crate) struct SearchPage {
    address: Address,
}

/// What a host shows for addresses that there are none of.
pub(crate) struct NotFound {
    address: Address,
}

#[derive(Serialize)]
struct Context {
    groups: Vec<Group>,
    names: Vec<Name>,
}

/// What people call a value of a facet: `api-bookshop`, `category-finance`.
#[derive(Serialize)]
struct Name {
    key: String,
    title: String,
}

#[derive(Serialize)]
struct Group {
    title: String,
    href: String,
    links: Vec<Crumb>,
}

#[derive(Serialize)]
struct NotFoundContext {
    home: String,
    apis: Vec<Crumb>,
}

impl SearchPage {
    /// The page.
    pub(crate) fn new() -> SearchPage {
        SearchPage {
            address: Address::home().join("search"),
        }
    }
}

impl NotFound {
    /// The page.
    pub(crate) fn new() -> NotFound {
        NotFound {
            address: Address::home(),
        }
    }
}

impl Page for SearchPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "search"
    }

    fn area(&self) -> Area {
        Area::Home
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        (
            site.say("search").to_owned(),
            site.say("search-summary").to_owned(),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let groups = site.own().map(|(_, _, map)| Group {
            title: map.api.title.clone(),
            href: here.page(&map.address),
            links: map
                .resources
                .iter()
                .map(|resource| Crumb {
                    title: site.resource_title(resource.resource.name.as_str()),
                    href: here.page(&resource.address),
                })
                .collect(),
        });
        let apis = site.current().map(|(_, _, map)| Name {
            key: format!("api-{}", map.api.id),
            title: map.api.title.clone(),
        });
        let categories = site.inputs.catalog.map(|catalog| &catalog.categories);
        let categories = categories.into_iter().flatten().map(|category| Name {
            key: format!("category-{}", category.id),
            title: category.name.clone(),
        });
        let context = Context {
            groups: groups.collect(),
            names: apis.chain(categories).collect(),
        };
        Content::new(context, String::new())
    }
}

impl Page for NotFound {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "not-found"
    }

    fn area(&self) -> Area {
        Area::Home
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        (site.say("not-found").to_owned(), String::new())
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let apis = site.own().map(|(_, _, map)| Crumb {
            title: map.api.title.clone(),
            href: here.page(&map.address),
        });
        let context = NotFoundContext {
            home: here.page(&Address::home()),
            apis: apis.collect(),
        };
        Content::new(context, String::new())
    }
}
