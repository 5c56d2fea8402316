//! What entries are filtered and counted by. Entries that are alike in all of it share a class, so that a filter looks at
//! each class once, and a browser learns of an entry with one number.

use crate::analyse::{Part, Word, words};
use crate::query::{Facets, Query};
use crate::{Entry, Kind};
use indexmap::{IndexMap, IndexSet};

/// The facets of one or more entries: numbers in the lists of [`Classes`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Class {
    pub(crate) kind: Kind,
    pub(crate) api: usize,
    pub(crate) method: usize,
    pub(crate) categories: Vec<usize>,
    pub(crate) authentication: Vec<usize>,
    pub(crate) deprecated: bool,
    pub(crate) verb: Verb,
}

/// What an operation does, by its method and by what its path ends in: documents often have no other word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    None,
    List,
    Get,
    Create,
    Update,
    Delete,
}

impl Verb {
    pub(crate) const ALL: [&str; 6] = ["", "list", "get", "create", "update", "delete"];

    fn of(entry: &Entry) -> Verb {
        let last = entry.path.rsplit('/').find(|it| !it.is_empty());
        let Some(last) = last.filter(|_| !entry.method.is_empty()) else {
            return Verb::None;
        };
        let is_item = last.contains('{');
        let is_many = !is_item && words(last).last().is_some_and(is_plural);
        match entry.method.as_str() {
            "GET" if is_many => Verb::List,
            "GET" => Verb::Get,
            "POST" if is_many => Verb::Create,
            // Where documents know two methods only.
            "POST" if is_item => Verb::Update,
            "PUT" | "PATCH" => Verb::Update,
            "DELETE" => Verb::Delete,
            _ => Verb::None,
        }
    }
}

fn is_plural(word: &Word) -> bool {
    word.parts.last().is_some_and(Part::is_plural)
}

/// The classes of all entries.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    pub(crate) list: IndexSet<Class>,
    /// The class of each entry.
    pub(crate) of: Vec<u32>,
    pub(crate) apis: IndexSet<String>,
    pub(crate) methods: IndexSet<String>,
    pub(crate) categories: IndexSet<String>,
    pub(crate) authentication: IndexSet<String>,
}

/// The filters that a class does not pass, one bit each.
const KIND: u8 = 1;
const API: u8 = 2;
const METHOD: u8 = 4;
const CATEGORY: u8 = 8;
const AUTHENTICATION: u8 = 16;
const DEPRECATED: u8 = 32;

impl Classes {
    pub(crate) fn of(entries: &[Entry]) -> Classes {
        let mut classes = Classes::default();
        for entry in entries {
            let class = Class {
                kind: entry.kind,
                api: place(&mut classes.apis, &entry.api),
                method: place(&mut classes.methods, &entry.method),
                categories: places(&mut classes.categories, &entry.categories),
                authentication: places(&mut classes.authentication, &entry.authentication),
                deprecated: entry.deprecated,
                verb: Verb::of(entry),
            };
            let number = classes.list.insert_full(class).0;
            classes.of.push(number as u32);
        }
        classes
    }

    /// What scores in each class are multiplied with, in thousandths; and when many are asked for.
    pub(crate) fn factors(&self) -> Vec<[u64; 2]> {
        let factor = |class: &Class| {
            let mut factor = worth(class.kind);
            if self.methods[class.method] == "GET" {
                factor = factor * READ / 100;
            }
            if class.deprecated {
                factor = factor * 6 / 10;
            }
            let many = match class.verb {
                Verb::List => factor * LISTED / 100,
                _ => factor,
            };
            [factor, many]
        };
        self.list.iter().map(factor).collect()
    }

    /// The stems of what an entry of a class is: `put cover`, `refund webhook`.
    pub(crate) fn words(&self, class: &Class) -> Vec<String> {
        let (api, method) = (&self.apis[class.api], &self.methods[class.method]);
        let verb = Verb::ALL[class.verb as usize];
        let mut stems: Vec<String> = [api, method, class.kind.name(), verb]
            .iter()
            .flat_map(|text| words(text))
            .flat_map(|word| word.parts.into_iter().chain(word.whole))
            .map(|part| part.stem)
            .collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The word for what an operation of a class does; empty when none.
    pub(crate) fn verb(&self, class: u32) -> &'static str {
        Verb::ALL[self.list[class as usize].verb as usize]
    }

    /// Whether operations of a class do something else than what is asked for, when that has a verb. Who asks to get may
    /// get a list, and a `PUT` may be anything.
    pub(crate) fn does_other(&self, class: u32) -> bool {
        let class = &self.list[class as usize];
        class.verb != Verb::None && self.methods[class.method] != "PUT"
    }

