//! Finding things: entries in, an index out, answered here by tantivy and in the browser from exported files.
//!
//! 1. Pages describe themselves as [`Entry`] values.
//! 2. [`Index::build`] analyses them into one tantivy segment in memory.
//! 3. [`Index::search`] answers a [`Query`] with [`Results`]: that is what the server does.
//! 4. [`Index::export`] writes the postings of the same segment as static files, which `search-reader.js` reads: the same
//!    answers without a server.
//!
//! ```
//! use portolan_search::{Entry, Index, Kind, Query};
//! let entry = Entry {
//!     operation_id: "listBooks".into(),
//!     method: "GET".into(),
//!     path: "/books".into(),
//!     ..Entry::new(Kind::Operation, "bookshop.listBooks", "List books", "bookshop/books/list/")
//! };
//! let index = Index::build(vec![entry])?;
//! let results = index.search(&Query::new("list boks"));
//! assert_eq!(results.hits[0].entry.address, "bookshop/books/list/");
//! # Ok::<(), portolan_search::Error>(())
//! ```

mod analyse;
mod class;
mod coding;
mod entry;
mod export;
mod index;
mod lexicon;
mod path;
mod plan;
mod postings;
mod query;
mod scratch;
mod search;
mod terms;
mod tokens;
mod words;

pub use entry::{Entry, Kind};
pub use index::{Error, Index};
pub use query::{Facets, Hit, Query, Results};
