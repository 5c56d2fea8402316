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
//! A version of OpenAPI that writes things elsewhere is one more module here: [`swagger`] moves what 2.0 says to where 3.x
//! has it, object by object as the walk comes to them.
//! The two dialects of schemas (3.0's own; JSON Schema from 3.1 on) are brought together where schemas are read, in
//! [`schema`]: reading a keyword where it stands is much cheaper than rewriting a tree of a million nodes.

mod dynamic;
pub(crate) mod files;
pub(crate) mod reference;
pub(crate) mod schema;
pub(crate) mod swagger;
pub(crate) mod transclude;
mod walk;

use crate::document::Document;
use crate::grammar::{Holds, Kind};
use crate::resolve::lookup::Lookup;
use crate::resolve::{Resolver, locate};
use files::Loader;
use portolan_source::{Diagnostic, Diagnostics, Reported, Sources, Span};
use reference::Found;
use std::path::Path;

/// How many levels may be put into one another where references stood.
const MAX_DEPTH: usize = 256;

/// A part of a file that was walked, and the references found in it.
struct Part {
    file: usize,
    tokens: Vec<Box<str>>,
    references: Vec<Found>,
}

/// Repairs the document and loads what it refers to, in the folder `root`.
///
/// # Errors
/// When references multiply beyond their budget.
pub(crate) fn run(
    document: &mut Document,
    root: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<(), Reported> {
    let mut found = Diagnostics::new();
    let loader = Loader::new(document, root);
    run_with(loader, sources, &mut found);
    found.sort();
    // What multiplies without end is not lowered as well.
    let exhausted = found
        .iter()
        .any(|finding| finding.code == "reference-budget");
    let proof = found.ok();
    diagnostics.append(found);
    if exhausted { proof } else { Ok(()) }
}

/// As [`run`]; returns all references.
pub(crate) fn run_recording(
    document: &mut Document,
    root: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut found = Diagnostics::new();
    let mut loader = Loader::new(document, root);
    loader.recorded = Some(Vec::new());
    let recorded = run_with(loader, sources, &mut found);
    found.sort();
    diagnostics.append(found);
    recorded
}

fn run_with(mut loader: Loader<'_>, sources: &mut Sources, found: &mut Diagnostics) -> Vec<Found> {
    let whole = Holds::Is(Kind::Document);
    let references = walk_part(&mut loader, 0, &[], whole, sources, found);
    let mut chains = Vec::new();
    let mut open = vec![Part {
        file: 0,
        tokens: Vec::new(),
        references,
    }];
    loop {
        let mut next = Vec::new();
        for mut part in std::mem::take(&mut open) {
            let mut depth = 0;
            loop {
                let (places, references): (Vec<Found>, _) = part
                    .references
                    .into_iter()
                    .partition(|reference| reference.place.is_some());
                part.references = references;
                if places.is_empty() {
                    break;
                }
                if depth > MAX_DEPTH {
                    places
                        .iter()
                        .for_each(|place| found.push(cycle(place.span)));
                    break;
                }
                let put =
                    transclude::run(&mut loader, part.file, &part.tokens, places, sources, found);
                depth += put.deepest;
                if loader.budget == 0 {
                    break;
                }
                part.references.extend(put.references);
            }
            for reference in part.references {
                next.extend(walk_target(&mut loader, &reference, sources, found));
                // For schemas that is found out where they are lowered: an `allOf` makes circles, too.
                if reference.kind != Kind::Schema {
                    chains.push(reference);
                }
            }
        }
        // Addresses that no file has by now, no file will have.
        if next.is_empty() {
            loader.complete = true;
            for reference in std::mem::take(&mut loader.waiting) {
                next.extend(walk_target(&mut loader, &reference, sources, found));
            }
            loader.complete = false;
        }
        if next.is_empty() {
            break;
        }
        open = next;
    }
    if loader.dynamic {
        dynamic::run(&mut loader, sources, found);
    }
    loader.settle();
    cycles(loader.document, &chains, found);
    loader.recorded.take().unwrap_or_default()
}

/// References that lead to references to themselves: a parameter or a response that nobody writes down.
fn cycles(document: &Document, references: &[Found], diagnostics: &mut Diagnostics) {
    let mut lookup = Lookup::default();
    let mut target = |found: &Found| {
        let key = (found.span.source, found.text.clone());
        let target = document.references.get(&key)?;
        let node = lookup.node(&document.files[target.file].node, &target.tokens)?;
        node.get("$ref").map(|_| node)
    };
    let mut resolver = None;
    for found in references {
        if let Some(node) = target(found)
            && resolver
                .get_or_insert_with(|| Resolver::new(document))
                .circles(node)
        {
            diagnostics.push(cycle(found.span));
        }
    }
}

/// "This leads back to itself."
fn cycle(span: Span) -> Diagnostic {
    Diagnostic::error(
        "reference-cycle",
        "this reference only leads back to itself",
    )
    .at(span)
    .help("somewhere on the way there must be what the references stand for")
}

/// Walks the part that a reference leads to, when nobody did so far.
fn walk_target(
    loader: &mut Loader<'_>,
    reference: &Found,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Part> {
    let (file, tokens) = loader.load(reference, sources, diagnostics)?;
    let holds = Holds::FlagOr(reference.kind);
    let references = walk_part(loader, file, &tokens, holds, sources, diagnostics);
    Some(Part {
        file,
        tokens,
        references,
    })
}

/// Walks the part at `tokens` of a file; returns the references in it.
fn walk_part(
    loader: &mut Loader<'_>,
    file: usize,
    tokens: &[Box<str>],
    holds: Holds,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    loader.lookup.changed();
    let kind = swagger::kind_of(holds);
    let dialect = swagger::prepare(loader, file, tokens, kind, sources, diagnostics);
    let resource = loader.resource(file, tokens);
    let Loader {
        document,
        swagger,
        dynamic,
        ..
    } = loader;
    let Some(node) = locate::node_mut(&mut document.files[file].node, tokens) else {
        return Vec::new();
    };
    let name = kind.title();
    walk::walk(
        node,
        holds,
        name,
        resource,
        dialect,
        swagger,
        dynamic,
        diagnostics,
    )
}
