//! Bytes of a body to the value that they say, by their media type.

use super::multipart;
use super::{malformed, token, violation};
use crate::mock::accept::essence;
use crate::mock::coerce::{coerce, forms, is_structured};
use crate::mock::decode::{Given, Wire, decode, pairs};
use crate::mock::json;
use crate::mock::validate::Check;
use crate::{Problem, Violation};
use portolan_model::{
    Api, Direction, Encoding, Location, MediaKind, MediaType, Parameter, ParameterEncoding, Style,
    TypeRef,
};
use serde_json::{Map, Value};

/// A body that could be read.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// What it says; `None` for bytes and for XML, which are not looked into.
    pub(super) value: Option<Value>,
    /// What is wrong with the way it is written.
    pub(super) violations: Vec<Violation>,
}

impl Read {
    fn of(value: Value) -> Read {
        Read {
            value: Some(value),
            violations: Vec::new(),
        }
    }
}

/// Reads a body of this content type, which is one of `media`.
pub(super) fn read(
    api: &Api,
    media: &MediaType,
    content_type: &str,
    bytes: &[u8],
) -> Result<Read, Problem> {
    let reader = Reader { api, media };
    match kind(media, content_type) {
        MediaKind::Json => whole(bytes),
        MediaKind::JsonLines => lines(bytes),
        MediaKind::Form => reader.form(bytes),
        MediaKind::Multipart => reader.multipart(content_type, bytes),
        MediaKind::Text => reader.text(bytes),
        MediaKind::EventStream | MediaKind::Xml | MediaKind::Binary => Ok(Read::default()),
    }
}

/// Where the document leaves the choice, the body is what its sender says that it is.
pub(super) fn kind(media: &MediaType, content_type: &str) -> MediaKind {
    match MediaKind::is_range(media.name.as_str()) {
        true => MediaKind::of(essence(content_type)),
        false => media.kind,
    }
}

fn whole(bytes: &[u8]) -> Result<Read, Problem> {
    json::from_slice(bytes)
        .map(Read::of)
        .map_err(|error| malformed(format!("it is no JSON: {error}")))
}

/// A list of what the lines say.
fn lines(bytes: &[u8]) -> Result<Read, Problem> {
    // RFC 7464 begins each text with a record separator.
    let lines = bytes.split(|byte| *byte == b'\n' || *byte == 0x1e);
    let items: Result<Vec<Value>, Problem> = lines
        .filter(|line| !line.trim_ascii().is_empty())
        .enumerate()
        .map(|(index, line)| {
            json::from_slice(line)
                .map_err(|error| malformed(format!("item {} is no JSON: {error}", index + 1)))
        })
        .collect();
    Ok(Read::of(Value::Array(items?)))
}

fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|_| malformed("it is no UTF-8"))
}

struct Reader<'a> {
    api: &'a Api,
    media: &'a MediaType,
}

impl Reader<'_> {
    fn text(&self, bytes: &[u8]) -> Result<Read, Problem> {
        Ok(Read::of(coerce(self.api, &self.media.ty, utf8(bytes)?)))
    }

    fn form(&self, bytes: &[u8]) -> Result<Read, Problem> {
        let text = utf8(bytes)?;
        let wire = Wire {
            pairs: pairs(text),
            ..Wire::default()
        };
        let members = forms(self.api, &self.media.ty).object.unwrap_or_default();
        let mut object = Map::new();
        let mut found = Vec::new();
        for (name, ty) in &members.named {
            let parameter = form_field(self.media, name, ty, &wire);
            match decode(self.api, &parameter, &wire) {
                Given::Absent => {}
                Given::Value(Value::String(text)) if is_structured(self.api, ty) => {
                    // RFC 1866 knows no depth: what is no style of ours may be JSON.
                    let value = json::from_str(&text).unwrap_or(Value::String(text));
                    object.insert((*name).to_owned(), value);
                }
                Given::Value(value) => {
                    object.insert((*name).to_owned(), value);
                }
                Given::Malformed(detail) => {
                    found.push(violation(format!("/{}", token(name)), "style", detail));
                }
            }
        }
        for pair in &wire.pairs {
            let stem = pair.name.split('[').next().unwrap_or_default();
            let known = members
                .named
                .iter()
                .any(|(name, _)| *name == stem || *name == pair.name);
            if !known && !object.contains_key(&pair.name) {
                let ty = members.rest.unwrap_or(&TypeRef::Any);
                let text = percent_encoding::percent_decode_str(&pair.value).decode_utf8_lossy();
                object.insert(pair.name.clone(), coerce(self.api, ty, &text));
            }
        }
        Ok(Read {
            value: Some(Value::Object(object)),
            violations: found,
        })
    }

    fn multipart(&self, content_type: &str, bytes: &[u8]) -> Result<Read, Problem> {
        let named = essence(content_type).eq_ignore_ascii_case("multipart/form-data");
        let parts = multipart::parts(content_type, bytes).map_err(malformed)?;
        if !named && forms(self.api, &self.media.ty).object.is_none() {
            return Ok(self.row(&parts));
        }
        let members = forms(self.api, &self.media.ty).object.unwrap_or_default();
        let mut object = Map::new();
        let mut found = Vec::new();
        for part in parts {
            let Some(name) = part.name.as_deref() else {
                return Err(malformed("a part has no name in its `Content-Disposition`"));
            };
            let ty = members.get(name).unwrap_or(&TypeRef::Any);
            let list = forms(self.api, ty).list;
            let pointer = format!("/{}", token(name));
            let encoding = self
                .media
                .encodings
                .iter()
                .find(|encoding| encoding.property == *name);
            let one = list.unwrap_or(ty);
            let Some(value) = self.part(&part, one, encoding, &pointer, &mut found) else {
                continue;
            };
            match (list, object.get_mut(name)) {
                (Some(_), Some(Value::Array(items))) => items.push(value),
                (Some(_), None) if !value.is_array() => {
                    object.insert(name.to_owned(), Value::Array(vec![value]));
                }
                // What no type says may be a list: only that one is sent so.
                (None, Some(Value::Array(items))) if *ty == TypeRef::Any => items.push(value),
                (None, Some(first)) if *ty == TypeRef::Any => {
                    *first = Value::Array(vec![first.take(), value]);
                }
                (None, Some(_)) => {
                    found.push(violation(pointer, "type", "it is sent more than once"));
                }
                _ => {
                    object.insert(name.to_owned(), value);
                }
            }
        }
        Ok(Read {
            value: Some(Value::Object(object)),
            violations: found,
        })
    }

    /// Parts that are known by their positions (OpenAPI 3.2: `prefixEncoding`, `itemEncoding`).
    fn row(&self, parts: &[multipart::Part<'_>]) -> Read {
        let items = forms(self.api, &self.media.ty).list;
        let mut found = Vec::new();
        let mut values = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let first = self.media.prefix_encodings.get(index);
            let encoding = first.or(self.media.item_encoding.as_deref());
            let ty = match &self.media.ty {
                TypeRef::Tuple { items: row, .. } => row.get(index).or(items),
                _ => self.media.item.as_ref().or(items),
            };
            let pointer = format!("/{index}");
            let ty = ty.unwrap_or(&TypeRef::Any);
            values.extend(self.part(part, ty, encoding, &pointer, &mut found));
        }
        Read {
            value: Some(Value::Array(values)),
            violations: found,
        }
    }

    /// What one part says; `None` when it cannot be read.
    fn part(
        &self,
        part: &multipart::Part<'_>,
        ty: &TypeRef,
        encoding: Option<&Encoding>,
        pointer: &str,
        found: &mut Vec<Violation>,
    ) -> Option<Value> {
        let sent = part.content_type.as_deref().map(essence);
        if let Some(detail) = encoding.and_then(|encoding| refused(encoding, sent)) {
            found.push(violation(pointer, "contentType", detail));
        }
        if let Some(encoding) = encoding {
            found.extend(headers(self.api, encoding, part, pointer));
        }
        let text = String::from_utf8_lossy(part.bytes);
        let is_json = sent.is_some_and(|sent| MediaKind::of(sent) == MediaKind::Json);
        if !is_json && (sent.is_some() || !is_structured(self.api, ty)) {
            return Some(coerce(self.api, ty, &text));
        }
        match json::from_str(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                let detail = format!("it is no JSON: {error}");
                found.push(violation(pointer, "contentType", detail));
                None
            }
        }
    }
}

