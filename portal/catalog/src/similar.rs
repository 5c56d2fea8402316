//! Which listings are like each other: by what they share, and how rare that is.
//!
//! 1. What a listing is found by are its categories, tags and provider, and the words of its name and summary.
//! 2. Each is worth more the fewer listings have it: the whole binary logarithm of the share, by a factor of its kind.
//! 3. What more listings than [`MOST`] have, finds none by itself; it only tells those apart that something else found. Where
//!    nothing else did, the neighbours on the first shelf stand in. So the work grows with the listings and not with their
//!    square.

use crate::{Catalog, Listing};
use std::collections::{BTreeMap, HashMap};

/// Listings that one feature may find.
const MOST: usize = 200;
/// Words that are shorter tell nothing.
const SHORTEST_WORD: usize = 4;

/// An index of what listings share.
pub struct Similar<'a> {
    listings: &'a [Listing],
    /// The features of each listing, as places in `having`.
    features: Vec<Vec<usize>>,
    /// Of each feature: the listings that have it, and what it is worth.
    having: Vec<(Vec<usize>, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind {
    FirstCategory,
    Category,
    Tag,
    Provider,
    Word,
}

impl Kind {
    /// What a feature of this kind counts beside others.
    fn factor(self) -> u32 {
        match self {
            Kind::Category | Kind::Tag => 3,
            Kind::FirstCategory | Kind::Provider => 2,
            Kind::Word => 1,
        }
    }
}

impl<'a> Similar<'a> {
    /// Works out what the listings of a catalog share.
    #[must_use]
    pub fn of(catalog: &'a Catalog) -> Similar<'a> {
        let listings = &catalog.listings[..];
        let mut known: HashMap<(Kind, String), usize> = HashMap::new();
        let mut having: Vec<(Vec<usize>, u32)> = Vec::new();
        let mut kinds = Vec::new();
        let mut features = Vec::with_capacity(listings.len());
        for (place, listing) in listings.iter().enumerate() {
            let mut own = Vec::new();
            for feature in features_of(listing) {
                let kind = feature.0;
                let index = *known.entry(feature).or_insert_with(|| {
                    having.push((Vec::new(), 0));
                    kinds.push(kind);
                    having.len() - 1
                });
                if having[index].0.last() != Some(&place) {
                    having[index].0.push(place);
                    own.push(index);
                }
            }
            features.push(own);
        }
        for ((places, worth), kind) in having.iter_mut().zip(&kinds) {
            let rarity = (listings.len() / places.len().max(1)).max(1).ilog2() + 1;
            *worth = rarity * kind.factor();
        }
        Similar {
            listings,
            features,
            having,
        }
    }

    /// Up to `limit` listings that are most like the one at `place` in the catalog; equals in the order of their ids.
    #[must_use]
    pub fn to(&self, place: usize, limit: usize) -> Vec<&'a Listing> {
        let Some(features) = self.features.get(place) else {
            return Vec::new();
        };
        let mut points: BTreeMap<usize, u32> = BTreeMap::new();
        let (common, telling): (Vec<usize>, Vec<usize>) = features
            .iter()
            .partition(|feature| self.having[**feature].0.len() > MOST);
        for feature in telling {
            let (places, worth) = &self.having[feature];
            for other in places {
                *points.entry(*other).or_default() += worth;
            }
        }
        for feature in common {
            let (places, worth) = &self.having[feature];
            if points.len() <= limit {
                // Neighbours on a full shelf, as many before as behind.
                let at = places.partition_point(|other| *other < place);
                let from = at.saturating_sub(limit);
                let until = places.len().min(at + limit + 1);
                for other in &places[from..until] {
                    points.entry(*other).or_default();
                }
            }
            for (other, points) in &mut points {
                if places.binary_search(other).is_ok() {
                    *points += worth;
                }
            }
        }
        points.remove(&place);
        let mut found: Vec<(usize, u32)> = points.into_iter().collect();
        found.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        found.truncate(limit);
        found
            .into_iter()
            .map(|(other, _)| &self.listings[other])
            .collect()
    }
}

fn features_of(listing: &Listing) -> impl Iterator<Item = (Kind, String)> {
    let first = listing.categories.first();
    let first = first.map(|category| (Kind::FirstCategory, category.clone()));
    let categories = listing.categories.iter();
    let categories = categories.map(|category| (Kind::Category, category.clone()));
    let tags = listing
        .tags
        .iter()
        .map(|tag| (Kind::Tag, tag.to_lowercase()));
    let text = [&listing.name, &listing.summary];
    let words = text.into_iter().flat_map(|text| {
        text.split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.chars().count() >= SHORTEST_WORD)
            .map(|word| (Kind::Word, word.to_lowercase()))
    });
    let provider = (Kind::Provider, listing.provider.clone());
    first
        .into_iter()
        .chain(categories)
        .chain(tags)
        .chain([provider])
        .chain(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(number: usize, category: &str, tag: &str) -> Listing {
        let json = format!(
            r#"{{"id":"l{number:05}","name":"N{number}","summary":"S.","categories":["{category}"],"tags":["{tag}"],"provider":"p{number}"}}"#
        );
        serde_json::from_str(&json).expect("a listing")
    }

    #[test]
    fn what_is_rare_tells_more_than_what_all_have() {
        let listings = (0..1000).map(|number| listing(number, "all", &format!("t{}", number / 4)));
        let catalog = Catalog {
            listings: listings.collect(),
            ..Catalog::default()
        };
        let similar = Similar::of(&catalog);
        let ids = |place, limit| -> Vec<String> {
            let found = similar.to(place, limit);
            found.into_iter().map(|it| it.id.clone()).collect()
        };
        assert_eq!(ids(401, 3), ["l00400", "l00402", "l00403"]);
        assert_eq!(ids(0, 5).len(), 5, "the shelf has more");
        assert_eq!(similar.to(5000, 3), Vec::<&Listing>::new());
    }
}
