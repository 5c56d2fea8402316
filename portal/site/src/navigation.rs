//! The list at the left of an API's pages: only the current resource is opened, so that a page of an API with a thousand
//! operations is as light as one with ten.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::pages::guide;
use crate::site::{Site, operation_title};
use serde::Serialize;
use std::ops::Range;

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Navigation {
    /// The title of the API, or of the guides.
    pub(crate) title: String,
    /// Where the title leads.
    pub(crate) href: String,
    /// The version of the API.
    pub(crate) version: String,
    /// The parts of the list.
    pub(crate) sections: Vec<Section>,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Section {
    /// Words above it; empty for none.
    pub(crate) heading: String,
    /// Its links.
    pub(crate) items: Vec<Item>,
}

/// A link of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub(crate) struct Item {
    /// Its words.
    pub(crate) title: String,
    /// Where it leads.
    pub(crate) href: String,
    /// Its page, which may be the one that shows the list.
    #[serde(skip)]
    pub(crate) address: Option<Address>,
    /// Says of the link to this page that it is that.
    pub(crate) mark: Html,
    /// Whether this page is inside it.
    pub(crate) open: bool,
    /// How many things are there.
    pub(crate) count: Option<usize>,
    /// The method of an operation.
    pub(crate) method: Option<String>,
    /// Whether one should rather not use it.
    pub(crate) deprecated: bool,
    /// What is inside, when it is opened.
    pub(crate) items: Vec<Item>,
}

impl Navigation {
    /// Each link of the list.
    pub(crate) fn each(&mut self, visit: &mut impl FnMut(&mut Item)) {
        let sections = self.sections.iter_mut();
        for item in sections.flat_map(|section| &mut section.items) {
            visit(item);
            item.items.iter_mut().for_each(&mut *visit);
        }
    }
}

/// How many types are listed one by one.
const MOST_TYPES: usize = 400;

/// How many operations of the opened resource are listed: those around the current one.
const MOST_OPERATIONS: usize = 120;

/// How many webhooks are listed one by one on pages that are about something else.
const MOST_WEBHOOKS: usize = 20;

/// What tells the list of a page from those of other pages, where others have the same: the pages of a resource's operations,
/// of webhooks and of types, below which the list has no other page.
pub(crate) fn shared(site: &Site<'_>, index: usize, current: &Address) -> Option<String> {
    let (_, map) = site.api(index);
    // Other versions are linked to at the same page.
    if site.versions.all(index).len() > 1 {
        return None;
    }
    let folder = current.parent()?;
    let types = map.address.join("types");
    let is_webhook = || map.webhooks.iter().any(|(address, _)| address == current);
    if folder == types.as_str() || is_webhook() {
        return Some(folder.to_owned());
    }
    let mut resources = map.resources.iter();
    let resource = resources.find(|resource| resource.address.as_str() == folder)?;
    let all = &resource.operations;
    let at = all.iter().position(|(address, _)| address == current)?;
    Some(format!("{folder} {}", around(at, all.len()).start))
}

