//! The forms that a body may have, and how the parts of a form are written.

use super::super::signature::Forms;
use super::super::value::{key, string};
use super::parameters::Encode;
use super::{Maker, refuses_bodies};
use portolan_model::{MediaKind, MediaType, Operation, TypeRef};

impl Maker<'_, '_, '_> {
    pub(super) fn body(&mut self, operation: &Operation, forms: &Forms<'_>) -> Option<String> {
        let body = operation.body.as_ref()?;
        let refused = refuses_bodies(&operation.method);
        let written: Vec<String> = body
            .forms()
            .map(|media| self.form(media, refused))
            .collect();
        if written.is_empty() {
            return None;
        }
        let mut parts = vec![format!("forms: [{}]", written.join(", "))];
        if forms.members.is_some() {
            parts.push("flat: true".to_owned());
        }
        if forms.key != "body" {
            parts.push(format!("key: {}", string(&forms.key)));
        }
        if body.required && !refused {
            parts.push("required: true".to_owned());
        }
        Some(format!("body: {{ {} }}", parts.join(", ")))
    }

    fn form(&mut self, media: &MediaType, refused: bool) -> String {
        let encoder = match media.kind {
            MediaKind::Json => self.import("json"),
            MediaKind::Form => self.import("formBody"),
            MediaKind::Multipart => self.import("multipart"),
            MediaKind::JsonLines => self.import("linesBody"),
            MediaKind::EventStream | MediaKind::Xml | MediaKind::Text | MediaKind::Binary => {
                self.import("binary")
            }
        };
        let encoder = if refused {
            format!("{}({encoder})", self.import("beyondFetch"))
        } else {
            encoder.to_owned()
        };
        let encodings: Vec<String> = match media.kind {
            MediaKind::Form | MediaKind::Multipart => media
                .encodings
                .iter()
                .filter_map(|encoding| self.part(media, encoding))
                .collect(),
            _ => Vec::new(),
        };
        let name = string(media.name.as_str());
        if encodings.is_empty() {
            format!("[{name}, {encoder}]")
        } else {
            format!("[{name}, {encoder}, [{}]]", encodings.join(", "))
        }
    }

    fn part(&mut self, media: &MediaType, encoding: &portolan_model::Encoding) -> Option<String> {
        let mut parts = Vec::new();
        if media.kind == MediaKind::Multipart {
            if let Some(ty) = &encoding.content_type {
                parts.push(format!("type: {}", string(ty)));
            }
            let headers: Vec<String> = encoding
                .fixed_headers()
                .map(|(name, value)| format!("{}: {}", key(name), string(&value)))
                .collect();
            if !headers.is_empty() {
                parts.push(format!("headers: {{ {} }}", headers.join(", ")));
            }
        } else if let Some(how) = &encoding.encoding {
            let ty = self
                .types
                .object(&media.ty)
                .and_then(|object| {
                    object
                        .properties
                        .iter()
                        .find(|property| property.name == encoding.property)
                })
                .map_or(TypeRef::Any, |property| property.ty.clone());
            let (style, encode) = self.query_style(how, &ty, portolan_model::Location::Query);
            let style = match style {
                Some(style) => style,
                // What has parts is JSON unless told otherwise, so the usual style is said too.
                None if !self.is_plain(&ty) => self.import("form"),
                None => return None,
            };
            parts.push(format!("style: {style}"));
            if matches!(encode, Encode::Reserved) {
                parts.push(format!("encode: {}", self.import("encodeReserved")));
            }
        }
        (!parts.is_empty()).then(|| {
            format!(
                "[{}, {{ {} }}]",
                string(encoding.property.as_str()),
                parts.join(", ")
            )
        })
    }
}
