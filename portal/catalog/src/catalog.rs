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

    /// Drops the documents of listings that lead nowhere: ids that are not among those of the portal's APIs, and paths that
    /// lead out of the marketplace's folder or would become an API under an id that another one has.
    pub fn link_documents(&mut self, apis: &[&str], diagnostics: &mut Diagnostics) {
        for listing in &mut self.listings {
            let Some(document) = &listing.document else {
                continue;
            };
            let fault = match listing.document_file() {
                Some(path) if !is_inside(path) => Some(
                    Diagnostic::error(
                        "document-outside-folder",
                        format!(
                            "the document `{path}` does not lie in the folder of the marketplace"
                        ),
                    )
                    .help("write a path that begins at that folder, such as `documents/acme.yaml`"),
                ),
                Some(_) if apis.contains(&listing.id.as_str()) => Some(
                    Diagnostic::error(
                        "document-id-taken",
                        format!("this portal has an API `{}` already", listing.id),
                    )
                    .help(format!(
                        "write `document: {}` to show that one, or give the listing another id",
                        listing.id
                    )),
                ),
                None if !apis.contains(&document.as_str()) => {
                    let help = match nearest(document, apis.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write the id of an API of portolan.toml or the path of a document, or leave the key out"
                            .to_owned(),
                    };
                    let message = format!("this portal has no API `{document}`");
                    Some(Diagnostic::error("unknown-document", message).help(help))
                }
                _ => None,
            };
            if let Some(fault) = fault {
                diagnostics.push(fault.at(listing.span));
                listing.document = None;
            }
        }
    }

    /// Says of the listings whose documents are files which of these became APIs: from now on they name them by their ids.
    pub fn settle_documents(&mut self, mut became_api: impl FnMut(&Listing) -> bool) {
        for listing in &mut self.listings {
            if listing.document_file().is_some() {
                listing.document = became_api(listing).then(|| listing.id.clone());
            }
        }
    }
}

/// Whether a path begins here and never climbs.
fn is_inside(path: &str) -> bool {
    let parts = std::path::Path::new(path).components();
    let normal = |part| matches!(part, std::path::Component::Normal(_));
    !path.contains(['\\', '\0', ':']) && parts.into_iter().all(normal)
}

fn find<'a, T>(sorted: &'a [T], id: &str, key: impl Fn(&T) -> &String) -> Option<&'a T> {
    let at = sorted
        .binary_search_by(|item| key(item).as_str().cmp(id))
        .ok()?;
    sorted.get(at)
}
