//! Parameters whose value became text by a media type.

use super::{Given, Wire, decoded, pairs};
use crate::mock::coerce::{coerce, forms};
use crate::mock::json;
use portolan_model::{Api, Location, MediaKind, Parameter, ParameterEncoding, TypeRef};
use serde_json::Value;

/// A parameter whose value became text by a media type.
pub(super) fn decode_content(api: &Api, parameter: &Parameter, wire: &Wire<'_>) -> Given {
    let name = parameter.name.as_str();
    let text = match parameter.location {
        Location::Querystring => (!wire.query.is_empty()).then(|| wire.query.to_owned()),
        Location::Query => wire.query_values(name).first().map(|value| decoded(value)),
        Location::Header => wire.header(name),
        Location::Cookie => wire.cookie(name).map(decoded),
        Location::Path => wire
            .path
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| decoded(text)),
    };
    let Some(text) = text else {
        return Given::Absent;
    };
    let media = match &parameter.encoding {
        ParameterEncoding::Content { media_type } => MediaKind::of(media_type),
        ParameterEncoding::Style { .. } => MediaKind::Form,
    };
    match media {
        MediaKind::Json => {
            let text = match parameter.location {
                Location::Querystring => decoded(&text),
                _ => text,
            };
            match json::from_str(&text) {
                Ok(value) => Given::Value(value),
                Err(error) => Given::Malformed(format!("it is no JSON: {error}")),
            }
        }
        MediaKind::Form => {
            let members = forms(api, &parameter.ty).object.unwrap_or_default();
            let pairs = pairs(&text).into_iter().map(|pair| {
                let ty = members.get(&pair.name).unwrap_or(&TypeRef::Any);
                let value = coerce(api, ty, &decoded(&pair.value));
                (pair.name, value)
            });
            Given::Value(Value::Object(pairs.collect()))
        }
        _ => Given::Value(Value::String(text)),
    }
}
