//! How deep a tree goes: types that are open above (a cycle) and types below the last level that fits become links.

use super::{DEEPEST, MOST_LEVELS};
use crate::map::ApiMap;
use portolan_model::{Additional, Direction, Property, Shape, TypeId, TypeRef};

/// The most levels of named types with which the rows of a tree keep within `budget`.
pub(super) fn fitting(
    map: &ApiMap<'_>,
    direction: Option<Direction>,
    ty: &TypeRef,
    depth: usize,
    budget: usize,
) -> usize {
    let fits = |levels: usize| {
        let mut counter = Counter {
            map,
            direction,
            open: Vec::new(),
            levels,
            left: budget,
        };
        counter.count(ty, depth, 0).is_some()
    };
    (2..=MOST_LEVELS)
        .rev()
        .find(|levels| fits(*levels))
        .unwrap_or(1)
}

/// Whether a named type is shown rather than linked: `open` are the types around it.
pub(super) fn opens(
    map: &ApiMap<'_>,
    open: &[TypeId],
    levels: usize,
    id: TypeId,
    depth: usize,
) -> bool {
    if open.contains(&id) || depth > DEEPEST {
        return false;
    }
    let named = open
        .iter()
        .filter(|id| map.type_address(**id).is_some())
        .count();
    map.type_address(id).is_none() || named < levels
}

/// Whether a member is part of a value that travels in this direction.
pub(super) fn travels(property: &Property, direction: Option<Direction>) -> bool {
    match direction {
        Some(Direction::Request) => !property.read_only,
        Some(Direction::Response) => !property.write_only,
        None => true,
    }
}

/// Counts the rows of a tree without making them.
struct Counter<'a> {
    map: &'a ApiMap<'a>,
    direction: Option<Direction>,
    open: Vec<TypeId>,
    levels: usize,
    left: usize,
}

impl Counter<'_> {
    /// `None` when there are more rows than are left.
    fn count(&mut self, ty: &TypeRef, depth: usize, nesting: usize) -> Option<()> {
        if nesting > 64 {
            return Some(());
        }
        match ty {
            TypeRef::Nullable(inner)
            | TypeRef::List { items: inner, .. }
            | TypeRef::Map { values: inner, .. } => self.count(inner, depth, nesting + 1),
            TypeRef::Tuple { items, rest, .. } => {
                items.iter().chain(rest.as_deref()).try_for_each(|item| {
                    self.left = self.left.checked_sub(1)?;
                    self.count(item, depth + 1, nesting + 1)
                })
            }
            TypeRef::Named(id) => {
                if !opens(self.map, &self.open, self.levels, *id, depth) {
                    return Some(());
                }
                self.open.push(*id);
                let counted = match &self.map.api.type_def(*id).shape {
                    Shape::Enum(_) => Some(()),
                    Shape::Alias(inner) => self.count(inner, depth, nesting + 1),
                    Shape::Union(union) => union.variants.iter().try_for_each(|variant| {
                        self.left = self.left.checked_sub(1)?;
                        self.count(&variant.ty, depth, nesting + 1)
                    }),
                    Shape::Object(object) => {
                        let direction = self.direction;
                        let shown = object.properties.iter().filter(|it| travels(it, direction));
                        let types = shown.map(|property| &property.ty);
                        let additional = match &object.additional {
                            Additional::Typed(ty) => Some(&**ty),
                            _ => None,
                        };
                        let patterns = object.patterns.iter().map(|(_, ty)| ty);
                        types.chain(additional).chain(patterns).try_for_each(|ty| {
                            self.left = self.left.checked_sub(1)?;
                            self.count(ty, depth + 1, nesting + 1)
                        })
                    }
                };
                self.open.pop();
                counted
            }
            TypeRef::Primitive(primitive) => match &primitive.content_schema {
                Some(content) => self.count(content, depth, nesting + 1),
                None => Some(()),
            },
            TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) => Some(()),
        }
    }
}
