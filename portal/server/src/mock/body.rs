//! Bodies of requests: the bytes read by their media type, then checked against it.

use super::accept::{essence, matching};
use super::coerce::{coerce, forms};
use super::decode::{Given, Wire, decode, pairs};
use super::multipart;
use super::validate::Check;
use crate::{Problem, Violation};
use axum::http::{HeaderMap, StatusCode, header};
use portolan_model::{
    Api, Body, Direction, Encoding, Location, MediaKind, MediaType, Parameter, ParameterEncoding,
    Style, TypeRef,
};
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// The compiled types of the forms of a body.
#[derive(Debug)]
pub(super) struct BodyChecks {
    /// One for each form, in order.
    checks: Vec<OnceLock<Check>>,
}

impl BodyChecks {
    pub(super) fn new(body: Option<&Body>) -> BodyChecks {
        let forms = body.map_or(0, |body| body.content.len());
        BodyChecks {
            checks: (0..forms).map(|_| OnceLock::new()).collect(),
        }
    }

    fn violations(&self, api: &Api, index: usize, ty: &TypeRef, value: &Value) -> Vec<Violation> {
        let Some(check) = self.checks.get(index) else {
            return Vec::new();
        };
        check
            .get_or_init(|| Check::new(api, ty, Direction::Request))
            .violations("body", None, value)
    }
}

/// Fails when the body is none that the operation takes.
pub(super) fn check(
    api: &Api,
    body: &Body,
    checks: &BodyChecks,
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<(), Problem> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let Some(content_type) = content_type else {
        return match (bytes.is_empty(), body.required) {
            (true, false) => Ok(()),
            (true, true) => Err(missing()),
            (false, _) => Err(unsupported(body, "the body has no content type")),
        };
    };
    let Some((index, media)) = matching(&body.content, &content_type) else {
        if bytes.is_empty() && !body.required {
            return Ok(());
        }
        let detail = format!("the operation takes no `{}`", essence(&content_type));
        return Err(unsupported(body, &detail));
    };
    let empty_can_be = matches!(
        media.kind,
        MediaKind::Text | MediaKind::Binary | MediaKind::Form | MediaKind::JsonLines
    );
    if bytes.is_empty() && !(empty_can_be && body.required) {
        return if body.required {
            Err(missing())
        } else {
            Ok(())
        };
    }
    let reader = Reader {
        api,
        media,
        check: &|ty, value| checks.violations(api, index, ty, value),
    };
    // Where the document leaves the choice, the body is what its sender says that it is.
    let kind = match MediaKind::is_range(media.name.as_str()) {
        true => MediaKind::of(essence(&content_type)),
        false => media.kind,
    };
    let violations = match kind {
        MediaKind::Json => reader.json(bytes)?,
        MediaKind::JsonLines => reader.lines(bytes)?,
        MediaKind::Form => reader.form(bytes)?,
        MediaKind::Multipart => reader.multipart(&content_type, bytes)?,
        MediaKind::Text => reader.text(bytes)?,
        MediaKind::EventStream | MediaKind::Xml | MediaKind::Binary => Vec::new(),
    };
    if violations.is_empty() {
        return Ok(());
    }
    Err(Problem::violations(
        StatusCode::UNPROCESSABLE_ENTITY,
        violations,
    ))
}

fn violation(name: impl Into<String>, rule: &str, detail: impl Into<String>) -> Violation {
    Violation {
        location: "body",
        name: name.into(),
        rule: rule.to_owned(),
        detail: detail.into(),
    }
}

fn malformed(detail: impl Into<String>) -> Problem {
    Problem::violations(
        StatusCode::BAD_REQUEST,
        vec![violation("", "contentType", detail)],
    )
}

fn missing() -> Problem {
    Problem::violations(
        StatusCode::BAD_REQUEST,
        vec![violation("", "required", "it is missing")],
    )
}

fn unsupported(body: &Body, detail: &str) -> Problem {
    let taken: Vec<&str> = body
        .content
        .iter()
        .map(|media| media.name.as_str())
        .collect();
    let taken = taken.join(", ");
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        format!("{detail}; send {taken}"),
    )
    .with_header(header::ACCEPT, taken)
}

struct Reader<'a> {
    api: &'a Api,
    media: &'a MediaType,
    check: &'a dyn Fn(&TypeRef, &Value) -> Vec<Violation>,
}

