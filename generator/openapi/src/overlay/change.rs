//! What is done to the places that a target means.

use super::query::{Exhausted, Place};
use super::read::{Action, newer};
use super::{Overlay, Version, at, head};
use portolan_source::{Diagnostic, Diagnostics, MAX_DEPTH, Member, Node, Span, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a value costs, and how deep it is.
pub(super) struct Weight {
    pub(super) cost: u64,
    depth: usize,
}

/// Counts the values in a value; long texts count as several.
pub(super) fn weigh(node: &Node) -> Weight {
    let mut weight = Weight { cost: 1, depth: 1 };
    let mut add = |below: Weight| {
        weight.cost += below.cost;
        weight.depth = weight.depth.max(below.depth + 1);
    };
    match &node.value {
        Value::String(text) | Value::Number(text) => weight.cost += text.len() as u64 / 64,
        Value::Array(items) => items.iter().map(weigh).for_each(&mut add),
        Value::Object(members) => members
            .iter()
            .map(|member| weigh(&member.node))
            .for_each(&mut add),
        Value::Null | Value::Bool(_) => {}
    }
    weight
}

impl Overlay<'_> {
    /// Merges `value`, which the overlay names at `origin`, into each place.
    pub(super) fn update(
        &mut self,
        action: &Action,
        version: Version,
        places: &[&Place],
        value: &Node,
        origin: Span,
        root: &mut Node,
    ) -> Result<(), Exhausted> {
        if version >= Version::V1_1
            && let Some(mixed) = mixed(action, places, root)
        {
            self.diagnostics.push(mixed);
            return Ok(());
        }
        let weight = weigh(value);
        self.additions
            .pay(weight.cost.saturating_mul(places.len() as u64))?;
        if let Some(place) = places
            .iter()
            .find(|place| place.len() + weight.depth > MAX_DEPTH)
        {
            self.diagnostics.push(
                Diagnostic::error(
                    "too-deep",
                    format!("more than {MAX_DEPTH} levels of nesting"),
                )
                .at(action.target.span)
                .label(head(at(root, place).span), "added here"),
            );
            return Ok(());
        }
        let mut merge = Merge {
            version,
            origin: head(origin),
            told: HashSet::new(),
            compared: 0,
            diagnostics: self.diagnostics,
        };
        for place in places {
            merge.target(action, at_mut(root, place), value);
        }
        self.budget.pay(merge.compared / 8)
    }

    /// Takes all places out of their objects and lists.
    pub(super) fn remove(
        &mut self,
        action: &Action,
        version: Version,
        places: &[&Place],
        root: &mut Node,
    ) -> Result<(), Exhausted> {
        let mut by_parent: BTreeMap<&Place, Vec<u32>> = BTreeMap::new();
        for place in places {
            let Some((last, parent)) = place.split_last() else {
                self.diagnostics.push(
                    Diagnostic::error(
                        "incompatible-update",
                        "the whole document is in no object or list that it could be removed from",
                    )
                    .at(action.target.span)
                    .help("remove members of it, e.g. by `$.paths`"),
                );
                return Ok(());
            };
            by_parent.entry(parent).or_default().push(*last);
        }
        let primitive = places.iter().any(|place| is_primitive(at(root, place)));
        if version < Version::V1_1 && primitive {
            self.diagnostics
                .push(newer("to remove a primitive", action.target.span));
        }
        // From the last to the first: what is below a value before the value itself, so that places keep their meaning.
        for (parent, steps) in by_parent.into_iter().rev() {
            let mut gone = steps.into_iter().peekable();
            let mut step: u32 = 0;
            let mut stays = || {
                let removed = gone.next_if_eq(&step).is_some();
                step += 1;
                !removed
            };
            match &mut at_mut(root, parent).value {
                Value::Array(items) => items.retain(|_| stays()),
                Value::Object(members) => members.retain(|_| stays()),
                _ => {}
            }
            self.budget.pay(step.into())?;
        }
        Ok(())
    }
}

/// 1.1 wants all targets of an update to be of one kind.
fn mixed(action: &Action, places: &[&Place], root: &Node) -> Option<Diagnostic> {
    let first = at(root, places.first()?);
    let other = places
        .iter()
        .map(|place| at(root, place))
        .find(|node| kind(node) != kind(first))?;
    Some(
        Diagnostic::error(
            "incompatible-update",
            "the targets of an update are all objects, all lists, or all primitives",
        )
        .at(action.target.span)
        .label(
            head(first.span),
            format!("{} is selected here", first.kind()),
        )
        .label(
            head(other.span),
            format!("{} is selected here", other.kind()),
        )
        .help("make two actions of it, each with a narrower target"),
    )
}

#[derive(PartialEq, Eq)]
enum Kind {
    Object,
    Array,
    Primitive,
}