    /// For each class the filters that it does not pass.
    pub(crate) fn refused(&self, query: &Query) -> Vec<u8> {
        let numbers = |all: &IndexSet<String>, wanted: &[String]| -> Vec<usize> {
            wanted
                .iter()
                .filter_map(|value| all.get_index_of(value))
                .collect()
        };
        let apis = numbers(&self.apis, &query.apis);
        let methods = numbers(&self.methods, &query.methods);
        let categories = numbers(&self.categories, &query.categories);
        let ways = numbers(&self.authentication, &query.authentication);
        let bit = |bit: u8, passes: bool| if passes { 0 } else { bit };
        let any = |of: &[usize], wanted: &[usize]| of.iter().any(|number| wanted.contains(number));
        let refused = |class: &Class| {
            bit(
                KIND,
                query.kinds.is_empty() || query.kinds.contains(&class.kind),
            ) | bit(API, query.apis.is_empty() || apis.contains(&class.api))
                | bit(
                    METHOD,
                    query.methods.is_empty() || methods.contains(&class.method),
                )
                | bit(
                    CATEGORY,
                    query.categories.is_empty() || any(&class.categories, &categories),
                )
                | bit(
                    AUTHENTICATION,
                    query.authentication.is_empty() || any(&class.authentication, &ways),
                )
                | bit(
                    DEPRECATED,
                    query.deprecated.is_none_or(|it| it == class.deprecated),
                )
        };
        self.list.iter().map(refused).collect()
    }

    /// Counts by facet, from how many entries of each class were found.
    pub(crate) fn facets(&self, found: &[u32], refused: &[u8]) -> Facets {
        let mut kinds = [0; Kind::ALL.len()];
        let mut apis = vec![0; self.apis.len()];
        let mut methods = vec![0; self.methods.len()];
        let mut categories = vec![0; self.categories.len()];
        let mut ways = vec![0; self.authentication.len()];
        let mut deprecated = 0;
        for ((class, count), refused) in self.list.iter().zip(found).zip(refused) {
            let count = *count as usize;
            if count == 0 {
                continue;
            }
            // A facet is counted without its own filter.
            let counts = |facet: u8| refused & !facet == 0;
            if counts(KIND) {
                kinds[class.kind as usize] += count;
            }
            if counts(API) {
                apis[class.api] += count;
            }
            if counts(METHOD) {
                methods[class.method] += count;
            }
            if counts(CATEGORY) {
                class
                    .categories
                    .iter()
                    .for_each(|it| categories[*it] += count);
            }
            if counts(AUTHENTICATION) {
                class
                    .authentication
                    .iter()
                    .for_each(|it| ways[*it] += count);
            }
            if counts(DEPRECATED) && class.deprecated {
                deprecated += count;
            }
        }
        Facets {
            kinds: sorted(Kind::ALL.map(Kind::name).into_iter(), &kinds),
            apis: sorted(self.apis.iter().cloned(), &apis),
            methods: sorted(self.methods.iter().cloned(), &methods),
            categories: sorted(self.categories.iter().cloned(), &categories),
            authentication: sorted(self.authentication.iter().cloned(), &ways),
            deprecated,
        }
    }
}

fn place(all: &mut IndexSet<String>, value: &str) -> usize {
    match all.get_index_of(value) {
        Some(place) => place,
        None => all.insert_full(value.to_owned()).0,
    }
}

fn places(all: &mut IndexSet<String>, values: &[String]) -> Vec<usize> {
    let mut places: Vec<usize> = values.iter().map(|value| place(all, value)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The most frequent first, equals by name; without those that nothing was found of, and without the empty one.
fn sorted<T: AsRef<str> + Ord + std::hash::Hash>(
    values: impl Iterator<Item = T>,
    counts: &[usize],
) -> IndexMap<T, usize> {
    let mut found: Vec<(T, usize)> = values
        .zip(counts.iter().copied())
        .filter(|(value, count)| *count > 0 && !value.as_ref().is_empty())
        .collect();
    found.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
    found.into_iter().collect()
}

/// What an entry of a kind is worth beside others, in thousandths: parts are found less eagerly than wholes.
const fn worth(kind: Kind) -> u64 {
    match kind {
        Kind::Operation | Kind::Listing => 1000,
        Kind::Webhook | Kind::Guide => 900,
        Kind::Type => 780,
        Kind::Page | Kind::Error => 700,
        Kind::Property => 550,
        Kind::Sdk => 450,
    }
}

/// Who asks for a thing by its name alone wants to read it first.
const READ: u64 = 103;
/// Who asks for `invoices` wants the list of them.
const LISTED: u64 = 125;