/// A field of a form as the query parameter that it looks like.
fn form_field(media: &MediaType, name: &str, ty: &TypeRef, wire: &Wire<'_>) -> Parameter {
    let encoding = media
        .encodings
        .iter()
        .find(|encoding| encoding.property == *name);
    let brackets = format!("{name}[");
    let style = if wire
        .pairs
        .iter()
        .any(|pair| pair.name.starts_with(&brackets))
    {
        ParameterEncoding::Style {
            style: Style::DeepObject,
            explode: true,
            allow_reserved: false,
        }
    } else {
        encoding
            .and_then(|encoding| encoding.encoding.clone())
            .unwrap_or(ParameterEncoding::Style {
                style: Style::Form,
                explode: true,
                allow_reserved: false,
            })
    };
    Parameter {
        encoding: style,
        ..parameter(name, Location::Query, ty)
    }
}

/// A parameter as plain as can be.
fn parameter(name: &str, location: Location, ty: &TypeRef) -> Parameter {
    Parameter {
        name: name.into(),
        location,
        required: false,
        deprecated: false,
        docs: portolan_model::Docs::default(),
        encoding: ParameterEncoding::Style {
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
        },
        ty: ty.clone(),
        default: None,
        examples: Vec::new(),
        allow_empty_value: false,
        encodings: Vec::new(),
        span: Default::default(),
    }
}

/// What is wrong with the headers of a part.
fn headers(
    api: &Api,
    encoding: &Encoding,
    part: &multipart::Part<'_>,
    pointer: &str,
) -> Vec<Violation> {
    let mut found = Vec::new();
    for header in encoding.own_headers() {
        let name = header.name.as_str();
        let parameter = Parameter {
            required: header.required,
            encoding: header.encoding.clone(),
            ..parameter(name, Location::Header, &header.ty)
        };
        let wire = Wire::new(Vec::new(), "", &part.headers);
        let mut wrong = |rule: &str, detail: &str| {
            let detail = format!("its header `{name}`: {detail}");
            found.push(violation(pointer, rule, detail));
        };
        match decode(api, &parameter, &wire) {
            Given::Absent if header.required => wrong("required", "it is missing"),
            Given::Absent => {}
            Given::Malformed(detail) => wrong("style", &detail),
            Given::Value(value) => {
                let check = Check::new(api, &header.ty, Direction::Request);
                for violation in check.violations("body", Some(name), &value) {
                    wrong(&violation.rule, &violation.detail);
                }
            }
        }
    }
    found
}

/// Why a part may not have this content type.
fn refused(encoding: &Encoding, sent: Option<&str>) -> Option<String> {
    let allowed = encoding.content_type.as_deref()?;
    let sent = sent?;
    let fits = allowed.split(',').map(str::trim).any(|allowed| {
        allowed == "*/*"
            || essence(allowed).eq_ignore_ascii_case(sent)
            || allowed
                .strip_suffix('*')
                .is_some_and(|prefix| sent.starts_with(prefix))
    });
    (!fits).then(|| format!("`{sent}` is none of {allowed}"))
}
