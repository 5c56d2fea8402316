//! Responses: a schema, and the media types of the operation.

use super::body::{self, Examples};
use super::{Swagger, build, schema};
use portolan_model::MediaKind;
use portolan_source::{Diagnostics, Node};
use std::rc::Rc;

/// A response; `produces` are the media types of its operation, when it says some.
pub(super) fn convert(
    node: &mut Node,
    produces: Option<&[Node]>,
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) {
    let span = node.span;
    let Some(members) = build::members_mut(node) else {
        return;
    };
    if members.iter().any(|member| &*member.key == "content") {
        return;
    }
    let schema = build::take(members, "schema");
    let examples = build::take(members, "examples");
    let example = build::take(members, "example").or_else(|| build::take(members, "x-example"));
    if schema.is_none() && examples.is_none() && example.is_none() {
        return;
    }
    let mut schema = schema.map(|member| member.node);
    // Some write so that there is nothing.
    if schema.as_ref().is_some_and(Node::is_null) {
        schema = None;
    }
    let mut given = Examples {
        bare: example.map(|member| member.node),
        ..Examples::default()
    };
    given.sort(examples);
    if schema.is_none()
        && given.bare.is_none()
        && given.by_media_type.is_empty()
        && given.named.is_empty()
    {
        return;
    }
    let inherited = Rc::clone(&swagger.here.produces);
    let mut media_types = produces.unwrap_or(&inherited).to_vec();
    let is_file = schema.as_mut().is_some_and(schema::file_to_binary);
    if is_file {
        media_types.retain(is_bytes);
        if media_types.is_empty() {
            // Bytes that nobody said more about.
            media_types.push(build::text(
                "application/octet-stream",
                build::made_at(span),
            ));
        }
    } else if media_types.is_empty() && !given.by_media_type.is_empty() {
        // The examples say in which forms it comes.
        media_types = given
            .by_media_type
            .iter()
            .map(|member| build::text(member.key.clone(), member.key_span))
            .collect();
    }
    let content = body::content(&media_types, schema, given, span, swagger, diagnostics);
    members.push(build::member("content", content));
}

/// A response of data in the document's media types, or as JSON when these carry none either.
pub(super) fn convert_data(node: &mut Node, swagger: &mut Swagger, diagnostics: &mut Diagnostics) {
    if swagger.here.produces.iter().any(carries_data) {
        convert(node, None, swagger, diagnostics);
    } else {
        convert(node, Some(&[]), swagger, diagnostics);
    }
}

/// Whether a response holds more than text or bytes: something behind a reference, an object or a list.
pub(super) fn is_data(response: &Node) -> bool {
    let schema = response.get("schema");
    response.get("$ref").is_some()
        || schema.is_some_and(|schema| {
            let kind = schema.get("type").and_then(Node::as_str);
            schema.get("$ref").is_some()
                || schema.get("properties").is_some()
                || schema.get("allOf").is_some()
                || matches!(kind, Some("object" | "array"))
        })
}

/// Whether one object or list can be written as this media type: bytes and text hold none, a stream many.
pub(super) fn carries_data(media_type: &Node) -> bool {
    media_type.as_str().is_some_and(|name| {
        let kind = MediaKind::of(name);
        !kind.is_stream() && !matches!(kind, MediaKind::Binary | MediaKind::Text)
    })
}

/// Whether a file can come as this media type: JSON would be read as data.
fn is_bytes(media_type: &Node) -> bool {
    media_type
        .as_str()
        .is_some_and(|name| MediaKind::of(name) != MediaKind::Json)
}
