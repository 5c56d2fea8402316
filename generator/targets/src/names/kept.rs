//! What the names of one API have been called before, and what they are called now.

use super::{Claim, Right};
use portolan_model::{TypeDef, TypeOrigin};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Identifiers of one API by the shelf that they stand on, then by their names on the wire.
pub(super) type Shelves = BTreeMap<Vec<String>, BTreeMap<String, String>>;

/// The identifiers that packages of one API have had, and a record of those that they get.
///
/// Cheap to copy: all copies share one record. It is filled by many threads, and sorted, so their order leaves no trace.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    before: Arc<Shelves>,
    now: Arc<Mutex<Shelves>>,
}

impl Kept {
    pub(super) fn new(before: Shelves) -> Kept {
        Kept {
            before: Arc::new(before),
            now: Arc::default(),
        }
    }

    /// The shelf at a path, e.g. `python`, `fields`, `Book`.
    #[must_use]
    pub fn shelf(&self, path: &[&str]) -> Shelf<'_> {
        let path: Vec<String> = path.iter().map(|&word| word.to_owned()).collect();
        Shelf {
            before: self.before.get(&path),
            path,
            now: &self.now,
        }
    }

    /// What was recorded until now.
    pub(super) fn recorded(&self) -> Shelves {
        self.now
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn before(&self) -> &Shelves {
        &self.before
    }
}

impl Claim {
    /// The name of a type.
    pub(crate) fn of_type(def: &TypeDef) -> Claim {
        Claim {
            key: type_key(def),
            name: def.name.to_string(),
            span: def.span,
            right: match def.origin {
                TypeOrigin::Component => Right::Spelling,
                TypeOrigin::Inline => Right::None,
            },
        }
    }
}

/// What a type stands under: a component under its own name; one of ours apart from those, because the author may give
/// that name to a component yet.
pub(crate) fn type_key(def: &TypeDef) -> String {
    match def.origin {
        TypeOrigin::Component => def.name.to_string(),
        TypeOrigin::Inline => {
            let name = def.name.as_str();
            format!("inline {}", name.strip_suffix(".inline").unwrap_or(name))
        }
    }
}

/// Two are equal that keep the same names: a record of what was made is no part of a configuration.
impl PartialEq for Kept {
    fn eq(&self, other: &Kept) -> bool {
        self.before == other.before
    }
}

impl Eq for Kept {}

/// The names of one scope, as those of the members of one type.
#[derive(Debug)]
pub struct Shelf<'a> {
    path: Vec<String>,
    before: Option<&'a BTreeMap<String, String>>,
    now: &'a Mutex<Shelves>,
}

impl Shelf<'_> {
    /// Whether nothing is known of it.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_none()
    }

    /// What a name was called.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.before?.get(name).map(String::as_str)
    }

    /// What names are called now.
    pub(crate) fn record<'n>(&self, names: impl Iterator<Item = (&'n str, &'n str)>) {
        let mut names = names
            .map(|(name, identifier)| (name.to_owned(), identifier.to_owned()))
            .peekable();
        if names.peek().is_some() {
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            now.entry(self.path.clone()).or_default().extend(names);
        }
    }
}
