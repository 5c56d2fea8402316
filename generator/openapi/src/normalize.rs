//! A document as written -> the one shape that the later stages read, in place and with places kept.
//!
//! 1. [`walk`] goes through every object that OpenAPI's [`grammar`](crate::grammar) knows. What is written wrongly and
//!    has a plain meaning is repaired with a warning (a number where text belongs); what has none is reported and taken
//!    out, so that later stages never meet a value of the wrong kind.
//! 2. On its way it finds the references, and loads the files that they name ([`files`]); the parts referred to are
//!    walked in turn.
//!
//! A version of OpenAPI that writes things elsewhere (2.0) is one more file here, which moves them before the walk.
//! The two dialects of schemas (3.0's own; JSON Schema from 3.1 on) are brought together where schemas are read, in
//! [`schema`]: reading a keyword where it stands is much cheaper than rewriting a tree of a million nodes.

pub(crate) mod files;
pub(crate) mod schema;
mod walk;

use crate::document::Document;
use crate::grammar::Kind;
use portolan_source::{Diagnostics, Sources};

/// Repairs the document and loads what it refers to.
pub(crate) fn run(document: &mut Document, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::new();
    let mut loader = files::Loader::new(document);
    let mut references = walk::walk(
        &mut loader.document.files[0].node,
        Kind::Document,
        &mut found,
    );
    while !references.is_empty() {
        let mut next = Vec::new();
        for reference in references {
            if let Some((file, tokens)) = loader.load(&reference, sources, &mut found) {
                let root = &mut loader.document.files[file].node;
                if let Some(node) = crate::resolve::locate::node_mut(root, &tokens) {
                    next.append(&mut walk::walk(node, reference.kind, &mut found));
                }
            }
        }
        references = next;
    }
    found.sort();
    diagnostics.append(found);
}
