//! Both versions side by side: changes are told as they are met, and put in order at the end.

mod about;
mod body;
mod bounds;
mod event;
mod object;
mod operation;
mod parameter;
mod primitive;
mod security;
mod server;
mod types;
mod union;
mod view;

use crate::pairing::Pairs;
use crate::place::At;
use crate::reach::Reach;
use crate::{Change, Difference, OperationName, Rule, Subject};
use portolan_model::{Api, Direction, Operation, TypeId, TypeOrigin};
use portolan_source::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What changed around a pair of operations.
pub(crate) struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    /// What is compared now.
    subject: Subject,
    /// What was found, with the named types around it.
    found: Vec<(Change, Option<(TypeId, TypeId)>)>,
    /// Pairs of named types that were compared: the guard against cycles.
    seen: HashSet<(TypeId, TypeId, Direction)>,
    /// What holds in both directions is told once.
    told: HashSet<(Rule, Subject, String)>,
    /// Components that stand where another stood.
    renamed: BTreeMap<TypeId, TypeId>,
    /// Whether anything travels as XML.
    has_xml: bool,
    /// The names of components.
    old_names: HashSet<&'a str>,
    new_names: HashSet<&'a str>,
    /// How many pairs may still be compared for the answer alone, and whether one is now.
    trials: u32,
    is_trial: bool,
}

/// So many variants of unions are tried on each other.
const MOST_TRIALS: u32 = 2_000;

impl<'a> Comparison<'a> {
    /// Compares two versions.
    pub(crate) fn of(old: &'a Api, new: &'a Api) -> Difference {
        let mut comparison = Comparison {
            old,
            new,
            subject: Subject::Api,
            found: Vec::new(),
            seen: HashSet::new(),
            told: HashSet::new(),
            renamed: BTreeMap::new(),
            has_xml: false,
            old_names: component_names(old),
            new_names: component_names(new),
            trials: MOST_TRIALS,
            is_trial: false,
        };
        comparison.run();
        comparison.finish()
    }

    fn run(&mut self) {
        let (old, new) = (self.old, self.new);
        self.about();
        self.servers(&old.servers, &new.servers, &At::subject(old.span, new.span));
        self.schemes();
        let all = |api: &'a Api| -> Vec<&'a Operation> {
            api.operations()
                .into_iter()
                .map(|(_, operation)| operation)
                .collect()
        };
        let (before, after) = (all(old), all(new));
        self.has_xml = before
            .iter()
            .chain(&after)
            .any(|operation| body::is_xml(operation));
        let pairs = Pairs::of(&before, &after);
        for (before, after) in pairs.kept {
            self.subject = Subject::Operation {
                old: before.map(OperationName::of),
                new: Some(OperationName::of(after)),
            };
            match before {
                Some(before) => self.operation(before, after),
                None => {
                    let at = At::subject(Span::default(), after.span);
                    self.tell(Rule::OperationAdded, &at, None, None);
                }
            }
        }
        for operation in pairs.removed {
            self.subject = Subject::Operation {
                old: Some(OperationName::of(operation)),
                new: None,
            };
            let rule = match operation.deprecated {
                true => Rule::DeprecatedOperationRemoved,
                false => Rule::OperationRemoved,
            };
            self.tell(
                rule,
                &At::subject(operation.span, Span::default()),
                None,
                None,
            );
        }
        self.webhooks();
        self.components();
    }

