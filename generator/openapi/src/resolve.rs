//! From a `$ref` to the node it leads to.
//!
//! 1. [`normalize`](crate::normalize) finds every reference and loads the file that it names, under the document's
//!    folder only; what cannot be followed is reported there, once.
//! 2. A [`Resolver`] answers from that table. Cycles stay cycles: one step is taken at a time, and a chain of
//!    references that only leads to itself ends.

use crate::document::{Document, File, Target};
use lookup::Lookup;
use portolan_source::{Node, SourceId, Span};
use std::collections::HashMap;

pub(crate) mod identifiers;
pub(crate) mod locate;
pub(crate) mod lookup;

/// How many references may follow one another.
const MAX_CHAIN: usize = 64;

/// The node behind a reference.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolved<'a> {
    pub(crate) node: &'a Node,
    pub(crate) file: &'a File,
    /// The way inside the file.
    pub(crate) tokens: &'a [Box<str>],
}

/// All references of a document with the nodes behind them.
pub(crate) struct Resolver<'a> {
    targets: HashMap<(SourceId, &'a str), Resolved<'a>>,
    /// References inside a schema with an `$id`, which may mean something else there, by their place.
    placed: HashMap<Span, Resolved<'a>>,
    schemas: Vec<Resolved<'a>>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(document: &'a Document) -> Resolver<'a> {
        let mut lookup = Lookup::default();
        let mut schemas = Vec::new();
        let mut find = |target: &'a Target| {
            let found = resolved(document, target, &mut lookup)?;
            if target.schema {
                schemas.push(found);
            }
            Some(found)
        };
        let targets = document
            .references
            .iter()
            .filter_map(|((source, text), target)| Some(((*source, &**text), find(target)?)))
            .collect();
        let placed = document
            .placed
            .iter()
            .filter_map(|(span, target)| Some((*span, find(target)?)))
            .collect();
        Resolver {
            targets,
            placed,
            schemas,
        }
    }

    /// The next node on the way, when `node` is a reference that can be followed.
    pub(crate) fn step(&self, node: &'a Node) -> Option<Resolved<'a>> {
        self.text(node.get("$ref")?)
    }

    /// Where a reference that stands as bare text (the value of a `$ref`, or of a discriminator's mapping) leads.
    pub(crate) fn text(&self, node: &'a Node) -> Option<Resolved<'a>> {
        let text = node.as_str()?;
        if !self.placed.is_empty()
            && let Some(resolved) = self.placed.get(&node.span)
        {
            return Some(*resolved);
        }
        self.targets.get(&(node.span.source, text)).copied()
    }

    /// The node itself, or the one at the end of its chain of references; `None` for a chain that leads nowhere.
    pub(crate) fn follow(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_CHAIN {
            match node.get("$ref").and_then(Node::as_str) {
                Some(_) => node = self.step(node)?.node,
                None => return Some(node),
            }
        }
        None
    }
}

impl<'a> Resolver<'a> {
    /// Whether a chain of references leads back into itself, and not just to one that nothing stands behind.
    pub(crate) fn circles(&self, node: &'a Node) -> bool {
        let mut node = node;
        for _ in 0..MAX_CHAIN {
            match self.step(node) {
                Some(next) => node = next.node,
                None => return false,
            }
        }
        true
    }
}

fn resolved<'a>(
    document: &'a Document,
    target: &'a Target,
    lookup: &mut Lookup,
) -> Option<Resolved<'a>> {
    let file = &document.files[target.file];
    Some(Resolved {
        node: lookup.node(&file.node, &target.tokens)?,
        file,
        tokens: &target.tokens,
    })
}

impl<'a> Resolver<'a> {
    /// Every schema that some reference names; the order is not said.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = Resolved<'a>> {
        self.schemas.iter().copied()
    }
}
