//! What pages of the marketplace ask for, worked out once: the order of listings, what lies on which shelf, what is like
//! what, and which API of the portal documents a listing.

use crate::{Inputs, news};
use portolan_catalog::{Catalog, Listing, Similar};
use std::collections::HashMap;

/// Listings that are shown as similar.
const MOST_SIMILAR: usize = 3;

/// The marketplace, for those who look around in it.
pub(crate) struct Marketplace<'a> {
    /// All of it.
    pub(crate) catalog: &'a Catalog,
    /// Those that this portal documents come first, then by name.
    pub(crate) order: Vec<&'a Listing>,
    by_category: HashMap<&'a str, Vec<&'a Listing>>,
    by_provider: HashMap<&'a str, Vec<&'a Listing>>,
    similar: Similar<'a>,
    /// Whether a listing has a version with a day.
    pub(crate) has_news: bool,
    /// By its id: the place of each current API.
    apis: HashMap<&'a str, usize>,
}

impl<'a> Marketplace<'a> {
    /// Works everything out.
    pub(crate) fn of(catalog: &'a Catalog, inputs: &'a Inputs<'a>) -> Marketplace<'a> {
        let mut order: Vec<&Listing> = catalog.listings.iter().collect();
        order.sort_by_cached_key(|it| (it.document.is_none(), it.name.to_lowercase(), &it.id));
        let mut by_category: HashMap<&str, Vec<&Listing>> = HashMap::new();
        let mut by_provider: HashMap<&str, Vec<&Listing>> = HashMap::new();
        for listing in &order {
            for category in &listing.categories {
                by_category.entry(category).or_default().push(listing);
            }
            by_provider
                .entry(&listing.provider)
                .or_default()
                .push(listing);
        }
        let current = inputs.apis.iter().enumerate();
        let current = current.filter(|(_, input)| input.version.current.is_none());
        Marketplace {
            catalog,
            order,
            by_category,
            by_provider,
            similar: Similar::of(catalog),
            has_news: catalog.listings.iter().any(news::is_any),
            apis: current
                .map(|(index, input)| (input.api.id.as_str(), index))
                .collect(),
        }
    }

    /// The listings of a category.
    pub(crate) fn in_category(&self, id: &str) -> &[&'a Listing] {
        self.by_category.get(id).map_or(&[], Vec::as_slice)
    }

    /// The listings of a provider.
    pub(crate) fn of_provider(&self, id: &str) -> &[&'a Listing] {
        self.by_provider.get(id).map_or(&[], Vec::as_slice)
    }

    /// The listings that are most like this one.
    pub(crate) fn similar(&self, listing: &Listing) -> Vec<&'a Listing> {
        let listings = &self.catalog.listings;
        let place = listings.binary_search_by(|other| other.id.cmp(&listing.id));
        place.map_or_else(|_| Vec::new(), |place| self.similar.to(place, MOST_SIMILAR))
    }

    /// The place of the API that documents a listing.
    pub(crate) fn api(&self, listing: &Listing) -> Option<usize> {
        self.apis.get(listing.document.as_deref()?).copied()
    }
}
