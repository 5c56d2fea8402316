//! The marketplace: all listings, or those of a category or a provider.

use super::home::initials;
use crate::address::{Address, Here};
use crate::page::{Area, Badge, Content, Crumb, Page};
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
    title: String,
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
                site.say("catalog").to_owned(),
                site.say("catalog-summary").to_owned(),
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
            .map(|listing| card(site, catalog, listing, here))
            .collect();
        for listing in &found {
            let twin = here.twin(&listing_address(&listing.id));
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
                    title: site.say("catalog").to_owned(),
                    href: here.page(&root()),
                }]
            },
            whole,
            website,
            categories: categories.filter(|category| category.count > 0).collect(),
            facets: facets(site, &listings),
            listings,
            title,
            summary,
        };
        Content::new(context, text)
    }
}

/// Counts what the cards say of themselves.
fn facets(site: &Site<'_>, cards: &[Card]) -> Vec<Facet> {
    // Also the names of their titles among the words of the interface.
    let names = ["price", "authentication", "lifecycle", "reference"];
    let facet = |name: &'static str| {
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
            title: site.say(name).to_owned(),
            values,
        }
    };
    names
        .into_iter()
        .map(facet)
        .filter(|facet| facet.values.len() > 1)
        .collect()
}

/// A listing as a card.
pub(crate) fn card(site: &Site<'_>, catalog: &Catalog, listing: &Listing, here: &Here) -> Card {
    let provider = catalog.provider(&listing.provider);
    let mut keys = Vec::new();
    if let Some(pricing) = listing.pricing {
        keys.push(("price", site.say(price_words(pricing)).to_owned()));
    }
    for authentication in &listing.authentication {
        keys.push((
            "authentication",
            site.say(authentication_words(*authentication)).to_owned(),
        ));
    }
    keys.push((
        "lifecycle",
        site.say(lifecycle_words(listing.lifecycle)).to_owned(),
    ));
    keys.push((
        "reference",
        site.say(if listing.document.is_some() {
            "reference-here"
        } else {
            "reference-elsewhere"
        })
        .to_owned(),
    ));
    Card {
        name: listing.name.clone(),
        initials: initials(&listing.name),
        hue: hue(&listing.id),
        href: here.page(&listing_address(&listing.id)),
        provider: provider.map(|it| it.name.clone()).unwrap_or_default(),
        summary: listing.summary.clone(),
        badges: badges(site, listing),
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
pub(crate) fn badges(site: &Site<'_>, listing: &Listing) -> Vec<Badge> {
    let mut badges = Vec::new();
    let mut add = |words: &str, tone| {
        badges.push(Badge {
            text: site.say(words).to_owned(),
            tone,
        });
    };
    if listing.document.is_some() {
        add("reference-and-sdks", "accent");
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
        Lifecycle::Deprecated => add("deprecated", "warning"),
        other => add(lifecycle_words(other), ""),
    }
    badges
}

/// A price in two words: the name of a message.
pub(crate) fn price_words(pricing: Pricing) -> &'static str {
    match (pricing.model, pricing.free_tier) {
        (PricingModel::Free, _) => "free",
        (_, true) => "free-tier",
        (PricingModel::OneTime, _) => "paid-once",
        (PricingModel::Subscription, _) => "subscription",
        (PricingModel::UsageBased, _) => "by-usage",
    }
}

/// A way to prove oneself: the name of a message.
pub(crate) fn authentication_words(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::None => "no-key",
        Authentication::ApiKey => "api-key",
        Authentication::Basic => "basic-short",
        Authentication::Bearer => "bearer",
        Authentication::OAuth2 => "oauth2",
        Authentication::OpenidConnect => "openid-connect",
        Authentication::MutualTls => "mutual-tls-short",
        Authentication::Signature => "signed-requests",
    }
}

/// How settled: the name of a message.
pub(crate) fn lifecycle_words(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Alpha => "alpha",
        Lifecycle::Beta => "beta",
        Lifecycle::Stable => "stable",
        Lifecycle::Deprecated => "deprecated",
    }
}
