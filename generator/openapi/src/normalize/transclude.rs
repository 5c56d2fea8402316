//! References where the specification knows none: the part referred to is put in their place.

use super::files::{Found, Loader};
use super::walk;
use crate::resolve::locate;
use portolan_source::{Diagnostics, Node, Sources, Span, Value};
use std::collections::HashMap;

/// Replaces each of `places` inside one part of a file; returns the references found in what was put there.
pub(super) fn run(
    loader: &mut Loader<'_>,
    file: usize,
    tokens: &[Box<str>],
    places: Vec<Found>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut replacements: HashMap<Span, (Found, Node)> = HashMap::new();
    for found in places {
        let (Some((span, _)), Some((from, way))) =
            (found.place, loader.locate(&found, sources, diagnostics))
        else {
            continue;
        };
        if let Some(node) = locate::node(&loader.document.files[from].node, &way) {
            let node = node.clone();
            replacements.insert(span, (found, node));
        }
    }
    let mut references = Vec::new();
    if let Some(root) = locate::node_mut(&mut loader.document.files[file].node, tokens) {
        replace(root, &mut replacements, &mut references, diagnostics);
    }
    references
}

fn replace(
    node: &mut Node,
    replacements: &mut HashMap<Span, (Found, Node)>,
    references: &mut Vec<Found>,
    diagnostics: &mut Diagnostics,
) {
    if replacements.is_empty() {
        return;
    }
    if node.get("$ref").is_some()
        && let Some((found, replacement)) = replacements.remove(&node.span)
        && let Some((_, holds)) = found.place
    {
        put(node, replacement);
        references.append(&mut walk::walk(node, holds, &found.name, diagnostics));
        return;
    }
    match &mut node.value {
        Value::Array(items) => {
            for item in items {
                replace(item, replacements, references, diagnostics);
            }
        }
        Value::Object(members) => {
            for member in members {
                replace(&mut member.node, replacements, references, diagnostics);
            }
        }
        _ => {}
    }
}

/// Puts `replacement` where the reference stands; members beside the reference stay, and win.
fn put(node: &mut Node, replacement: Node) {
    let Value::Object(members) = &mut node.value else {
        return;
    };
    members.retain(|member| &*member.key != "$ref");
    if members.is_empty() {
        *node = replacement;
        return;
    }
    if let Value::Object(more) = replacement.value {
        for member in more {
            if !members.iter().any(|own| own.key == member.key) {
                members.push(member);
            }
        }
    }
}
