//! Looks behind references before a part is walked.
//!
//! 1. An operation, a list of parameters or a section of the document that is a reference is put in its place: what a
//!    path declares for all of its operations must find them.
//! 2. What a reference to a parameter leads to is remembered as it was written: a body and a field of a form are no
//!    parameters in 3.x. Answers likewise, for operations that say in which media types they answer.

use super::super::files::Loader;
use super::super::reference::Found;
use super::super::transclude;
use super::operation::METHODS;
use super::{Behind, Dialect, parameter};
use crate::grammar::{Holds, Kind};
use crate::resolve::locate;
use portolan_source::{Diagnostics, Node, Sources, Value};
use std::rc::Rc;

/// How often a reference may lead to another one.
const MAX_STEPS: usize = 32;

/// Prepares the part at `tokens` of a file; says in which words it is written.
pub(in super::super) fn prepare(
    loader: &mut Loader<'_>,
    file: usize,
    tokens: &[Box<str>],
    kind: Kind,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Dialect {
    let Loader {
        document, swagger, ..
    } = loader;
    let dialect = swagger.dialect(&document.files[file].node);
    if kind == Kind::Schema {
        return dialect;
    }
    if dialect == Dialect::OpenApi {
        // A document that somebody began to convert.
        if kind != Kind::Document || !shares_bodies(&document.files[file].node) {
            return dialect;
        }
    } else {
        swagger.enter(document, file);
    }
    let level = match kind {
        Kind::Document => Some(Level::Document),
        Kind::PathItem => Some(Level::PathItem),
        Kind::Operation => Some(Level::Operation),
        _ => None,
    };
    for _ in 0..MAX_STEPS {
        let (Some(node), Some(level)) = (part(loader, file, tokens), level) else {
            break;
        };
        let mut places = Vec::new();
        places_of_references(node, level, &mut Vec::new(), &mut places);
        let mut any = false;
        for (way, found) in places {
            any |= bring(loader, file, tokens, &way, &found, sources, diagnostics);
        }
        if !any {
            break;
        }
    }
    let Some(node) = part(loader, file, tokens) else {
        return dialect;
    };
    let mut references = Vec::new();
    shared(node, &mut references);
    for found in references {
        look(loader, found, sources, diagnostics);
    }
    dialect
}

/// Whether parameters under `components` or at the top of a 3.x document are bodies or fields of forms.
fn shares_bodies(root: &Node) -> bool {
    let components = root.get("components");
    let sections = [
        components.and_then(|node| node.get("parameters")),
        root.get("parameters"),
    ];
    let mut parameters = sections.into_iter().flatten().flat_map(Node::members);
    parameters.any(|member| {
        matches!(
            parameter::place_word(&member.node),
            Some("body" | "formData")
        )
    })
}

fn part<'a>(loader: &'a Loader<'_>, file: usize, tokens: &[Box<str>]) -> Option<&'a Node> {
    locate::node(&loader.document.files[file].node, tokens)
}

/// The reference that a node is.
fn reference(node: &Node, kind: Kind) -> Option<Found> {
    let node = node.get("$ref")?;
    Some(Found {
        text: node.as_str()?.into(),
        span: node.span,
        kind,
        mapping: false,
        place: None,
        name: kind.title().into(),
        resource: None,
    })
}

/// An object that holds such places.
#[derive(Clone, Copy)]
enum Level {
    Document,
    Paths,
    PathItem,
    Operation,
}

/// References where 2.0 knows none, in places that decide about others.
fn places_of_references(
    node: &Node,
    level: Level,
    way: &mut Vec<Box<str>>,
    found: &mut Vec<(Vec<Box<str>>, Found)>,
) {
    for member in node.members() {
        let key = &*member.key;
        let (may_refer, inner) = match level {
            Level::Document if matches!(key, "paths" | "x-ms-paths") => (true, Some(Level::Paths)),
            Level::Document => (
                matches!(key, "parameters" | "responses" | "definitions"),
                None,
            ),
            Level::Paths => (false, Some(Level::PathItem)),
            Level::PathItem if METHODS.contains(&key) => (true, Some(Level::Operation)),
            Level::PathItem => (key == "parameters", None),
            Level::Operation => (matches!(key, "parameters" | "responses"), None),
        };
        if !may_refer && inner.is_none() {
            continue;
        }
        way.push(member.key.clone());
        let alone = may_refer && member.node.members().len() == 1;
        match reference(&member.node, Kind::Document).filter(|_| alone) {
            Some(reference) => found.push((way.clone(), reference)),
            None => {
                if let Some(inner) = inner {
                    places_of_references(&member.node, inner, way, found);
                }
            }
        }
        way.pop();
    }
}

/// Puts what a reference leads to in its place.
fn bring(
    loader: &mut Loader<'_>,
    file: usize,
    tokens: &[Box<str>],
    way: &[Box<str>],
    found: &Found,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some((from, target)) = loader.peek(found, sources, diagnostics) else {
        return false;
    };
    let Loader {
        document, swagger, ..
    } = loader;
    let copy = locate::node(&document.files[from].node, &target)
        .and_then(|node| swagger.copy(node, diagnostics));
    let place: Vec<Box<str>> = tokens.iter().chain(way).cloned().collect();
    let node = locate::node_mut(&mut document.files[file].node, &place);
    match (copy, node) {
        (Some(copy), Some(node)) => {
            transclude::put(node, copy);
            true
        }
        _ => false,
    }
}

/// References to parameters, and to the answers of operations that say in which media types they answer.
fn shared(node: &Node, references: &mut Vec<Found>) {
    match &node.value {
        Value::Array(items) => {
            for item in items {
                shared(item, references);
            }
        }
        Value::Object(members) => {
            for member in members {
                match (&*member.key, &member.node.value) {
                    ("parameters", Value::Array(items)) => {
                        references.extend(
                            items
                                .iter()
                                .filter(|item| !parameter::is_described_by_reference(item))
                                .filter_map(|item| reference(item, Kind::Parameter)),
                        );
                        for item in items {
                            shared(item, references);
                        }
                    }
                    ("responses", Value::Object(answers)) if node.get("produces").is_some() => {
                        let answers = answers.iter().map(|member| &member.node);
                        references
                            .extend(answers.filter_map(|node| reference(node, Kind::Response)));
                    }
                    _ => shared(&member.node, references),
                }
            }
        }
        _ => {}
    }
}

/// Follows a reference to its end and remembers what is there.
fn look(
    loader: &mut Loader<'_>,
    found: Found,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let key = (found.span.source, found.text.clone());
    if loader.swagger.behind.contains_key(&key) {
        return;
    }
    let mut step = found;
    for _ in 0..MAX_STEPS {
        let Some((file, target)) = loader.peek(&step, sources, diagnostics) else {
            return;
        };
        let Some(node) = locate::node(&loader.document.files[file].node, &target) else {
            return;
        };
        if let Some(next) = reference(node, step.kind) {
            step = next;
            continue;
        }
        let place = parameter::place_word(node);
        let is_written = node.get("content").is_none();
        let behind: fn(Rc<Node>) -> Behind = match (step.kind, place) {
            (Kind::Response, _) if is_written => Behind::Response,
            (Kind::Parameter, Some("body")) => Behind::Body,
            (Kind::Parameter, Some("formData")) => Behind::Field,
            // Converted already, as part of something else.
            (Kind::Parameter, None) if !is_written => Behind::Body,
            _ => return,
        };
        let Loader {
            document, swagger, ..
        } = loader;
        let node = locate::node(&document.files[file].node, &target);
        let Some(copy) = node.and_then(|node| swagger.copy(node, diagnostics)) else {
            return;
        };
        let behind = behind(Rc::new(copy));
        loader.swagger.behind.insert(key, behind);
        return;
    }
}

/// What a part holds when it is known by what should stand there.
pub(in super::super) fn kind_of(holds: Holds) -> Kind {
    match holds {
        Holds::Is(kind) | Holds::FlagOr(kind) | Holds::TextsOr(kind) => kind,
        _ => Kind::Info,
    }
}
