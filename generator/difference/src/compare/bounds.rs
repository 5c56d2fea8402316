//! Limits of values, lists and objects.

use super::Comparison;
use super::types::{Relation, pick};
use crate::Rule;
use crate::place::At;
use portolan_model::{Bounds, Direction, Value};
use std::cmp::Ordering;

impl Comparison<'_> {
    /// `noun` is what `min...` and `max...` count: `Length`, `Items` or `Properties`.
    pub(super) fn bounds(
        &mut self,
        old: Option<&Bounds>,
        new: Option<&Bounds>,
        noun: &str,
        direction: Direction,
        at: &At<'_>,
    ) {
        let none = Bounds::default();
        let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
        if old == new {
            return;
        }
        let ends = [
            (
                "minimum",
                "exclusiveMinimum",
                lower(old),
                lower(new),
                Ordering::Greater,
            ),
            (
                "maximum",
                "exclusiveMaximum",
                upper(old),
                upper(new),
                Ordering::Less,
            ),
        ];
        for (name, exclusive, before, after, tighter) in ends {
            let words = |end: Option<End<'_>>| match end {
                Some(end) if end.open => format!("{exclusive}: {}", end.digits),
                Some(end) => format!("{name}: {}", end.digits),
                None => format!("{name}: –"),
            };
            self.limit(
                of_ends(before, after, tighter),
                words(before),
                words(after),
                direction,
                at,
            );
        }
        let least = |bounds: &Bounds| bounds.min_length.filter(|length| *length > 0);
        let most = |bounds: &Bounds| bounds.max_length;
        let words = |name: &str, length: Option<u64>| match length {
            Some(length) => format!("{name}{noun}: {length}"),
            None => format!("{name}{noun}: –"),
        };
        let (before, after) = (least(old), least(new));
        let relation = match before.cmp(&after) {
            Ordering::Less => Relation::Narrower,
            Ordering::Equal => Relation::Same,
            Ordering::Greater => Relation::Wider,
        };
        self.limit(
            relation,
            words("min", before),
            words("min", after),
            direction,
            at,
        );
        let (before, after) = (most(old), most(new));
        let relation = match (before, after) {
            (before, after) if before == after => Relation::Same,
            (None, _) => Relation::Narrower,
            (_, None) => Relation::Wider,
            (before, after) if after < before => Relation::Narrower,
            _ => Relation::Wider,
        };
        self.limit(
            relation,
            words("max", before),
            words("max", after),
            direction,
            at,
        );
        self.multiples(old, new, direction, at);
        if old.unique_items != new.unique_items {
            let relation = match new.unique_items {
                true => Relation::Narrower,
                false => Relation::Wider,
            };
            let words = |unique: bool| format!("uniqueItems: {unique}");
            self.limit(
                relation,
                words(old.unique_items),
                words(new.unique_items),
                direction,
                at,
            );
        }
        self.excluded(&old.excluded, &new.excluded, direction, at);
        self.pattern(
            old.pattern.as_deref(),
            new.pattern.as_deref(),
            direction,
            at,
        );
    }

    fn limit(
        &mut self,
        relation: Relation,
        before: String,
        after: String,
        direction: Direction,
        at: &At<'_>,
    ) {
        let rule = match relation {
            Relation::Same => return,
            Relation::Narrower => pick(
                direction,
                Rule::RequestLimitNarrowed,
                Rule::ResponseLimitNarrowed,
            ),
            Relation::Wider => pick(
                direction,
                Rule::RequestLimitWidened,
                Rule::ResponseLimitWidened,
            ),
            Relation::Other => pick(
                direction,
                Rule::RequestLimitChanged,
                Rule::ResponseLimitChanged,
            ),
        };
        self.tell(rule, at, Some(before), Some(after));
    }

    fn multiples(&mut self, old: &Bounds, new: &Bounds, direction: Direction, at: &At<'_>) {
        let (before, after) = (old.multiple_of.as_deref(), new.multiple_of.as_deref());
        let divides = |one: &str, other: &str| match (number(one), number(other)) {
            (Some(one), Some(other)) if one != 0.0 => {
                let times = other / one;
                (times - times.round()).abs() < 1e-9
            }
            _ => false,
        };
        let relation = match (before, after) {
            (before, after) if before == after => Relation::Same,
            (None, _) => Relation::Narrower,
            (_, None) => Relation::Wider,
            (Some(before), Some(after)) => match (divides(before, after), divides(after, before)) {
                (true, true) => Relation::Same,
                (true, false) => Relation::Narrower,
                (false, true) => Relation::Wider,
                (false, false) => Relation::Other,
            },
        };
        let words = |digits: Option<&str>| format!("multipleOf: {}", digits.unwrap_or("–"));
        self.limit(relation, words(before), words(after), direction, at);
    }

    /// Values that are not allowed.
    fn excluded(&mut self, old: &[Value], new: &[Value], direction: Direction, at: &At<'_>) {
        let relation = match (
            new.iter().all(|value| old.contains(value)),
            old.iter().all(|value| new.contains(value)),
        ) {
            (true, true) => Relation::Same,
            (false, true) => Relation::Narrower,
            (true, false) => Relation::Wider,
            (false, false) => Relation::Other,
        };
        let words = |values: &[Value]| match values.is_empty() {
            true => "not: –".to_owned(),
            false => format!(
                "not: {}",
                values
                    .iter()
                    .map(Value::to_json)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        self.limit(relation, words(old), words(new), direction, at);
    }

    /// Which of two patterns accepts more cannot be told, but `.*` accepts all.
    fn pattern(&mut self, old: Option<&str>, new: Option<&str>, direction: Direction, at: &At<'_>) {
        let said = |pattern: Option<&str>| {
            pattern
                .filter(|pattern| !matches!(*pattern, "" | ".*" | "^.*$" | "^.*" | ".*$"))
                .map(str::to_owned)
        };
        let (before, after) = (said(old), said(new));
        let rule = match (&before, &after) {
            (None, Some(_)) => pick(
                direction,
                Rule::RequestPatternAdded,
                Rule::ResponsePatternAdded,
            ),
            (Some(_), None) => pick(
                direction,
                Rule::RequestPatternRemoved,
                Rule::ResponsePatternRemoved,
            ),
            (Some(one), Some(other)) if one != other => pick(
                direction,
                Rule::RequestPatternChanged,
                Rule::ResponsePatternChanged,
            ),
            _ => return,
        };
        self.tell(rule, at, before, after);
    }
}

/// An end of a range of numbers.
#[derive(Clone, Copy)]
struct End<'a> {
    digits: &'a str,
    value: f64,
    /// Whether the number itself is outside.
    open: bool,
}

