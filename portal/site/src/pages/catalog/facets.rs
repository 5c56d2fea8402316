//! What listings are filtered by: a few questions, and for each listing its answers.
//!
//! The page counts them; the file `catalog/listings.js`, which is fetched when a reader begins to filter, has the answers of
//! all listings, as places in lists, so that thousands of them stay small.

use super::{card, words};
use crate::page::Badge;
use crate::pages::home::initials;
use crate::site::Site;
use portolan_catalog::Listing;
use serde::Serialize;
use std::collections::HashMap;

/// The questions: also the names of their titles among the words of the interface, and of parameters of the address.
pub(crate) const FACETS: [&str; 7] = [
    "category",
    "price",
    "authentication",
    "lifecycle",
    "grade",
    "reference",
    "provider",
];
/// Answers to one question that a page shows.
const MOST_VALUES: usize = 14;
/// Where the data is.
pub(crate) const FILE: &str = "catalog/listings.js";

/// A question on a page.
#[derive(Serialize)]
pub(crate) struct Facet {
    name: &'static str,
    title: String,
    values: Vec<Value>,
    /// How many answers are not shown.
    more: usize,
}

#[derive(Serialize)]
struct Value {
    value: String,
    title: String,
    count: usize,
}

/// The answers of a listing to a question: what stands in addresses, and the words.
fn answers(site: &Site<'_>, listing: &Listing, facet: &str) -> Vec<(String, String)> {
    let said = |name: &str| (name.to_owned(), site.say(name).to_owned());
    let catalog = site.inputs.catalog;
    match facet {
        "category" => listing
            .categories
            .iter()
            .filter_map(|id| catalog?.category(id))
            .map(|it| (it.id.clone(), it.name.clone()))
            .collect(),
        "price" => (listing.pricing.iter())
            .map(|pricing| said(words::price(*pricing)))
            .collect(),
        "authentication" => (listing.authentication.iter())
            .map(|kind| said(words::authentication(*kind)))
            .collect(),
        "lifecycle" => vec![said(words::lifecycle(listing.lifecycle))],
        "grade" => (card::grade(site, listing).iter())
            .map(|report| (report.grade.to_string(), report.grade.to_string()))
            .collect(),
        "reference" => vec![said(card::reference(site, listing))],
        _ => vec![(
            listing.provider.clone(),
            card::provider(site, listing).to_owned(),
        )],
    }
}

/// The questions that tell these listings apart, with counts.
pub(crate) fn of(site: &Site<'_>, listings: &[&Listing]) -> Vec<Facet> {
    let facet = |name: &'static str| {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut values: Vec<Value> = Vec::new();
        for (value, title) in listings.iter().flat_map(|it| answers(site, it, name)) {
            let place = *places.entry(value.clone()).or_insert_with(|| {
                let count = 0;
                values.push(Value {
                    value,
                    title,
                    count,
                });
                values.len() - 1
            });
            values[place].count += 1;
        }
        let by_name = |one: &Value, other: &Value| one.title.cmp(&other.title);
        match name {
            // `A+` is better than `A`, and its name longer.
            "grade" => values.sort_by(|one, other| {
                let key = |value: &Value| (value.title.chars().next(), value.title.len() == 1);
                key(one).cmp(&key(other))
            }),
            _ => values.sort_by(|one, other| {
                other
                    .count
                    .cmp(&one.count)
                    .then_with(|| by_name(one, other))
            }),
        }
        let more = values.len().saturating_sub(MOST_VALUES);
        values.truncate(MOST_VALUES);
        Facet {
            name,
            title: site.say(name).to_owned(),
            values,
            more,
        }
    };
    let all = FACETS.into_iter().map(facet);
    all.filter(|facet| facet.values.len() > 1).collect()
}

#[derive(Serialize)]
struct Data<'a> {
    facets: Vec<Answers>,
    badges: Vec<Badge>,
    listings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Answers {
    name: &'static str,
    values: Vec<(String, String)>,
}

/// Id, name, initials, hue, summary, tags; answers to each question; badges; the day of the newest version; points.
type Row<'a> = (
    &'a str,
    &'a str,
    String,
    u32,
    &'a str,
    String,
    Vec<Vec<usize>>,
    Vec<usize>,
    &'a str,
    f64,
);

/// All listings in the order of showing, as a script: nothing else can be read from a disk.
pub(crate) fn script(site: &Site<'_>) -> Option<String> {
    let market = site.market.as_ref()?;
    let mut facets: Vec<Answers> = FACETS
        .into_iter()
        .map(|name| Answers {
            name,
            values: Vec::new(),
        })
        .collect();
    let mut known: Vec<HashMap<String, usize>> = vec![HashMap::new(); FACETS.len()];
    let mut badges: Vec<Badge> = Vec::new();
    let mut badge_places: HashMap<String, usize> = HashMap::new();
    let mut listings = Vec::with_capacity(market.order.len());
    for listing in &market.order {
        let mut own = Vec::with_capacity(FACETS.len());
        for (facet, known) in facets.iter_mut().zip(&mut known) {
            let places = answers(site, listing, facet.name)
                .into_iter()
                .map(|answer| {
                    *known.entry(answer.0.clone()).or_insert_with(|| {
                        facet.values.push(answer);
                        facet.values.len() - 1
                    })
                });
            own.push(places.collect());
        }
        let own_badges = card::badges(site, listing).into_iter().map(|badge| {
            *badge_places.entry(badge.text.clone()).or_insert_with(|| {
                badges.push(badge);
                badges.len() - 1
            })
        });
        let own_badges = own_badges.collect();
        let days = listing.versions.iter().filter_map(|it| it.date.as_deref());
        listings.push((
            listing.id.as_str(),
            listing.name.as_str(),
            initials(&listing.name),
            card::hue(&listing.id),
            listing.summary.as_str(),
            listing.tags.join(" "),
            own,
            own_badges,
            days.max().unwrap_or_default(),
            card::grade(site, listing).map_or(0.0, |report| report.points.value()),
        ));
    }
    let data = Data {
        facets,
        badges,
        listings,
    };
    let json = serde_json::to_string(&data).expect("plain data is always JSON");
    Some(format!("portolan.catalog = {json};\n"))
}
