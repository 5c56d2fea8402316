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

mod document;
mod extensions;
mod grammar;
mod lower;
mod normalize;
mod resolve;
mod typed;

pub use document::{Document, Tree, Version};

use portolan_model::Api;
use portolan_source::{Diagnostics, Node, Reported, Sources};
use std::path::Path;

/// Reads the document at `path` and everything that it refers to.
///
/// All mistakes are recorded, in the order of their places. The API is returned when none of them is an error.
///
/// # Errors
/// When an error was recorded.
pub fn load(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Api, Reported> {
    let root = path.parent().unwrap_or(Path::new(""));
    load_within(root, path, sources, diagnostics)
}

/// As [`load`], for a document whose files lie around it: references may lead anywhere in the folder `root`.
///
/// # Errors
/// When an error was recorded.
pub fn load_within(
    root: &Path,
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Api, Reported> {
    let mut found = Diagnostics::new();
    let result = Document::read(root, path, sources, &mut found)
        .map(|document| lower::lower(&document, &id_of(path), &mut found));
    found.sort();
    let proof = found.ok();
    diagnostics.append(found);
    proof?;
    result
}

/// The tree of one file, as it was read: the stage `node` of `portolan inspect`.
///
/// # Errors
/// When the file cannot be opened or has a syntax error.
pub fn read_node(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let source = sources.open(path).map_err(|error| {
        diagnostics.report(document::unreadable(
            &error,
            portolan_source::Span::default(),
        ))
    })?;
    portolan_source::read(sources, source, diagnostics)
}

/// A short name for the API: that of the file, or of its folder when the file is called `openapi`.
fn id_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    let name = match (stem.as_ref(), folder) {
        ("openapi" | "swagger" | "api" | "spec" | "index" | "main", Some(folder)) => folder,
        _ => stem.into_owned(),
    };
    let mut id = String::new();
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            id.push(character.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() {
        "api".to_owned()
    } else {
        id.to_owned()
    }
}
