//! A document as written -> the one shape that the later stages read, in place and with places kept.
//!
//! 1. [`walk`] goes through every object that OpenAPI's [`grammar`](crate::grammar) knows. What is written wrongly and
//!    has a plain meaning is repaired with a warning (a number where text belongs); what has none is reported and taken
//!    out, so that later stages never meet a value of the wrong kind.
//! 2. On its way it finds the references, and loads the files that they name ([`files`]); the parts referred to are
//!    walked in turn.
//! 3. A `$ref` where the specification has none (for an operation, for a description) is how people split documents
//!    that a bundler puts together: [`transclude`] puts what it leads to in its place.
//!
//! A version of OpenAPI that writes things elsewhere (2.0) is one more file here, which moves them before the walk.
//! The two dialects of schemas (3.0's own; JSON Schema from 3.1 on) are brought together where schemas are read, in
//! [`schema`]: reading a keyword where it stands is much cheaper than rewriting a tree of a million nodes.

pub(crate) mod files;
pub(crate) mod schema;
mod transclude;
mod walk;

use crate::document::Document;
use crate::grammar::{Holds, Kind};
use crate::resolve::locate;
use files::Found;
use portolan_source::{Diagnostics, Sources};
use std::path::Path;

/// How often a transclusion may lead to another one.
const MAX_ROUNDS: usize = 32;

/// A part of a file that was walked, and the references found in it.
struct Part {
    file: usize,
    tokens: Vec<Box<str>>,
    references: Vec<Found>,
}

/// Repairs the document and loads what it refers to, in the folder `root`.
pub(crate) fn run(
    document: &mut Document,
    root: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut found = Diagnostics::new();
    let mut loader = files::Loader::new(document, root);
    let references = walk::walk(
        &mut loader.document.files[0].node,
        Holds::Is(Kind::Document),
        Kind::Document.title(),
        &mut found,
    );
    let mut open = vec![Part {
        file: 0,
        tokens: Vec::new(),
        references,
    }];
    while !open.is_empty() {
        let mut next = Vec::new();
        for mut part in open {
            for _ in 0..MAX_ROUNDS {
                let (places, references) = part
                    .references
                    .into_iter()
                    .partition(|reference| reference.place.is_some());
                part.references = references;
                if places.is_empty() {
                    break;
                }
                let more = transclude::run(
                    &mut loader,
                    part.file,
                    &part.tokens,
                    places,
                    sources,
                    &mut found,
                );
                part.references.extend(more);
            }
            for reference in &part.references {
                let Some((file, tokens)) = loader.load(reference, sources, &mut found) else {
                    continue;
                };
                let node = &mut loader.document.files[file].node;
                if let Some(node) = locate::node_mut(node, &tokens) {
                    let kind = reference.kind;
                    let references =
                        walk::walk(node, Holds::FlagOr(kind), kind.title(), &mut found);
                    next.push(Part {
                        file,
                        tokens,
                        references,
                    });
                }
            }
        }
        open = next;
    }
    found.sort();
    diagnostics.append(found);
}
