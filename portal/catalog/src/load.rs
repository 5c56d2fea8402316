//! Files to a [`Catalog`].
//!
//! 1. Each folder is read in the order of its names; a file is one item, named as its id.
//! 2. An item that is wrong in itself is left out, and remembered as broken.
//! 3. References are followed: an entry of a list that leads nowhere is dropped from its list; a listing without its
//!    provider or without any category is left out. What leads to a broken item is not reported a second time.
//! 4. Of two listings that look alike the later one is left out.

use crate::folder::{Folder, Target};
use crate::{Catalog, Category, Collection, Listing, Plan, Provider, look_alike};
use portolan_source::{Diagnostic, Diagnostics, Node, Sources};
use std::path::Path;

/// Reads the marketplace folder `dir`.
///
/// Every problem is an error in `diagnostics` and leaves the smallest part out that it is in. Callers that want to publish
/// the rest pass a sink of their own and go on.
pub fn load(dir: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Catalog {
    if let Err(error) = std::fs::read_dir(dir) {
        let message = format!("could not read the folder `{}`: {error}", dir.display());
        diagnostics.push(Diagnostic::error("unreadable-folder", message));
        return Catalog::default();
    }
    let categories: Folder<Category> = Folder::read(dir, sources, diagnostics);
    let providers: Folder<Provider> = Folder::read(dir, sources, diagnostics);
    let plans: Folder<Plan> = Folder::read(dir, sources, diagnostics);
    let mut listings: Folder<Listing> = Folder::read(dir, sources, diagnostics);
    let mut collections: Folder<Collection> = Folder::read(dir, sources, diagnostics);

    listings.retain(|listing, node| {
        follow_all(
            &mut listing.categories,
            node.get("categories"),
            &categories,
            diagnostics,
        );
        follow_all(&mut listing.plans, node.get("plans"), &plans, diagnostics);
        let provider = node.get("provider").map_or(node.span, |node| node.span);
        let found = match providers.find(&listing.provider, provider) {
            Target::Found => true,
            Target::Broken => {
                let message = format!("the provider `{}` has errors of its own", listing.provider);
                diagnostics.push(Diagnostic::error("broken-provider", message).at(provider));
                false
            }
            Target::Missing(diagnostic) => {
                diagnostics.push(diagnostic);
                false
            }
        };
        found && !listing.categories.is_empty()
    });
    look_alike::check(&mut listings, diagnostics);
    collections.retain(|collection, node| {
        follow_all(
            &mut collection.listings,
            node.get("listings"),
            &listings,
            diagnostics,
        );
        !collection.listings.is_empty()
    });
    Catalog {
        categories: categories.into_items(),
        providers: providers.into_items(),
        listings: listings.into_items(),
        plans: plans.into_items(),
        collections: collections.into_items(),
    }
}

/// Drops the ids that lead nowhere.
fn follow_all<T: crate::folder::Item>(
    ids: &mut Vec<String>,
    node: Option<&Node>,
    folder: &Folder<T>,
    diagnostics: &mut Diagnostics,
) {
    let mut spans = node.map(Node::items).unwrap_or_default().iter();
    ids.retain(|id| {
        let span = spans.next().map(|node| node.span).unwrap_or_default();
        match folder.find(id, span) {
            Target::Found => true,
            Target::Broken => false,
            Target::Missing(diagnostic) => {
                diagnostics.push(diagnostic);
                false
            }
        }
    });
}
