//! Several versions of one API: which page of the current one stands for that of an older one, and what became of each
//! operation.

use crate::address::Address;
use crate::inputs::{ApiInput, Inputs};
use crate::map::{ApiMap, SiteMap};
use portolan_difference::{Difference, Rule, Severity, Subject};
use portolan_model::Name;
use std::collections::{HashMap, HashSet};

/// Pages that every version has.
const COMMON: [&str; 3] = ["authentication", "errors", "types"];

/// What became of an operation in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It was not there before.
    New,
    /// It, or a type that it sends or receives, is otherwise than before.
    Changed,
}

/// All versions of all APIs.
pub(crate) struct Versions<'a> {
    inputs: &'a [ApiInput<'a>],
    maps: &'a [ApiMap<'a>],
    /// Per API: the addresses of pages that other versions may have, too; empty where there is only one version.
    pages: Vec<HashSet<Address>>,
    /// Per API: the places of its older versions, as they were given.
    older: Vec<Vec<usize>>,
    /// Per API: the operations that came or changed with it.
    marks: Vec<HashMap<&'a str, Mark>>,
}

impl<'a> Versions<'a> {
    /// Works out what pages ask for.
    pub(crate) fn of(inputs: &'a Inputs<'a>, map: &'a SiteMap<'a>) -> Versions<'a> {
        let mut older = vec![Vec::new(); inputs.apis.len()];
        for (place, input) in inputs.apis.iter().enumerate() {
            if let Some(current) = input.version.current {
                older[current].push(place);
            }
        }
        let is_one_of_several =
            |index: usize, map: &ApiMap<'_>| map.current.is_some() || !older[index].is_empty();
        let pages =
            map.apis
                .iter()
                .enumerate()
                .map(|(index, map)| match is_one_of_several(index, map) {
                    true => {
                        let common = COMMON.iter().map(|name| map.address.join(name));
                        map.pages().chain(common).collect()
                    }
                    false => HashSet::new(),
                });
        let marks = inputs
            .apis
            .iter()
            .map(|input| match &input.version.previous {
                Some((_, difference)) => marks(difference),
                None => HashMap::new(),
            });
        Versions {
            inputs: &inputs.apis,
            maps: &map.apis,
            pages: pages.collect(),
            older,
            marks: marks.collect(),
        }
    }

    /// The places of all versions of the API at `index`, the current one first, the others as they were given.
    pub(crate) fn all(&self, index: usize) -> Vec<usize> {
        let current = self.maps[index].current.unwrap_or(index);
        let older = self.older[current].iter().copied();
        std::iter::once(current).chain(older).collect()
    }

    /// The page of the current version that stands for one of an older version.
    pub(crate) fn counterpart(&self, index: usize, address: &Address) -> Option<Address> {
        self.same_page(index, self.maps[index].current?, address)
    }

    /// The page of the version at `other` that stands where `address` does in the one at `index`.
    pub(crate) fn same_page(
        &self,
        index: usize,
        other: usize,
        address: &Address,
    ) -> Option<Address> {
        let moved = address.moved(&self.maps[index].address, &self.maps[other].address)?;
        self.pages[other].contains(&moved).then_some(moved)
    }

    /// What became of an operation in this version.
    pub(crate) fn mark(&self, index: usize, operation: &str) -> Option<Mark> {
        self.marks[index].get(operation).copied()
    }

    /// The version in which an operation was deprecated, as far back as they are known.
    pub(crate) fn deprecated_since(&self, mut index: usize, operation: &str) -> Option<&'a str> {
        // Each step leads to another version.
        for _ in 0..self.inputs.len() {
            let (previous, difference) = self.inputs[index].version.previous.as_ref()?;
            let here = difference.changes.iter().any(|change| {
                change.rule == Rule::OperationDeprecated
                    && matches!(&change.subject, Subject::Operation { new: Some(new), .. } if new.id == *operation)
            });
            if here {
                return Some(self.inputs[index].version_name());
            }
            index = *previous;
        }
        None
    }
}

fn marks(difference: &Difference) -> HashMap<&str, Mark> {
    let mut marks = HashMap::new();
    for change in &difference.changes {
        if change.severity() == Severity::Documentation {
            continue;
        }
        let own = match &change.subject {
            Subject::Operation { new: Some(new), .. } => Some(&new.id),
            _ => None,
        };
        let mark = match change.rule {
            Rule::OperationAdded => Mark::New,
            _ => Mark::Changed,
        };
        for id in own.into_iter().chain(&change.operations).map(Name::as_str) {
            let entry = marks.entry(id).or_insert(mark);
            if mark == Mark::New {
                *entry = mark;
            }
        }
    }
    marks
}
