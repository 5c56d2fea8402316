//! How the body of a request becomes arguments.

use super::super::Context;
use portolan_model::{MediaKind, MediaType, Operation, Property, TypeRef};

/// The members of the body as arguments, when it is a plain object.
pub(super) fn members<'a>(
    context: &Context<'a>,
    operation: &'a Operation,
    media: &'a MediaType,
) -> Option<Vec<&'a Property>> {
    if !matches!(
        media.kind,
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart
    ) {
        return None;
    }
    if matches!(media.ty, TypeRef::Nullable(_)) {
        return None;
    }
    let (id, object) = context.types.object(&media.ty)?;
    if context.types.def(id).nullable || !object.patterns.is_empty() {
        return None;
    }
    if matches!(object.additional, portolan_model::Additional::Typed(_)) {
        return None;
    }
    let properties: Vec<&Property> = object
        .properties
        .iter()
        .filter(|property| !property.read_only)
        .collect();
    let optional = operation.body.as_ref().is_some_and(|body| !body.required);
    if properties.is_empty() || (optional && properties.iter().any(|property| property.required)) {
        return None;
    }
    Some(properties)
}
