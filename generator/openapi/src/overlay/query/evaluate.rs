//! [`Query`] and a tree -> the places that are meant, in the RFC's order, within a [`Budget`].

mod compare;
mod steps;

use super::pattern::Patterns;
use super::{Comparable, Logical, Query, Segment, Selector, Start};
use compare::Operand;
use portolan_source::{Node, Value};
use steps::{child, item, length, slice, small};

/// How many values one step may select: an expression with two `..` can multiply a document.
const MAX_SELECTED: usize = 1 << 20;

/// What a pattern costs to compile, in values looked at.
const COMPILING: u64 = 10_000;

/// How many values may still be looked at.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

/// The budget was not enough.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl Budget {
    pub(crate) fn new(values: u64) -> Budget {
        Budget { left: values }
    }

    pub(crate) fn add(&mut self, values: u64) {
        self.left += values;
    }

    pub(crate) fn pay(&mut self, values: u64) -> Result<(), Exhausted> {
        match self.left.checked_sub(values) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Exhausted)
            }
        }
    }
}

/// The way from the root to a value: which member or item at each step.
pub(crate) type Place = [u32];

/// What a query selects.
#[derive(Debug, Default)]
pub(crate) struct Selected {
    /// All ways, one behind the other, and where each ends.
    steps: Vec<u32>,
    ends: Vec<usize>,
    /// When nothing is selected: the first segment that found nothing.
    pub(crate) stopped_at: usize,
}

impl Selected {
    /// The places in document order, each once.
    pub(crate) fn places(&self) -> Vec<&Place> {
        let mut start = 0;
        let mut places: Vec<&Place> = self
            .ends
            .iter()
            .map(|end| &self.steps[std::mem::replace(&mut start, *end)..*end])
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Query {
    /// Where in `root` the values stand that the query selects.
    pub(crate) fn select(&self, root: &Node, budget: &mut Budget) -> Result<Selected, Exhausted> {
        self.select_by(self.segments.len(), root, budget)
    }

    /// As [`select`](Query::select), for the first segments alone.
    pub(crate) fn select_by(
        &self,
        segments: usize,
        root: &Node,
        budget: &mut Budget,
    ) -> Result<Selected, Exhausted> {
        let mut run = Run {
            root,
            budget,
            patterns: Patterns::default(),
            ways: Vec::new(),
            tracking: true,
        };
        let mut found = vec![Found {
            node: root,
            way: NO_WAY,
        }];
        let mut stopped_at = 0;
        for segment in &self.segments[..segments] {
            found = run.segment(segment, &found)?;
            if found.is_empty() {
                break;
            }
            stopped_at += 1;
        }
        let mut selected = Selected {
            stopped_at,
            ..Selected::default()
        };
        for Found { way, .. } in found {
            let start = selected.steps.len();
            let mut way = way;
            while let Some((before, step)) = run.ways.get(way as usize) {
                selected.steps.push(*step);
                way = *before;
            }
            selected.steps[start..].reverse();
            selected.ends.push(selected.steps.len());
        }
        Ok(selected)
    }
}

/// The way of the root, and of values whose way nobody asks for.
const NO_WAY: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Found<'a> {
    node: &'a Node,
    /// An index into [`Run::ways`].
    way: u32,
}

struct Run<'a, 'b> {
    root: &'a Node,
    budget: &'b mut Budget,
    patterns: Patterns,
    /// The last step of a way, and the way before it.
    ways: Vec<(u32, u32)>,
    /// Whether ways are wanted; not inside a filter.
    tracking: bool,
}

impl<'a> Run<'a, '_> {
    fn segment(
        &mut self,
        segment: &Segment,
        from: &[Found<'a>],
    ) -> Result<Vec<Found<'a>>, Exhausted> {
        let mut result = Vec::new();
        for found in from {
            if segment.descendants {
                self.descend(segment, *found, &mut result)?;
            } else {
                self.selectors(segment, *found, &mut result)?;
            }
        }
        Ok(result)
    }

    /// A value before those below it, as deep as a document may nest.
    fn descend(
        &mut self,
        segment: &Segment,
        found: Found<'a>,
        result: &mut Vec<Found<'a>>,
    ) -> Result<(), Exhausted> {
        self.selectors(segment, found, result)?;
        for index in 0..length(found.node) {
            let node = child(found.node, index);
            if matches!(node.value, Value::Array(_) | Value::Object(_)) {
                let (ways, selected) = (self.ways.len(), result.len());
                let below = self.step(found, index, node);
                self.descend(segment, below, result)?;
                if result.len() == selected {
                    self.ways.truncate(ways);
                }
            }
        }
        Ok(())
    }

