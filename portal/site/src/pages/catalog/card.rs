//! A listing in short, as a card: on pages by the template, under filters by the script.

use super::{listing_address, words};
use crate::address::Here;
use crate::page::Badge;
use crate::pages::home::initials;
use crate::site::Site;
use portolan_catalog::{Lifecycle, Listing, PricingModel};
use serde::Serialize;

/// A listing as a card.
#[derive(Serialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: u32,
    pub(crate) href: String,
    pub(crate) provider: String,
    pub(crate) summary: String,
    pub(crate) badges: Vec<Badge>,
}

impl Card {
    /// The card of a listing, with links from `here`.
    pub(crate) fn of(site: &Site<'_>, listing: &Listing, here: &Here) -> Card {
        Card {
            id: listing.id.clone(),
            name: listing.name.clone(),
            initials: initials(&listing.name),
            hue: hue(&listing.id),
            href: here.page(&listing_address(&listing.id)),
            provider: provider(site, listing).to_owned(),
            summary: listing.summary.clone(),
            badges: badges(site, listing),
        }
    }
}

/// The name of who offers it.
pub(crate) fn provider<'a>(site: &'a Site<'_>, listing: &'a Listing) -> &'a str {
    let catalog = site.inputs.catalog;
    let found = catalog.and_then(|catalog| catalog.provider(&listing.provider));
    found.map_or(&listing.provider, |provider| &provider.name)
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
    let mut add = |text: String, tone| badges.push(Badge { text, tone });
    if let Some(report) = grade(site, listing) {
        let tone = match report.grade {
            portolan_quality::Grade::APlus | portolan_quality::Grade::A => "good",
            portolan_quality::Grade::D | portolan_quality::Grade::F => "warning",
            _ => "",
        };
        add(
            site.tell("grade-of", [("grade", report.grade.to_string().into())]),
            tone,
        );
    }
    match reference(site, listing) {
        "reference-elsewhere" => {}
        "reference-here" => add(site.say("reference-and-sdks").to_owned(), "accent"),
        _ => add(site.say("reference").to_owned(), "accent"),
    }
    if let Some(pricing) = listing.pricing {
        let free = pricing.model == PricingModel::Free || pricing.free_tier;
        let words = site.say(words::price(pricing)).to_owned();
        add(words, if free { "good" } else { "" });
    }
    if let Some(authentication) = listing.authentication.first() {
        add(
            site.say(words::authentication(*authentication)).to_owned(),
            "",
        );
    }
    match listing.lifecycle {
        Lifecycle::Stable => {}
        Lifecycle::Deprecated => add(site.say("deprecated").to_owned(), "warning"),
        other => add(site.say(words::lifecycle(other)).to_owned(), ""),
    }
    badges
}

/// How good its document is; `None` when it is not ours to judge.
pub(crate) fn grade<'a>(
    site: &'a Site<'_>,
    listing: &Listing,
) -> Option<&'a portolan_quality::Report> {
    let index = site.market.as_ref()?.api(listing)?;
    site.inputs.apis[index].quality.as_ref()
}

/// Where its reference is: the name of a message.
pub(crate) fn reference(site: &Site<'_>, listing: &Listing) -> &'static str {
    let index = site.market.as_ref().and_then(|market| market.api(listing));
    match index {
        Some(index) if !site.offered(index).is_empty() => "reference-here",
        Some(_) => "reference-only",
        None => "reference-elsewhere",
    }
}
