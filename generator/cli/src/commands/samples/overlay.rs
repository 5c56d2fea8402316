//! Samples as an OpenAPI Overlay that adds them to the document, as `x-codeSamples` of each operation.
//!
//! An operation is addressed by the keys that lead to it in the document itself, quoted as RFC 9535 wants it, so that no path
//! and no method can be more than a key. What stands in another file has no address, and is said to be left out.

use super::Made;
use portolan_model::{Api, Operation};
use portolan_source::{Node, Span, Value};
use std::collections::{HashMap, VecDeque};

/// An overlay, and the ids of the operations that it cannot reach.
pub(super) struct Written<'a> {
    pub(super) overlay: Node,
    pub(super) unreached: Vec<&'a str>,
}

/// The overlay for a document whose `root` is given as it was read.
pub(super) fn overlay<'a>(api: &Api, made: &[Made<'a>], root: &Node) -> Written<'a> {
    let mut addresses = Addresses::of(root);
    let mut unreached = Vec::new();
    let mut actions = Vec::new();
    for group in made.chunk_by(|one, next| std::ptr::eq(one.operation, next.operation)) {
        let Some(made) = group.first() else { continue };
        match addresses.take(made.operation) {
            Some(target) => actions.push(object(vec![
                ("target", text(&target)),
                (
                    "update",
                    object(vec![(
                        "x-codeSamples",
                        list(group.iter().map(entry).collect()),
                    )]),
                ),
            ])),
            None => unreached.push(made.operation.id.as_str()),
        }
    }
    let info = object(vec![
        ("title", text(&format!("Samples of {}", api.title))),
        ("version", text(&api.version)),
    ]);
    let overlay = object(vec![
        ("overlay", text("1.0.0")),
        ("info", info),
        ("actions", list(actions)),
    ]);
    Written { overlay, unreached }
}

fn entry(made: &Made<'_>) -> Node {
    let language = match made.target.language() {
        portolan_emit::Language::Shell => "Shell",
        _ => made.target.title(),
    };
    object(vec![
        ("lang", text(language)),
        ("label", text(&made.label())),
        ("source", text(&made.sample.text())),
    ])
}

/// Where the operations of a document stand, by the place of their key.
struct Addresses {
    found: HashMap<Span, VecDeque<String>>,
}

impl Addresses {
    fn of(root: &Node) -> Addresses {
        let mut addresses = Addresses {
            found: HashMap::new(),
        };
        for section in ["paths", "x-ms-paths"] {
            if let Some(paths) = root.get(section) {
                addresses.paths(&format!("$[{}]", quoted(section)), paths);
            }
        }
        let shared = root
            .get("components")
            .and_then(|node| node.get("pathItems"));
        if let Some(items) = shared {
            addresses.paths("$['components']['pathItems']", items);
        }
        addresses
    }

    fn paths(&mut self, before: &str, paths: &Node) {
        for path in paths.members() {
            let before = format!("{before}[{}]", quoted(&path.key));
            self.methods(&before, &path.node);
            if let Some(more) = path.node.get("additionalOperations") {
                self.methods(&format!("{before}['additionalOperations']"), more);
            }
        }
    }

    fn methods(&mut self, before: &str, item: &Node) {
        for method in item
            .members()
            .iter()
            .filter(|member| member.node.is_object())
        {
            let address = format!("{before}[{}]", quoted(&method.key));
            self.found
                .entry(method.key_span)
                .or_default()
                .push_back(address);
        }
    }

    /// The address of an operation; each of those that share a place (an anchor of YAML) has its own.
    fn take(&mut self, operation: &Operation) -> Option<String> {
        self.found.get_mut(&operation.span)?.pop_front()
    }
}

/// A key as a string literal of JSONPath (RFC 9535, 2.3.1.1).
fn quoted(key: &str) -> String {
    let mut literal = String::from("'");
    for character in key.chars() {
        match character {
            '\'' | '\\' => literal.extend(['\\', character]),
            control if control < ' ' => literal.push_str(&format!("\\u{:04x}", control as u32)),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

fn node(value: Value) -> Node {
    Node {
        value,
        span: Span::default(),
    }
}

fn text(text: &str) -> Node {
    node(Value::String(text.into()))
}

fn list(items: Vec<Node>) -> Node {
    node(Value::Array(items))
}

fn object(members: Vec<(&str, Node)>) -> Node {
    let members = members
        .into_iter()
        .map(|(key, node)| portolan_source::Member {
            key: key.into(),
            key_span: Span::default(),
            node,
        });
    node(Value::Object(members.collect()))
}
