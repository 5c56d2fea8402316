//! Types, by what they accept. In a request the new one must accept what the old one did; in a response it must bring
//! nothing that the old one did not.

use super::Comparison;
use super::view::{Kind, View, notation, view};
use crate::place::{At, Step};
use crate::{Rule, Severity, Subject};
use portolan_model::{Direction, TypeDef, TypeId, TypeOrigin, TypeRef, Value, Xml};
use std::collections::HashSet;

/// Deeper than this nothing is compared: a document may nest as it likes.
const MOST_STEPS: usize = 100;

/// What one type is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// All that the old one accepts, and more.
    Wider,
    /// Less than the old one.
    Narrower,
    /// Neither.
    Other,
}

/// Whether a value travels as text, where a number and its digits are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    No,
    Yes,
    /// And one value reads as a list of one.
    OfLists,
}

/// Picks the rule of a direction.
pub(super) fn pick(direction: Direction, request: Rule, response: Rule) -> Rule {
    match direction {
        Direction::Request => request,
        Direction::Response => response,
    }
}

impl<'a> Comparison<'a> {
    /// Compares two types that travel as data.
    pub(super) fn types(
        &mut self,
        old: &TypeRef,
        new: &TypeRef,
        direction: Direction,
        at: &At<'_>,
    ) {
        self.text_types(old, new, direction, Text::No, at);
    }

    /// Compares two types.
    pub(super) fn text_types(
        &mut self,
        old: &TypeRef,
        new: &TypeRef,
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        if at.depth() > MOST_STEPS {
            return;
        }
        let (before, after) = (self.old_view(old), self.new_view(new));
        if let (TypeRef::Named(one), TypeRef::Named(other)) =
            (old.without_null().0, new.without_null().0)
        {
            let (one, other) = (self.old.type_def(*one), self.new.type_def(*other));
            // What a component says of null is told where it is defined.
            let told_there =
                is_component(one) && is_component(other) && one.nullable != other.nullable;
            if !told_there {
                self.nullable(before.nullable, after.nullable, direction, at);
            }
            return self.named(one, other, direction, text, at);
        }
        self.nullable(before.nullable, after.nullable, direction, at);
        self.kinds((old, &before), (new, &after), direction, text, at);
    }

    /// A pair of definitions is compared once in each direction.
    fn named(
        &mut self,
        old: &TypeDef,
        new: &TypeDef,
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        if !self.seen.insert((old.id, new.id, direction)) {
            return;
        }
        if !self.is_same_component(old, new) {
            let at = at.spans(old.span, new.span).inside(old.id, new.id);
            return self.definition(old, new, direction, text, &at);
        }
        if old.name != new.name {
            self.renamed.insert(old.id, new.id);
        }
        let subject = Subject::Type {
            old: Some(old.name.clone()),
            new: Some(new.name.clone()),
        };
        let around = std::mem::replace(&mut self.subject, subject);
        let at = At::subject(old.span, new.span).inside(old.id, new.id);
        if old.nullable != new.nullable {
            self.nullable(old.nullable, new.nullable, direction, &at);
        }
        self.definition(old, new, direction, text, &at);
        self.subject = around;
    }

    /// Whether both are the same component, or one that was given another name.
    fn is_same_component(&self, old: &TypeDef, new: &TypeDef) -> bool {
        is_component(old)
            && is_component(new)
            && (old.name == new.name
                || !self.old_names.contains(new.name.as_str())
                    && !self.new_names.contains(old.name.as_str()))
    }

    fn definition(
        &mut self,
        old: &TypeDef,
        new: &TypeDef,
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        self.mark(
            old.deprecated,
            new.deprecated,
            Rule::TypeDeprecated,
            Rule::TypeReactivated,
            at,
        );
        self.docs(&old.docs, &new.docs, at);
        self.examples(&old.examples, &new.examples, at);
        self.xml(old.xml.as_ref(), new.xml.as_ref(), at);
        if direction == Direction::Request {
            self.default(old.default.as_ref(), new.default.as_ref(), at);
        }
        let (one, other) = (TypeRef::Named(old.id), TypeRef::Named(new.id));
        // Aliases of named types lead to another pair; all else is compared here.
        if let (portolan_model::Shape::Alias(before), portolan_model::Shape::Alias(after)) =
            (&old.shape, &new.shape)
        {
            return self.text_types(before, after, direction, text, at);
        }
        let (before, after) = (self.old_view(&one), self.new_view(&other));
        self.kinds((&one, &before), (&other, &after), direction, text, at);
    }

