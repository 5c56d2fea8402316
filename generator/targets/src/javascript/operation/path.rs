//! The path with its gaps.

use super::super::types::Types;
use super::super::value::string;
use super::{Imports, Maker, entry};
use portolan_model::{MediaKind, Operation, Parameter, ParameterEncoding, PathPart, Style};

/// The parts of the path; what a document writes after `#` is for people and is not sent.
pub(super) fn path(types: &Types<'_>, operation: &Operation, imports: &mut Imports) -> Vec<String> {
    let mut parts = Vec::new();
    let mut maker = Maker { types, imports };
    for part in &operation.path.parts {
        match part {
            PathPart::Literal(text) => {
                let (text, ended) = match text.split_once('#') {
                    Some((text, _)) => (text, true),
                    None => (text.as_str(), false),
                };
                if !text.is_empty() {
                    parts.push(string(&percent_encoded(text)));
                }
                if ended {
                    break;
                }
            }
            PathPart::Parameter(name) => {
                let parameter = operation
                    .parameters_in(portolan_model::Location::Path)
                    .find(|parameter| parameter.name == *name);
                let (style, encode) =
                    parameter.map_or((None, None), |parameter| maker.path_style(parameter));
                parts.push(entry(name.as_str(), style, encode, None));
            }
        }
    }
    if parts.is_empty() {
        parts.push(string("/"));
    }
    parts
}

/// Text of a path as it travels: what a URL cannot hold is percent-encoded, what is encoded already stays.
fn percent_encoded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte) {
            result.push(char::from(byte));
        } else {
            result.push_str(&format!("%{byte:02X}"));
        }
    }
    result
}

impl Maker<'_, '_, '_> {
    /// The style that is not the usual one, and likewise the encoder; an encoder stands behind a style.
    fn path_style(
        &mut self,
        parameter: &Parameter,
    ) -> (Option<&'static str>, Option<&'static str>) {
        let reserved = matches!(
            parameter.encoding,
            ParameterEncoding::Style {
                allow_reserved: true,
                ..
            }
        );
        let name = match &parameter.encoding {
            ParameterEncoding::Content { media_type }
                if MediaKind::of(media_type) == MediaKind::Json =>
            {
                "jsonText"
            }
            ParameterEncoding::Content { .. } => return (None, None),
            ParameterEncoding::Style { style, explode, .. } => match (style, explode) {
                (Style::Matrix, false) => "matrix",
                (Style::Matrix, true) => "matrixExploded",
                (Style::Label, false) => "label",
                (Style::Label, true) => "labelExploded",
                (_, true) if !self.is_plain(&parameter.ty) => "simpleExploded",
                _ if reserved => "simple",
                _ => return (None, None),
            },
        };
        let encode = reserved.then(|| self.import("encodeReservedInPath"));
        (Some(self.import(name)), encode)
    }
}