impl Reader<'_> {
    fn json(&self, bytes: &[u8]) -> Result<Vec<Violation>, Problem> {
        let value: Value = serde_json::from_slice(bytes)
            .map_err(|error| malformed(format!("it is no JSON: {error}")))?;
        Ok((self.check)(&self.media.ty, &value))
    }

    fn lines(&self, bytes: &[u8]) -> Result<Vec<Violation>, Problem> {
        let ty = item_type(self.api, self.media);
        let mut found = Vec::new();
        // RFC 7464 begins each text with a record separator.
        let lines = bytes.split(|byte| *byte == b'\n' || *byte == 0x1e);
        for (index, line) in lines
            .filter(|line| !line.trim_ascii().is_empty())
            .enumerate()
        {
            let value: Value = serde_json::from_slice(line)
                .map_err(|error| malformed(format!("item {} is no JSON: {error}", index + 1)))?;
            found.extend(
                (self.check)(ty, &value)
                    .into_iter()
                    .map(|violation| Violation {
                        name: format!("/{index}{}", violation.name),
                        ..violation
                    }),
            );
        }
        found.truncate(20);
        Ok(found)
    }

    fn text(&self, bytes: &[u8]) -> Result<Vec<Violation>, Problem> {
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is no UTF-8"))?;
        let value = coerce(self.api, &self.media.ty, text);
        Ok((self.check)(&self.media.ty, &value))
    }

    fn form(&self, bytes: &[u8]) -> Result<Vec<Violation>, Problem> {
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is no UTF-8"))?;
        let wire = Wire {
            pairs: pairs(text),
            ..Wire::default()
        };
        let members = forms(self.api, &self.media.ty).object.unwrap_or_default();
        let mut object = Map::new();
        let mut found = Vec::new();
        for (name, ty) in &members.named {
            let parameter = form_field(self.encoding(name), name, ty, &wire);
            match decode(self.api, &parameter, &wire) {
                Given::Absent => {}
                Given::Value(Value::String(text)) if is_structured(self.api, ty) => {
                    // RFC 1866 knows no depth: what is no style of ours may be JSON.
                    let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
                    object.insert((*name).to_owned(), value);
                }
                Given::Value(value) => {
                    object.insert((*name).to_owned(), value);
                }
                Given::Malformed(detail) => {
                    found.push(violation(format!("/{name}"), "style", detail))
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
        if found.is_empty() {
            found = (self.check)(&self.media.ty, &Value::Object(object));
        }
        Ok(found)
    }

    fn multipart(&self, content_type: &str, bytes: &[u8]) -> Result<Vec<Violation>, Problem> {
        let parts = multipart::parts(content_type, bytes).map_err(malformed)?;
        let members = forms(self.api, &self.media.ty).object.unwrap_or_default();
        let mut object = Map::new();
        let mut found = Vec::new();
        for part in parts {
            let name = part.name.as_str();
            let ty = members.get(name).unwrap_or(&TypeRef::Any);
            let list = forms(self.api, ty).list;
            let sent = part.content_type.as_deref().map(essence);
            if let Some(detail) = self
                .encoding(name)
                .and_then(|encoding| refused(encoding, sent))
            {
                found.push(violation(format!("/{name}"), "contentType", detail));
            }
            let text = String::from_utf8_lossy(part.bytes);
            let is_json = sent.is_some_and(|sent| MediaKind::of(sent) == MediaKind::Json);
            let one = list.unwrap_or(ty);
            let value = if is_json || (sent.is_none() && is_structured(self.api, one)) {
                match serde_json::from_str(&text) {
                    Ok(value) => value,
                    Err(error) => {
                        let detail = format!("it is no JSON: {error}");
                        found.push(violation(format!("/{name}"), "contentType", detail));
                        continue;
                    }
                }
            } else {
                coerce(self.api, one, &text)
            };
            match (list, object.get_mut(name)) {
                (Some(_), Some(Value::Array(items))) => items.push(value),
                (Some(_), None) if !value.is_array() => {
                    object.insert(name.to_owned(), Value::Array(vec![value]));
                }
                (None, Some(_)) => {
                    found.push(violation(
                        format!("/{name}"),
                        "type",
                        "it is sent more than once",
                    ));
                }
                _ => {
                    object.insert(name.to_owned(), value);
                }
            }
        }
        found.extend((self.check)(&self.media.ty, &Value::Object(object)));
        Ok(found)
    }

    fn encoding(&self, name: &str) -> Option<&Encoding> {
        self.media
            .encodings
            .iter()
            .find(|encoding| encoding.property == *name)
    }
}

/// What each item of a stream is.
pub(super) fn item_type<'a>(api: &'a Api, media: &'a MediaType) -> &'a TypeRef {
    media
        .item
        .as_ref()
        .or(forms(api, &media.ty).list)
        .unwrap_or(&media.ty)
}

/// Whether values of the type have parts.
fn is_structured(api: &Api, ty: &TypeRef) -> bool {
    let forms = forms(api, ty);
    !forms.scalar && (forms.object.is_some() || forms.list.is_some())
}

/// A field of a form as the query parameter that it looks like.
fn form_field(encoding: Option<&Encoding>, name: &str, ty: &TypeRef, wire: &Wire<'_>) -> Parameter {
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
        name: name.into(),
        location: Location::Query,
        required: false,
        deprecated: false,
        docs: portolan_model::Docs::default(),
        encoding: style,
        ty: ty.clone(),
        default: None,
        examples: Vec::new(),
        allow_empty_value: false,
        encodings: Vec::new(),
        span: Default::default(),
    }
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
