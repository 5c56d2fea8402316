//! The marketplace: all listings, or those of a category or a provider.

use super::home::initials;
use super::operation::{Badge, Crumb};
use crate::address::{Address, Here};
use crate::page::{Area, Content, Page};
use crate::site::Site;
use crate::{slug, twin, url};
use portolan_catalog::{Authentication, Catalog, Lifecycle, Listing, Pricing, PricingModel};
use serde::Serialize;

/// A page of the marketplace with cards.
pub(crate) struct CatalogPage {
    address: Address,
    part: Part,
}

enum Part {
    Whole,
    Category(String),
    Provider(String),
}

#[derive(Serialize)]
struct Context {
    title: String,
    summary: String,
    crumbs: Vec<Crumb>,
    whole: bool,
    website: Option<String>,
    categories: Vec<CategoryContext>,
    facets: Vec<Facet>,
    listings: Vec<Card>,
}

#[derive(Serialize)]
struct CategoryContext {
    title: String,
    href: String,
    count: usize,
    current: bool,
}

#[derive(Serialize)]
struct Facet {
    name: &'static str,
    title: &'static str,
    values: Vec<FacetValue>,
}

#[derive(Serialize)]
struct FacetValue {
    value: String,
    title: String,
    count: usize,
}

/// A listing as a card.
#[derive(Serialize)]
pub(crate) struct Card {
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: u32,
    pub(crate) href: String,
    pub(crate) provider: String,
    pub(crate) summary: String,
    pub(crate) badges: Vec<Badge>,
    pub(crate) keys: Vec<(&'static str, String)>,
}

/// The root of the marketplace.
pub(crate) fn root() -> Address {
    Address::home().join("catalog")
}

/// The page of a listing.
pub(crate) fn listing_address(id: &str) -> Address {
    root().join(id)
}

impl CatalogPage {
    /// All listings.
    pub(crate) fn whole() -> CatalogPage {
        CatalogPage {
            address: root(),
            part: Part::Whole,
        }
    }

    /// Those of a category.
    pub(crate) fn category(id: &str) -> CatalogPage {
        CatalogPage {
            address: root().join("categories").join(id),
            part: Part::Category(id.to_owned()),
        }
    }

    /// Those of a provider.
    pub(crate) fn provider(id: &str) -> CatalogPage {
        CatalogPage {
            address: root().join("providers").join(id),
            part: Part::Provider(id.to_owned()),
        }
    }

    fn listings<'c>(&self, catalog: &'c Catalog) -> Vec<&'c Listing> {
        let fits = |listing: &&Listing| match &self.part {
            Part::Whole => true,
            Part::Category(id) => listing.categories.contains(id),
            Part::Provider(id) => &listing.provider == id,
        };
        let mut found: Vec<&Listing> = catalog.listings.iter().filter(fits).collect();
        // Those that this portal documents come first.
        found.sort_by_key(|listing| (listing.document.is_none(), listing.name.to_lowercase()));
        found
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
        let catalog = site.inputs.catalog;
        match &self.part {
            Part::Whole => (
                "Catalog".to_owned(),
                "APIs to build with: who offers them, how to get in, what they cost.".to_owned(),
            ),
            Part::Category(id) => {
                let category = catalog.and_then(|catalog| catalog.category(id));
                category
                    .map(|it| (it.name.clone(), it.summary.clone()))
                    .unwrap_or_default()
            }
            Part::Provider(id) => {
                let provider = catalog.and_then(|catalog| catalog.provider(id));
                provider
                    .map(|it| (it.name.clone(), it.summary.clone().unwrap_or_default()))
                    .unwrap_or_default()
            }
        }
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (title, summary) = self.headline(site);
        let mut text = twin::heading(1, &title);
        text.push_str(&format!("{summary}\n\n"));
        let empty = Catalog::default();
        let catalog = site.inputs.catalog.unwrap_or(&empty);
        let found = self.listings(catalog);
        let listings: Vec<Card> = found
            .iter()
            .map(|listing| card(catalog, listing, here))
            .collect();
        for listing in &found {
            let twin = here.file(&listing_address(&listing.id).twin());
            text.push_str(&format!(
                "- [{}]({twin}) {}\n",
                listing.name, listing.summary
            ));
        }
        let categories = catalog.categories.iter().map(|category| CategoryContext {
            title: category.name.clone(),
            href: here.page(&root().join("categories").join(&category.id)),
            count: catalog.in_category(&category.id).count(),
            current: matches!(&self.part, Part::Category(id) if *id == category.id),
        });
        let website = match &self.part {
            Part::Provider(id) => catalog
                .provider(id)
                .and_then(|provider| provider.website.as_deref())
                .and_then(url::safe)
                .map(str::to_owned),
            _ => None,
        };
        let whole = matches!(self.part, Part::Whole);
        let context = Context {
            crumbs: if whole {
                Vec::new()
            } else {
                vec![Crumb {
                    title: "Catalog".to_owned(),
                    href: here.page(&root()),
                }]
            },
            whole,
            website,
            categories: categories.filter(|category| category.count > 0).collect(),
            facets: facets(&listings),
            listings,
            title,
            summary,
        };
        Content::new(context, text)
    }
}

