//! Streams: server-sent events and JSON lines, three items at least, each sent for itself.

use super::content::text_of;
use portolan_model::{Api, MediaKind, MediaType, Shape, TypeRef, Value};

/// How many items a stream has at least.
const ITEMS: usize = 3;

/// An item of a stream, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What a client that comes back names as the last one that it saw.
    pub(super) id: Option<String>,
    pub(super) text: String,
}

/// The stream of these items, repeated to three. A single text is the whole stream, as its author wrote it.
pub(super) fn items(api: &Api, media: &MediaType, ty: &TypeRef, values: &[Value]) -> Vec<Item> {
    if let [Value::String(text)] = values {
        return vec![Item {
            id: None,
            text: text.to_string(),
        }];
    }
    let values = match values {
        [Value::Array(all)] => all,
        values => values,
    };
    let framed = is_event(api, ty);
    let separator = match media.name.as_str().contains("json-seq") {
        true => "\u{1e}",
        false => "",
    };
    values
        .iter()
        .cycle()
        .take(match values.len() {
            0 => 0,
            length => length.max(ITEMS),
        })
        .enumerate()
        .map(|(index, value)| match media.kind {
            MediaKind::EventStream if framed => Item {
                id: value.get("id").map(text_of),
                text: event(value),
            },
            MediaKind::EventStream => Item {
                id: Some((index + 1).to_string()),
                text: format!("id: {}\ndata: {}\n\n", index + 1, value.to_json()),
            },
            _ => Item {
                id: None,
                text: format!("{separator}{}\n", value.to_json()),
            },
        })
        .collect()
}

/// What is left of a stream for a client that comes back and names the last event that it saw.
pub(super) fn behind<'a>(items: &'a [Item], last: Option<&str>) -> &'a [Item] {
    let seen = last.and_then(|last| {
        items
            .iter()
            .rposition(|item| item.id.as_deref() == Some(last))
    });
    seen.map_or(items, |seen| &items[seen + 1..])
}

/// Whether a type describes a whole event rather than its data: `data`, and nothing that events have not.
fn is_event(api: &Api, ty: &TypeRef) -> bool {
    let TypeRef::Named(id) = ty.without_null().0 else {
        return false;
    };
    let Shape::Object(object) = &api.type_def(*id).shape else {
        return false;
    };
    let named = |name: &str| {
        object
            .properties
            .iter()
            .any(|property| property.name == *name)
    };
    named("data")
        && object
            .properties
            .iter()
            .all(|property| ["data", "event", "id", "retry"].contains(&property.name.as_str()))
}

/// An event whose fields the document describes one by one.
fn event(item: &Value) -> String {
    let mut text = String::new();
    for field in ["event", "id", "retry", "data"] {
        if let Some(value) = item.get(field).filter(|value| !value.is_null()) {
            for line in text_of(value).lines() {
                text += &format!("{field}: {line}\n");
            }
        }
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_comes_back_gets_what_it_has_not_seen() {
        let item = |id: &str| Item {
            id: Some(id.to_owned()),
            text: String::new(),
        };
        let items = ["1", "2", "2", "3"].map(item);
        assert_eq!(behind(&items, None).len(), 4);
        assert_eq!(behind(&items, Some("2")), [item("3")]);
        assert_eq!(behind(&items, Some("3")), []);
        assert_eq!(behind(&items, Some("unknown")).len(), 4);
    }
}
