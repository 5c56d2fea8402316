//! Where in both versions a comparison stands: a chain on the stack, written down only when something changed.

use portolan_model::TypeId;
use portolan_source::Span;
use std::fmt::Write;

/// A step on the way from a subject to what is compared.
#[derive(Clone, Copy)]
pub(crate) enum Step<'p> {
    /// The subject itself.
    Subject,
    /// A part with a name: a property, a place of parameters, a status.
    Part(&'p str),
    /// Each item of a list.
    Items,
    /// The item at this place.
    Item(usize),
    /// Each member without a name.
    Values,
    /// A choice.
    Variant(&'p str),
}

/// A place in both versions.
#[derive(Clone, Copy)]
pub(crate) struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
    /// Where it stood.
    pub(crate) old: Span,
    /// Where it stands.
    pub(crate) new: Span,
    /// The named types around it.
    pub(crate) owner: Option<(TypeId, TypeId)>,
}

impl<'p> At<'p> {
    /// A subject.
    pub(crate) fn subject(old: Span, new: Span) -> At<'p> {
        At {
            parent: None,
            step: Step::Subject,
            old,
            new,
            owner: None,
        }
    }

    /// A place inside this one.
    pub(crate) fn step(&'p self, step: Step<'p>) -> At<'p> {
        At {
            parent: Some(self),
            step,
            ..*self
        }
    }

    /// A part of this place.
    pub(crate) fn part(&'p self, name: &'p str) -> At<'p> {
        self.step(Step::Part(name))
    }

    /// The same, at places of its own where they are known.
    pub(crate) fn spans(self, old: Span, new: Span) -> At<'p> {
        let known = |span: Span, around: Span| {
            if span == Span::default() {
                around
            } else {
                span
            }
        };
        At {
            old: known(old, self.old),
            new: known(new, self.new),
            ..self
        }
    }

    /// The same, inside a pair of named types.
    pub(crate) fn inside(self, old: TypeId, new: TypeId) -> At<'p> {
        At {
            owner: Some((old, new)),
            ..self
        }
    }

    /// How many steps lead here.
    pub(crate) fn depth(&self) -> usize {
        std::iter::successors(self.parent, |at| at.parent).count()
    }

    /// The way as text.
    pub(crate) fn path(&self) -> String {
        let mut chain: Vec<&At<'_>> =
            std::iter::successors(Some(self), |at| at.parent.map(|parent| parent as &At<'_>))
                .collect();
        chain.reverse();
        let mut path = String::new();
        for at in chain {
            match at.step {
                Step::Subject => {}
                Step::Part(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Step::Items => path.push_str("[]"),
                Step::Values => path.push_str("{}"),
                Step::Item(index) => {
                    write!(path, "[{index}]").expect("text takes text");
                }
                Step::Variant(name) => {
                    write!(path, "({name})").expect("text takes text");
                }
            }
        }
        path
    }
}
