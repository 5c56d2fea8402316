//! The front end: an OpenAPI document in, [`Api`] out.
//!
//! 1. **read**: bytes become nodes with places ([`portolan_source::read`]).
//! 2. **resolve** and **normalize**: [`Document::read`] follows references to files, and repairs what has a plain meaning.
//! 3. **check** and **lower**: [`load`] makes the model, every mistake with its place.
//!
//! ```
//! use portolan_source::{Diagnostics, Sources};
//!
//! let mut sources = Sources::new();
//! sources.insert("books.yaml", "
//! openapi: 3.1.0
//! info: { title: Books, version: 1.0.0 }
//! paths:
//!   /books:
//!     get:
//!       operationId: listBooks
//!       tags: [books]
//!       responses: { '200': { description: All books. } }
//! ");
//! let mut diagnostics = Diagnostics::new();
//! let api = portolan_openapi::load("books.yaml".as_ref(), &mut sources, &mut diagnostics).expect("it has no mistakes");
//! assert_eq!(api.operations()[0].1.name, "list");
//! ```

mod bundle;
mod document;
mod extensions;
mod grammar;
mod input;
mod lower;
mod normalize;
mod overlay;
mod resolve;
mod typed;

pub use bundle::bundle;
pub use document::{Document, Tree, Version};
pub use extensions::PaginationRule;
pub use input::{Input, read_node};

use portolan_model::Api;
use portolan_source::{Diagnostics, Reported, Sources};
use std::path::Path;

/// Reads the document at `path`, and everything that it refers to in its folder; more can be said by an [`Input`].
///
/// # Errors
/// When an error was recorded.
pub fn load(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Api, Reported> {
    Input::new(path).load(sources, diagnostics)
}
