//! The servers: a preview of the portal, the integration API and the mock.

mod conditional;
mod events;
mod files;
mod guard;
mod integration;
mod listing;
pub mod mock;
mod patience;
mod problem;
mod serve;
mod snapshot;

pub use integration::document;
pub use listing::{
    Authentication, Lifecycle, Listing, Period, Plan, Price, Pricing, PricingModel, Reference,
};
pub use problem::{Problem, Violation};
pub use serve::serve;
pub use snapshot::{Archive, DocsPage, Snapshot, Snapshots, Spec};
