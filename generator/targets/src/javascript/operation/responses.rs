//! What to ask for, and how to read what comes.

use super::super::types::Types;
use super::super::value::string;
use super::Maker;
use portolan_model::{MediaKind, MediaType, Operation, PrimitiveKind, Response, Status, TypeRef};
use std::collections::BTreeSet;

impl Maker<'_, '_, '_> {
    /// What to ask for, and how to read it; nothing for plain JSON.
    pub(super) fn responses(&mut self, operation: &Operation) -> (Option<String>, Vec<String>) {
        let mut seen = BTreeSet::new();
        let media: Vec<&MediaType> = successes(operation)
            .into_iter()
            .flat_map(Response::preferred)
            .filter(|media| seen.insert(media.name.as_str()))
            .collect();
        let decoders: Vec<Decoder> = media
            .iter()
            .map(|media| Decoder::of(self.types, media))
            .collect();
        let accept = match media.as_slice() {
            [] if operation.redirects_to_a_file() => {
                let download = self.import("download");
                return (
                    Some("*/*".to_owned()),
                    vec![format!("[{}, {download}]", string("*/*"))],
                );
            }
            [] => (successes(operation)
                .iter()
                .all(|response| response.content.is_empty())
                && !operation.responses.is_empty())
            .then(|| "*/*".to_owned()),
            [only] if only.name == "application/json" => None,
            several => {
                // A name that no header can hold is not asked for by name.
                let names: Vec<&str> = several
                    .iter()
                    .map(|media| media.name.as_str())
                    .filter(|name| name.bytes().all(|byte| (0x20..0x7f).contains(&byte)))
                    .collect();
                Some(if names.is_empty() {
                    "*/*".to_owned()
                } else {
                    names.join(", ")
                })
            }
        };
        if decoders.iter().all(|decoder| *decoder == Decoder::Json) {
            return (accept, Vec::new());
        }
        let entries = media
            .iter()
            .zip(&decoders)
            .map(|(media, decoder)| {
                let decoder = match decoder {
                    Decoder::Json => self.import("json"),
                    Decoder::Events => self.import("events"),
                    Decoder::WholeEvents => self.import("wholeEvents"),
                    Decoder::JsonLines => self.import("jsonLines"),
                    Decoder::Text => self.import("text"),
                    Decoder::Download => self.import("download"),
                };
                format!("[{}, {decoder}]", string(media.name.as_str()))
            })
            .collect();
        (accept, entries)
    }
}

/// How a body that comes back is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Decoder {
    Json,
    Events,
    WholeEvents,
    JsonLines,
    Text,
    Download,
}

impl Decoder {
    /// The decoder for a form of an answer.
    pub(in super::super) fn of(types: &Types<'_>, media: &MediaType) -> Decoder {
        let is_file = matches!(types.resolved(&media.ty), TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Binary);
        match media.kind {
            MediaKind::EventStream if is_whole_event(types, media) => Decoder::WholeEvents,
            MediaKind::EventStream => Decoder::Events,
            MediaKind::JsonLines => Decoder::JsonLines,
            _ if is_file => Decoder::Download,
            MediaKind::Json => Decoder::Json,
            MediaKind::Xml | MediaKind::Text | MediaKind::Form => Decoder::Text,
            MediaKind::Binary | MediaKind::Multipart => Decoder::Download,
        }
    }
}

/// Whether the items of a stream are declared with the fields of an event (OpenAPI 3.2, 4.14.4).
fn is_whole_event(types: &Types<'_>, media: &MediaType) -> bool {
    let Some(object) = media.item.as_ref().and_then(|item| types.object(item)) else {
        return false;
    };
    let field = |name: &str| matches!(name, "data" | "event" | "id" | "retry");
    object
        .properties
        .iter()
        .any(|property| property.name == "data")
        && object
            .properties
            .iter()
            .all(|property| field(property.name.as_str()))
}

/// The answers that success brings: all 2xx, else `default`.
pub(in super::super) fn successes(operation: &Operation) -> Vec<&Response> {
    let found: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    if !found.is_empty() || operation.redirects_to_a_file() {
        return found;
    }
    operation
        .responses
        .iter()
        .filter(|response| response.status == Status::Default)
        .collect()
}
