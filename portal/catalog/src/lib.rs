//! The marketplace: the files of `marketplace-data/` in, a checked [`Catalog`] out.
//!
//! 1. [`load`] reads every file of `categories/`, `providers/`, `plans/`, `listings/` and `collections/`.
//! 2. Each file is one item: its keys and kinds are checked, then what it refers to.
//! 3. What is wrong becomes a diagnostic with its place, and the item is left out: one bad item never breaks the rest.
//!
//! ```no_run
//! use portolan_source::{Diagnostics, Sources};
//! let (mut sources, mut findings) = (Sources::new(), Diagnostics::new());
//! let catalog = portolan_catalog::load("marketplace-data".as_ref(), &mut sources, &mut findings);
//! for listing in catalog.in_category("payments") {
//!     assert!(catalog.provider(&listing.provider).is_some());
//! }
//! ```

mod catalog;
mod check;
mod folder;
mod listing;
mod load;
mod look_alike;
mod member;
mod similar;
mod terms;
pub mod tidy;

pub use catalog::Catalog;
pub use listing::{Listing, Sdk, Version};
pub use load::load;
pub use look_alike::skeleton;
pub use similar::Similar;
pub use terms::{
    Authentication, Category, Collection, Lifecycle, Period, Plan, Price, Pricing, PricingModel,
    Provider,
};
