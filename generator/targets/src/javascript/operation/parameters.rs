//! How parameters of the query, of headers and of cookies are written.

use super::{Maker, entry};
use portolan_model::{MediaKind, Parameter, ParameterEncoding, Style, TypeRef};

impl Maker<'_, '_, '_> {
    pub(super) fn query(&mut self, parameter: &Parameter, key: &str) -> String {
        let (style, reserved) =
            self.query_style(&parameter.encoding, &parameter.ty, parameter.location);
        let encode = match reserved {
            Encode::Usual => None,
            Encode::Reserved => Some(self.import("encodeReserved")),
            Encode::None => Some("String"),
        };
        let renamed = (parameter.name != *key).then_some(key);
        entry(parameter.name.as_str(), style, encode, renamed)
    }

    pub(super) fn query_style(
        &mut self,
        encoding: &ParameterEncoding,
        ty: &TypeRef,
        location: portolan_model::Location,
    ) -> (Option<&'static str>, Encode) {
        if location == portolan_model::Location::Querystring {
            let is_json = matches!(encoding, ParameterEncoding::Content { media_type }
                if MediaKind::of(media_type) == MediaKind::Json);
            let style = if is_json { "wholeJson" } else { "wholeQuery" };
            return (Some(self.import(style)), Encode::Usual);
        }
        match encoding {
            ParameterEncoding::Content { media_type } => match MediaKind::of(media_type) {
                MediaKind::Json => (Some(self.import("jsonContent")), Encode::Usual),
                _ => (None, Encode::Usual),
            },
            ParameterEncoding::Style {
                style,
                explode,
                allow_reserved,
            } => {
                let plain = self.is_plain(ty);
                let name = match (style, explode) {
                    (Style::DeepObject, _) if !plain => Some("deepObject"),
                    _ if plain || *explode => None,
                    (Style::SpaceDelimited, _) => Some("spaceDelimited"),
                    (Style::PipeDelimited, _) => Some("pipeDelimited"),
                    _ => Some("formJoined"),
                };
                let encode = match style {
                    Style::Cookie => Encode::None,
                    _ if *allow_reserved => Encode::Reserved,
                    _ => Encode::Usual,
                };
                // The encoder stands behind the style, so an encoder needs the style written out.
                let name = match (name, encode) {
                    (None, Encode::Reserved | Encode::None) => Some("form"),
                    _ => name,
                };
                (name.map(|name| self.import(name)), encode)
            }
        }
    }

    pub(super) fn header(&mut self, parameter: &Parameter, key: &str) -> String {
        let style = match &parameter.encoding {
            ParameterEncoding::Content { media_type }
                if MediaKind::of(media_type) == MediaKind::Json =>
            {
                Some("jsonText")
            }
            ParameterEncoding::Style { explode: true, .. } if !self.is_plain(&parameter.ty) => {
                Some("simpleExploded")
            }
            _ => None,
        };
        let style = style.map(|name| self.import(name));
        let renamed = (parameter.name != *key).then_some(key);
        entry(parameter.name.as_str(), style, None, renamed)
    }
}

/// What a style does with what a URL reserves.
#[derive(Clone, Copy)]
pub(super) enum Encode {
    Usual,
    Reserved,
    None,
}
