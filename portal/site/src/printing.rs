//! The pages to print, each made as soon as the last operation of its resource is.

use crate::address::Here;
use crate::memory::{Digest, digest_of};
use crate::pages::print::{PrintPage, address, cut};
use crate::site::Site;
use std::sync::{Arc, Mutex, PoisonError};

/// What is known of the resources of all APIs.
pub(crate) struct Printing {
    apis: Vec<Vec<Mutex<Waiting>>>,
}

/// The operations of one resource, as far as they are made.
struct Waiting {
    parts: Vec<Option<Arc<Part>>>,
    missing: usize,
}

/// What is printed of an operation.
pub(crate) struct Part {
    pub(crate) html: String,
    pub(crate) digest: Digest,
}

/// Of which API, which resource, and which operation of it.
pub(crate) type Place = (usize, usize, usize);

impl Part {
    /// Cuts it out of the page of the operation.
    pub(crate) fn of(site: &Site<'_>, (api, resource, place): Place, html: &str) -> Part {
        let known = &site.map.apis[api].resources[resource];
        let own = Here::at(&address(&known.address)).page(&known.operations[place].0);
        let html = cut(html, own.trim_end_matches("index.html"));
        Part {
            digest: digest_of(&html),
            html,
        }
    }
}

impl Printing {
    /// Nothing made yet.
    pub(crate) fn of(site: &Site<'_>) -> Printing {
        let apis = site.map.apis.iter().map(|map| {
            let resources = map.resources.iter().map(|resource| {
                Mutex::new(Waiting {
                    parts: vec![None; resource.operations.len()],
                    missing: resource.operations.len(),
                })
            });
            resources.collect()
        });
        Printing {
            apis: apis.collect(),
        }
    }

    /// Takes the part of an operation; with the last one of a resource gives the page to print.
    pub(crate) fn take(
        &self,
        site: &Site<'_>,
        (api, resource, place): Place,
        part: Arc<Part>,
    ) -> Option<PrintPage> {
        let mut waiting = self.apis[api][resource]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        waiting.parts[place] = Some(part);
        waiting.missing -= 1;
        (waiting.missing == 0).then(|| {
            let parts = std::mem::take(&mut waiting.parts).into_iter().flatten();
            PrintPage::new(site, api, resource, parts.collect())
        })
    }
}
