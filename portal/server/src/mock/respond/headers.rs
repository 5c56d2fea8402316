//! Headers of answers: the document's examples, else made from the type.

use super::content::text_of;
use axum::http::{HeaderName, HeaderValue, header};
use portolan_model::{
    Api, Direction, Header, Operation, Pagination, ParameterEncoding, Value, synthesize,
};

/// The headers that the document describes for an answer.
pub(in crate::mock) fn headers(
    api: &Api,
    operation: &Operation,
    described: &[Header],
) -> Vec<(HeaderName, HeaderValue)> {
    let framing = [
        header::CONTENT_LENGTH,
        header::CONTENT_TYPE,
        header::CONTENT_ENCODING,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
    ];
    let is_paged = matches!(operation.pagination, Some(Pagination::LinkHeader { .. }));
    described
        .iter()
        .filter_map(|described| {
            let name = HeaderName::from_bytes(described.name.as_str().as_bytes()).ok()?;
            if framing.contains(&name) || (is_paged && name == header::LINK) {
                return None;
            }
            let given = described
                .examples
                .iter()
                .find_map(|example| example.value.clone());
            let value =
                given.unwrap_or_else(|| synthesize(api, &described.ty, Direction::Response));
            let value = HeaderValue::from_str(&text(&value, &described.encoding)).ok()?;
            Some((name, value))
        })
        .collect()
}

/// Style `simple`, the only one that headers have.
fn text(value: &Value, encoding: &ParameterEncoding) -> String {
    let explode = match encoding {
        ParameterEncoding::Content { .. } => return text_of(value),
        ParameterEncoding::Style { explode, .. } => *explode,
    };
    match value {
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let equals = if explode { "=" } else { "," };
            let pairs = members
                .iter()
                .map(|(name, value)| format!("{name}{equals}{}", text_of(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        other => text_of(other),
    }
}
