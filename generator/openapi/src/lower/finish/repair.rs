//! The values of the model, each as its type has it; what would become code and does not fit is left out.

use super::conform::conform;
use super::embedded::read_json;
use super::types::Types;
use crate::lower::example::value;
use portolan_model::{
    Api, Example, MediaKind, MediaType, Operation, Resource, Shape, TypeRef, Value,
};
use portolan_source::Span;

pub(super) fn repair(api: &mut Api) {
    // Values are compared with the types as they are, while the values in them change.
    let mut types = api.types.clone();
    let mut resources = std::mem::take(&mut api.resources);
    let mut webhooks = std::mem::take(&mut api.webhooks);
    let frozen = Types::new(api);
    for def in &mut types {
        let own = TypeRef::Named(def.id);
        def.default = def
            .default
            .take()
            .and_then(|value| whole(&frozen, value, &own));
        def.examples
            .retain_mut(|example| keep(&frozen, example, &own));
        if let Shape::Object(object) = &mut def.shape {
            for property in &mut object.properties {
                let ty = &property.ty;
                property.default = property
                    .default
                    .take()
                    .and_then(|value| whole(&frozen, value, ty));
                let examples = std::mem::take(&mut property.examples);
                property.examples = examples
                    .into_iter()
                    .filter_map(|value| whole(&frozen, value, ty))
                    .collect();
            }
        }
    }
    for resource in &mut resources {
        repair_resource(&frozen, resource);
    }
    for webhook in &mut webhooks {
        repair_operation(&frozen, &mut webhook.operation);
    }
    (api.types, api.resources, api.webhooks) = (types, resources, webhooks);
}

fn repair_resource(api: &Types<'_>, resource: &mut Resource) {
    for operation in &mut resource.operations {
        repair_operation(api, operation);
    }
    for resource in &mut resource.resources {
        repair_resource(api, resource);
    }
}

fn repair_operation(api: &Types<'_>, operation: &mut Operation) {
    for parameter in &mut operation.parameters {
        let ty = &parameter.ty;
        parameter.default = parameter
            .default
            .take()
            .and_then(|value| whole(api, value, ty));
        parameter
            .examples
            .retain_mut(|example| keep(api, example, ty));
    }
    for media in operation.body.iter_mut().flat_map(|body| &mut body.content) {
        repair_content(api, media, true);
    }
    for response in &mut operation.responses {
        for media in &mut response.content {
            repair_content(api, media, false);
        }
    }
    for callback in &mut operation.callbacks {
        repair_operation(api, &mut callback.operation);
    }
}

/// Examples of a body. One that does not fit is left out when it is sent; of an answer it stays, to be read.
fn repair_content(api: &Types<'_>, media: &mut MediaType, sent: bool) {
    let (kind, ty) = (media.kind, &media.ty);
    media.examples.retain_mut(|example| {
        let text = match &example.value {
            Some(Value::String(text)) => text.clone(),
            // Data of answers is only shown: it is not worth going through all of it.
            _ if !sent => return true,
            _ => return keep(api, example, ty),
        };
        if keep(api, example, ty) {
            return true;
        }
        if kind != MediaKind::Json {
            // The whole body as it travels, e.g. XML.
            example.serialized.get_or_insert(text.into());
            return true;
        }
        example.value = Some(Value::String(text));
        !sent
    });
}

/// Repairs an example; whether it may stay.
fn keep(api: &Types<'_>, example: &mut Example, ty: &TypeRef) -> bool {
    match example.value.take() {
        Some(value) => {
            example.value = whole(api, value, ty);
            example.value.is_some()
        }
        None => true,
    }
}

/// A whole value as its type has it, also when it is given as the text of its JSON.
fn whole(api: &Types<'_>, given: Value, ty: &TypeRef) -> Option<Value> {
    api.rest();
    let text = match &given {
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    conform(api, given, ty, 0).or_else(|| {
        let node = read_json(api, &text?, Span::default())?;
        conform(api, value(&node), ty, 0)
    })
}
