//! Members of an answer that tell of pages: items, totals, flags, the next one.

use portolan_model::{Api, FieldPath, Operation, Shape, TypeRef, Value};

pub(super) fn shortened(mut items: Vec<Value>, size: Option<u64>) -> Vec<Value> {
    if let Some(size) = size {
        items.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    }
    items
}

pub(super) fn repeated(items: &[Value], count: u64) -> Vec<Value> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    items.iter().cycle().take(count).cloned().collect()
}

pub(super) fn set_items(body: &mut Value, path: &FieldPath, items: Vec<Value>) {
    if let Some(value) = at_mut(body, path) {
        *value = Value::Array(items);
    }
}

pub(super) fn set_flag(body: &mut Value, path: Option<&FieldPath>, value: bool) {
    if let Some(path) = path {
        put(body, path, Some(Value::Bool(value)));
    }
}

pub(super) fn set_total(body: &mut Value, path: Option<&FieldPath>, total: u64) {
    if let Some(path) = path {
        put(body, path, Some(Value::number(total)));
    }
}

/// Writes where the next page is; on the last one null, or nothing where null is not allowed.
pub(super) fn set_next(
    api: &Api,
    operation: &Operation,
    body: &mut Value,
    path: &FieldPath,
    next: Option<Value>,
) {
    let value = next.or_else(|| {
        let (nullable, required) = member(api, operation, path)?;
        match (nullable, required) {
            (true, _) => Some(Value::Null),
            (false, true) => Some(Value::string("")),
            (false, false) => None,
        }
    });
    put(body, path, value);
}

/// Whether a member of the successful answer may be null, and whether it must be there.
fn member(api: &Api, operation: &Operation, path: &FieldPath) -> Option<(bool, bool)> {
    let mut ty = &operation.success()?.content.first()?.ty;
    let mut found = None;
    for name in &path.0 {
        for _ in 0..8 {
            match ty.without_null().0 {
                TypeRef::Named(id) => match &api.type_def(*id).shape {
                    Shape::Alias(inner) => ty = inner,
                    _ => break,
                },
                _ => break,
            }
        }
        let TypeRef::Named(id) = ty.without_null().0 else {
            return found;
        };
        let Shape::Object(object) = &api.type_def(*id).shape else {
            return found;
        };
        let property = object
            .properties
            .iter()
            .find(|property| property.name == *name)?;
        let nullable = match &property.ty {
            TypeRef::Nullable(_) | TypeRef::Any => true,
            TypeRef::Named(id) => api.type_def(*id).nullable,
            _ => false,
        };
        found = Some((nullable, property.required));
        ty = &property.ty;
    }
    found
}

/// The value that a path leads to.
pub(super) fn at_mut<'v>(value: &'v mut Value, path: &FieldPath) -> Option<&'v mut Value> {
    path.0.iter().try_fold(value, |value, name| match value {
        Value::Object(members) => members
            .iter_mut()
            .find(|(known, _)| known == name)
            .map(|(_, member)| member),
        _ => None,
    })
}

/// Writes a member, or takes it away.
fn put(body: &mut Value, path: &FieldPath, value: Option<Value>) {
    let Some((last, parents)) = path.0.split_last() else {
        return;
    };
    let Some(Value::Object(members)) = at_mut(body, &FieldPath(parents.to_vec())) else {
        return;
    };
    let at = members.iter().position(|(known, _)| known == last);
    match (at, value) {
        (Some(at), Some(value)) => members[at].1 = value,
        (Some(at), None) => {
            members.remove(at);
        }
        (None, Some(value)) => members.push((last.clone(), value)),
        (None, None) => {}
    }
}
