//! The home page: what the portal offers, in one screen.

mod news;

use super::guide::{self, GuideContext};
use crate::address::{Address, Here};
use crate::page::{Area, Content, Page};
use crate::site::Site;
use crate::{markdown, twin};
use news::News;
use serde::Serialize;

/// The home page.
pub(crate) struct Home {
    address: Address,
}

#[derive(Serialize)]
struct Context {
    title: String,
    tagline: String,
    apis: Vec<ApiCard>,
    guides: Vec<GuideContext>,
    more_guides: bool,
    guides_href: String,
    news: Vec<News>,
    catalog: Option<CatalogTeaser>,
}

#[derive(Serialize)]
struct ApiCard {
    title: String,
    initials: String,
    hue: usize,
    version: String,
    summary: String,
    operations: usize,
    languages: Vec<&'static str>,
    href: String,
}

#[derive(Serialize)]
struct CatalogTeaser {
    href: String,
    listings: usize,
    categories: Vec<CategoryContext>,
}

#[derive(Serialize)]
struct CategoryContext {
    title: String,
    count: usize,
    href: String,
}

/// Guides that the home page shows.
const MOST_GUIDES: usize = 8;
/// Guides of one API that it shows.
const MOST_OF_API: usize = 2;

impl Home {
    /// The home page.
    pub(crate) fn new() -> Home {
        Home {
            address: Address::home(),
        }
    }
}

impl Page for Home {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "home"
    }

    fn area(&self) -> Area {
        Area::Home
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let portal = &site.inputs.portal;
        (portal.title.clone(), portal.tagline.clone())
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let portal = &site.inputs.portal;
        let mut text = twin::heading(1, &portal.title);
        text.push_str(&format!("{}\n\n", portal.tagline));
        let mut guides = Vec::new();
        let mut count = site.map.guides.len();
        for (address, index) in &site.map.guides {
            guides.push(guide::context(&site.inputs.guides[*index], address, here));
        }
        let mut apis = Vec::new();
        for (index, input, map) in site.own() {
            let summary = map.api.docs.headline().unwrap_or_default();
            let summary = markdown::excerpt(&summary, 150);
            text.push_str(&format!(
                "- [{}]({}) {summary}\n",
                map.api.title,
                here.twin(&map.address)
            ));
            count += map.guides.len();
            for (address, index) in map.guides.iter().take(MOST_OF_API) {
                guides.push(GuideContext {
                    api: map.api.title.clone(),
                    ..guide::context(&input.guides[*index], address, here)
                });
            }
            apis.push(ApiCard {
                title: map.api.title.clone(),
                initials: initials(&map.api.title),
                hue: index % 6,
                version: map.api.version.clone(),
                summary,
                operations: map.operation_count(),
                languages: input.packages.iter().map(|it| it.target.title()).collect(),
                href: here.page(&map.address),
            });
        }
        guides.truncate(MOST_GUIDES);
        let news = news::lately(site, here);
        news::write(site, here, &news, &mut text);
        let catalog = site.inputs.catalog.map(|catalog| {
            let root = Address::home().join("catalog");
            CatalogTeaser {
                href: here.page(&root),
                listings: catalog.listings.len(),
                categories: catalog
                    .categories
                    .iter()
                    .map(|category| CategoryContext {
                        title: category.name.clone(),
                        count: catalog.in_category(&category.id).count(),
                        href: here.page(&root.join("categories").join(&category.id)),
                    })
                    .filter(|category| category.count > 0)
                    .collect(),
            }
        });
        let context = Context {
            title: portal.title.clone(),
            tagline: portal.tagline.clone(),
            more_guides: guides.len() < count,
            apis,
            guides,
            guides_href: here.page(&Address::home().join("guides")),
            news,
            catalog,
        };
        Content::new(context, text)
    }
}

/// Two letters for a name: of its first two words, else its first two.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|it| !it.is_empty());
    let first = words.next().unwrap_or("?");
    let second = words
        .next()
        .filter(|word| !matches!(*word, "API" | "Api" | "api"));
    let letters: String = match second {
        Some(second) => first
            .chars()
            .take(1)
            .chain(second.chars().take(1))
            .collect(),
        None => first.chars().take(2).collect(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_two_letters() {
        for (name, letters) in [
            ("Bookshop", "BO"),
            ("Open Library", "OL"),
            ("GitHub API", "GI"),
            ("", "?"),
        ] {
            assert_eq!(super::initials(name), letters);
        }
    }
}
