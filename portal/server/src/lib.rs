//! The servers: a preview of the portal, the integration API for programs, and the mock of any API.
//!
//! * [`serve()`] serves [`Snapshots`]: the files of the newest [`Snapshot`] from memory, live reload at
//!   `/_portolan/events`, a mock of each API at `/_mock/{api}`, and the integration API at `/v1/`, which [`document`]
//!   describes. Documents that are sent are [`Uploads`]: kept by a store, and worked on by a [`workshop`]. A build that is done is published whole; one that failed leaves the last good one where it is.
//! * [`mock::serve`] serves the mock of one API alone.
//!
//! ```no_run
//! use portolan_server::{Snapshot, Snapshots, Uploads, serve};
//! # async fn example(uploads: Uploads) -> std::io::Result<()> {
//! let snapshots = Snapshots::new();
//! let listener = tokio::net::TcpListener::bind(("127.0.0.1", 4000)).await?;
//! snapshots.publish(Snapshot::default(), &serde_json::json!([]));
//! serve(listener, snapshots, uploads, async { /* until Ctrl-C */ }).await
//! # }
//! ```
//!
//! The rules that hold for every answer of the preview server are in `guard`; how the mock treats a request is told in
//! [`mock`].

mod conditional;
mod events;
mod files;
mod gathering;
mod guard;
mod integration;
mod limit;
mod listing;
pub mod mock;
mod patience;
mod problem;
mod problem_type;
mod ranges;
mod recent;
mod serve;
mod snapshot;
mod uploads;
pub mod workshop;

pub use gathering::Files;
pub use integration::document;
pub use listing::{
    Authentication, Category, Lifecycle, Listing, ListingVersion, Period, Plan, Price, Pricing,
    PricingModel, Reference,
};
pub use problem::{Diagnostics, Problem, Violation};
pub use serve::serve;
pub use snapshot::{Archive, DocsPage, Pages, Snapshot, Snapshots, Spec};
pub use uploads::{Limits, Uploads};

pub(crate) use problem_type::ProblemType;
pub(crate) use workshop::Finding;