    fn selectors(
        &mut self,
        segment: &Segment,
        from: Found<'a>,
        result: &mut Vec<Found<'a>>,
    ) -> Result<(), Exhausted> {
        for selector in &segment.selectors {
            self.budget.pay(1)?;
            match selector {
                Selector::Name(name) => {
                    if let Some(index) = self.member(from.node, name)? {
                        self.select(from, index, result)?;
                    }
                }
                Selector::Index(index) => {
                    if let Some(index) = item(from.node, *index) {
                        self.select(from, index, result)?;
                    }
                }
                Selector::Wildcard => {
                    for index in 0..length(from.node) {
                        self.select(from, index, result)?;
                    }
                }
                Selector::Slice(start, end, step) => {
                    for index in slice(from.node.items().len(), *start, *end, *step) {
                        self.select(from, index, result)?;
                    }
                }
                Selector::Filter(filter) => {
                    for index in 0..length(from.node) {
                        let tracking = std::mem::replace(&mut self.tracking, false);
                        let holds = self.holds(filter, child(from.node, index));
                        self.tracking = tracking;
                        if holds? {
                            self.select(from, index, result)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn select(
        &mut self,
        from: Found<'a>,
        index: usize,
        result: &mut Vec<Found<'a>>,
    ) -> Result<(), Exhausted> {
        self.budget.pay(1)?;
        if result.len() == MAX_SELECTED {
            return Err(Exhausted);
        }
        let found = self.step(from, index, child(from.node, index));
        result.push(found);
        Ok(())
    }

    fn step(&mut self, from: Found<'a>, index: usize, node: &'a Node) -> Found<'a> {
        let mut way = NO_WAY;
        if self.tracking {
            way = small(self.ways.len());
            self.ways.push((from.way, small(index)));
        }
        Found { node, way }
    }

    /// Which member has the name; names passed on the way are paid for.
    fn member(&mut self, node: &Node, name: &str) -> Result<Option<usize>, Exhausted> {
        let members = node.members();
        let found = members.iter().position(|member| &*member.key == name);
        self.budget.pay(found.unwrap_or(members.len()) as u64 / 8)?;
        Ok(found)
    }

    fn holds(&mut self, filter: &Logical, current: &'a Node) -> Result<bool, Exhausted> {
        if !matches!(filter, Logical::Or(_) | Logical::And(_) | Logical::Not(_)) {
            self.budget.pay(1)?;
        }
        Ok(match filter {
            Logical::Or(parts) => {
                for part in parts {
                    if self.holds(part, current)? {
                        return Ok(true);
                    }
                }
                false
            }
            Logical::And(parts) => {
                for part in parts {
                    if !self.holds(part, current)? {
                        return Ok(false);
                    }
                }
                true
            }
            Logical::Not(inner) => !self.holds(inner, current)?,
            Logical::Exists(query) if query.is_singular() => self.single(query, current)?.is_some(),
            Logical::Exists(query) => !self.nodes(query, current)?.is_empty(),
            Logical::Compare(left, operator, right) => {
                let (left, right) = (self.value(left, current)?, self.value(right, current)?);
                compare::compare(&left, *operator, &right, self.budget)?
            }
            Logical::Match(text, pattern) => self.matches(text, pattern, current, true)?,
            Logical::Search(text, pattern) => self.matches(text, pattern, current, false)?,
        })
    }

    /// The only value of a query that cannot have several.
    fn single(&mut self, query: &Query, current: &'a Node) -> Result<Option<&'a Node>, Exhausted> {
        let mut node = self.start(query, current);
        for segment in &query.segments {
            self.budget.pay(1)?;
            let index = match segment.selectors.as_slice() {
                [Selector::Name(name)] => self.member(node, name)?,
                [Selector::Index(index)] => item(node, *index),
                _ => None,
            };
            match index {
                Some(index) => node = child(node, index),
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }

    fn nodes(&mut self, query: &Query, current: &'a Node) -> Result<Vec<Found<'a>>, Exhausted> {
        let mut found = vec![Found {
            node: self.start(query, current),
            way: NO_WAY,
        }];
        for segment in &query.segments {
            found = self.segment(segment, &found)?;
        }
        Ok(found)
    }

    fn start(&self, query: &Query, current: &'a Node) -> &'a Node {
        match query.from {
            Start::Root => self.root,
            Start::Current => current,
        }
    }

    fn value<'c>(
        &mut self,
        value: &'c Comparable,
        current: &'a Node,
    ) -> Result<Operand<'c>, Exhausted>
    where
        'a: 'c,
    {
        let of = |node: Option<&'c Node>| node.map_or(Operand::Nothing, Operand::Node);
        Ok(match value {
            Comparable::Null => Operand::Null,
            Comparable::Bool(value) => Operand::Bool(*value),
            Comparable::Number(digits) => Operand::Number(digits),
            Comparable::String(text) => Operand::String(text),
            Comparable::Singular(query) => of(self.single(query, current)?),
            Comparable::Count(query) => Operand::Count(self.nodes(query, current)?.len()),
            Comparable::Value(query) => match self.nodes(query, current)?.as_slice() {
                [found] => Operand::Node(found.node),
                _ => Operand::Nothing,
            },
            Comparable::Length(value) => {
                let operand = self.value(value, current)?;
                if let Some(text) = operand.as_str() {
                    self.budget.pay(text.len() as u64 / 8)?;
                }
                operand.length().map_or(Operand::Nothing, Operand::Count)
            }
        })
    }

    fn matches(
        &mut self,
        text: &Comparable,
        pattern: &Comparable,
        current: &'a Node,
        whole: bool,
    ) -> Result<bool, Exhausted> {
        let (text, pattern) = (self.value(text, current)?, self.value(pattern, current)?);
        let (Some(text), Some(pattern)) = (text.as_str(), pattern.as_str()) else {
            return Ok(false);
        };
        if !self.patterns.knows(pattern, whole) {
            self.budget.pay(COMPILING)?;
        }
        self.budget.pay(text.len() as u64 / 8)?;
        Ok(self.patterns.matches(text, pattern, whole))
    }
}
