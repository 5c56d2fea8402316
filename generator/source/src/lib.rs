//! The ground: text in, places kept, diagnostics out. Knows nothing of OpenAPI.
//!
//! 1. [`Sources`] opens files: every path is known and stays under its root.
//! 2. [`read`] turns the text of a JSON, YAML or TOML file into a [`Node`], a [`Span`] for every value and key.
//! 3. Stages read nodes (by hand, or typed through [`deserialize`]) and record a [`Diagnostic`] for what is wrong.
//! 4. [`report`] renders diagnostics for people and for machines.
//!
//! ```
//! use portolan_source::{Diagnostics, Sources, read, report};
//!
//! let mut sources = Sources::new();
//! sources.insert("book.yaml", "title: Winter Light\ntitle: Summer Dark\n");
//! let id = sources.open("book.yaml".as_ref())?;
//! let mut diagnostics = Diagnostics::new();
//! let _ = read(&sources, id, &mut diagnostics);
//! assert_eq!(
//!     report::short(&sources, &diagnostics),
//!     "book.yaml:2:1: error[duplicate-key]: the key `title` stands twice\n",
//! );
//! # Ok::<(), portolan_source::OpenError>(())
//! ```

mod deserialize;
mod diagnostic;
mod duplicate;
mod file;
mod json;
mod node;
mod pointer;
mod read;
pub mod report;
mod span;
mod toml;
mod write;
mod yaml;

pub use deserialize::{deserialize, deserialize_members, nearest};
pub use diagnostic::{Diagnostic, Diagnostics, Label, Reported, Severity};
pub use file::{MAX_FILE_BYTES, OpenError, Source, Sources, read_bytes};
pub use json::MAX_DEPTH;
pub use node::{Member, Node, Value};
pub use pointer::Pointer;
pub use read::read;
pub use span::{SourceId, Span};
pub use write::{to_json, to_yaml};