fn lower(bounds: &Bounds) -> Option<End<'_>> {
    end(
        bounds.minimum.as_deref(),
        bounds.exclusive_minimum.as_deref(),
        Ordering::Greater,
    )
}

fn upper(bounds: &Bounds) -> Option<End<'_>> {
    end(
        bounds.maximum.as_deref(),
        bounds.exclusive_maximum.as_deref(),
        Ordering::Less,
    )
}

/// The tighter one of both.
fn end<'a>(closed: Option<&'a str>, open: Option<&'a str>, tighter: Ordering) -> Option<End<'a>> {
    let closed = closed.and_then(|digits| {
        Some(End {
            digits,
            value: number(digits)?,
            open: false,
        })
    });
    let open = open.and_then(|digits| {
        Some(End {
            digits,
            value: number(digits)?,
            open: true,
        })
    });
    match (closed, open) {
        (Some(one), Some(other)) if one.value.partial_cmp(&other.value) == Some(tighter) => {
            Some(one)
        }
        (one, None) => one,
        (_, other) => other,
    }
}

fn of_ends(old: Option<End<'_>>, new: Option<End<'_>>, tighter: Ordering) -> Relation {
    match (old, new) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Narrower,
        (Some(_), None) => Relation::Wider,
        (Some(old), Some(new)) => match new.value.partial_cmp(&old.value) {
            Some(Ordering::Equal) => match (old.open, new.open) {
                (false, true) => Relation::Narrower,
                (true, false) => Relation::Wider,
                _ => Relation::Same,
            },
            Some(order) if order == tighter => Relation::Narrower,
            Some(_) => Relation::Wider,
            None => Relation::Other,
        },
    }
}

fn number(digits: &str) -> Option<f64> {
    digits.parse().ok()
}