fn kind(node: &Node) -> Kind {
    match node.value {
        Value::Object(_) => Kind::Object,
        Value::Array(_) => Kind::Array,
        _ => Kind::Primitive,
    }
}

fn is_primitive(node: &Node) -> bool {
    kind(node) == Kind::Primitive
}

/// The value at a place that a query has just found.
fn at_mut<'a>(root: &'a mut Node, place: &Place) -> &'a mut Node {
    place.iter().fold(root, |node, step| match &mut node.value {
        Value::Object(members) => &mut members[*step as usize].node,
        Value::Array(items) => &mut items[*step as usize],
        _ => unreachable!("a place leads through objects and arrays alone"),
    })
}

/// One update at work.
struct Merge<'a> {
    version: Version,
    /// Where the value is named.
    origin: Span,
    /// What was told already: an update of many targets tells each thing once.
    told: HashSet<(&'static str, Span)>,
    /// How many keys were compared to find the members that both sides have.
    compared: u64,
    diagnostics: &'a mut Diagnostics,
}

impl Merge<'_> {
    fn tell(&mut self, diagnostic: Diagnostic) {
        if self.told.insert((diagnostic.code, diagnostic.span())) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Updates what the expression has selected.
    fn target(&mut self, action: &Action, target: &mut Node, value: &Node) {
        let old = self.version < Version::V1_1;
        let (was, comes) = (kind(target), kind(value));
        match (&mut target.value, &value.value) {
            (Value::Object(ours), Value::Object(theirs)) => self.members(ours, theirs),
            (Value::Array(ours), Value::Array(theirs)) if !old => ours.extend_from_slice(theirs),
            (Value::Array(ours), theirs) => {
                ours.push(value.clone());
                if matches!(theirs, Value::Array(_)) {
                    self.tell(
                        Diagnostic::warning("nested-list", "the list is added to the list as one entry")
                            .at(self.origin)
                            .label(head(target.span), "added here")
                            .help("to add the entries one by one, write `overlay: 1.1.0`; in 1.0 an update of a list is one entry"),
                    );
                }
            }
            _ if was == Kind::Primitive && comes == Kind::Primitive => {
                *target = value.clone();
                if old {
                    self.tell(newer("to replace a primitive", action.target.span));
                }
            }
            _ => {
                let help = match was {
                    Kind::Object => "give an object with the members to add or to replace",
                    _ => {
                        "remove it in an action before, then add the new value to the object that holds it"
                    }
                };
                self.tell(
                    Diagnostic::error(
                        "incompatible-update",
                        format!("{} cannot be updated with {}", target.kind(), value.kind()),
                    )
                    .at(self.origin)
                    .label(action.target.span, "selected by this")
                    .label(head(target.span), format!("{} stands here", target.kind()))
                    .help(help),
                );
            }
        }
    }

    fn members(&mut self, ours: &mut Vec<Member>, theirs: &[Member]) {
        let many = theirs.len() > 8 && ours.len() + theirs.len() > 64;
        self.compared += ours.len() as u64 * theirs.len().min(8) as u64;
        let index: Option<HashMap<Box<str>, usize>> = many.then(|| {
            let keys = ours.iter().enumerate();
            keys.map(|(index, member)| (member.key.clone(), index))
                .collect()
        });
        for member in theirs {
            let known = match &index {
                Some(index) => index.get(&member.key).copied(),
                None => ours.iter().position(|own| own.key == member.key),
            };
            match known {
                Some(known) => self.member(&mut ours[known], member),
                None => ours.push(member.clone()),
            }
        }
    }

    /// Merges what both sides have.
    fn member(&mut self, ours: &mut Member, theirs: &Member) {
        match (&mut ours.node.value, &theirs.node.value) {
            (Value::Object(ours), Value::Object(theirs)) => self.members(ours, theirs),
            (Value::Array(ours), Value::Array(theirs)) => ours.extend_from_slice(theirs),
            (Value::Object(_) | Value::Array(_), Value::Null) => {
                self.tell(
                    Diagnostic::warning(
                        "ineffective-action",
                        format!("`{}` has no value, so it changes nothing", theirs.key),
                    )
                    .at(theirs.key_span)
                    .help("to take it out of the document, write an action with `remove: true`"),
                );
            }
            (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
                self.unlike(ours, theirs);
            }
            _ => ours.node = theirs.node.clone(),
        }
    }

    fn unlike(&mut self, ours: &Member, theirs: &Member) {
        let (was, comes) = (ours.node.kind(), theirs.node.kind());
        self.tell(
            Diagnostic::error(
                "incompatible-update",
                format!(
                    "`{}` is {was} in the document, but {comes} in the update",
                    ours.key
                ),
            )
            .at(theirs.key_span)
            .label(ours.key_span, format!("{was} stands here"))
            .help("write a value of the same kind, or remove the old one in an action before"),
        );
    }
}
