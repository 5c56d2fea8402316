//! The values of the model, each as its type has it; what would become code and does not fit is left out.

use super::conform::conform;
use super::embedded::read_json;
use super::types::Types;
use crate::lower::example::value;
use portolan_model::{
    Api, Example, MediaKind, MediaType, Operation, Resource, Shape, TypeDef, TypeRef, Value,
};
use portolan_source::Span;

pub(super) fn repair(api: &mut Api) {
    // Values are held against the types while they change: they are taken out for so long.
    let taken: Vec<Values> = api.types.iter_mut().map(Values::take).collect();
    let mut resources = std::mem::take(&mut api.resources);
    let mut webhooks = std::mem::take(&mut api.webhooks);
    let frozen = Types::new(api);
    let repaired: Vec<Values> = taken
        .into_iter()
        .zip(&api.types)
        .map(|(values, def)| values.repaired(&frozen, def))
        .collect();
    for resource in &mut resources {
        repair_resource(&frozen, resource);
    }
    for webhook in &mut webhooks {
        repair_operation(&frozen, &mut webhook.operation);
    }
    for (def, values) in api.types.iter_mut().zip(repaired) {
        values.put(def);
    }
    (api.resources, api.webhooks) = (resources, webhooks);
}

/// The values that a definition holds.
struct Values {
    default: Option<Value>,
    examples: Vec<Example>,
    /// Of those properties that have any, by their index.
    properties: Vec<PropertyValues>,
}

struct PropertyValues {
    index: usize,
    default: Option<Value>,
    examples: Vec<Value>,
}

impl Values {
    fn take(def: &mut TypeDef) -> Values {
        let properties = match &mut def.shape {
            Shape::Object(object) => object.properties.as_mut_slice(),
            _ => &mut [],
        };
        let properties = properties
            .iter_mut()
            .enumerate()
            .filter(|(_, property)| property.default.is_some() || !property.examples.is_empty())
            .map(|(index, property)| PropertyValues {
                index,
                default: property.default.take(),
                examples: std::mem::take(&mut property.examples),
            })
            .collect();
        Values {
            default: def.default.take(),
            examples: std::mem::take(&mut def.examples),
            properties,
        }
    }

    fn repaired(mut self, types: &Types<'_>, def: &TypeDef) -> Values {
        let own = TypeRef::Named(def.id);
        self.default = self.default.and_then(|value| whole(types, value, &own));
        self.examples
            .retain_mut(|example| keep(types, example, &own));
        if let Shape::Object(object) = &def.shape {
            for values in &mut self.properties {
                let ty = &object.properties[values.index].ty;
                values.default = values
                    .default
                    .take()
                    .and_then(|value| whole(types, value, ty));
                let examples = std::mem::take(&mut values.examples);
                values.examples = examples
                    .into_iter()
                    .filter_map(|value| whole(types, value, ty))
                    .collect();
            }
        }
        self
    }

    fn put(self, def: &mut TypeDef) {
        def.default = self.default;
        def.examples = self.examples;
        if let Shape::Object(object) = &mut def.shape {
            for values in self.properties {
                let property = &mut object.properties[values.index];
                property.default = values.default;
                property.examples = values.examples;
            }
        }
    }
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
