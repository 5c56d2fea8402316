//! The checked whole, and the questions that pages ask of it.

use crate::{Category, Collection, Listing, Plan, Provider};
use portolan_source::{Diagnostic, Diagnostics, nearest};
use serde::Serialize;

/// The marketplace: every reference inside it leads somewhere, every list is sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Catalog {
    /// The shelves.
    pub categories: Vec<Category>,
    /// Who offers.
    pub providers: Vec<Provider>,
    /// What is offered.
    pub listings: Vec<Listing>,
    /// How it is sold.
    pub plans: Vec<Plan>,
    /// What was put together for a purpose.
    pub collections: Vec<Collection>,
}

impl Catalog {
    /// The category `id`.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        find(&self.categories, id, |category| &category.id)
    }

    /// The provider `id`.
    #[must_use]
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        find(&self.providers, id, |provider| &provider.id)
    }

    /// The listing `id`.
    #[must_use]
    pub fn listing(&self, id: &str) -> Option<&Listing> {
        find(&self.listings, id, |listing| &listing.id)
    }

    /// The plan `id`.
    #[must_use]
    pub fn plan(&self, id: &str) -> Option<&Plan> {
        find(&self.plans, id, |plan| &plan.id)
    }

    /// The collection `id`.
    #[must_use]
    pub fn collection(&self, id: &str) -> Option<&Collection> {
        find(&self.collections, id, |collection| &collection.id)
    }

    /// The listings of a category.
    pub fn in_category<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Listing> {
        self.listings
            .iter()
            .filter(move |listing| listing.categories.iter().any(|category| category == id))
    }

    /// The listings of a provider.
    pub fn of_provider<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Listing> {
        self.listings
            .iter()
            .filter(move |listing| listing.provider == id)
    }

    /// The plans of a listing, in its order.
    pub fn plans_of<'a>(&'a self, listing: &'a Listing) -> impl Iterator<Item = &'a Plan> {
        listing.plans.iter().filter_map(|id| self.plan(id))
    }

    /// The listing that speaks of the API `api` of this portal.
    #[must_use]
    pub fn of_document(&self, api: &str) -> Option<&Listing> {
        self.listings
            .iter()
            .find(|listing| listing.document.as_deref() == Some(api))
    }

    /// Drops the documents of listings that are not among the ids of the portal's APIs.
    pub fn link_documents(&mut self, apis: &[&str], diagnostics: &mut Diagnostics) {
        for listing in &mut self.listings {
            let Some(document) = &listing.document else {
                continue;
            };
            if apis.contains(&document.as_str()) {
                continue;
            }
            let message = format!("this portal has no API `{document}`");
            let help = match nearest(document, apis.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the id of an API of portolan.toml, or leave the key out".to_owned(),
            };
            diagnostics.push(
                Diagnostic::error("unknown-document", message)
                    .at(listing.span)
                    .help(help),
            );
            listing.document = None;
        }
    }

    /// Up to `limit` other listings that are most like this one: two points for a shared category, three when it is the
    /// first of both, one for a shared tag; equals in the order of their ids.
    #[must_use]
    pub fn related<'a>(&'a self, listing: &Listing, limit: usize) -> Vec<&'a Listing> {
        let mut found: Vec<(usize, &Listing)> = self
            .listings
            .iter()
            .filter(|other| other.id != listing.id)
            .map(|other| (likeness(listing, other), other))
            .filter(|(points, _)| *points > 0)
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        found.truncate(limit);
        found.into_iter().map(|(_, other)| other).collect()
    }
}

fn likeness(a: &Listing, b: &Listing) -> usize {
    let shared = |a: &[String], b: &[String]| a.iter().filter(|word| b.contains(word)).count();
    let same_first = !a.categories.is_empty() && a.categories.first() == b.categories.first();
    2 * shared(&a.categories, &b.categories) + usize::from(same_first) + shared(&a.tags, &b.tags)
}

fn find<'a, T>(sorted: &'a [T], id: &str, key: impl Fn(&T) -> &String) -> Option<&'a T> {
    let at = sorted
        .binary_search_by(|item| key(item).as_str().cmp(id))
        .ok()?;
    sorted.get(at)
}
