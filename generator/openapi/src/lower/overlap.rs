//! Choices of exactly one schema (`oneOf`) where what fits one fits another too, so that nothing fits exactly one.
//!
//! A schema *covers* another when it takes everything that has only the members that the other declares. Values that are
//! told apart by a member which nobody declares are none that anybody sends. In doubt a schema covers nothing: only what
//! is certain is reported.

use portolan_model::{
    Additional, Api, Bounds, Direction, Name, Object, Primitive, PrimitiveKind, Shape, TypeDef,
    TypeOrigin, TypeRef, Union, Value,
};
use portolan_source::{Diagnostic, Diagnostics};
use std::cell::Cell;

/// Deeper than this, nothing is covered.
const MAX_DEPTH: usize = 8;
/// How many pairs of types are compared for one choice; beyond them, nothing is covered.
const MOST_COMPARISONS: u32 = 20_000;

/// Reports the choices that no value can make.
pub(super) fn check(api: &Api, diagnostics: &mut Diagnostics) {
    for def in &api.types {
        if let Shape::Union(union) = &def.shape
            && let Some(pair) = indistinct(api, union)
        {
            diagnostics.push(complaint(api, def, union, pair));
        }
    }
}

fn complaint(
    api: &Api,
    def: &TypeDef,
    union: &Union,
    (one, other): (&TypeRef, &TypeRef),
) -> Diagnostic {
    let nullable = union.variants.iter().filter(|it| is_null(api, &it.ty));
    let subject = match def.nullable || nullable.count() == 1 {
        true => "nothing but null",
        false => "nothing",
    };
    let reason = match (name_of(api, one), name_of(api, other)) {
        (Some(one), Some(other)) => format!("whatever is a `{one}` is a `{other}` too"),
        _ => "whatever fits one fits another too".to_owned(),
    };
    let message = format!("{subject} fits exactly one schema of this `oneOf`: {reason}");
    Diagnostic::warning("ambiguous-one-of", message)
        .at(crate::document::start_of(def.span))
        .help(
            "write `anyOf`, or tell the schemas apart: by members that are required, by a member with values of its own in each, \
             or by `additionalProperties: false`",
        )
}

/// The name that the author gave a type.
fn name_of<'a>(api: &'a Api, ty: &TypeRef) -> Option<&'a str> {
    let TypeRef::Named(id) = ty else { return None };
    let def = api.type_def(*id);
    let is_named = def.origin == TypeOrigin::Component;
    is_named.then_some(def.name.as_str())
}

/// The first variant and one that covers it, when all variants are covered by others.
fn indistinct<'a>(api: &'a Api, union: &'a Union) -> Option<(&'a TypeRef, &'a TypeRef)> {
    let is_told = union.discriminator.is_some()
        && (union.variants.iter()).all(|variant| !variant.tags.is_empty());
    if !union.exclusive || is_told || union.variants.len() < 2 {
        return None;
    }
    let cover = Cover {
        api,
        left: Cell::new(MOST_COMPARISONS),
    };
    let coverer = |index: usize| {
        let narrow = &union.variants[index].ty;
        let mut others = (union.variants.iter().enumerate()).filter(|(other, _)| *other != index);
        others.find(|(_, wide)| cover.covers_values(&wide.ty, narrow, 0))
    };
    let (_, first) = coverer(0)?;
    let all = (1..union.variants.len()).all(|index| coverer(index).is_some());
    all.then_some((&union.variants[0].ty, &first.ty))
}

struct Cover<'a> {
    api: &'a Api,
    left: Cell<u32>,
}

impl<'a> Cover<'a> {
    /// Whether `wide` takes everything that `narrow` is.
    fn covers(&self, wide: &'a TypeRef, narrow: &'a TypeRef, depth: usize) -> bool {
        let null = !is_null(self.api, narrow) || is_null(self.api, wide);
        null && self.covers_values(wide, narrow, depth)
    }

