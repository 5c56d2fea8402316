//! What is worked out once about all types: which differ by direction, which come down to themselves.

use crate::{Decimal, Int64, JavaScriptConfig};
use portolan_model::{Api, Primitive, PrimitiveKind, Shape, TypeId, TypeRef};
use std::collections::BTreeSet;

/// What is worked out once about all types, by their index.
pub(in super::super) struct Facts {
    /// How integers of 64 bits are given and taken.
    pub(super) int64: Int64,
    /// How decimals are given and taken.
    pub(super) decimal: Decimal,
    /// Whether an integer or a decimal that is given in another form is in the type.
    pub(super) holds_converted: Vec<bool>,
    /// Whether the type differs between request and response.
    pub(in super::super) split: Vec<bool>,
    /// Whether the type is declared as itself and nothing else: such references are cut.
    pub(super) circular: Vec<bool>,
}

impl Facts {
    pub(in super::super) fn of(api: &Api, config: &JavaScriptConfig) -> Facts {
        let (int64, decimal) = (config.int64, config.decimal);
        let integers = int64 != Int64::NumberOrBigint;
        let decimals = decimal != Decimal::Number;
        let converted = |primitive: &Primitive| {
            (integers && primitive.kind == PrimitiveKind::Int64)
                || (decimals && is_decimal(primitive))
        };
        Facts {
            int64,
            decimal,
            holds_converted: if integers || decimals {
                holding(api, &converted, |_| false)
            } else {
                Vec::new()
            },
            split: holding(
                api,
                &|primitive| primitive.kind == PrimitiveKind::Binary,
                has_directions,
            ),
            circular: circular(api),
        }
    }
}

/// Whether it is a decimal that travels as a number.
pub(in super::super) fn is_decimal(primitive: &Primitive) -> bool {
    primitive.is_decimal_number()
}

/// Whether a use of a type has a value of one kind in it, other than in a type with a name.
fn has(ty: &TypeRef, kind: &dyn Fn(&Primitive) -> bool) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => kind(primitive),
        TypeRef::List { items, .. } => has(items, kind),
        TypeRef::Map { values, .. } => has(values, kind),
        TypeRef::Nullable(inner) => has(inner, kind),
        TypeRef::Tuple { items, rest, .. } => items
            .iter()
            .chain(rest.as_deref())
            .any(|item| has(item, kind)),
        _ => false,
    }
}

/// Whether members of a type travel in one direction only.
fn has_directions(shape: &Shape) -> bool {
    matches!(shape, Shape::Object(object)
        if object.properties.iter().any(|property| property.read_only || property.write_only))
}

/// Which types have something in them: values of a kind, or what `own` tells; then all that reach those.
fn holding(
    api: &Api,
    kind: &dyn Fn(&Primitive) -> bool,
    own: impl Fn(&Shape) -> bool,
) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    let mut holding = vec![false; api.types.len()];
    let mut open = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let mut holds = own(&def.shape);
        def.shape.each_type(&mut |ty| {
            holds |= has(ty, kind);
            ty.each_reference(&mut |id| users[id.index()].push(index));
        });
        if holds {
            holding[index] = true;
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        for user in &users[index] {
            if !holding[*user] {
                holding[*user] = true;
                open.push(*user);
            }
        }
    }
    holding
}

/// Which types come down to themselves through aliases and unions alone: TypeScript refuses those (TS2456).
fn circular(api: &Api) -> Vec<bool> {
    fn direct(ty: &TypeRef) -> Option<TypeId> {
        match ty {
            TypeRef::Named(id) => Some(*id),
            TypeRef::Nullable(inner) => direct(inner),
            _ => None,
        }
    }
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|def| match &def.shape {
            Shape::Alias(ty) => direct(ty).into_iter().map(TypeId::index).collect(),
            Shape::Union(union) => union
                .variants
                .iter()
                .filter_map(|variant| direct(&variant.ty))
                .map(TypeId::index)
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    (0..edges.len())
        .map(|start| {
            let mut seen = BTreeSet::new();
            let mut open = edges[start].clone();
            while let Some(next) = open.pop() {
                if next == start {
                    return true;
                }
                if seen.insert(next) {
                    open.extend(&edges[next]);
                }
            }
            false
        })
        .collect()
}