    /// Components that came, went, or are called otherwise.
    fn components(&mut self) {
        let (old, new) = (self.old, self.new);
        fn named(api: &Api) -> HashMap<&str, TypeId> {
            let components = api
                .types
                .iter()
                .filter(|def| def.origin == TypeOrigin::Component);
            components.map(|def| (def.name.as_str(), def.id)).collect()
        }
        let (before, after) = (named(old), named(new));
        let renamed: Vec<(TypeId, TypeId)> = self
            .renamed
            .iter()
            .map(|(from, to)| (*from, *to))
            .filter(|(from, to)| {
                !after.contains_key(old.type_def(*from).name.as_str())
                    && !before.contains_key(new.type_def(*to).name.as_str())
            })
            .collect();
        for def in &new.types {
            let is_new = after.get(def.name.as_str()) == Some(&def.id)
                && !before.contains_key(def.name.as_str());
            if !is_new {
                continue;
            }
            let from = renamed
                .iter()
                .find(|(_, to)| *to == def.id)
                .map(|(from, _)| old.type_def(*from));
            self.subject = Subject::Type {
                old: from.map(|from| from.name.clone()),
                new: Some(def.name.clone()),
            };
            match from {
                Some(from) => self.tell(
                    Rule::TypeRenamed,
                    &At::subject(from.span, def.span),
                    Some(from.name.to_string()),
                    Some(def.name.to_string()),
                ),
                None => self.tell(
                    Rule::TypeAdded,
                    &At::subject(Span::default(), def.span),
                    None,
                    None,
                ),
            }
        }
        for def in &old.types {
            let is_gone = before.get(def.name.as_str()) == Some(&def.id)
                && !after.contains_key(def.name.as_str())
                && !renamed.iter().any(|(from, _)| *from == def.id);
            if is_gone {
                self.subject = Subject::Type {
                    old: Some(def.name.clone()),
                    new: None,
                };
                self.tell(
                    Rule::TypeRemoved,
                    &At::subject(def.span, Span::default()),
                    None,
                    None,
                );
            }
        }
    }

    /// Tells a change of what is compared now.
    fn tell(&mut self, rule: Rule, at: &At<'_>, before: Option<String>, after: Option<String>) {
        let change = Change {
            rule,
            subject: self.subject.clone(),
            path: at.path(),
            before,
            after,
            old: at.old,
            new: at.new,
            operations: Vec::new(),
        };
        self.found.push((change, at.owner));
    }

    /// Tells it once, however often it is met: what holds in both directions.
    fn tell_once(
        &mut self,
        rule: Rule,
        at: &At<'_>,
        before: Option<String>,
        after: Option<String>,
    ) {
        let mut path = at.path();
        if let Some(value) = &after {
            path.push('\n');
            path.push_str(value);
        }
        if self.told.insert((rule, self.subject.clone(), path)) {
            self.tell(rule, at, before, after);
        }
    }

    /// Puts everything in order, and says which operations a changed type reaches.
    fn finish(self) -> Difference {
        let mut reach = Reach::new(self.old, self.new);
        let place: HashMap<&str, usize> = self
            .new
            .operations()
            .iter()
            .enumerate()
            .map(|(index, (_, operation))| (operation.id.as_str(), index))
            .collect();
        let mut changes: Vec<Change> = self
            .found
            .into_iter()
            .map(|(mut change, owner)| {
                if let Some((old, new)) = owner {
                    change.operations = reach.of(old, new);
                }
                change
            })
            .collect();
        // Stable: inside a subject the order of the walk stays.
        changes.sort_by_cached_key(|change| match &change.subject {
            Subject::Api => (0, 0, String::new()),
            Subject::SecurityScheme { .. } => (1, 0, String::new()),
            Subject::Operation { new: Some(new), .. } => (
                2,
                place.get(new.id.as_str()).copied().unwrap_or_default(),
                String::new(),
            ),
            Subject::Operation { .. } => (3, 0, String::new()),
            Subject::Webhook { .. } => (4, 0, String::new()),
            Subject::Type { old, new } => (
                5,
                0,
                new.as_ref()
                    .or(old.as_ref())
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ),
        });
        Difference { changes }
    }
}

fn component_names(api: &Api) -> HashSet<&str> {
    let components = api
        .types
        .iter()
        .filter(|def| def.origin == TypeOrigin::Component);
    components.map(|def| def.name.as_str()).collect()
}