    /// The same of everything but null.
    fn covers_values(&self, wide: &'a TypeRef, narrow: &'a TypeRef, depth: usize) -> bool {
        if depth > MAX_DEPTH || self.left.get() == 0 {
            return false;
        }
        self.left.set(self.left.get() - 1);
        let (whole, wide, narrow) = (wide, self.api.resolved(wide), self.api.resolved(narrow));
        match (wide, narrow) {
            (TypeRef::Any, _) => true,
            (TypeRef::Never, _) | (_, TypeRef::Any | TypeRef::Never) => false,
            (wide, narrow) if wide == narrow => true,
            (_, TypeRef::Literal(value)) => self.takes(whole, value),
            (TypeRef::Primitive(wide), TypeRef::Primitive(narrow)) => is_wider(wide, narrow),
            (
                TypeRef::List { items, bounds },
                TypeRef::List {
                    items: narrow,
                    bounds: limits,
                },
            ) => is_looser(bounds, limits) && self.covers(items, narrow, depth + 1),
            (
                TypeRef::Map { values, bounds },
                TypeRef::Map {
                    values: narrow,
                    bounds: limits,
                },
            ) => is_looser(bounds, limits) && self.covers(values, narrow, depth + 1),
            (wide, TypeRef::Named(id)) => match &self.api.type_def(*id).shape {
                Shape::Enum(narrow) => {
                    let mut values = narrow.values.iter();
                    values.all(|known| self.takes(whole, &known.value))
                }
                Shape::Union(narrow) => {
                    let mut variants = narrow.variants.iter();
                    self.is_same_choice(wide, narrow)
                        || variants.all(|variant| self.covers(whole, &variant.ty, depth + 1))
                }
                Shape::Object(narrow) => self.covers_object(wide, narrow, depth),
                Shape::Alias(_) => false,
            },
            (TypeRef::Named(id), narrow) => match (&self.api.type_def(*id).shape, narrow) {
                (Shape::Union(wide), _) => self.union_covers(wide, narrow, depth),
                (Shape::Object(wide), TypeRef::Map { .. }) => is_open(wide),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a type is a choice from the same types, made as strictly.
    fn is_same_choice(&self, wide: &TypeRef, narrow: &Union) -> bool {
        let TypeRef::Named(id) = wide else {
            return false;
        };
        let Shape::Union(wide) = &self.api.type_def(*id).shape else {
            return false;
        };
        let types = |union: &'a Union| union.variants.iter().map(|variant| &variant.ty);
        wide.exclusive == narrow.exclusive
            && wide.discriminator == narrow.discriminator
            && wide.variants.len() == narrow.variants.len()
            && types(wide)
                .zip(narrow.variants.iter())
                .all(|(wide, narrow)| *wide == narrow.ty)
    }

    fn union_covers(&self, wide: &'a Union, narrow: &'a TypeRef, depth: usize) -> bool {
        let mut variants = wide.variants.iter();
        !wide.exclusive && variants.any(|variant| self.covers(&variant.ty, narrow, depth + 1))
    }

    fn covers_object(&self, wide: &'a TypeRef, narrow: &'a Object, depth: usize) -> bool {
        match wide {
            TypeRef::Map { values, bounds } => {
                let mut properties = narrow.properties.iter();
                bounds.is_none()
                    && properties.all(|property| self.covers(values, &property.ty, depth + 1))
            }
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Object(wide) => self.object_covers(wide, narrow, depth),
                Shape::Union(wide) if !wide.exclusive => {
                    let mut variants = wide.variants.iter();
                    variants.any(|variant| {
                        self.covers_object(self.api.resolved(&variant.ty), narrow, depth + 1)
                    })
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn object_covers(&self, wide: &'a Object, narrow: &'a Object, depth: usize) -> bool {
        let in_wide = |name: &Name| {
            wide.properties
                .iter()
                .find(|property| property.name == *name)
        };
        let is_promised = |name: &Name| {
            let mut properties = narrow.properties.iter();
            properties.any(|property| property.name == *name && property.required)
        };
        let mut demanded = wide.properties.iter().filter(|property| property.required);
        // What nobody declares is sent by nobody: only declared members are compared.
        is_plain(wide)
            && is_looser(&wide.bounds, &narrow.bounds)
            && demanded.all(|property| is_promised(&property.name))
            && narrow.properties.iter().all(|property| {
                match (in_wide(&property.name), &wide.additional) {
                    (Some(same), _) => self.covers(&same.ty, &property.ty, depth + 1),
                    (None, Additional::Unspecified) => true,
                    (None, Additional::Forbidden) => false,
                    (None, Additional::Typed(ty)) => self.covers(ty, &property.ty, depth + 1),
                }
            })
            && match (&wide.additional, &narrow.additional) {
                (Additional::Forbidden, Additional::Typed(_)) => false,
                (Additional::Typed(wide), Additional::Typed(narrow)) => {
                    self.covers(wide, narrow, depth + 1)
                }
                _ => true,
            }
    }

    fn takes(&self, ty: &TypeRef, value: &Value) -> bool {
        self.api.accepts(ty, value, Direction::Request)
    }
}

/// Whether a type takes null.
fn is_null(api: &Api, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Any | TypeRef::Nullable(_) | TypeRef::Literal(Value::Null) => true,
        TypeRef::Named(id) => {
            let def = api.type_def(*id);
            def.nullable || matches!(def.shape, Shape::Alias(TypeRef::Nullable(_)))
        }
        _ => false,
    }
}

/// Whether an object says nothing of its members but which there are.
fn is_plain(object: &Object) -> bool {
    object.rules.is_empty() && object.patterns.is_empty() && object.discriminator.is_none()
}

/// Whether an object takes any members.
fn is_open(object: &Object) -> bool {
    is_plain(object)
        && object.bounds.is_none()
        && object.additional == Additional::Unspecified
        && !object.properties.iter().any(|property| property.required)
}

fn is_wider(wide: &Primitive, narrow: &Primitive) -> bool {
    use PrimitiveKind::{Boolean, Int32, Int64, Integer, Number, String};
    let is_number = |kind| matches!(kind, Integer | Int32 | Int64 | Number);
    let kind = match (wide.kind, narrow.kind) {
        (wide, narrow) if wide == narrow => true,
        (Number, narrow) => is_number(narrow),
        (Integer, Int32 | Int64) => true,
        (String, narrow) => !is_number(narrow) && narrow != Boolean,
        _ => false,
    };
    // A format is one more rule.
    let format = wide.format.is_none() || wide.format == narrow.format;
    kind && format && is_looser(&wide.bounds, &narrow.bounds)
}

/// Whether limits take all that others do: there are none, or they are the same.
fn is_looser(wide: &Option<Box<Bounds>>, narrow: &Option<Box<Bounds>>) -> bool {
    wide.is_none() || wide == narrow
}
