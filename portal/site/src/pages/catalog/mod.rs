//! The marketplace: all listings, or those of a category, a provider or a collection; thousands of them page by page.
//!
//! Filters, sorting and choosing what to compare need the script; without it categories, pages and search are the ways in.

pub(crate) mod card;
mod compare;
pub(crate) mod facets;
mod listing;
mod quality;
pub(crate) mod words;

pub(crate) use compare::ComparePage;
pub(crate) use listing::ListingPage;

use crate::address::{Address, Here};
use crate::page::{Area, Content, Crumb, Page};
use crate::site::Site;
use crate::{twin, url};
use card::Card;
use facets::Facet;
use portolan_catalog::{Collection, Listing};
use portolan_search::{Entry, Kind};
use serde::Serialize;
use serde_json::{Value, json};

/// Listings on one page.
const ON_A_PAGE: usize = 36;

/// A page of the marketplace with cards.
pub(crate) struct CatalogPage {
    address: Address,
    part: Part,
    /// The first is 0.
    number: usize,
}

/// Which listings a page shows.
#[derive(Clone)]
pub(crate) enum Part {
    Whole,
    Category(String),
    Provider(String),
    Collection(String),
}

#[derive(Serialize)]
struct Context {
    title: String,
    summary: String,
    crumbs: Vec<Crumb>,
    website: Option<String>,
    categories: Vec<CategoryContext>,
    collections: Vec<CollectionContext>,
    /// The answer that all listings here share: the name of the question, and the answer.
    within: Option<(&'static str, String)>,
    facets: Vec<Facet>,
    /// The data of all listings; the folder of listings; the page that compares.
    data: String,
    root: String,
    compare: String,
    total: usize,
    listings: Vec<Card>,
    pages: Vec<PageLink>,
    feed: Option<String>,
}

#[derive(Serialize)]
struct CategoryContext {
    title: String,
    href: String,
    count: usize,
    current: bool,
}

#[derive(Serialize)]
struct CollectionContext {
    title: String,
    href: String,
    summary: String,
    count: usize,
}

/// A link to another part of a long list; `None` where some are left out.
#[derive(Serialize)]
struct PageLink {
    number: Option<usize>,
    href: String,
    current: bool,
}

/// The root of the marketplace.
pub(crate) fn root() -> Address {
    Address::home().join("catalog")
}

/// The page of a listing.
pub(crate) fn listing_address(id: &str) -> Address {
    root().join(id)
}

impl Part {
    pub(crate) fn address(&self) -> Address {
        match self {
            Part::Whole => root(),
            Part::Category(id) => root().join("categories").join(id),
            Part::Provider(id) => root().join("providers").join(id),
            Part::Collection(id) => root().join("collections").join(id),
        }
    }

    fn page(&self, number: usize) -> Address {
        match number {
            0 => self.address(),
            _ => self.address().join("pages").join(&(number + 1).to_string()),
        }
    }

    fn listings<'a>(&self, site: &Site<'a>) -> Vec<&'a Listing> {
        let Some(market) = &site.market else {
            return Vec::new();
        };
        match self {
            Part::Whole => market.order.clone(),
            Part::Category(id) => market.in_category(id).to_vec(),
            Part::Provider(id) => market.of_provider(id).to_vec(),
            Part::Collection(id) => {
                let listings = market.catalog.collection(id).map(|it| &it.listings);
                let listings = listings.into_iter().flatten();
                listings
                    .filter_map(|id| market.catalog.listing(id))
                    .collect()
            }
        }
    }
}

impl CatalogPage {
    /// The pages of all parts of the marketplace.
    pub(crate) fn all(site: &Site<'_>) -> Vec<CatalogPage> {
        let Some(catalog) = site.inputs.catalog else {
            return Vec::new();
        };
        let categories = catalog.categories.iter();
        let collections = catalog.collections.iter();
        let providers = catalog.providers.iter();
        let parts = std::iter::once(Part::Whole)
            .chain(categories.map(|it| Part::Category(it.id.clone())))
            .chain(collections.map(|it| Part::Collection(it.id.clone())))
            .chain(providers.map(|it| Part::Provider(it.id.clone())));
        let pages = parts.flat_map(|part| {
            let count = part.listings(site).len().div_ceil(ON_A_PAGE).max(1);
            (0..count).map(move |number| CatalogPage {
                address: part.page(number),
                part: part.clone(),
                number,
            })
        });
        pages.collect()
    }

    fn links(&self, count: usize, here: &Here) -> Vec<PageLink> {
        let last = count.div_ceil(ON_A_PAGE).saturating_sub(1);
        if last == 0 {
            return Vec::new();
        }
        let mut links: Vec<PageLink> = Vec::new();
        for number in 0..=last {
            let shown = number == 0 || number == last || number.abs_diff(self.number) <= 2;
            if shown {
                links.push(PageLink {
                    number: Some(number + 1),
                    href: here.page(&self.part.page(number)),
                    current: number == self.number,
                });
            } else if links.last().is_some_and(|link| link.number.is_some()) {
                links.push(PageLink {
                    number: None,
                    href: String::new(),
                    current: false,
                });
            }
        }
        links
    }

    fn website(&self, site: &Site<'_>) -> Option<String> {
        let Part::Provider(id) = &self.part else {
            return None;
        };
        let provider = site.inputs.catalog?.provider(id)?;
        url::safe(provider.website.as_deref()?).map(str::to_owned)
    }