/// The list for a page of the API at `index`.
pub(crate) fn of_api(site: &Site<'_>, index: usize, here: &Here, current: &Address) -> Navigation {
    let (input, map) = site.api(index);
    let link = |title: &str, address: &Address| Item {
        title: title.to_owned(),
        href: here.page(address),
        address: Some(address.clone()),
        ..Item::default()
    };
    let mut first = vec![link(site.say("overview"), &map.address)];
    first.push(link(
        site.say("authentication"),
        &map.address.join("authentication"),
    ));
    first.push(link(site.say("errors"), &map.address.join("errors")));
    if input.version.previous.is_some() {
        first.push(link(site.say("what-changed"), &map.address.join("changes")));
    }
    let sdks = map.address.join("sdks");
    let mut sections = vec![Section {
        heading: String::new(),
        items: first,
    }];
    if !map.guides.is_empty() {
        let guides = map
            .guides
            .iter()
            .map(|(address, index)| link(&guide::title(&input.guides[*index]), address));
        sections.push(Section {
            heading: site.say("guides").to_owned(),
            items: guides.collect(),
        });
    }
    if !site.offered(index).is_empty() {
        let packages = site
            .offered(index)
            .iter()
            .map(|package| link(package.target.title(), &sdks.join(package.target.name())));
        sections.push(Section {
            heading: site.say("sdks").to_owned(),
            items: packages.collect(),
        });
    }
    let mut items: Vec<Option<Item>> = resources(site, index, here, current)
        .into_iter()
        .map(Some)
        .collect();
    for (heading, places) in map.groups() {
        let items = places.into_iter().filter_map(|place| items[place].take());
        sections.push(Section {
            heading: heading.unwrap_or(site.say("operations")).to_owned(),
            items: items.collect(),
        });
    }
    if !map.webhooks.is_empty() {
        let inside = map.webhooks.iter().any(|(address, _)| address == current);
        let items = if inside || map.webhooks.len() <= MOST_WEBHOOKS {
            let webhooks = map.webhooks.iter();
            webhooks
                .map(|(address, webhook)| link(webhook.name.as_str(), address))
                .collect()
        } else {
            vec![Item {
                title: site.say("all-webhooks").to_owned(),
                href: format!("{}#webhooks", here.page(&map.address)),
                count: Some(map.webhooks.len()),
                ..Item::default()
            }]
        };
        sections.push(Section {
            heading: site.say("webhooks").to_owned(),
            items,
        });
    }
    let types = map.address.join("types");
    let count = map.type_pages().count();
    if count > 0 {
        let open = current.as_str().starts_with(types.as_str());
        let mut all = link(site.say("all-types"), &types);
        all.count = Some(count);
        if open && count <= MOST_TYPES {
            all.open = true;
            let types = map.type_pages();
            all.items = types
                .map(|(address, id)| link(map.api.type_def(id).name.as_str(), address))
                .collect();
        }
        sections.push(Section {
            heading: site.say("types").to_owned(),
            items: vec![all],
        });
    }
    Navigation {
        title: map.api.title.clone(),
        href: here.page(&map.address),
        version: input.version_name().to_owned(),
        sections,
    }
}

fn resources(site: &Site<'_>, index: usize, here: &Here, current: &Address) -> Vec<Item> {
    let (_, map) = site.api(index);
    let mut items = Vec::with_capacity(map.resources.len());
    for resource in &map.resources {
        let open = current.as_str().starts_with(resource.address.as_str());
        let all = &resource.operations;
        let shown = if open {
            let at = all.iter().position(|(address, _)| address == current);
            around(at.unwrap_or(0), all.len())
        } else {
            0..0
        };
        let mut links: Vec<Item> = all[shown.clone()]
            .iter()
            .map(|(address, operation)| Item {
                title: operation_title(operation),
                href: here.page(address),
                address: Some(address.clone()),
                method: Some(operation.method.as_str().to_owned()),
                deprecated: operation.deprecated,
                ..Item::default()
            })
            .collect();
        if open && shown.len() < all.len() {
            links.push(Item {
                title: site.tell("all-operations", [("count", all.len().into())]),
                href: here.page(&resource.address),
                ..Item::default()
            });
        }
        items.push(Item {
            title: site.resource_title(resource.resource.name.as_str()),
            href: here.page(&resource.address),
            address: Some(resource.address.clone()),
            open,
            count: (!open && !resource.operations.is_empty()).then_some(resource.operations.len()),
            items: links,
            ..Item::default()
        });
    }
    items
}

/// The places that are listed of `count`: as many as a page can bear, around the one at `at`.
fn around(at: usize, count: usize) -> Range<usize> {
    let start = at.saturating_sub(MOST_OPERATIONS / 2);
    let start = start.min(count.saturating_sub(MOST_OPERATIONS));
    start..count.min(start + MOST_OPERATIONS)
}

/// The list for the portal's own guides.
pub(crate) fn of_guides(site: &Site<'_>, here: &Here) -> Navigation {
    let guides = site.map.guides.iter().map(|(address, index)| {
        let guide = &site.inputs.guides[*index];
        Item {
            title: guide::title(guide),
            href: here.page(address),
            address: Some(address.clone()),
            ..Item::default()
        }
    });
    let root = Address::home().join("guides");
    Navigation {
        title: site.say("guides").to_owned(),
        href: here.page(&root),
        version: String::new(),
        sections: vec![Section {
            heading: String::new(),
            items: guides.collect(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_what_is_around() {
        assert_eq!(around(3, 7), 0..7);
        assert_eq!(around(0, 5000), 0..120);
        assert_eq!(around(2500, 5000), 2440..2560);
        assert_eq!(around(4999, 5000), 4880..5000);
    }
}
