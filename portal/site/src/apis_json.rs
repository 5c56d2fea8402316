//! The marketplace as an APIs.json document, version 0.23 (<https://apisjson.org>): what other directories read.
//!
//! The format wants a base URL of each API, so listings that say none are not in it; `catalog.json` has all. Its addresses are
//! whole when the portal knows its own.

use crate::pages::listing_address;
use crate::site::Site;
use crate::url;
use portolan_catalog::Listing;
use serde_json::{Value, json};

/// The version of the format.
const VERSION: &str = "0.23";
/// The longest name of an index, in characters.
const MAX_NAME: usize = 50;
/// The longest description of an index, in characters.
const MAX_DESCRIPTION: usize = 1000;

/// The document; `base` is where the portal is published, without a final slash.
pub(crate) fn of(site: &Site<'_>, base: &str) -> Option<String> {
    let catalog = site.inputs.catalog?;
    let portal = &site.inputs.portal;
    let whole = |path: &str| format!("{base}/{}", url::encode_path(path));
    let description = match portal.tagline.chars().count() {
        0..5 => site.say("catalog-summary"),
        _ => &portal.tagline,
    };
    let apis = catalog
        .listings
        .iter()
        .filter_map(|listing| api(site, listing, &whole));
    let tags = catalog.categories.iter().map(|category| &category.name);
    let document = json!({
        "aid": "catalog",
        "name": portal.title.chars().take(MAX_NAME).collect::<String>(),
        "description": description.chars().take(MAX_DESCRIPTION).collect::<String>(),
        "type": "Index",
        "position": "Consuming",
        "access": "3rd-Party",
        "url": whole("apis.json"),
        "specificationVersion": VERSION,
        "tags": tags.collect::<Vec<_>>(),
        "apis": apis.collect::<Vec<_>>(),
        "common": [
            { "type": "Portal", "url": whole("") },
            { "type": "LlmsText", "url": whole("llms.txt") },
            { "type": "APICatalog", "url": whole(".well-known/api-catalog") },
        ],
        "maintainers": [{ "FN": portal.title }],
    });
    let text = serde_json::to_string_pretty(&document).expect("plain data is always JSON");
    Some(text + "\n")
}

fn api(site: &Site<'_>, listing: &Listing, whole: &dyn Fn(&str) -> String) -> Option<Value> {
    let base_url = listing.base_url.as_deref().and_then(url::safe)?;
    let address = listing_address(&listing.id);
    let mut properties = Vec::new();
    let mut property = |kind: &str, url: Option<String>| {
        properties.extend(url.map(|url| json!({ "type": kind, "url": url })));
    };
    let market = site.market.as_ref()?;
    if let Some(index) = market.api(listing) {
        let (input, map) = site.api(index);
        let notation = input.documents.first().map(|document| document.notation);
        let document = notation.map(|it| whole(&crate::assemble::document_path(map, it)));
        property("OpenAPI", document);
        property("APIReference", Some(whole(map.address.as_str())));
        let sdks = map.address.join("sdks");
        let offered = !site.offered(index).is_empty();
        property("SDKs", offered.then(|| whole(sdks.as_str())));
    }
    let theirs = |url: &Option<String>| url.as_deref().and_then(url::safe).map(str::to_owned);
    property("OpenAPI", theirs(&listing.document_url));
    property("Documentation", theirs(&listing.documentation_url));
    for sdk in &listing.sdks {
        property("SDKs", theirs(&sdk.url));
    }
    let plans = (!listing.plans.is_empty()).then(|| format!("{}#plans", whole(address.as_str())));
    property("Plans", plans);
    property("TermsOfService", theirs(&listing.terms_url));
    property("Support", theirs(&listing.support_url));
    property("StatusPage", theirs(&listing.status_url));
    Some(json!({
        "aid": format!("catalog:{}", listing.id),
        "name": listing.name,
        "description": listing.summary,
        "image": whole(&format!("{}badge.svg", address.as_str())),
        "humanURL": whole(address.as_str()),
        "baseURL": base_url,
        "tags": listing.tags,
        "properties": properties,
    }))
}
