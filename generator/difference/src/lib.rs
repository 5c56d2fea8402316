//! What changed between two versions of an API, and for whom it matters: two [`Api`]s -> [`Difference`].
//!
//! 1. `pairing` finds which operation of the one is which of the other: by id, else by method and path.
//! 2. `compare` walks both side by side. Types are compared by structure, each pair of named types once per direction, so
//!    cycles end and a large document costs no more than reading it.
//! 3. Each [`Change`] has a [`Rule`] with its [`Severity`], its [`Subject`], both places, and the operations that it reaches.
//! 4. [`advise`] tells the version that follows; [`report`] writes all of it down.
//!
//! ```
//! use portolan_difference::{Severity, compare};
//! use portolan_source::{Diagnostics, Sources};
//!
//! let mut sources = Sources::new();
//! let mut load = |name: &str, required: &str| {
//!     sources.insert(name, format!("
//! openapi: 3.1.0
//! info: {{ title: Books, version: 1.0.0 }}
//! paths:
//!   /books:
//!     get:
//!       operationId: listBooks
//!       parameters: [{{ name: shelf, in: query, required: {required}, schema: {{ type: string }} }}]
//!       responses: {{ '200': {{ description: All books. }} }}
//! "));
//!     portolan_openapi::load(name.as_ref(), &mut sources, &mut Diagnostics::new()).expect("it has no mistakes")
//! };
//! let difference = compare(&load("old.yaml", "false"), &load("new.yaml", "true"));
//! let change = &difference.changes[0];
//! assert_eq!((change.rule.code(), change.path.as_str()), ("request-parameter-became-required", "query.shelf"));
//! assert_eq!(difference.severity(), Some(Severity::Breaking));
//! ```

mod change;
mod compare;
mod pairing;
mod place;
mod reach;
pub mod report;
mod rules;
mod version;

pub use change::{Change, Difference, OperationName, Subject};
pub use rules::{Rule, Severity};
pub use version::{Advice, Bump, advise};

use portolan_model::Api;

/// Tells what `new` does otherwise than `old`.
#[must_use]
pub fn compare(old: &Api, new: &Api) -> Difference {
    compare::Comparison::of(old, new)
}
