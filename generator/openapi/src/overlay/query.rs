//! JSONPath (RFC 9535) over [`Node`](portolan_source::Node): which values of a tree an expression means.
//!
//! A library was looked for first. Both that implement the RFC and are kept up (jsonpath-rust 1.0, serde_json_path 0.7)
//! parse in time exponential in the nesting of an expression (80 characters: 8 s), and neither bounds how long a query
//! runs, so an overlay could stop a build. Here an expression is read once from left to right ([`parse`]), and
//! every value that is looked at is paid for ([`evaluate`], [`Budget`]). No tree is built beside ours, and the answer is
//! places in it, which an overlay needs to change them.
//!
//! One thing is read that the RFC does not know, with a warning: a hyphen in a name without brackets (`@.x-internal`),
//! for it has no other meaning, and the first release of the Overlay Specification wrote it in an example.

mod evaluate;
mod parse;
mod pattern;
#[cfg(test)]
mod tests;

pub(super) use evaluate::{Budget, Exhausted, Place};
pub(super) use parse::parse;

/// A query: `$` or `@`, and the steps from there.
#[derive(Debug, PartialEq)]
pub(super) struct Query {
    pub(super) from: Start,
    pub(super) segments: Vec<Segment>,
}

/// Where a query begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// `$`: the whole document.
    Root,
    /// `@`: what a filter looks at.
    Current,
}

/// One step.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    /// `..`: also from every value below.
    pub(super) descendants: bool,
    pub(super) selectors: Vec<Selector>,
    /// Where it ends in the text of the expression.
    pub(super) end: usize,
}

/// What a step selects of a value's members or items.
#[derive(Debug, PartialEq)]
pub(super) enum Selector {
    /// `'name'`
    Name(Box<str>),
    /// `*`
    Wildcard,
    /// `3`, `-1`
    Index(i64),
    /// `start:end:step`
    Slice(Option<i64>, Option<i64>, i64),
    /// `?...`
    Filter(Logical),
}

/// What is true or false of a value.
#[derive(Debug, PartialEq)]
pub(super) enum Logical {
    Or(Vec<Logical>),
    And(Vec<Logical>),
    Not(Box<Logical>),
    /// The query finds something.
    Exists(Query),
    Compare(Comparable, Operator, Comparable),
    /// `match(text, pattern)`: all of the text.
    Match(Comparable, Comparable),
    /// `search(text, pattern)`: some part of it.
    Search(Comparable, Comparable),
}

/// `==` and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// One value, or nothing.
#[derive(Debug, PartialEq)]
pub(super) enum Comparable {
    Null,
    Bool(bool),
    /// Digits as written.
    Number(Box<str>),
    String(Box<str>),
    /// A query that cannot select more than one value.
    Singular(Query),
    /// `length(value)`
    Length(Box<Comparable>),
    /// `count(query)`
    Count(Query),
    /// `value(query)`
    Value(Query),
}

impl Query {
    /// Whether it is made of single names and indices alone.
    pub(super) fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            !segment.descendants
                && matches!(
                    segment.selectors.as_slice(),
                    [Selector::Name(_) | Selector::Index(_)]
                )
        })
    }
}

impl Segment {
    /// The names it asks for.
    pub(super) fn names(&self) -> Vec<&str> {
        let names = self.selectors.iter().filter_map(|selector| match selector {
            Selector::Name(name) => Some(&**name),
            _ => None,
        });
        names.collect()
    }
}
