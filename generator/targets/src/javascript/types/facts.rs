//! What is worked out once about all types: which differ by direction, which come down to themselves.

use portolan_model::{Additional, Api, PrimitiveKind, Shape, TypeId, TypeRef};
use std::collections::BTreeSet;

/// What is worked out once about all types, by their index.
pub(in super::super) struct Facts {
    /// Whether the type differs between request and response.
    pub(super) split: Vec<bool>,
    /// Whether the type is declared as itself and nothing else: such references are cut.
    pub(super) circular: Vec<bool>,
}

impl Facts {
    pub(in super::super) fn of(api: &Api) -> Facts {
        Facts {
            split: split(api),
            circular: circular(api),
        }
    }
}

fn each_reference(ty: &TypeRef, visit: &mut dyn FnMut(TypeId)) {
    match ty {
        TypeRef::Named(id) => visit(*id),
        TypeRef::List { items, .. } => each_reference(items, visit),
        TypeRef::Map { values, .. } => each_reference(values, visit),
        TypeRef::Nullable(inner) => each_reference(inner, visit),
        TypeRef::Tuple { items, rest, .. } => {
            for item in items.iter().chain(rest.as_deref()) {
                each_reference(item, visit);
            }
        }
        TypeRef::Any | TypeRef::Never | TypeRef::Primitive(_) | TypeRef::Literal(_) => {}
    }
}

fn each_type<'a>(shape: &'a Shape, visit: &mut dyn FnMut(&'a TypeRef)) {
    match shape {
        Shape::Object(object) => {
            object
                .properties
                .iter()
                .for_each(|property| visit(&property.ty));
            object.patterns.iter().for_each(|(_, ty)| visit(ty));
            if let Additional::Typed(ty) = &object.additional {
                visit(ty);
            }
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        Shape::Alias(ty) => visit(ty),
        Shape::Enum(_) => {}
    }
}

fn holds_file(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => primitive.kind == PrimitiveKind::Binary,
        TypeRef::List { items, .. } => holds_file(items),
        TypeRef::Map { values, .. } => holds_file(values),
        TypeRef::Nullable(inner) => holds_file(inner),
        TypeRef::Tuple { items, rest, .. } => items.iter().chain(rest.as_deref()).any(holds_file),
        _ => false,
    }
}

/// Which types differ by direction: those that say so themselves, then all that reach them.
fn split(api: &Api) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    let mut split = vec![false; api.types.len()];
    let mut open = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let mut own = matches!(&def.shape, Shape::Object(object)
            if object.properties.iter().any(|property| property.read_only || property.write_only));
        each_type(&def.shape, &mut |ty| {
            own |= holds_file(ty);
            each_reference(ty, &mut |id| users[id.index()].push(index));
        });
        if own {
            split[index] = true;
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        for user in &users[index] {
            if !split[*user] {
                split[*user] = true;
                open.push(*user);
            }
        }
    }
    split
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
