//! Names of methods in the model, as they were: `list` stays `list` when another operation of the resource comes to
//! that name.

use super::{Case, Kept, Scope};
use portolan_emit::Language;
use portolan_model::{Api, Name, Resource};
use std::collections::HashSet;

/// Where the file has them: below it the resource, then the id of the operation.
pub(super) const SHELF: &str = "methods";

/// Gives methods the names that they had, and records those that they have. A newcomer gives way.
pub fn keep_methods(api: &mut Api, kept: &Kept) {
    for resource in &mut api.resources {
        keep(resource, "", kept);
    }
}

fn keep(resource: &mut Resource, trail: &str, kept: &Kept) {
    let trail = format!("{trail}{}", resource.name);
    let shelf = kept.shelf(&[SHELF, &trail]);
    let mut taken: HashSet<String> = HashSet::new();
    let mut newcomers = Vec::new();
    for (index, operation) in resource.operations.iter_mut().enumerate() {
        let known = shelf.get(operation.id.as_str());
        match known.filter(|known| is_word(known) && taken.insert((*known).to_owned())) {
            Some(known) => operation.name = Name::from(known),
            None => newcomers.push(index),
        }
    }
    for index in newcomers {
        let operation = &mut resource.operations[index];
        let wish = operation.name.to_string();
        if taken.contains(&wish) {
            let route = format!("{} {}", operation.method.as_str(), operation.path.raw);
            let scope = Scope {
                language: Language::Text,
                case: Case::Snake,
                kind: "method",
                reserved: &|_| false,
                ignore_case: false,
            };
            let route = format!("{wish}_{}", scope.identifier(&route));
            let mut fresh = route.clone();
            // Two paths may say the same words.
            for length in (4..=64).step_by(4) {
                if !taken.contains(&fresh) {
                    break;
                }
                fresh = format!("{route}_{}", super::hash(operation.id.as_str(), length));
            }
            operation.name = fresh.into();
        }
        taken.insert(operation.name.to_string());
    }
    // All of them: a newcomer may come to any.
    shelf.record(
        resource
            .operations
            .iter()
            .map(|operation| (operation.id.as_str(), operation.name.as_str())),
    );
    for inner in &mut resource.resources {
        keep(inner, &format!("{trail} "), kept);
    }
}

/// Words as lowering makes them.
fn is_word(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 512
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_')
}
