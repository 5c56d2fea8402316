//! The document, written down again in one piece.

use super::places::Places;
use super::{Location, MAX_DEPTH, Parts, Reference};
use crate::normalize::transclude::put;
use crate::resolve::locate::{self, Tokens};
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Value};
use std::collections::VecDeque;

/// How many values a bundle may have.
const MAX_VALUES: usize = 5_000_000;

/// The document itself, then what it refers to in the order in which that is met.
pub(super) fn run(parts: &Parts, diagnostics: &mut Diagnostics) -> Node {
    let mut copier = Copier {
        parts,
        places: Places::of(parts),
        open: Vec::new(),
        waiting: VecDeque::new(),
        values: 0,
        exhausted: false,
        diagnostics,
    };
    let mut whole = copier.copy(&parts.files[0].node, &mut Tokens::new());
    while let Some((location, mut way)) = copier.waiting.pop_front() {
        if let Some(node) = parts.node(&location) {
            let node = copier.copy(node, &mut way);
            insert(&mut whole, &way, node);
        }
    }
    whole
}

struct Copier<'a> {
    parts: &'a Parts,
    places: Places,
    /// Parts that are being written in the place of a reference, and where.
    open: Vec<(Location, Tokens)>,
    /// Parts with a name that are not written down yet.
    waiting: VecDeque<(Location, Tokens)>,
    values: usize,
    exhausted: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Copier<'_> {
    fn copy(&mut self, node: &Node, trail: &mut Tokens) -> Node {
        self.values += 1;
        if let Some(reference) = self.parts.reference(node) {
            return self.reference(node, reference, trail);
        }
        self.plain(node, trail)
    }

    /// A value with whatever is in it.
    fn plain(&mut self, node: &Node, trail: &mut Tokens) -> Node {
        let value = match &node.value {
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|member| self.member(member, trail))
                    .collect(),
            ),
            Value::Array(items) => Value::Array(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        trail.push(index.to_string().into());
                        let item = self.copy(item, trail);
                        trail.pop();
                        item
                    })
                    .collect(),
            ),
            value => value.clone(),
        };
        Node {
            span: node.span,
            value,
        }
    }

    fn member(&mut self, member: &Member, trail: &mut Tokens) -> Member {
        trail.push(member.key.clone());
        let node = self.copy(&member.node, trail);
        trail.pop();
        Member {
            key: member.key.clone(),
            key_span: member.key_span,
            node,
        }
    }

    fn reference(&mut self, node: &Node, reference: &Reference, trail: &mut Tokens) -> Node {
        if reference.to.0 == 0 {
            // As the author wrote it, unless by the name of the file, which may be another one now.
            let own = self.parts.files[0].path.file_name();
            let stays = reference.from == 0
                && match locate::parse(&reference.found.text) {
                    locate::Reference::File(path, _) => path.file_name() != own,
                    _ => true,
                };
            let way = (!stays).then(|| reference.to.1.clone());
            return self.referring(node, way, trail);
        }
        if self.parts.section_of(reference).is_none() || self.places.is_at(&reference.to, trail) {
            return self.in_place(node, reference, trail);
        }
        let Some((way, fresh)) = self.places.home(reference) else {
            return self.plain(node, trail);
        };
        self.waiting.extend(fresh);
        self.referring(node, Some(way), trail)
    }

    /// The reference with another way to go; without one as it is.
    fn referring(&mut self, node: &Node, way: Option<Tokens>, trail: &mut Tokens) -> Node {
        let text = way.map(|way| Value::String(text(&way).into()));
        let Value::Object(members) = &node.value else {
            return Node {
                span: node.span,
                value: text.unwrap_or_else(|| node.value.clone()),
            };
        };
        let members = members.iter().map(|member| match &text {
            Some(text) if &*member.key == "$ref" => Member {
                node: Node {
                    span: member.node.span,
                    value: text.clone(),
                },
                ..member.clone()
            },
            _ => self.member(member, trail),
        });
        Node {
            span: node.span,
            value: Value::Object(members.collect()),
        }
    }

    /// What the reference leads to, in its place, with what stands beside it.
    fn in_place(&mut self, node: &Node, reference: &Reference, trail: &mut Tokens) -> Node {
        if let Some((_, way)) = self.open.iter().find(|(open, _)| *open == reference.to) {
            let way = way.clone();
            return self.referring(node, Some(way), trail);
        }
        let parts = self.parts;
        let Some(there) = parts.node(&reference.to) else {
            return self.plain(node, trail);
        };
        if self.values > MAX_VALUES || trail.len() > MAX_DEPTH {
            if !self.exhausted {
                self.diagnostics.push(
                    Diagnostic::error(
                        "reference-budget",
                        "references in this document multiply into too many values",
                    )
                    .at(reference.found.span)
                    .help("what stands in the place of this reference holds others, and they it, over and over"),
                );
            }
            self.exhausted = true;
            return self.plain(node, trail);
        }
        self.open.push((reference.to.clone(), trail.clone()));
        let replacement = self.copy(there, trail);
        self.open.pop();
        let mut result = self.referring(node, None, trail);
        put(&mut result, replacement);
        result
    }
}

/// The text of a reference to a place of this document.
fn text(way: &[Box<str>]) -> String {
    let mut text = String::from("#");
    for character in locate::pointer(way).chars() {
        match character {
            // RFC 3986, 3.5: what a fragment may not hold.
            ' '
            | '"'
            | '#'
            | '%'
            | '<'
            | '>'
            | '['
            | ']'
            | '\\'
            | '^'
            | '`'
            | '{'
            | '|'
            | '}'
            | '\0'..='\u{1f}'
            | '\u{7f}' => {
                text.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => text.push(other),
        }
    }
    text
}

/// Puts a node where a way leads, objects on the way made as needed.
fn insert(root: &mut Node, way: &[Box<str>], node: Node) {
    let span = root.span;
    let mut at = root;
    for token in way {
        let Value::Object(members) = &mut at.value else {
            return;
        };
        let index = members.iter().position(|member| member.key == *token);
        let index = index.unwrap_or_else(|| {
            members.push(Member {
                key: token.clone(),
                key_span: span,
                node: Node {
                    span,
                    value: Value::Object(Vec::new()),
                },
            });
            members.len() - 1
        });
        at = &mut members[index].node;
    }
    *at = node;
}
