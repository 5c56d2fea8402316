//! Objects: their members in a direction, what other members they have, and which type comes down to one.

use super::{Types, Uses};
use portolan_model::{Additional, Direction, Object, Property, Shape, TypeRef};
use std::collections::BTreeSet;

impl<'a> Types<'a> {
    /// The members of an object that travel in a direction.
    pub(in super::super) fn members(
        object: &Object,
        direction: Direction,
    ) -> impl Iterator<Item = &Property> {
        object
            .properties
            .iter()
            .filter(move |property| match direction {
                Direction::Request => !property.read_only,
                Direction::Response => !property.write_only,
            })
    }

    /// What other members an object has, as an index signature that agrees with the named ones.
    pub(in super::super) fn index_signature(
        &self,
        object: &Object,
        direction: Direction,
        uses: &mut Uses,
    ) -> Option<String> {
        let mut values: Vec<&TypeRef> = object.patterns.iter().map(|(_, ty)| ty).collect();
        match &object.additional {
            Additional::Typed(ty) => values.push(ty),
            Additional::Unspecified if object.properties.is_empty() && values.is_empty() => {
                return Some("[key: string]: unknown".to_owned());
            }
            Additional::Forbidden | Additional::Unspecified if values.is_empty() => return None,
            _ => {}
        }
        let mut choices: BTreeSet<String> = values
            .iter()
            .map(|ty| self.text(ty, direction, uses))
            .collect();
        for property in Types::members(object, direction) {
            choices.insert(self.text(&property.ty, direction, uses));
            if !property.required {
                choices.insert("undefined".to_owned());
            }
        }
        let text = if choices.contains("unknown") {
            "unknown".to_owned()
        } else {
            choices.into_iter().collect::<Vec<_>>().join(" | ")
        };
        Some(format!("[key: string]: {text}"))
    }

    /// The object that a type comes down to, when it is one and never null.
    pub(in super::super) fn object(&self, ty: &TypeRef) -> Option<&'a Object> {
        let mut ty = ty;
        for _ in 0..16 {
            let TypeRef::Named(id) = ty else { return None };
            let def = self.api.type_def(*id);
            if def.nullable {
                return None;
            }
            match &def.shape {
                Shape::Object(object) => return Some(object),
                Shape::Alias(inner) => ty = inner,
                Shape::Enum(_) | Shape::Union(_) => return None,
            }
        }
        None
    }

    /// The type behind aliases and null.
    pub(in super::super) fn resolved<'t>(&self, ty: &'t TypeRef) -> &'t TypeRef
    where
        'a: 't,
    {
        self.api.resolved(ty)
    }
}
