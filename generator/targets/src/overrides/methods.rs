//! Operations that are renamed, or moved into other resources.

use super::Override;
use crate::names::{Case, Scope};
use portolan_emit::Language;
use portolan_model::{Api, Docs, Name, Operation, Resource};
use portolan_source::{Diagnostic, Diagnostics, Span};
use std::collections::{BTreeMap, HashMap};

/// Takes the operations out, then puts each where it is said to be.
pub(super) fn apply(
    api: &mut Api,
    said: &BTreeMap<&str, &Override<String>>,
    diagnostics: &mut Diagnostics,
) {
    let mut places = Vec::new();
    for entry in said.values() {
        match Place::parse(&entry.value) {
            Some(place) => places.push((*entry, place)),
            None => diagnostics.push(
                Diagnostic::error(
                    "invalid-method",
                    format!("`{}` cannot be the name of a method", entry.value.escape_debug()),
                )
                .at(entry.value_span)
                .help("write `resource.method`, as `books.find`, or the method alone; of letters, digits and underscores, a letter first"),
            ),
        }
    }
    if places.is_empty() {
        return;
    }
    for (entry, place) in &places {
        let method = Name::from(place.method);
        if place.resources.is_empty() {
            super::each(&mut api.resources, &mut |operation| {
                if operation.id == entry.operation.as_str() {
                    operation.name = method.clone();
                }
            });
            continue;
        }
        let Some(mut operation) = take(&mut api.resources, &entry.operation) else {
            continue;
        };
        operation.name = method;
        put(&mut api.resources, &place.resources, operation);
    }
    prune(&mut api.resources);
    let spans: HashMap<&str, Span> = places
        .iter()
        .map(|(entry, _)| (entry.operation.as_str(), entry.value_span))
        .collect();
    collisions(&api.resources, &spans, diagnostics);
}

/// Where an operation goes.
struct Place<'a> {
    /// Outermost first; none when it stays where it is.
    resources: Vec<&'a str>,
    method: &'a str,
}

impl Place<'_> {
    fn parse(text: &str) -> Option<Place<'_>> {
        let is_word = |word: &&str| {
            word.len() <= 64
                && word.starts_with(|first: char| first.is_ascii_alphabetic())
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let mut resources: Vec<&str> = text.split('.').collect();
        if resources.len() > 8 || !resources.iter().all(is_word) {
            return None;
        }
        let method = resources.pop()?;
        Some(Place { resources, method })
    }
}

fn take(resources: &mut [Resource], id: &str) -> Option<Operation> {
    resources.iter_mut().find_map(|resource| {
        let at = resource
            .operations
            .iter()
            .position(|operation| operation.id == id);
        match at {
            Some(at) => Some(resource.operations.remove(at)),
            None => take(&mut resource.resources, id),
        }
    })
}

fn put(resources: &mut Vec<Resource>, path: &[&str], operation: Operation) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    let wanted = folded(first);
    let known = resources
        .iter()
        .position(|resource| folded(resource.name.as_str()) == wanted);
    let at = known.unwrap_or_else(|| {
        resources.push(Resource {
            name: Name::from(*first),
            docs: Docs::default(),
            operations: Vec::new(),
            resources: Vec::new(),
            span: Span::default(),
        });
        resources.len() - 1
    });
    let resource = &mut resources[at];
    if rest.is_empty() {
        resource.operations.push(operation);
    } else {
        put(&mut resource.resources, rest, operation);
    }
}

/// Resources that nothing is left in are gone.
fn prune(resources: &mut Vec<Resource>) {
    for resource in resources.iter_mut() {
        prune(&mut resource.resources);
    }
    resources.retain(|resource| !resource.operations.is_empty() || !resource.resources.is_empty());
}

/// Two methods of one name, one of them by a setting: languages would rename one of them, and nobody asked for that.
fn collisions(
    resources: &[Resource],
    settings: &HashMap<&str, Span>,
    diagnostics: &mut Diagnostics,
) {
    for resource in resources {
        let mut seen: HashMap<String, &Operation> = HashMap::new();
        for operation in &resource.operations {
            let Some(other) = seen.insert(folded(operation.name.as_str()), operation) else {
                continue;
            };
            let place = |operation: &Operation| settings.get(operation.id.as_str()).copied();
            let (primary, second) = match (place(operation), place(other)) {
                (Some(span), rival) => ((operation, span), (other, rival)),
                (None, Some(span)) => ((other, span), (operation, None)),
                (None, None) => continue,
            };
            let message = format!(
                "`{}` and `{}` would both be the method `{}` of `{}`",
                primary.0.id, second.0.id, primary.0.name, resource.name
            );
            let mut diagnostic = Diagnostic::error("duplicate-method", message).at(primary.1);
            if let Some(span) = second.1 {
                diagnostic = diagnostic.label(span, "the other");
            }
            diagnostics.push(diagnostic.help("give one of them another name"));
        }
        collisions(&resource.resources, settings, diagnostics);
    }
}

/// A name as languages see it, whatever its case.
fn folded(name: &str) -> String {
    Scope {
        language: Language::Python,
        case: Case::Snake,
        kind: "name",
        reserved: &|_| false,
        ignore_case: true,
    }
    .identifier(name)
}
