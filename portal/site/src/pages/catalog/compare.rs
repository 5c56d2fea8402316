//! Up to four listings side by side. Which ones stands in the address (`?listing=a&listing=b`), so the page is made by a script,
//! of the files `listing.js` beside the pages of listings.

use super::root;
use crate::address::{Address, Here};
use crate::page::{Area, Content, Crumb, Page};
use crate::site::Site;
use serde::Serialize;

/// The page that compares.
pub(crate) struct ComparePage {
    address: Address,
}

#[derive(Serialize)]
struct Context {
    title: String,
    summary: String,
    crumbs: Vec<Crumb>,
    root: String,
    catalog: String,
}

/// Where it is.
pub(crate) fn address() -> Address {
    root().join("compare")
}

impl ComparePage {
    /// The page.
    pub(crate) fn new() -> ComparePage {
        ComparePage { address: address() }
    }
}

impl Page for ComparePage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "compare"
    }

    fn area(&self) -> Area {
        Area::Catalog
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        (
            site.say("compare-listings").to_owned(),
            site.say("compare-summary").to_owned(),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (title, summary) = self.headline(site);
        let catalog = here.page(&root());
        let context = Context {
            title,
            summary,
            crumbs: vec![Crumb {
                title: site.say("catalog").to_owned(),
                href: catalog.clone(),
            }],
            root: catalog.trim_end_matches("index.html").to_owned(),
            catalog,
        };
        Content::new(context, String::new())
    }
}