    /// Compares what is left without null and aliases.
    fn kinds(
        &mut self,
        (old, before): (&TypeRef, &View<'_>),
        (new, after): (&TypeRef, &View<'_>),
        direction: Direction,
        text: Text,
        at: &At<'_>,
    ) {
        match (before.kind, after.kind) {
            (Kind::Any, Kind::Any) | (Kind::Never, Kind::Never) => {}
            (_, Kind::Any) | (Kind::Never, _) => {
                self.relation(Relation::Wider, old, new, direction, at)
            }
            (Kind::Any, _) | (_, Kind::Never) => {
                self.relation(Relation::Narrower, old, new, direction, at)
            }
            (Kind::Union(before), Kind::Union(after)) => self.unions(before, after, direction, at),
            (_, Kind::Union(union)) => self.union_for(old, new, union, direction, at),
            (Kind::Union(union), _) => self.union_gone(old, new, union, direction, at),
            (Kind::Literal(one), Kind::Literal(other)) => {
                if one != other {
                    let rule = pick(
                        direction,
                        Rule::RequestConstantChanged,
                        Rule::ResponseConstantChanged,
                    );
                    self.tell(rule, at, Some(one.to_json()), Some(other.to_json()));
                }
            }
            (Kind::Enum(_) | Kind::Literal(_), Kind::Enum(_) | Kind::Literal(_)) => {
                self.values(before.kind, after.kind, direction, at);
            }
            (Kind::Enum(_) | Kind::Literal(_), Kind::Primitive(primitive)) => {
                self.freed(before.kind, primitive, (old, new), direction, text, at);
            }
            (Kind::Primitive(primitive), Kind::Enum(_) | Kind::Literal(_)) => {
                self.restricted(primitive, after.kind, (old, new), direction, text, at);
            }
            (Kind::Primitive(before), Kind::Primitive(after)) => {
                self.primitives(before, after, (old, new), direction, text, at);
            }
            (Kind::List(before, old_bounds), Kind::List(after, new_bounds)) => {
                self.bounds(old_bounds, new_bounds, "Items", direction, at);
                self.types(before, after, direction, &at.step(Step::Items));
            }
            (Kind::Tuple(..) | Kind::List(..), Kind::Tuple(..) | Kind::List(..)) => {
                self.rows(before.kind, after.kind, (old, new), direction, at);
            }
            (Kind::Object(before), Kind::Object(after)) => {
                self.bounds(before.bounds, after.bounds, "Properties", direction, at);
                self.objects(&before, &after, direction, at);
            }
            (_, Kind::List(items, _)) if text == Text::OfLists && self.accepts(old, items) => {
                self.relation(Relation::Wider, old, new, direction, at);
            }
            _ => self.relation(Relation::Other, old, new, direction, at),
        }
    }

    /// Tells what one type is to the other.
    pub(super) fn relation(
        &mut self,
        relation: Relation,
        old: &TypeRef,
        new: &TypeRef,
        direction: Direction,
        at: &At<'_>,
    ) {
        let rule = match relation {
            Relation::Same => return,
            Relation::Wider => pick(
                direction,
                Rule::RequestTypeWidened,
                Rule::ResponseTypeWidened,
            ),
            Relation::Narrower => pick(
                direction,
                Rule::RequestTypeNarrowed,
                Rule::ResponseTypeNarrowed,
            ),
            Relation::Other => pick(
                direction,
                Rule::RequestTypeChanged,
                Rule::ResponseTypeChanged,
            ),
        };
        let (from, to) = (notation(self.old, old), notation(self.new, new));
        self.tell(rule, at, Some(from), Some(to));
    }

    fn nullable(&mut self, old: bool, new: bool, direction: Direction, at: &At<'_>) {
        let rule = match (old, new) {
            (false, true) => pick(
                direction,
                Rule::RequestNullableAdded,
                Rule::ResponseNullableAdded,
            ),
            (true, false) => pick(
                direction,
                Rule::RequestNullableRemoved,
                Rule::ResponseNullableRemoved,
            ),
            _ => return,
        };
        self.tell(rule, at, None, None);
    }

    /// Rows of fixed length, and what a list has in common with them.
    fn rows(
        &mut self,
        before: Kind<'_>,
        after: Kind<'_>,
        (old, new): (&TypeRef, &TypeRef),
        direction: Direction,
        at: &At<'_>,
    ) {
        match (before, after) {
            (
                Kind::Tuple(one, one_rest, one_bounds),
                Kind::Tuple(other, other_rest, other_bounds),
            ) if one.len() == other.len() => {
                self.bounds(one_bounds, other_bounds, "Items", direction, at);
                for (index, (one, other)) in one.iter().zip(other).enumerate() {
                    self.types(one, other, direction, &at.step(Step::Item(index)));
                }
                match (one_rest, other_rest) {
                    (Some(one), Some(other)) => {
                        self.types(one, other, direction, &at.step(Step::Items))
                    }
                    (None, Some(_)) => self.relation(Relation::Wider, old, new, direction, at),
                    (Some(_), None) => self.relation(Relation::Narrower, old, new, direction, at),
                    (None, None) => {}
                }
            }
            (Kind::Tuple(items, rest, _), Kind::List(all, _))
                if items.iter().chain(rest).all(|item| self.accepts(item, all)) =>
            {
                self.relation(Relation::Wider, old, new, direction, at);
            }
            (Kind::List(all, _), Kind::Tuple(items, rest, _))
                if items
                    .iter()
                    .chain(rest)
                    .all(|item| self.is_within(all, item)) =>
            {
                self.relation(Relation::Narrower, old, new, direction, at);
            }
            _ => self.relation(Relation::Other, old, new, direction, at),
        }
    }

    /// What the server takes when nothing is sent.
    pub(super) fn default(&mut self, old: Option<&Value>, new: Option<&Value>, at: &At<'_>) {
        let rule = match (old, new) {
            (None, Some(_)) => Rule::RequestDefaultAdded,
            (Some(_), None) => Rule::RequestDefaultRemoved,
            (Some(before), Some(after)) if before != after => Rule::RequestDefaultChanged,
            _ => return,
        };
        self.tell(rule, at, old.map(Value::to_json), new.map(Value::to_json));
    }

    /// How a value is written as XML, where anything is.
    pub(super) fn xml(&mut self, old: Option<&Xml>, new: Option<&Xml>, at: &At<'_>) {
        let plain = Xml::default();
        if self.has_xml && old.unwrap_or(&plain) != new.unwrap_or(&plain) {
            self.tell_once(Rule::XmlChanged, at, None, None);
        }
    }

    /// Whether the new type accepts all of the old one.
    pub(super) fn accepts(&mut self, old: &TypeRef, new: &TypeRef) -> bool {
        self.is_harmless(old, new, Direction::Request)
    }

    /// Whether the old type has all of the new one.
    pub(super) fn is_within(&mut self, old: &TypeRef, new: &TypeRef) -> bool {
        self.is_harmless(old, new, Direction::Response)
    }

    /// Compares for the answer alone; nothing of it is told. Trials are not made inside of trials.
    fn is_harmless(&mut self, old: &TypeRef, new: &TypeRef, direction: Direction) -> bool {
        if self.trials == 0 || self.is_trial {
            return false;
        }
        self.trials -= 1;
        let seen: HashSet<(TypeId, TypeId, Direction)> = std::mem::take(&mut self.seen);
        let found = std::mem::take(&mut self.found);
        let (told, renamed) = (
            std::mem::take(&mut self.told),
            std::mem::take(&mut self.renamed),
        );
        self.is_trial = true;
        self.types(
            old,
            new,
            direction,
            &At::subject(Default::default(), Default::default()),
        );
        self.is_trial = false;
        let worst = self.found.iter().map(|(change, _)| change.severity()).max();
        (self.seen, self.found, self.told, self.renamed) = (seen, found, told, renamed);
        worst.is_none_or(|worst| worst < Severity::Risky)
    }

    pub(super) fn old_view<'t>(&self, ty: &'t TypeRef) -> View<'t>
    where
        'a: 't,
    {
        view(self.old, ty)
    }

    pub(super) fn new_view<'t>(&self, ty: &'t TypeRef) -> View<'t>
    where
        'a: 't,
    {
        view(self.new, ty)
    }
}

fn is_component(def: &TypeDef) -> bool {
    def.origin == TypeOrigin::Component
}
