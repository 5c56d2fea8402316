//! One API of the marketplace.

use super::catalog::{self, Card, authentication_words, lifecycle_words, price_words};
use super::home::initials;
use crate::address::{Address, Here};
use crate::html::Html;
use crate::page::{Area, Badge, Content, Crumb, Page};
use crate::site::Site;
use crate::{findable, twin, url};
use portolan_catalog::{Lifecycle, Period, Plan};
use portolan_search::{Entry, Kind};
use serde::Serialize;

/// The page of one listing.
pub(crate) struct ListingPage {
    address: Address,
    id: String,
}

#[derive(Serialize, Default)]
struct Context {
    name: String,
    initials: String,
    hue: u32,
    summary: String,
    crumbs: Vec<Crumb>,
    badges: Vec<Badge>,
    provider: Option<Crumb>,
    reference: Option<Crumb>,
    sdks: Option<Crumb>,
    documentation: Option<String>,
    docs: Option<Html>,
    facts: Vec<Fact>,
    categories: Vec<Crumb>,
    plans: Vec<PlanContext>,
    versions: Vec<VersionContext>,
    related: Vec<Card>,
}

#[derive(Serialize)]
struct Fact {
    words: String,
    text: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct PlanContext {
    name: String,
    summary: Option<String>,
    price: String,
    period: String,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct VersionContext {
    version: String,
    date: Option<String>,
    changes: Vec<String>,
}

impl ListingPage {
    /// The page of the listing `id`.
    pub(crate) fn new(id: &str) -> ListingPage {
        ListingPage {
            address: catalog::listing_address(id),
            id: id.to_owned(),
        }
    }
}

impl Page for ListingPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "listing"
    }

    fn area(&self) -> Area {
        Area::Catalog
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let listing = site
            .inputs
            .catalog
            .and_then(|catalog| catalog.listing(&self.id));
        listing
            .map(|it| (it.name.clone(), it.summary.clone()))
            .unwrap_or_default()
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let found = site
            .inputs
            .catalog
            .and_then(|it| Some((it, it.listing(&self.id)?)));
        let Some((catalog, listing)) = found else {
            return Content::new(Context::default(), String::new());
        };
        let root = catalog::root();
        let mut facts = Vec::new();
        let mut fact = |words: &str, text: Option<String>, href: Option<&str>| {
            if let Some(text) = text {
                let href = href.and_then(url::safe).map(str::to_owned);
                let words = site.say(words).to_owned();
                facts.push(Fact { words, text, href });
            }
        };
        fact("base-url", listing.base_url.clone(), None);
        let ways: Vec<&str> = listing
            .authentication
            .iter()
            .map(|it| site.say(authentication_words(*it)))
            .collect();
        fact(
            "authentication",
            (!ways.is_empty()).then(|| ways.join(", ")),
            None,
        );
        fact(
            "price",
            listing
                .pricing
                .map(|it| site.say(price_words(it)).to_owned()),
            None,
        );
        fact(
            "lifecycle",
            Some(site.say(lifecycle_words(listing.lifecycle)).to_owned()),
            None,
        );
        fact("end-date", listing.sunset.clone(), None);
        fact("license", listing.license.clone(), None);
        for (words, title, link) in [
            ("terms", "terms-of-use", &listing.terms_url),
            ("support", "ask-for-help", &listing.support_url),
            ("status", "is-it-up", &listing.status_url),
        ] {
            fact(
                words,
                link.as_ref().map(|_| site.say(title).to_owned()),
                link.as_deref(),
            );
        }
        let map = site
            .map
            .apis
            .iter()
            .find(|map| listing.document.as_deref() == Some(map.api.id.as_str()));
        let mut text = twin::heading(1, &listing.name);
        text.push_str(&format!("{}\n\n", listing.summary));
        for fact in &facts {
            text.push_str(&format!(
                "- {}: {}\n",
                fact.words,
                fact.href.as_ref().unwrap_or(&fact.text)
            ));
        }
        if let Some(description) = &listing.description {
            text.push_str(&format!("\n{}\n", description.trim()));
        }
        let provider = catalog.provider(&listing.provider);
        let context = Context {
            name: listing.name.clone(),
            initials: initials(&listing.name),
            hue: catalog::hue(&listing.id),
            summary: listing.summary.clone(),
            crumbs: vec![Crumb {
                title: site.say("catalog").to_owned(),
                href: here.page(&root),
            }],
            badges: catalog::badges(site, listing),
            provider: provider.map(|provider| Crumb {
                title: provider.name.clone(),
                href: here.page(&root.join("providers").join(&provider.id)),
            }),
            reference: map.map(|map| Crumb {
                title: site.say("open-reference").to_owned(),
                href: here.page(&map.address),
            }),
            sdks: map.map(|map| Crumb {
                title: site.say("get-sdk").to_owned(),
                href: here.page(&map.address.join("sdks")),
            }),
            documentation: listing
                .documentation_url
                .as_deref()
                .and_then(url::safe)
                .map(str::to_owned),
            docs: listing.description.as_deref().map(|docs| site.docs(docs)),
            facts,
            categories: listing
                .categories
                .iter()
                .filter_map(|id| catalog.category(id))
                .map(|category| Crumb {
                    title: category.name.clone(),
                    href: here.page(&root.join("categories").join(&category.id)),
                })
                .collect(),
            plans: catalog.plans_of(listing).map(|it| plan(site, it)).collect(),
            versions: listing
                .versions
                .iter()
                .map(|version| VersionContext {
                    version: version.version.clone(),
                    date: version.date.clone(),
                    changes: version.changes.clone(),
                })
                .collect(),
            related: site
                .market
                .iter()
                .flat_map(|market| market.similar(listing))
                .map(|other| catalog::card(site, catalog, other, here))
                .collect(),
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let listing = site
            .inputs
            .catalog
            .and_then(|catalog| catalog.listing(&self.id));
        let entry = listing.map(|listing| Entry {
            summary: listing.summary.clone(),
            tags: listing
                .tags
                .iter()
                .chain(&listing.categories)
                .cloned()
                .collect(),
            names: vec![listing.provider.clone()],
            categories: listing.categories.clone(),
            authentication: findable::words(&listing.authentication),
            deprecated: listing.lifecycle == Lifecycle::Deprecated,
            body: listing.description.clone().unwrap_or_default(),
            ..Entry::new(
                Kind::Listing,
                format!("listing.{}", listing.id),
                listing.name.clone(),
                self.address.as_str(),
            )
        });
        entry.into_iter().collect()
    }
}

fn plan(site: &Site<'_>, plan: &Plan) -> PlanContext {
    let (price, period) = match &plan.price {
        None => (site.say("on-request").to_owned(), ""),
        Some(price) if price.amount.parse() == Ok(0.0) => (site.say("free").to_owned(), ""),
        Some(price) => (
            format!("{} {}", price.amount, price.currency),
            site.say(match price.period {
                Period::Once => "once",
                Period::Month => "a-month",
                Period::Year => "a-year",
                Period::Request => "a-request",
            }),
        ),
    };
    let lines = plan
        .quota
        .iter()
        .chain(&plan.rate_limit)
        .chain(&plan.features);
    PlanContext {
        name: plan.name.clone(),
        summary: plan.summary.clone(),
        price,
        period: period.to_owned(),
        lines: lines.cloned().collect(),
    }
}
