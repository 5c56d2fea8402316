//! Which operation of the one version is which of the other.
//!
//! 1. By id, where the address is the same, or is gone: then the operation moved.
//! 2. Else by method and path: who calls that address meets the other one. What a path calls its parameters does not matter,
//!    requests look the same.

use portolan_model::{Operation, PathPart, PathTemplate};
use std::collections::{HashMap, HashSet};

/// Operations of both versions, side by side.
pub(crate) struct Pairs<'a> {
    /// In the order of the new version; without an old one it was added.
    pub(crate) kept: Vec<(Option<&'a Operation>, &'a Operation)>,
    /// In the order of the old version.
    pub(crate) removed: Vec<&'a Operation>,
}

impl<'a> Pairs<'a> {
    /// Finds them.
    pub(crate) fn of(old: &[&'a Operation], new: &[&'a Operation]) -> Pairs<'a> {
        let mut partner: Vec<Option<usize>> = vec![None; new.len()];
        let mut taken = vec![false; old.len()];
        let by_id: HashMap<&str, usize> = indexes(old, |operation| operation.id.as_str());
        let by_route: HashMap<String, usize> = indexes(old, route);
        let mut take = |place: usize, found: Option<&usize>, taken: &mut Vec<bool>| {
            if let Some(&index) = found
                && !taken[index]
                && partner[place].is_none()
            {
                partner[place] = Some(index);
                taken[index] = true;
            }
        };
        let routes: HashSet<String> = new.iter().map(|operation| route(operation)).collect();
        let is_same = |before: &Operation, after: &Operation| route(before) == route(after);
        let is_moved = |before: &Operation, after: &Operation| {
            has_own_id(before) && has_own_id(after) && !routes.contains(&route(before))
        };
        for test in [
            &is_same as &dyn Fn(&Operation, &Operation) -> bool,
            &is_moved,
        ] {
            for (place, operation) in new.iter().enumerate() {
                let same = by_id.get(operation.id.as_str());
                take(
                    place,
                    same.filter(|index| test(old[**index], operation)),
                    &mut taken,
                );
            }
        }
        for (place, operation) in new.iter().enumerate() {
            take(place, by_route.get(&route(operation)), &mut taken);
        }
        Pairs {
            kept: partner
                .into_iter()
                .zip(new)
                .map(|(index, operation)| (index.map(|index| old[index]), *operation))
                .collect(),
            removed: old
                .iter()
                .zip(taken)
                .filter(|(_, taken)| !taken)
                .map(|(operation, _)| *operation)
                .collect(),
        }
    }
}

fn indexes<'a, K: std::hash::Hash + Eq>(
    operations: &[&'a Operation],
    key: impl Fn(&'a Operation) -> K,
) -> HashMap<K, usize> {
    let mut found = HashMap::new();
    for (index, operation) in operations.iter().enumerate() {
        found.entry(key(operation)).or_insert(index);
    }
    found
}

/// Whether the author gave the id: one that we made says no more than the address.
pub(crate) fn has_own_id(operation: &Operation) -> bool {
    operation.id_span != portolan_source::Span::default()
}

fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), shape(&operation.path))
}

/// A path without the names of its parameters.
pub(crate) fn shape(path: &PathTemplate) -> String {
    let parts = path.parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.as_str(),
        PathPart::Parameter(_) => "{}",
    });
    parts.collect()
}