    fn categories(&self, site: &Site<'_>, here: &Here) -> Vec<CategoryContext> {
        let Some(market) = &site.market else {
            return Vec::new();
        };
        let categories = market
            .catalog
            .categories
            .iter()
            .map(|category| CategoryContext {
                title: category.name.clone(),
                href: here.page(&Part::Category(category.id.clone()).address()),
                count: market.in_category(&category.id).len(),
                current: matches!(&self.part, Part::Category(id) if *id == category.id),
            });
        let mut categories: Vec<CategoryContext> =
            categories.filter(|category| category.count > 0).collect();
        categories.sort_by(|one, other| one.title.cmp(&other.title));
        categories
    }

    fn collections(&self, site: &Site<'_>, here: &Here) -> Vec<CollectionContext> {
        let first = matches!(self.part, Part::Whole) && self.number == 0;
        let catalog = site.inputs.catalog.filter(|_| first);
        let collections = catalog.iter().flat_map(|catalog| &catalog.collections);
        let context = |collection: &Collection| CollectionContext {
            title: collection.name.clone(),
            href: here.page(&Part::Collection(collection.id.clone()).address()),
            summary: collection.summary.clone(),
            count: collection.listings.len(),
        };
        collections.map(context).collect()
    }
}

impl Page for CatalogPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "catalog"
    }

    fn area(&self) -> Area {
        Area::Catalog
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let said = |name: &String, summary: &str| (name.clone(), summary.to_owned());
        let found = site.inputs.catalog.and_then(|catalog| match &self.part {
            Part::Whole => Some((
                site.say("catalog").to_owned(),
                site.say("catalog-summary").to_owned(),
            )),
            Part::Category(id) => catalog.category(id).map(|it| said(&it.name, &it.summary)),
            Part::Collection(id) => catalog.collection(id).map(|it| said(&it.name, &it.summary)),
            Part::Provider(id) => {
                let provider = catalog.provider(id);
                provider.map(|it| said(&it.name, it.summary.as_deref().unwrap_or_default()))
            }
        });
        let (title, summary) = found.unwrap_or_default();
        match self.number {
            0 => (title, summary),
            number => (
                site.tell(
                    "part-of-list",
                    [("title", title.into()), ("number", (number + 1).into())],
                ),
                summary,
            ),
        }
    }

    fn is_indexed(&self) -> bool {
        self.number == 0
    }

    fn linked(&self, site: &Site<'_>, whole: &dyn Fn(&str) -> Option<String>, thing: &mut Value) {
        thing["@type"] = json!("CollectionPage");
        let listings = self.part.listings(site);
        let shown = listings
            .iter()
            .skip(self.number * ON_A_PAGE)
            .take(ON_A_PAGE);
        let items = shown.enumerate().map(|(index, listing)| {
            let url = whole(listing_address(&listing.id).as_str());
            json!({ "@type": "ListItem", "position": self.number * ON_A_PAGE + index + 1, "name": listing.name, "url": url })
        });
        thing["mainEntity"] = json!({
            "@type": "ItemList",
            "numberOfItems": listings.len(),
            "itemListElement": items.collect::<Vec<_>>(),
        });
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (title, summary) = self.headline(site);
        let listings = self.part.listings(site);
        let shown = listings
            .iter()
            .skip(self.number * ON_A_PAGE)
            .take(ON_A_PAGE);
        let mut text = twin::heading(1, &title);
        text.push_str(&format!("{summary}\n\n"));
        for listing in shown.clone() {
            let twin = here.twin(&listing_address(&listing.id));
            text.push_str(&format!(
                "- [{}]({twin}) {}\n",
                listing.name, listing.summary
            ));
        }
        let whole = matches!(self.part, Part::Whole);
        let pages = self.links(listings.len(), here);
        if let Some(next) = pages.iter().position(|page| page.current).map(|at| at + 1)
            && next < pages.len()
        {
            let twin = here.twin(&self.part.page(self.number + 1));
            text.push_str(&format!("\n[{}]({twin})\n", site.say("next")));
        }
        let root = here.page(&root());
        let context = Context {
            crumbs: if whole && self.number == 0 {
                Vec::new()
            } else {
                vec![Crumb {
                    title: site.say("catalog").to_owned(),
                    href: root.clone(),
                }]
            },
            website: self.website(site),
            categories: self.categories(site, here),
            collections: self.collections(site, here),
            within: match &self.part {
                Part::Category(id) => Some(("category", id.clone())),
                Part::Provider(id) => Some(("provider", id.clone())),
                Part::Whole | Part::Collection(_) => None,
            },
            // Later parts of a list are for those who have no script.
            facets: match (&self.part, self.number) {
                (Part::Collection(_), _) | (_, 1..) => Vec::new(),
                _ => facets::of(site, &listings),
            },
            data: here.file(facets::FILE),
            root: root.trim_end_matches("index.html").to_owned(),
            compare: here.page(&compare::address()),
            total: listings.len(),
            listings: shown.map(|it| Card::of(site, it, here)).collect(),
            feed: crate::news::path(site)
                .filter(|_| whole)
                .map(|path| here.file(&path)),
            pages,
            title,
            summary,
        };
        let mut content = Content::new(context, text);
        if whole && self.number == 0 {
            let data = facets::script(site).map(String::into_bytes);
            content.files = data
                .into_iter()
                .map(|bytes| (facets::FILE.to_owned(), bytes))
                .collect();
        }
        content
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let (Part::Category(_) | Part::Provider(_) | Part::Collection(_), 0) =
            (&self.part, self.number)
        else {
            return Vec::new();
        };
        let (title, summary) = self.headline(site);
        let id = self
            .address
            .as_str()
            .trim_end_matches('/')
            .replace('/', ".");
        vec![Entry {
            summary,
            ..Entry::new(Kind::Page, id, title, self.address.as_str())
        }]
    }
}
