//! Names of methods in the model, as they were: `list` stays `list` when another operation of the resource comes to
//! that name.

use super::{Case, Kept, Rank, Scope};
use portolan_emit::Language;
use portolan_model::{Api, Name, Operation, Resource};
use std::collections::HashSet;

/// Where the file has them: below it the resource, then the id of the operation.
pub(super) const SHELF: &str = "methods";

const SCOPE: Scope<'static> = Scope {
    language: Language::Text,
    case: Case::Snake,
    kind: "method",
    reserved: &|_| false,
    ignore_case: false,
};

/// Gives methods the names that they had, and records those that their words alone would not give. A newcomer gives way.
pub fn keep_methods(api: &mut Api, kept: &Kept) {
    for resource in &mut api.resources {
        keep(resource, "", kept);
    }
}

fn keep(resource: &mut Resource, trail: &str, kept: &Kept) {
    let trail = format!("{trail}{}", resource.name);
    let shelf = kept.shelf(&[SHELF, &trail]);
    // Those that were called otherwise, those that were there, those that come first by their spelling; then the others.
    let order = |operation: &Operation| match shelf.get(operation.id.as_str()) {
        Some(known) if is_word(known) => Rank(0, 0, 0),
        _ => Rank(
            1,
            kept.operation_rank(operation).0,
            kept.operation_rank(operation).1,
        ),
    };
    let mut places: Vec<usize> = (0..resource.operations.len()).collect();
    let is_known = kept.is_written();
    places.sort_by_key(|place| {
        let operation = &resource.operations[*place];
        (order(operation), operation.id.clone())
    });
    let mut taken: HashSet<String> = HashSet::new();
    // Whoever looks for another name leaves these alone.
    let first: HashSet<String> = (resource.operations.iter())
        .filter(|operation| order(operation) <= Rank::REGULAR.below(1))
        .map(|operation| operation.own_name.to_string())
        .collect();
    for place in places {
        let operation = &mut resource.operations[place];
        let own = operation.own_name.to_string();
        let known = (shelf.get(operation.id.as_str())).filter(|known| is_word(known));
        // Where nothing was there, or another one comes new with it, both say all their words.
        let wish = match known {
            Some(known) => known.to_owned(),
            None if is_known && order(operation) <= Rank::REGULAR.below(1) => own.clone(),
            None => operation.name.to_string(),
        };
        let name = match taken.contains(&wish) {
            false => wish,
            true => distinguish(operation, |name| {
                taken.contains(name) || first.contains(name)
            }),
        };
        taken.insert(name.clone());
        if name != own {
            shelf.record([(operation.id.as_str(), name.as_str())].into_iter());
        }
        operation.name = Name::from(name);
    }
    for inner in &mut resource.resources {
        keep(inner, &format!("{trail} "), kept);
    }
}

/// The words of the id, else those of method and path as well.
fn distinguish(operation: &Operation, is_taken: impl Fn(&str) -> bool) -> String {
    let id = operation.id.as_str();
    let route = format!("{} {}", operation.method.as_str(), operation.path.raw);
    let route = format!("{}_{}", operation.own_name, SCOPE.identifier(&route));
    // Two paths may say the same words.
    let hashed = (4..=64)
        .step_by(4)
        .map(|length| format!("{route}_{}", super::hash(id, length)));
    [SCOPE.identifier(id), route.clone()]
        .into_iter()
        .chain(hashed)
        .find(|name| !is_taken(name))
        .unwrap_or(route)
}

/// Words as lowering makes them.
fn is_word(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 512
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_')
}
