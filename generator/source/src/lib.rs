//! The ground: text in, places kept, diagnostics out. Knows nothing of OpenAPI.
//!
//! 1. [`Sources`] opens files: every path is known and stays under its root.
//! 2. [`read`] turns the text of a JSON, YAML or TOML file into a [`Node`], a [`Span`] for every value and key.
//! 3. Stages read nodes (by hand, or typed through [`deserialize`]) and record a [`Diagnostic`] for what is wrong.
//! 4. [`report`] renders diagnostics for people and for machines.

mod diagnostic;
mod file;
mod node;
mod pointer;
mod span;

pub use diagnostic::{Diagnostic, Diagnostics, Label, Reported, Severity};
pub use file::{MAX_FILE_BYTES, OpenError, Source, Sources};
pub use node::{Member, Node, Value};
pub use pointer::Pointer;
pub use span::{SourceId, Span};
