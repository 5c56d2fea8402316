//! One file per kind of page: the typed data, and the template of the same name lays it out.

mod api;
mod authentication;
mod catalog;
mod changes;
mod error_codes;
mod errors;
pub(crate) mod guide;
mod home;
mod operation;
pub(crate) mod print;
mod resource;
pub(crate) mod samples;
mod sdk;
mod search;
mod type_index;
mod type_page;

use crate::map::Shelf;
use crate::page::Page;
use crate::site::Site;

/// All pages, in the order in which people would read them.
pub(crate) fn all(site: &Site<'_>) -> Vec<Box<dyn Page>> {
    let mut pages: Vec<Box<dyn Page>> = vec![Box::new(home::Home::new())];
    for index in 0..site.map.apis.len() {
        let map = site.api(index).1;
        pages.push(Box::new(api::Overview::new(site, index)));
        pages.push(Box::new(authentication::Authentication::new(site, index)));
        pages.push(Box::new(errors::Errors::new(site, index)));
        if site.api(index).0.version.previous.is_some() {
            pages.push(Box::new(changes::Changes::new(site, index)));
        }
        for place in 0..map.guides.len() {
            pages.push(Box::new(guide::GuidePage::new(
                site,
                Shelf::Api(index),
                place,
            )));
        }
        if !site.offered(index).is_empty() {
            pages.push(Box::new(sdk::SdkIndex::new(site, index)));
        }
        for package in 0..site.offered(index).len() {
            pages.push(Box::new(sdk::SdkPage::new(site, index, package)));
        }
        for (at, resource) in map.resources.iter().enumerate() {
            pages.push(Box::new(resource::ResourcePage::new(site, index, at)));
            for place in 0..resource.operations.len() {
                pages.push(Box::new(operation::OperationPage::new(
                    site, index, at, place,
                )));
            }
        }
        for place in 0..map.webhooks.len() {
            pages.push(Box::new(operation::OperationPage::of_webhook(
                site, index, place,
            )));
        }
        for place in 0..map.callbacks.len() {
            pages.push(Box::new(operation::OperationPage::of_callback(
                site, index, place,
            )));
        }
        pages.push(Box::new(type_index::TypeIndex::new(site, index)));
        for (address, id) in map.type_pages() {
            pages.push(Box::new(type_page::TypePage::new(
                address.clone(),
                index,
                id,
            )));
        }
    }
    pages.push(Box::new(guide::GuideIndex::new()));
    for place in 0..site.map.guides.len() {
        pages.push(Box::new(guide::GuidePage::new(site, Shelf::Portal, place)));
    }
    for place in 0..site.map.pages.len() {
        pages.push(Box::new(guide::GuidePage::new(site, Shelf::Own, place)));
    }
    if let Some(catalog) = site.inputs.catalog {
        for page in catalog::CatalogPage::all(site) {
            pages.push(Box::new(page));
        }
        pages.push(Box::new(catalog::ComparePage::new()));
        for listing in &catalog.listings {
            pages.push(Box::new(catalog::ListingPage::new(&listing.id)));
        }
    }
    pages.push(Box::new(search::SearchPage::new()));
    pages
}

pub(crate) use catalog::{listing_address, root as catalog_root};
pub(crate) use changes::words_of as change_words;
pub(crate) use search::NotFound;
