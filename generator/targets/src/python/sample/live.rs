//! What `live.js` must know of an operation.

use super::{Samples, binary, concrete, file_name, plain_name};
use crate::Live;
use crate::python::lower::BodyPlan;
use portolan_model::{Location, MediaKind, Operation, Property, TypeRef};
use serde_json::{Value, json};

impl Samples<'_, '_> {
    pub(super) fn live(&self, operation: &Operation) -> Live {
        let Some(plan) = self.plan_of(operation) else {
            return Live::default();
        };
        let parameters: Vec<Value> = plan
            .parameters
            .iter()
            .filter_map(|(parameter, name)| {
                let mut all = operation.parameters.iter();
                let index = all.position(|other| {
                    other.name == parameter.name && other.location == parameter.location
                })?;
                let by_name = parameter.location != Location::Path;
                Some(json!([index, by_name.then(|| name.as_str())]))
            })
            .collect();
        let body = match &plan.body {
            BodyPlan::None => Value::Null,
            BodyPlan::Members(members) => members
                .iter()
                .map(|(property, name)| member(property, name.as_str()))
                .collect(),
            BodyPlan::Whole => {
                let file = plan.media.filter(|media| media.kind == MediaKind::Binary);
                let range = file.filter(|media| MediaKind::is_range(media.name.as_str()));
                json!({
                    "file": file.map(file_name),
                    "type": range.map(|media| concrete(media.name.as_str())),
                })
            }
        };
        Live {
            sample: json!({ "parameters": parameters, "body": body }),
            command: Value::Null,
        }
    }
}

/// The name on the wire, the argument, and the name of a file to send, where it is one or a list of them.
fn member(property: &Property, name: &str) -> Value {
    let ty = property.ty.without_null().0;
    let file = binary(ty) || matches!(ty, TypeRef::List { items, .. } if binary(items));
    let wire = property.name.as_str();
    match file {
        true => json!([wire, name, plain_name(wire)]),
        false => json!([wire, name]),
    }
}
