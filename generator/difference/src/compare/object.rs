//! The members of objects.

use super::Comparison;
use super::types::pick;
use super::view::{Members, Rest};
use crate::Rule;
use crate::place::{At, Step};
use portolan_model::{
    Direction, Discriminator, MemberRule, Name, Property, TypeId, TypeRef, Value,
};
use std::collections::HashMap;

impl Comparison<'_> {
    pub(super) fn objects(
        &mut self,
        old: &Members<'_>,
        new: &Members<'_>,
        direction: Direction,
        at: &At<'_>,
    ) {
        let find = |properties: &'_ [Property]| -> HashMap<Name, usize> {
            let all = properties.iter().enumerate();
            all.map(|(index, property)| (property.name.clone(), index))
                .collect()
        };
        let (before, after) = (find(old.properties), find(new.properties));
        for property in new.properties {
            let at = at.part(property.name.as_str());
            match before.get(&property.name) {
                Some(&index) => {
                    let before = &old.properties[index];
                    self.property(
                        before,
                        property,
                        direction,
                        &at.spans(before.span, property.span),
                    );
                }
                None if property.travels(direction) => {
                    let is_closed = matches!(old.rest, Rest::Forbidden);
                    self.property_added(
                        property,
                        is_closed,
                        direction,
                        &at.spans(at.old, property.span),
                    );
                }
                None => {}
            }
        }
        for property in old.properties {
            if after.contains_key(&property.name) || !property.travels(direction) {
                continue;
            }
            let rule = match direction {
                Direction::Request => Rule::RequestPropertyRemoved,
                Direction::Response if property.required => Rule::ResponseRequiredPropertyRemoved,
                Direction::Response => Rule::ResponseOptionalPropertyRemoved,
            };
            let at = at.part(property.name.as_str());
            self.tell(rule, &at.spans(property.span, at.new), None, None);
        }
        self.rest(old.rest, new.rest, direction, at);
        self.patterns(old.patterns, new.patterns, direction, at);
        self.rules(old.rules, new.rules, direction, at);
        self.discriminators(
            old.discriminator,
            new.discriminator,
            &|_, _| true,
            direction,
            at,
        );
    }

    fn property_added(
        &mut self,
        property: &Property,
        is_closed: bool,
        direction: Direction,
        at: &At<'_>,
    ) {
        let default = property.default.as_ref().map(Value::to_json);
        let rule = match direction {
            Direction::Request if property.required && default.is_some() => {
                return self.tell(
                    Rule::RequestRequiredPropertyWithDefaultAdded,
                    at,
                    None,
                    default,
                );
            }
            Direction::Request if property.required => Rule::RequestRequiredPropertyAdded,
            Direction::Request => Rule::RequestOptionalPropertyAdded,
            Direction::Response if is_closed => Rule::ResponseClosedObjectExtended,
            Direction::Response => Rule::ResponsePropertyAdded,
        };
        self.tell(rule, at, None, None);
    }

    fn property(&mut self, old: &Property, new: &Property, direction: Direction, at: &At<'_>) {
        match (old.travels(direction), new.travels(direction)) {
            (false, false) => return,
            (true, false) => {
                let rule = pick(
                    direction,
                    Rule::RequestPropertyBecameReadOnly,
                    Rule::ResponsePropertyBecameWriteOnly,
                );
                return self.tell(rule, at, None, None);
            }
            (false, true) => {
                let rule = match direction {
                    Direction::Request if new.required && new.default.is_none() => {
                        Rule::RequestRequiredPropertyBecameWritable
                    }
                    Direction::Request => Rule::RequestPropertyBecameWritable,
                    Direction::Response => Rule::ResponsePropertyBecameReadable,
                };
                return self.tell(rule, at, None, None);
            }
            (true, true) => {}
        }
        self.presence(old, new, direction, at);
        self.mark(
            old.deprecated,
            new.deprecated,
            Rule::PropertyDeprecated,
            Rule::PropertyReactivated,
            at,
        );
        self.docs(&old.docs, &new.docs, at);
        self.example_values(&old.examples, &new.examples, at);
        self.xml(old.xml.as_ref(), new.xml.as_ref(), at);
        if direction == Direction::Request {
            self.default(old.default.as_ref(), new.default.as_ref(), at);
        }
        self.types(&old.ty, &new.ty, direction, at);
    }

    fn presence(&mut self, old: &Property, new: &Property, direction: Direction, at: &At<'_>) {
        let default = new.default.as_ref().map(Value::to_json);
        let rule = match (old.required, new.required, direction) {
            (false, true, Direction::Request) if default.is_some() => {
                return self.tell(
                    Rule::RequestPropertyWithDefaultBecameRequired,
                    at,
                    None,
                    default,
                );
            }
            (false, true, Direction::Request) => Rule::RequestPropertyBecameRequired,
            (true, false, Direction::Request) => Rule::RequestPropertyBecameOptional,
            (false, true, Direction::Response) => Rule::ResponsePropertyBecameRequired,
            (true, false, Direction::Response) => Rule::ResponsePropertyBecameOptional,
            _ => return,
        };
        self.tell(rule, at, None, None);
    }

    /// Members that have no name in the document.
    fn rest(&mut self, old: Rest<'_>, new: Rest<'_>, direction: Direction, at: &At<'_>) {
        let any = TypeRef::Any;
        let values = at.step(Step::Values);
        match (old, new) {
            (Rest::Forbidden, Rest::Forbidden) | (Rest::Open, Rest::Open) => {}
            (Rest::Forbidden, _) => {
                let rule = pick(
                    direction,
                    Rule::RequestAdditionalAllowed,
                    Rule::ResponseAdditionalAllowed,
                );
                self.tell(rule, at, None, None);
            }
            (_, Rest::Forbidden) => {
                let rule = pick(
                    direction,
                    Rule::RequestAdditionalForbidden,
                    Rule::ResponseAdditionalForbidden,
                );
                self.tell(rule, at, None, None);
            }
            (Rest::Typed(old), Rest::Typed(new)) => self.types(old, new, direction, &values),
            (Rest::Typed(old), Rest::Open) => self.types(old, &any, direction, &values),
            (Rest::Open, Rest::Typed(new)) => self.types(&any, new, direction, &values),
        }
    }

    fn patterns(
        &mut self,
        old: &[(String, TypeRef)],
        new: &[(String, TypeRef)],
        direction: Direction,
        at: &At<'_>,
    ) {
        for (pattern, ty) in new {
            match old.iter().find(|(before, _)| before == pattern) {
                Some((_, before)) => self.types(before, ty, direction, &at.part(pattern)),
                None => {
                    let rule = pick(
                        direction,
                        Rule::RequestPatternPropertyAdded,
                        Rule::ResponsePatternPropertyAdded,
                    );
                    self.tell(rule, at, None, Some(pattern.clone()));
                }
            }
        }
        for (pattern, _) in old
            .iter()
            .filter(|(before, _)| new.iter().all(|(after, _)| after != before))
        {
            let rule = pick(
                direction,
                Rule::RequestPatternPropertyRemoved,
                Rule::ResponsePatternPropertyRemoved,
            );
            self.tell(rule, at, Some(pattern.clone()), None);
        }
    }

    /// Which members must come together.
    fn rules(&mut self, old: &[MemberRule], new: &[MemberRule], direction: Direction, at: &At<'_>) {
        for rule in new.iter().filter(|rule| !old.contains(rule)) {
            let kind = pick(
                direction,
                Rule::RequestMemberRuleAdded,
                Rule::ResponseMemberRuleAdded,
            );
            self.tell(kind, at, None, Some(notation(rule)));
        }
        for rule in old.iter().filter(|rule| !new.contains(rule)) {
            let kind = pick(
                direction,
                Rule::RequestMemberRuleRemoved,
                Rule::ResponseMemberRuleRemoved,
            );
            self.tell(kind, at, Some(notation(rule)), None);
        }
    }

    /// What tells types apart. `is_kept` says of a type whether both versions offer it: what came or went is told already.
    pub(super) fn discriminators(
        &mut self,
        old: Option<&Discriminator>,
        new: Option<&Discriminator>,
        is_kept: &dyn Fn(TypeId, bool) -> bool,
        direction: Direction,
        at: &At<'_>,
    ) {
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => {
                self.tell_once(
                    Rule::DiscriminatorAdded,
                    at,
                    None,
                    Some(new.property.to_string()),
                );
            }
            (Some(old), None) => {
                self.tell_once(
                    Rule::DiscriminatorRemoved,
                    at,
                    Some(old.property.to_string()),
                    None,
                );
            }
            (Some(old), Some(new)) => {
                if old.property != new.property {
                    let (from, to) = (old.property.to_string(), new.property.to_string());
                    self.tell_once(Rule::DiscriminatorPropertyChanged, at, Some(from), Some(to));
                }
                for (value, id) in &new.mapping {
                    if old.mapping.iter().all(|(known, _)| known != value) && is_kept(*id, true) {
                        let rule = pick(
                            direction,
                            Rule::RequestDiscriminatorValueAdded,
                            Rule::ResponseDiscriminatorValueAdded,
                        );
                        self.tell(rule, at, None, Some(value.clone()));
                    }
                }
                for (value, id) in &old.mapping {
                    if new.mapping.iter().all(|(known, _)| known != value) && is_kept(*id, false) {
                        let rule = pick(
                            direction,
                            Rule::RequestDiscriminatorValueRemoved,
                            Rule::ResponseDiscriminatorValueRemoved,
                        );
                        self.tell(rule, at, Some(value.clone()), None);
                    }
                }
            }
        }
    }
}

/// A rule in no language of people: `a + b`, `a | b`, `a -> b`.
fn notation(rule: &MemberRule) -> String {
    let set = |names: &Vec<Name>| {
        names
            .iter()
            .map(Name::as_str)
            .collect::<Vec<_>>()
            .join(" + ")
    };
    let sets = |sets: &[Vec<Name>]| sets.iter().map(set).collect::<Vec<_>>().join(" | ");
    match rule {
        MemberRule::AnyOf(all) => format!("anyOf: {}", sets(all)),
        MemberRule::OneOf(all) => format!("oneOf: {}", sets(all)),
        MemberRule::NoneOf(all) => format!("not: {}", sets(all)),
        MemberRule::With { member, needs } => format!("{member} -> {}", set(needs)),
    }
}
