//! Questions about types.

use crate::words;
use portolan_model::{
    Additional, Api, Object, Primitive, PrimitiveKind, Shape, TypeDef, TypeId, TypeRef, Value,
};

/// How many aliases are followed: more than anybody writes.
const MOST_ALIASES: usize = 32;

/// The type without null and without other names for it.
pub(crate) fn bare<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a TypeRef {
    let mut ty = ty.without_null().0;
    for _ in 0..MOST_ALIASES {
        let TypeRef::Named(id) = ty else { break };
        let Shape::Alias(inner) = &api.type_def(*id).shape else {
            break;
        };
        ty = inner.without_null().0;
    }
    ty
}

/// Whether a definition on the way from a type to what it holds (other names, items of lists) says more than `name`.
pub(crate) fn is_described(api: &Api, ty: &TypeRef, name: &str) -> bool {
    let mut ty = ty.without_null().0;
    for _ in 0..MOST_ALIASES {
        ty = match ty {
            TypeRef::List { items, .. } => items.without_null().0,
            TypeRef::Named(id) => {
                let def = api.type_def(*id);
                if words::described(&def.docs, name) {
                    return true;
                }
                match &def.shape {
                    Shape::Alias(inner) => inner.without_null().0,
                    _ => return false,
                }
            }
            _ => return false,
        };
    }
    false
}

/// What a list holds, and a list of lists; else the type itself. Null and other names are taken off.
pub(crate) fn element<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a TypeRef {
    let mut ty = bare(api, ty);
    for _ in 0..MOST_ALIASES {
        let TypeRef::List { items, .. } = ty else {
            break;
        };
        ty = bare(api, items);
    }
    ty
}

/// The members that a type has.
pub(crate) fn object<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a Object> {
    match bare(api, ty) {
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a type says nothing of what it holds: anything, an object without members, a list or a map of such.
pub(crate) fn is_loose(api: &Api, ty: &TypeRef) -> bool {
    let mut ty = bare(api, ty);
    for _ in 0..MOST_ALIASES {
        match ty {
            TypeRef::Any => return true,
            TypeRef::List { items, .. } => ty = bare(api, items),
            TypeRef::Map { values, .. } => ty = bare(api, values),
            TypeRef::Named(id) => {
                return match &api.type_def(*id).shape {
                    Shape::Object(object) => has_nothing(object),
                    _ => false,
                };
            }
            _ => return false,
        }
    }
    false
}

/// `type: object` and no word about its members. `additionalProperties: false` is a word.
fn has_nothing(object: &Object) -> bool {
    object.properties.is_empty()
        && object.patterns.is_empty()
        && object.discriminator.is_none()
        && match &object.additional {
            Additional::Unspecified => true,
            Additional::Forbidden => false,
            Additional::Typed(values) => matches!(**values, TypeRef::Any),
        }
}

/// The primitive that a type is.
pub(crate) fn primitive<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a Primitive> {
    match bare(api, ty) {
        TypeRef::Primitive(primitive) => Some(primitive),
        _ => None,
    }
}

/// Whether the type alone shows what values look like: an enum, a constant, a boolean, a date, a UUID.
pub(crate) fn explains_itself(api: &Api, ty: &TypeRef) -> bool {
    match element(api, ty) {
        TypeRef::Literal(_) => true,
        TypeRef::Primitive(primitive) => {
            !matches!(
                primitive.kind,
                PrimitiveKind::String
                    | PrimitiveKind::Integer
                    | PrimitiveKind::Int32
                    | PrimitiveKind::Int64
                    | PrimitiveKind::Number
            ) || matches!(
                primitive.format.as_deref(),
                Some("email" | "ipv4" | "ipv6" | "hostname")
            )
        }
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Enum(_) => true,
            Shape::Union(union) => union
                .variants
                .iter()
                .all(|variant| matches!(variant.ty, TypeRef::Literal(_))),
            _ => false,
        },
        _ => false,
    }
}

/// The one value that a member always has: it tells types apart and needs no words.
pub(crate) fn is_constant(api: &Api, ty: &TypeRef) -> bool {
    match bare(api, ty) {
        TypeRef::Literal(_) => true,
        TypeRef::Named(id) => {
            matches!(&api.type_def(*id).shape, Shape::Enum(enumeration) if enumeration.values.len() == 1)
        }
        _ => false,
    }
}

/// Calls `visit` with every type that a definition names.
pub(crate) fn named_by(def: &TypeDef, visit: &mut impl FnMut(TypeId)) {
    match &def.shape {
        Shape::Alias(ty) => named_in(ty, visit),
        Shape::Enum(_) => {}
        Shape::Union(union) => {
            for variant in &union.variants {
                named_in(&variant.ty, visit);
            }
            let discriminator = union.discriminator.iter();
            discriminator
                .flat_map(|found| found.mapping.iter().map(|(_, id)| *id).chain(found.default))
                .for_each(visit);
        }
        Shape::Object(object) => {
            for property in &object.properties {
                named_in(&property.ty, visit);
            }
            for (_, ty) in &object.patterns {
                named_in(ty, visit);
            }
            if let Additional::Typed(ty) = &object.additional {
                named_in(ty, visit);
            }
            object.extends.iter().copied().for_each(&mut *visit);
            let discriminator = object.discriminator.iter();
            discriminator
                .flat_map(|found| found.mapping.iter().map(|(_, id)| *id).chain(found.default))
                .for_each(visit);
        }
    }
}

/// Calls `visit` with every type that the use of a type names.
pub(crate) fn named_in(ty: &TypeRef, visit: &mut impl FnMut(TypeId)) {
    match ty {
        TypeRef::Named(id) => visit(*id),
        TypeRef::Nullable(inner) => named_in(inner, visit),
        TypeRef::List { items, .. } => named_in(items, visit),
        TypeRef::Map { values, .. } => named_in(values, visit),
        TypeRef::Tuple { items, rest, .. } => {
            items.iter().for_each(|ty| named_in(ty, visit));
            rest.iter().for_each(|ty| named_in(ty, visit));
        }
        TypeRef::Primitive(primitive) => {
            if let Some(content) = &primitive.content_schema {
                named_in(content, visit);
            }
        }
        TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) => {}
    }
}

/// Whether a value is there at all, for people: an empty text shows nothing.
pub(crate) fn shows_something(value: &Value) -> bool {
    !matches!(value, Value::String(text) if text.is_empty())
}