/// Counts what the cards say of themselves.
fn facets(cards: &[Card]) -> Vec<Facet> {
    let titles = [
        ("price", "Price"),
        ("authentication", "Authentication"),
        ("lifecycle", "Lifecycle"),
        ("reference", "Reference"),
    ];
    let facet = |(name, title): (&'static str, &'static str)| {
        let mut values: Vec<FacetValue> = Vec::new();
        let keys = cards.iter().flat_map(|card| &card.keys);
        for (_, word) in keys.filter(|(key, _)| *key == name) {
            match values.iter_mut().find(|value| value.title == *word) {
                Some(value) => value.count += 1,
                None => values.push(FacetValue {
                    value: slug::of(word),
                    title: word.clone(),
                    count: 1,
                }),
            }
        }
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.title.cmp(&b.title)));
        Facet {
            name,
            title,
            values,
        }
    };
    titles
        .into_iter()
        .map(facet)
        .filter(|facet| facet.values.len() > 1)
        .collect()
}

/// A listing as a card.
pub(crate) fn card(catalog: &Catalog, listing: &Listing, here: &Here) -> Card {
    let provider = catalog.provider(&listing.provider);
    let mut keys = Vec::new();
    if let Some(pricing) = listing.pricing {
        keys.push(("price", price_words(pricing).to_owned()));
    }
    for authentication in &listing.authentication {
        keys.push((
            "authentication",
            authentication_words(*authentication).to_owned(),
        ));
    }
    keys.push(("lifecycle", lifecycle_words(listing.lifecycle).to_owned()));
    keys.push((
        "reference",
        if listing.document.is_some() {
            "Here, with SDKs"
        } else {
            "Elsewhere"
        }
        .to_owned(),
    ));
    Card {
        name: listing.name.clone(),
        initials: initials(&listing.name),
        hue: hue(&listing.id),
        href: here.page(&listing_address(&listing.id)),
        provider: provider.map(|it| it.name.clone()).unwrap_or_default(),
        summary: listing.summary.clone(),
        badges: badges(listing),
        keys,
    }
}

/// One of six colours that a listing keeps.
pub(crate) fn hue(id: &str) -> u32 {
    id.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    }) % 6
}

/// What a listing says in short.
pub(crate) fn badges(listing: &Listing) -> Vec<Badge> {
    let mut badges = Vec::new();
    let mut add = |text: &str, tone| {
        badges.push(Badge {
            text: text.to_owned(),
            tone,
        });
    };
    if listing.document.is_some() {
        add("Reference and SDKs", "accent");
    }
    if let Some(pricing) = listing.pricing {
        let free = pricing.model == PricingModel::Free || pricing.free_tier;
        add(price_words(pricing), if free { "good" } else { "" });
    }
    if let Some(authentication) = listing.authentication.first() {
        add(authentication_words(*authentication), "");
    }
    match listing.lifecycle {
        Lifecycle::Stable => {}
        Lifecycle::Deprecated => add("Deprecated", "warning"),
        other => add(lifecycle_words(other), ""),
    }
    badges
}

/// A price in two words.
pub(crate) fn price_words(pricing: Pricing) -> &'static str {
    match (pricing.model, pricing.free_tier) {
        (PricingModel::Free, _) => "Free",
        (_, true) => "Free tier",
        (PricingModel::OneTime, _) => "Paid once",
        (PricingModel::Subscription, _) => "Subscription",
        (PricingModel::UsageBased, _) => "By usage",
    }
}

/// A way to prove oneself, in words.
pub(crate) fn authentication_words(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::None => "No key",
        Authentication::ApiKey => "API key",
        Authentication::Basic => "Basic",
        Authentication::Bearer => "Bearer token",
        Authentication::OAuth2 => "OAuth 2.0",
        Authentication::OpenidConnect => "OpenID Connect",
        Authentication::MutualTls => "Mutual TLS",
        Authentication::Signature => "Signed requests",
    }
}

/// How settled, in a word.
pub(crate) fn lifecycle_words(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Alpha => "Alpha",
        Lifecycle::Beta => "Beta",
        Lifecycle::Stable => "Stable",
        Lifecycle::Deprecated => "Deprecated",
    }
}
