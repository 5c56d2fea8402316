//! Bodies of requests: the bytes read by their media type, then checked against it.
//!
//! XML and other bytes are not looked into: their content type must be right, and no more.

mod multipart;
mod read;

use super::accept::{essence, matching};
use super::coerce::forms;
use super::validate::Check;
use crate::{Problem, Violation};
use axum::http::{HeaderMap, StatusCode, header};
use portolan_model::{Api, Body, Direction, MediaKind, MediaType, TypeRef};
use serde_json::Value;
use std::sync::OnceLock;

/// How many mistakes of one body are reported.
const MAX_VIOLATIONS: usize = 20;

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
    if let Some(coding) = headers
        .get(header::CONTENT_ENCODING)
        .filter(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        let coding = String::from_utf8_lossy(coding.as_bytes());
        let detail = format!("the mock reads no `{coding}`; send the body as it is");
        return Err(unsupported("Content-Encoding", detail)
            .with_header(header::ACCEPT_ENCODING, "identity"));
    }
    let Some(content_type) = content_type(headers) else {
        return match (bytes.is_empty(), body.required) {
            (true, false) => Ok(()),
            (true, true) => Err(missing()),
            (false, _) => Err(refused(body, "the body has no content type")),
        };
    };
    let Some((index, media)) = matching(&body.content, &content_type) else {
        if bytes.is_empty() {
            return match body.required {
                true => Err(missing()),
                false => Ok(()),
            };
        }
        let detail = format!("the operation takes no `{}`", essence(&content_type));
        return Err(refused(body, &detail));
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
    let read = read::read(api, media, &content_type, bytes)?;
    let mut violations = read.violations;
    match read.value {
        Some(value) if violations.is_empty() || media.kind == MediaKind::Multipart => {
            let check = |ty: &TypeRef, value: &Value| checks.violations(api, index, ty, value);
            let lines = read::kind(media, &content_type) == MediaKind::JsonLines;
            match (lines, &value) {
                (true, Value::Array(items)) => {
                    let ty = item_type(api, media);
                    for (index, item) in items.iter().enumerate() {
                        let found = check(ty, item).into_iter();
                        violations.extend(found.map(|violation| below(index, violation)));
                    }
                }
                _ => violations.extend(check(&media.ty, &value)),
            }
        }
        _ => {}
    }
    if violations.is_empty() {
        return Ok(());
    }
    violations.truncate(MAX_VIOLATIONS);
    Err(Problem::violations(
        StatusCode::UNPROCESSABLE_ENTITY,
        violations,
    ))
}

/// What a body says, where it can be read at all.
pub(super) fn decode(api: &Api, body: &Body, headers: &HeaderMap, bytes: &[u8]) -> Option<Value> {
    let content_type = content_type(headers)?;
    let (_, media) = matching(&body.content, &content_type)?;
    read::read(api, media, &content_type, bytes).ok()?.value
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    headers
        .get(header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// A mistake in an item of a list of lines.
fn below(index: usize, violation: Violation) -> Violation {
    let pointer = format!("/{index}{}", violation.pointer);
    Violation {
        name: pointer.clone(),
        pointer,
        ..violation
    }
}

fn violation(pointer: impl Into<String>, rule: &str, detail: impl Into<String>) -> Violation {
    let pointer = pointer.into();
    Violation {
        location: "body",
        name: pointer.clone(),
        pointer,
        rule: rule.to_owned(),
        detail: detail.into(),
    }
}

/// A name as a part of a JSON Pointer (RFC 6901, 3).
pub(super) fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
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

fn refused(body: &Body, detail: &str) -> Problem {
    let taken: Vec<&str> = body
        .content
        .iter()
        .map(|media| media.name.as_str())
        .collect();
    let taken = taken.join(", ");
    unsupported("Content-Type", format!("{detail}; send {taken}"))
        .with_header(header::ACCEPT, taken)
}

fn unsupported(header: &str, detail: String) -> Problem {
    let rule = match header {
        "Content-Encoding" => "contentEncoding",
        _ => "contentType",
    };
    let violation = Violation::header(header, rule, detail);
    Problem::violations(StatusCode::UNSUPPORTED_MEDIA_TYPE, vec![violation])
}

/// What each item of a stream is.
pub(super) fn item_type<'a>(api: &'a Api, media: &'a MediaType) -> &'a TypeRef {
    media
        .item
        .as_ref()
        .or(forms(api, &media.ty).list)
        .unwrap_or(&media.ty)
}
