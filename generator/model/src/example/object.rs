//! Objects: which members they have, by the schema's limits and rules.

use super::{Maker, OPTIONAL_DEPTH, set_member};
use crate::{Additional, MemberRule, Name, Object, Property, Shape, TypeId, TypeRef, Value};
use std::collections::HashSet;

impl Maker<'_> {
    pub(super) fn make_object(&mut self, id: TypeId, depth: usize) -> Value {
        let Shape::Object(object) = &self.api.type_def(id).shape else {
            return Value::Null;
        };
        let chosen = self.chosen(object, depth);
        let mut members = Vec::new();
        for property in object
            .properties
            .iter()
            .filter(|property| chosen.contains(&property.name))
        {
            let value = match self.given(property) {
                Some(value) => value,
                None => {
                    let value = self.make(&property.ty, depth + 1);
                    let is_shown =
                        !(self.flat && is_formless(&value)) && self.settles(&property.ty, &value);
                    if !property.required && !is_shown {
                        continue;
                    }
                    value
                }
            };
            members.push((property.name.clone(), value));
        }
        let least = self.least(object);
        if let Additional::Typed(values) = &object.additional {
            while (members.len() as u64) < least.min(16) {
                let key = format!("key{}", members.len() + 1);
                members.push((key.into(), self.make(values, depth + 1)));
            }
        }
        let mut value = Value::Object(members);
        if let Some(discriminator) = &object.discriminator {
            let tag = discriminator
                .mapping
                .iter()
                .find(|(_, target)| *target == id);
            if let Some((tag, _)) = tag {
                set_member(
                    &mut value,
                    discriminator.property.as_str(),
                    Value::string(tag.as_str()),
                );
            }
        }
        value
    }

    /// The author's value of a member, when it is one that its type accepts.
    fn given(&mut self, property: &Property) -> Option<Value> {
        if self.random.is_some() {
            return None;
        }
        let given = property.examples.first().or(property.default.as_ref())?;
        self.is_usable(&property.ty, given).then(|| given.clone())
    }

    /// The members to fill in: those that must be there, then as many others as limits and rules leave.
    fn chosen<'o>(&self, object: &'o Object, depth: usize) -> HashSet<&'o Name> {
        let travelling: Vec<&Property> = object
            .properties
            .iter()
            .filter(|property| property.travels(self.direction))
            .collect();
        let required: HashSet<&Name> = travelling
            .iter()
            .filter(|property| property.required)
            .map(|property| &property.name)
            .collect();
        let mut needed = required.clone();
        for rule in &object.rules {
            if let Some(set) = demanded(rule, &needed) {
                needed.extend(set);
            }
        }
        let few = self.sparse || depth >= OPTIONAL_DEPTH;
        let (liked, spare): (Vec<&Property>, Vec<&Property>) = travelling
            .into_iter()
            .partition(|property| !few && !property.deprecated && !self.reenters(&property.ty));
        let most = object
            .bounds
            .as_ref()
            .and_then(|bounds| bounds.max_length)
            .map_or(usize::MAX, |most| {
                usize::try_from(most).unwrap_or(usize::MAX)
            });
        let mut chosen = needed.clone();
        for property in &liked {
            if chosen.len() < most {
                chosen.insert(&property.name);
            }
        }
        // Where the least is not reached, what was spared must come after all; what comes back to itself last.
        let mut spare = spare;
        spare.sort_by_key(|property| {
            let has_parts = self.flat && !self.is_scalar(&property.ty);
            (self.reenters(&property.ty), has_parts)
        });
        let least = self.least(object);
        if !matches!(object.additional, Additional::Typed(_)) {
            for property in spare {
                if (chosen.len() as u64) < least {
                    chosen.insert(&property.name);
                }
            }
        }
        leave_out(object, &needed, &mut chosen);
        chosen
    }

    /// How many members an object has at least: of one without any nothing is left as text.
    fn least(&self, object: &Object) -> u64 {
        let bounds = object.bounds.as_ref();
        let least = bounds.and_then(|bounds| bounds.min_length).unwrap_or(0);
        least.max(u64::from(self.flat))
    }

    fn is_scalar(&self, ty: &TypeRef) -> bool {
        match self.api.resolved(ty) {
            TypeRef::Primitive(_) | TypeRef::Literal(_) => true,
            TypeRef::Named(id) => matches!(self.api.type_def(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }
}

/// Whether nothing is left of a value when it travels as text.
pub(super) fn is_formless(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(is_formless),
        Value::Object(members) => members.iter().all(|(_, member)| is_formless(member)),
        _ => false,
    }
}

/// The members that a rule asks for beside those that are needed already.
fn demanded<'r>(rule: &'r MemberRule, needed: &HashSet<&Name>) -> Option<&'r [Name]> {
    let sets = match rule {
        MemberRule::AnyOf(sets) | MemberRule::OneOf(sets) => sets,
        MemberRule::NoneOf(_) => return None,
        MemberRule::With { member, needs } => {
            return needed.contains(member).then_some(needs.as_slice());
        }
    };
    // The one that is nearly there.
    let missing = |set: &&Vec<Name>| set.iter().filter(|name| !needed.contains(name)).count();
    sets.iter().min_by_key(missing).map(Vec::as_slice)
}

/// Takes members out until every rule holds, or nothing is left that may go.
fn leave_out<'o>(object: &'o Object, needed: &HashSet<&'o Name>, chosen: &mut HashSet<&'o Name>) {
    for _ in 0..object.rules.len() * 2 {
        let broken = object
            .rules
            .iter()
            .find(|rule| !rule.holds(&|name| chosen.contains(name)));
        let Some(rule) = broken else { return };
        let expendable = |name: &&Name| chosen.contains(name) && !needed.contains(name);
        let out: Vec<&Name> = match rule {
            MemberRule::AnyOf(_) => return,
            MemberRule::OneOf(sets) | MemberRule::NoneOf(sets) => sets
                .iter()
                .filter(|set| set.iter().all(|name| chosen.contains(name)))
                .filter_map(|set| set.iter().rfind(expendable))
                .collect(),
            MemberRule::With { member, .. } => {
                Some(member).into_iter().filter(expendable).collect()
            }
        };
        if out.is_empty() {
            return;
        }
        for name in out {
            chosen.remove(name);
        }
    }
}
