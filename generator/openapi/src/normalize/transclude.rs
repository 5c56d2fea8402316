//! References where the specification knows none: the part referred to is put in their place.

use super::files::Loader;
use super::reference::Found;
use super::swagger::{self, Dialect, Swagger};
use super::walk;
use crate::grammar::Holds;
use crate::resolve::locate::{self, Tokens};
use portolan_source::{Diagnostic, Diagnostics, Node, Sources, Span, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// What was put in the place of references.
pub(super) struct Put {
    /// The references in it.
    pub(super) references: Vec<Found>,
    /// How many levels the deepest part has.
    pub(super) deepest: usize,
}

/// Replaces each of `places` inside one part of a file.
pub(super) fn run(
    loader: &mut Loader<'_>,
    file: usize,
    tokens: &[Box<str>],
    places: Vec<Found>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Put {
    let mut deepest = 0;
    // What was put somewhere twice has places inside that stand twice.
    let mut replacements: HashMap<Span, Replacement> = HashMap::new();
    let mut parts: HashMap<(usize, Tokens), Rc<Node>> = HashMap::new();
    for found in places {
        let Some((span, holds)) = found.place else {
            continue;
        };
        let Some((from, way)) = loader.locate(&found, sources, diagnostics) else {
            // That was said: in a map it would be an entry that nobody wrote.
            if matches!(holds, Holds::Map(_) | Holds::Names(_)) {
                let node = Node {
                    span: found.span,
                    value: Value::Object(Vec::new()),
                };
                let replacement = Replacement {
                    found,
                    holds,
                    node: Rc::new(node),
                    values: 0,
                    dialect: Dialect::OpenApi,
                };
                replacements.entry(span).or_insert(replacement);
            }
            continue;
        };
        if replacements.contains_key(&span) {
            continue;
        }
        let kind = swagger::kind_of(holds);
        let dialect = swagger::prepare(loader, from, &way, kind, sources, diagnostics);
        if let Some(node) = locate::node(&loader.document.files[from].node, &way) {
            let (values, levels) = size(node);
            deepest = deepest.max(levels);
            // Many places may ask for one part.
            let part = parts
                .entry((from, way))
                .or_insert_with(|| Rc::new(node.clone()));
            let node = Rc::clone(part);
            let replacement = Replacement {
                found,
                holds,
                node,
                values,
                dialect,
            };
            replacements.insert(span, replacement);
        }
    }
    loader.lookup.changed();
    let Loader {
        document,
        swagger,
        budget,
        dynamic,
        ..
    } = loader;
    swagger.enter(document, file);
    let mut replacer = Replacer {
        replacements,
        references: Vec::new(),
        budget: *budget,
        swagger,
        dynamic,
        diagnostics,
    };
    if let Some(root) = locate::node_mut(&mut document.files[file].node, tokens)
        && !replacer.replacements.is_empty()
    {
        replacer.replace(root);
    }
    *budget = replacer.budget;
    Put {
        references: replacer.references,
        deepest,
    }
}

/// What is to be put in the place of a reference.
struct Replacement {
    found: Found,
    holds: Holds,
    node: Rc<Node>,
    /// How many values that are.
    values: usize,
    dialect: Dialect,
}

struct Replacer<'a> {
    replacements: HashMap<Span, Replacement>,
    references: Vec<Found>,
    budget: usize,
    swagger: &'a mut Swagger,
    dynamic: &'a mut bool,
    diagnostics: &'a mut Diagnostics,
}

impl Replacer<'_> {
    fn replace(&mut self, node: &mut Node) {
        if node.get("$ref").is_some()
            && let Some(replacement) = self.replacements.get(&node.span)
        {
            let Some(left) = self.budget.checked_sub(replacement.values) else {
                if self.budget > 0 {
                    self.diagnostics.push(
                        Diagnostic::error(
                            "reference-budget",
                            "references in this document multiply into too many values",
                        )
                        .at(replacement.found.span)
                        .help("what stands in the place of this reference holds others, and they it, over and over"),
                    );
                }
                self.budget = 0;
                return;
            };
            self.budget = left;
            put(node, Node::clone(&replacement.node));
            let found = &replacement.found;
            self.references.append(&mut walk::walk(
                node,
                replacement.holds,
                &found.name,
                found.resource,
                replacement.dialect,
                self.swagger,
                self.dynamic,
                self.diagnostics,
            ));
            return;
        }
        match &mut node.value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace(item)),
            Value::Object(members) => members
                .iter_mut()
                .for_each(|member| self.replace(&mut member.node)),
            _ => {}
        }
    }
}

/// How many values a tree has, and how many levels.
pub(super) fn size(node: &Node) -> (usize, usize) {
    let add = |(values, levels): (usize, usize), node: &Node| {
        let (more, depth) = size(node);
        (values + more, levels.max(depth))
    };
    let (values, levels) = match &node.value {
        Value::Array(items) => items.iter().fold((0, 0), add),
        Value::Object(members) => members.iter().map(|member| &member.node).fold((0, 0), add),
        _ => (0, 0),
    };
    (values + 1, levels + 1)
}

/// Puts `replacement` where the reference stands; members beside the reference stay, and win.
pub(crate) fn put(node: &mut Node, replacement: Node) {
    let Value::Object(members) = &mut node.value else {
        return;
    };
    members.retain(|member| &*member.key != "$ref");
    if members.is_empty() {
        *node = replacement;
        return;
    }
    let Value::Object(more) = replacement.value else {
        return;
    };
    for mut member in more {
        match members.iter_mut().find(|own| own.key == member.key) {
            None => members.push(member),
            // The parameters of a path item are shared by all its operations, wherever they stand.
            Some(own) if &*own.key == "parameters" => {
                if let (Value::Array(ours), Value::Array(theirs)) =
                    (&mut own.node.value, &mut member.node.value)
                {
                    theirs.retain(|theirs| !ours.iter().any(|ours| same_parameter(ours, theirs)));
                    ours.append(theirs);
                }
            }
            Some(_) => {}
        }
    }
}

/// Whether both declare the same parameter, or refer to the same one.
fn same_parameter(ours: &Node, theirs: &Node) -> bool {
    let text = |node: &'_ Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    ["name", "in", "$ref"]
        .iter()
        .all(|key| text(ours, key) == text(theirs, key))
}
