//! Whole folders in, whole reports and catalogues out.

#![allow(missing_docs)]

use portolan_catalog::{Catalog, load};
use portolan_source::{Diagnostics, Sources, report};
use std::path::Path;

fn read(folder: &str) -> (Catalog, String) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let catalog = load(Path::new(folder), &mut sources, &mut diagnostics);
    let report = report::human(&sources, &diagnostics, false);
    (catalog, report)
}

#[test]
fn bad_items_are_reported_and_the_rest_survives() {
    let (catalog, report) = read("tests/fixtures/broken");
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(report, snapbox::file!["fixtures/broken.txt"]);
    let left = |ids: Vec<&String>| ids.into_iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        left(catalog.categories.iter().map(|it| &it.id).collect()),
        "maps"
    );
    assert_eq!(
        left(catalog.providers.iter().map(|it| &it.id).collect()),
        "acme"
    );
    assert_eq!(
        left(catalog.plans.iter().map(|it| &it.id).collect()),
        "monthly"
    );
    assert_eq!(
        left(catalog.listings.iter().map(|it| &it.id).collect()),
        "good half twice"
    );
    assert_eq!(
        left(catalog.collections.iter().map(|it| &it.id).collect()),
        "all"
    );
    let good = catalog.listing("good").expect("a good listing");
    assert_eq!(good.plans, ["monthly"]);
    assert_eq!(
        catalog.listing("half").expect("half of it").categories,
        ["maps"]
    );
    assert_eq!(
        catalog.collection("all").expect("one left").listings,
        ["good"]
    );
}

#[test]
fn a_missing_folder_is_one_error() {
    let (catalog, report) = read("tests/fixtures/nowhere");
    assert_eq!(catalog, Catalog::default());
    assert!(
        report.starts_with(
            "error[unreadable-folder]: could not read the folder `tests/fixtures/nowhere`"
        ),
        "{report}"
    );
}

#[test]
fn our_own_marketplace_has_no_errors() {
    let (catalog, report) = read("../../marketplace-data");
    assert_eq!(report, "");
    assert!(catalog.listings.len() >= 25, "{}", catalog.listings.len());
    for category in &catalog.categories {
        assert!(
            catalog.in_category(&category.id).next().is_some(),
            "{} is empty",
            category.id
        );
    }
    for provider in &catalog.providers {
        assert!(
            catalog.of_provider(&provider.id).next().is_some(),
            "{} offers nothing",
            provider.id
        );
    }
}

#[test]
fn a_catalogue_goes_through_json_and_back() {
    let (catalog, _) = read("../../marketplace-data");
    let listing = catalog.listing("telemetry").expect("our own listing");
    let json = serde_json::to_value(listing).expect("plain data");
    assert_eq!(
        json["pricing"],
        serde_json::json!({"model": "subscription", "free_tier": true})
    );
    assert_eq!(
        json["authentication"],
        serde_json::json!(["api-key", "mutual-tls"])
    );
    let mut back: portolan_catalog::Listing = serde_json::from_value(json).expect("the same");
    back.span = listing.span;
    assert_eq!(&back, listing);
}

#[test]
fn related_listings_share_shelves_and_tags() {
    let (catalog, _) = read("../../marketplace-data");
    let related = |id| -> Vec<&str> {
        let place = catalog.listings.iter().position(|it| it.id == id);
        let similar = portolan_catalog::Similar::of(&catalog);
        let found = similar.to(place.expect("our own listing"), 3);
        found.iter().map(|listing| listing.id.as_str()).collect()
    };
    assert_eq!(related("stripe")[0], "payments");
    assert_eq!(
        related("open-library"),
        ["bookshop", "mediawiki", "crossref"]
    );
    assert!(!related("anthropic").contains(&"anthropic"));
}

#[test]
fn a_document_that_the_portal_does_not_have_is_dropped() {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let mut catalog = load(
        "../../marketplace-data".as_ref(),
        &mut sources,
        &mut diagnostics,
    );
    catalog.link_documents(&["bookshop", "payments", "integrations"], &mut diagnostics);
    assert_eq!(
        report::short(&sources, &diagnostics),
        "../../marketplace-data/listings/integration.yaml:1:5: error[unknown-document]: this portal has no API `integration`\n\
         ../../marketplace-data/listings/telemetry.yaml:1:5: error[unknown-document]: this portal has no API `telemetry`\n"
    );
    assert!(catalog.of_document("bookshop").is_some());
    assert!(catalog.of_document("telemetry").is_none());
    assert!(catalog.listing("telemetry").is_some());
}

#[test]
fn a_document_is_a_file_of_the_marketplace_under_an_id_of_its_own() {
    let (mut catalog, _) = read("../../marketplace-data");
    let files = [
        ("stripe", "documents/stripe.yaml"),
        ("github-rest", "../../etc/openapi.yaml"),
        ("nasa", "/etc/openapi.json"),
        ("slack", "documents/../../slack.yaml"),
        ("twilio", "C:\\twilio.yaml"),
        ("bookshop", "documents/bookshop.yaml"),
    ];
    for (id, path) in files {
        let mut listings = catalog.listings.iter_mut();
        let listing = listings.find(|it| it.id == id).expect("our own listing");
        listing.document = Some(path.to_owned());
    }
    let mut diagnostics = Diagnostics::new();
    catalog.link_documents(
        &["bookshop", "payments", "telemetry", "integration"],
        &mut diagnostics,
    );
    let found: Vec<(&str, &str)> = diagnostics
        .iter()
        .map(|it| (it.code, it.message.split('`').nth(1).unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            ("document-id-taken", "bookshop"),
            ("document-outside-folder", "../../etc/openapi.yaml"),
            ("document-outside-folder", "/etc/openapi.json"),
            ("document-outside-folder", "documents/../../slack.yaml"),
            ("document-outside-folder", "C:\\twilio.yaml"),
        ]
    );
    catalog.settle_documents(|listing| listing.id == "stripe");
    let document = |id| catalog.listing(id).and_then(|it| it.document.clone());
    assert_eq!(document("stripe"), Some("stripe".to_owned()));
    assert_eq!(document("payments"), Some("payments".to_owned()));
    assert_eq!(document("github-rest"), None);
}
