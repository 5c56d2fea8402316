//! What `live.js` must know of an operation.

use super::super::operation::refuses_bodies;
use super::super::signature::{Keys, path_parameters};
use super::super::types::Types;
use super::JavaScriptSampler;
use super::files::{ending, stem};
use crate::{Decimal, Int64, Live};
use portolan_model::{Location, MediaKind, Operation, Parameter, PrimitiveKind, TypeRef};
use serde_json::{Value, json};

impl JavaScriptSampler<'_> {
    /// Nothing where the settings ask for numbers in another form than they travel in: what is one depends on types.
    pub(super) fn facts_of(&self, operation: &Operation) -> Live {
        let types = self.types();
        let as_they_are =
            types.int64() == Int64::NumberOrBigint && types.decimal() == Decimal::Number;
        if !as_they_are || !self.places.contains_key(operation.id.as_str()) {
            return Live::default();
        }
        let index_of = |wanted: &Parameter| {
            let mut all = operation.parameters.iter();
            all.position(|parameter| std::ptr::eq(parameter, wanted))
        };
        let path: Vec<Value> = path_parameters(operation)
            .iter()
            .map(|(name, _)| {
                let mut all = operation.parameters.iter();
                let found = all.position(|parameter| {
                    parameter.location == Location::Path && parameter.name == **name
                });
                // A parameter that the document does not describe is sent under its own name.
                found.map_or_else(|| json!(name), |index| json!(index))
            })
            .collect();
        let keys = Keys::of(&types, operation, &self.config.names);
        let members: Vec<Value> = keys
            .iter()
            .filter_map(|(parameter, key)| Some(json!([index_of(parameter)?, key])))
            .collect();
        let body = operation.body.as_ref().map(|body| {
            let endings = body.forms().map(|media| {
                let is_file = media.kind == MediaKind::Binary;
                is_file.then(|| format!("body.{}", ending(media.name.as_str())))
            });
            json!({
                "sent": body.required || !refuses_bodies(&operation.method),
                "key": keys.forms.key,
                "members": keys.forms.members.as_ref().map(|members| {
                    let list = members.iter().map(|(property, key)| {
                        json!([property.name.as_str(), key])
                    });
                    list.collect::<Vec<Value>>()
                }),
                "files": files(&types, operation),
                "names": endings.collect::<Vec<_>>(),
            })
        });
        Live {
            sample: json!({
                "class": self.config.class_name,
                "package": self.config.published_name(),
                "download": self.outcome(operation) == super::Outcome::FileOrData,
                "path": path,
                "members": members,
                "body": body,
            }),
            command: Value::Null,
        }
    }
}

/// Per form of the body: the members that are files or lists of them, each with the name of a file.
fn files(types: &Types<'_>, operation: &Operation) -> Vec<Vec<Value>> {
    let forms = operation.body.iter().flat_map(|body| body.forms());
    let of = |media: &portolan_model::MediaType| {
        let object = types.object(&media.ty);
        let properties = object.map_or(&[][..], |object| object.properties.as_slice());
        let sent = properties
            .iter()
            .filter(|_| media.kind == MediaKind::Multipart)
            .filter(|property| is_file(types, types.resolved(&property.ty)));
        sent.map(|property| json!([property.name.as_str(), stem(property.name.as_str())]))
            .collect()
    };
    forms.map(of).collect()
}

fn is_file(types: &Types<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => primitive.kind == PrimitiveKind::Binary,
        TypeRef::List { items, .. } => is_file(types, types.resolved(items)),
        _ => false,
    }
}
