//! Ids become method names: each must be there once. Those that we made give way.

use super::{Lowerer, words};
use portolan_model::{Name, Operation};
use portolan_source::Diagnostic;
use std::collections::{HashMap, HashSet};

/// The ids of one event, e.g. of a webhook with several methods.
#[derive(Default)]
pub(super) struct Taken {
    ids: HashSet<Name>,
    numbers: Numbers,
}

/// How far the numbers behind a name have come: many may ask for one name.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    /// `stem2`, `stem3`..: the next one that is free.
    fn next(&mut self, stem: &str, is_taken: impl Fn(&Name) -> bool) -> Name {
        let number = self.0.entry(stem.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let name = Name::from(format!("{stem}{number}"));
            if !is_taken(&name) {
                return name;
            }
        }
    }
}

impl Lowerer<'_> {
    /// An event of several methods or expressions: an id that we made says which.
    pub(super) fn unique_event(&self, operation: &mut Operation, taken: &mut Taken) {
        let Taken { ids, numbers } = taken;
        if self.made_ids.contains(&operation.span) && ids.contains(&operation.id) {
            let method = operation.method.as_str().to_ascii_lowercase();
            let with_method = format!("{}.{method}", operation.id);
            let mut fresh = Name::from(with_method.clone());
            if ids.contains(&fresh) {
                fresh = numbers.next(&with_method, |name| ids.contains(name));
            }
            operation.name = fresh.clone();
            operation.id = fresh;
        }
        ids.insert(operation.id.clone());
    }

    /// The operations under `paths`.
    pub(super) fn unique_ids(&mut self, operations: &mut [Operation]) {
        let mut first: HashMap<Name, usize> = HashMap::new();
        let mut numbers = Numbers::default();
        for (index, operation) in operations.iter().enumerate() {
            if !self.made_ids.contains(&operation.span) {
                first.entry(operation.id.clone()).or_insert(index);
            }
        }
        for index in 0..operations.len() {
            let id = operations[index].id.clone();
            let earlier = *first.entry(id.clone()).or_insert(index);
            if earlier == index {
                continue;
            }
            let operation = &mut operations[index];
            if self.made_ids.contains(&operation.span) {
                let whole = words::whole_id_of(&operation.method, &operation.path);
                let mut fresh = Name::from(whole);
                if first.contains_key(&fresh) {
                    fresh = numbers.next(id.as_str(), |name| first.contains_key(name));
                }
                first.insert(fresh.clone(), index);
                if operation.name == id {
                    operation.name = fresh.clone();
                }
                operation.id = fresh;
                continue;
            }
            self.diagnostics.push(
                Diagnostic::error(
                    "duplicate-operation-id",
                    format!("two operations share the id `{id}`"),
                )
                .label(operations[index].id_span, "used again here")
                .label(operations[earlier].id_span, "first used here")
                .help("ids become method names, so each must be unique; rename one"),
            );
        }
    }
}
