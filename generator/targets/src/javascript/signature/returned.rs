//! What a call gives.

use super::super::operation::{Decoder, successes};
use super::super::types::{Types, Uses};
use super::RuntimeUses;
use portolan_model::{Direction, MediaType, Operation, Shape, Status, TypeRef};

/// What a call gives.
pub(super) struct Returned {
    /// The types of data that come whole.
    pub(super) plain: Vec<String>,
    /// The type of a stream.
    pub(super) stream: Option<String>,
    /// Item and body of a page.
    pub(super) page: Option<String>,
}

impl Returned {
    pub(super) fn of(
        types: &Types<'_>,
        operation: &Operation,
        uses: &mut Uses,
        runtime: &mut RuntimeUses,
    ) -> Returned {
        let mut plain: Vec<String> = Vec::new();
        let mut stream: Option<String> = None;
        let mut add = |text: String| {
            if !plain.contains(&text) {
                plain.push(text);
            }
        };
        let mut page_body = None;
        if operation.redirects_to_a_file() {
            runtime.insert(("download", "Download"));
            add("Download".to_owned());
        }
        for response in successes(operation) {
            if response.content.is_empty() && response.status != Status::Default {
                add("void".to_owned());
            }
            for media in response.preferred() {
                match Decoder::of(types, media) {
                    Decoder::Json => {
                        page_body.get_or_insert(&media.ty);
                        add(types.text(&media.ty, Direction::Response, uses));
                    }
                    Decoder::Text => add("string".to_owned()),
                    Decoder::Download => {
                        runtime.insert(("download", "Download"));
                        add("Download".to_owned());
                    }
                    decoder @ (Decoder::Events | Decoder::WholeEvents | Decoder::JsonLines) => {
                        runtime.insert(("stream", "Stream"));
                        let item = stream_item(types, media, decoder, uses, runtime);
                        stream.get_or_insert(format!("Stream<{item}>"));
                    }
                }
            }
        }
        if plain.is_empty() && stream.is_none() {
            plain.push("unknown".to_owned());
        }
        if plain.iter().any(|text| text == "unknown") {
            plain = vec!["unknown".to_owned()];
        } else if plain.len() > 1 {
            // Beside data, an answer without any is undefined; `void` could not be tested for.
            for text in &mut plain {
                if text == "void" {
                    "undefined".clone_into(text);
                }
            }
        }
        let page = operation
            .pagination
            .as_ref()
            .zip(page_body)
            .map(|(pagination, body)| {
                let item = item_type(types, body, &pagination.items().0).map_or_else(
                    || "unknown".to_owned(),
                    |item| types.text(item, Direction::Response, uses),
                );
                format!("{item}, {}", types.text(body, Direction::Response, uses))
            });
        Returned {
            plain,
            stream,
            page,
        }
    }

    pub(super) fn all(&self) -> Vec<String> {
        self.plain.iter().chain(&self.stream).cloned().collect()
    }
}

fn stream_item(
    types: &Types<'_>,
    media: &MediaType,
    decoder: Decoder,
    uses: &mut Uses,
    runtime: &mut RuntimeUses,
) -> String {
    let item = media.item.as_ref().unwrap_or(&media.ty);
    if decoder == Decoder::WholeEvents {
        runtime.insert(("types", "ServerSentEvent"));
        return "ServerSentEvent<any>".to_owned();
    }
    let item = match item {
        TypeRef::List { items, .. } if media.item.is_none() && decoder == Decoder::JsonLines => {
            items
        }
        other => other,
    };
    types.text(item, Direction::Response, uses)
}

/// The type of an item of the list that member names lead to.
pub(in super::super) fn item_type<'a>(
    types: &Types<'a>,
    body: &'a TypeRef,
    path: &[portolan_model::Name],
) -> Option<&'a TypeRef> {
    let mut ty = types.resolved(body);
    for name in path {
        let TypeRef::Named(id) = ty else { return None };
        let Shape::Object(object) = &types.api.type_def(*id).shape else {
            return None;
        };
        let property = object
            .properties
            .iter()
            .find(|property| property.name == *name)?;
        ty = types.resolved(&property.ty);
    }
    match ty {
        TypeRef::List { items, .. } => Some(items),
        _ => None,
    }
}
