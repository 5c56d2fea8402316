//! The way that the author knows -> the way through the tree after its conversion.
//!
//! A pointer into a 2.0 document says `#/definitions/Pet` or `#/paths/~1pets/get/responses/200/schema`. Where a step is
//! not there any more, the conversion has only a few places to which it can have moved.

use super::Moved;
use crate::resolve::locate;
use portolan_source::{Node, Span, Value};
use std::collections::HashMap;

/// What 2.0 has at the top of a document, and where 3.x has it.
pub(super) const SECTIONS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

/// The way to what stood at `tokens` in the file as it was written.
pub(super) fn translate(
    root: &Node,
    tokens: &[Box<str>],
    moves: &HashMap<Span, Vec<Moved>>,
) -> Vec<Box<str>> {
    let mut trail = vec![root];
    let mut way: Vec<Box<str>> = Vec::with_capacity(tokens.len() + 2);
    let mut rest = tokens;
    while let [token, after @ ..] = rest {
        let node = *trail.last().expect("the root is never taken off");
        let moved = moves
            .get(&node.span)
            .filter(|_| matches!(node.value, Value::Array(_)))
            .and_then(|moved| moved.get(token.parse::<usize>().ok()?));
        let steps: Vec<Box<str>> = match moved {
            Some(Moved::To(index)) => vec![index.to_string().into()],
            Some(Moved::Body) => {
                trail.pop();
                way.pop();
                vec!["requestBody".into()]
            }
            Some(Moved::Aside(index)) => {
                trail.pop();
                way.pop();
                vec![super::operation::SHARED.into(), index.to_string().into()]
            }
            Some(Moved::Field(name)) => {
                trail.pop();
                way.pop();
                let owner = *trail
                    .last()
                    .expect("a list of parameters stands in an object");
                let media = owner
                    .get("requestBody")
                    .and_then(|body| body.get("content"))
                    .and_then(|content| content.members().first());
                let media = media.map_or_else(Box::default, |media| media.key.clone());
                ["requestBody", "content"]
                    .map(Box::from)
                    .into_iter()
                    .chain([media, "schema".into(), "properties".into(), name.clone()])
                    .collect()
            }
            None if locate::node(node, std::slice::from_ref(token)).is_some() => {
                vec![token.clone()]
            }
            None if trail.len() == 1 => {
                match section(root, token, after.first().map(|name| &**name)) {
                    Some(steps) => steps,
                    None => vec![token.clone()],
                }
            }
            None => inside(node, token).unwrap_or_else(|| vec![token.clone()]),
        };
        rest = after;
        for step in steps {
            let node = *trail.last().expect("the root is never taken off");
            let next = locate::node(node, std::slice::from_ref(&step));
            way.push(step);
            match next {
                Some(next) => trail.push(next),
                None => {
                    way.extend(rest.iter().cloned());
                    return way;
                }
            }
        }
    }
    way
}

/// A section of the document.
fn section(root: &Node, token: &str, name: Option<&str>) -> Option<Vec<Box<str>>> {
    let components = root.get("components")?;
    let (_, section) = SECTIONS.iter().find(|(known, _)| *known == token)?;
    let is_body = *section == "parameters"
        && name.is_some_and(|name| {
            let bodies = components.get("requestBodies");
            bodies.is_some_and(|bodies| bodies.get(name).is_some())
        });
    let section = if is_body { "requestBodies" } else { section };
    Some(vec!["components".into(), section.into()])
}

/// The schema of a body or a response stands under its media types; the words of a parameter stand in its schema.
fn inside(node: &Node, token: &str) -> Option<Vec<Box<str>>> {
    if token == "schema" {
        let media = node.get("content")?.members().first()?;
        return Some(vec!["content".into(), media.key.clone(), "schema".into()]);
    }
    node.get("schema")?.get(token)?;
    Some(vec!["schema".into(), token.into()])
}

/// The names that the author could have meant inside `node`: as 2.0 has them.
pub(super) fn names<'a>(root: &'a Node, node: &'a Node) -> Vec<&'a str> {
    let members = |node: &'a Node| node.members().iter().map(|member| &*member.key);
    let mut names: Vec<&str> = members(node).collect();
    let components = root.get("components");
    let section = |section: &str| components.and_then(|node| node.get(section));
    if std::ptr::eq(node, root) {
        names.retain(|name| *name != "components");
        let there = SECTIONS.iter().filter(|(_, new)| section(new).is_some());
        names.extend(there.map(|(old, _)| *old));
    } else if section("parameters").is_some_and(|parameters| std::ptr::eq(parameters, node)) {
        names.extend(section("requestBodies").into_iter().flat_map(members));
    }
    names
}
