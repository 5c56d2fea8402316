//! Spellings that are regular: the words of an identifier in the case that a document has for names of its kind.

use super::spelling::{Case, fold};
use portolan_model::{Operation, Resource};

/// Names longer than this are cut, and marked with their own hash.
pub(super) const LONG: usize = 50;

/// How a document spells its names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) schemas: Option<Case>,
    pub(super) members: Option<Case>,
    pub(super) operations: Option<Pattern>,
}

/// How ids of operations are made: `listBooks`, or `books/list` with the sign between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Between the resource and the rest.
    pub(super) joint: Option<char>,
    pub(super) case: Case,
}

impl Pattern {
    fn all() -> impl Iterator<Item = Pattern> {
        let joints = [None, Some('/'), Some('.'), Some('_'), Some('-'), Some(':')];
        joints
            .into_iter()
            .flat_map(|joint| Case::ALL.map(|case| Pattern { joint, case }))
    }

    /// `camelCase`, `resource/kebab-case`.
    pub(super) fn name(self) -> String {
        match self.joint {
            None => self.case.name().to_owned(),
            Some(joint) => format!("resource{joint}{}", self.case.name()),
        }
    }

    pub(super) fn named(name: &str) -> Option<Pattern> {
        Pattern::all().find(|pattern| pattern.name() == name)
    }

    /// The one id of this pattern that the name of a method in a resource comes from.
    fn id(self, resource: &str, method: &str) -> String {
        if let Some(joint) = self.joint {
            return format!("{resource}{joint}{}", self.case.write(method));
        }
        let (verb, rest) = method.split_once('_').unwrap_or((method, ""));
        let resource = match verb {
            "list" | "search" | "find" | "query" => resource.to_owned(),
            _ => singular(resource),
        };
        self.case.write(&format!("{verb} {resource} {rest}"))
    }
}

/// A rough singular: only the size of a file depends on it.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

pub(super) fn pascal(name: &str) -> String {
    Case::Pascal.write(&fold(name))
}

/// As the class of a schema is called, or what belongs to an operation.
pub(super) fn class(name: &str) -> String {
    let class = pascal(name);
    match class.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("Type{class}"),
        false => class,
    }
}

/// A capital, then small letters.
pub(super) fn is_word(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_uppercase())
        && part.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
}

pub(super) fn is_one_part(part: &str) -> bool {
    is_word(&pascal(part))
}

/// Some small letters of ASCII.
pub(super) fn is_small(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// One word of small letters.
pub(super) fn is_one_word(name: &str) -> bool {
    name.len() < LONG
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && (name.bytes()).all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && Case::Snake.write(name) == name
}

/// Whether the identifier of a schema says how the schema is spelled.
pub(super) fn is_regular_schema(name: &str, case: Case) -> bool {
    let identifier = pascal(name);
    stands_alone(&identifier) && case.write(&identifier) == name
}

/// The same of a member.
pub(super) fn is_regular_member(name: &str, case: Case) -> bool {
    // Most are, and there are many.
    if case == Case::Snake && name.len() < LONG && name.split('_').all(is_small) {
        return true;
    }
    let identifier = Case::Snake.write(&fold(name));
    stands_alone(&identifier) && case.write(&identifier) == name
}

pub(super) fn stands_alone(identifier: &str) -> bool {
    identifier.len() < LONG && identifier.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// The same of an operation: of its method, and of its id. A method that ends like one of ours is not.
pub(super) fn is_regular_operation(
    resource: &Resource,
    operation: &Operation,
    pattern: Pattern,
) -> bool {
    let (id, method) = (operation.id.as_str(), operation.own_name.as_str());
    let resource = resource.name.as_str();
    let words = Case::Snake.write(&Case::Camel.write(&fold(id)));
    let is_written_so = match pattern.joint {
        None => pattern.case.write(&words) == id,
        Some(_) => words == format!("{resource}_{method}"),
    };
    is_one_word(resource)
        && is_written_so
        && id.len() < LONG
        && method.is_ascii()
        && Case::Snake.write(method) == method
        && !method.ends_with("_stream")
        && !method.ends_with("_resource")
        && pattern.id(resource, method) == id
}

/// The case that most names have.
pub(super) fn prevailing<'a>(
    names: impl Iterator<Item = &'a str>,
    is_regular: fn(&str, Case) -> bool,
) -> Option<Case> {
    let mut counts = [0_usize; Case::ALL.len()];
    for name in names {
        for (case, count) in Case::ALL.into_iter().zip(&mut counts) {
            *count += usize::from(is_regular(name, case));
        }
    }
    first_of_most(Case::ALL.into_iter().zip(counts))
}

pub(super) fn prevailing_pattern(operations: &[(Vec<&Resource>, &Operation)]) -> Option<Pattern> {
    let counts = Pattern::all().map(|pattern| {
        let regular = operations.iter().filter(|(trail, operation)| {
            matches!(trail[..], [resource] if is_regular_operation(resource, operation, pattern))
        });
        (pattern, regular.count())
    });
    first_of_most(counts)
}

pub(super) fn first_of_most<T>(counts: impl Iterator<Item = (T, usize)>) -> Option<T> {
    let mut best: Option<(T, usize)> = None;
    for (value, count) in counts {
        if count > best.as_ref().map_or(0, |(_, count)| *count) {
            best = Some((value, count));
        }
    }
    best.map(|(value, _)| value)
}
