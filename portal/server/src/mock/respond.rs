//! Answers: the document's examples, else values made from its types.

use super::accept::negotiate;
use super::body::item_type;
use super::decode::Wire;
use super::pages;
use super::prefer::Preferences;
use super::redirect;
use crate::Problem;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response as Answer};
use portolan_model::{
    Api, Direction, Example, Header, MediaKind, MediaType, Operation, Pagination,
    ParameterEncoding, Response, Shape, Status, TypeRef, Value, synthesize,
};

/// How many items a stream has at least.
const STREAM_ITEMS: usize = 3;
/// The smallest picture there is: one transparent dot.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// A request that was found right, and what it wants.
pub(super) struct Asked<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) wire: &'a Wire<'a>,
    pub(super) headers: &'a HeaderMap,
    pub(super) preferences: &'a Preferences,
    /// The status that is wanted, by a preference or a sequence.
    pub(super) status: Option<u16>,
    /// Where the request went, for links to other pages: scheme, host and path.
    pub(super) address: String,
}

impl Asked<'_> {
    /// The answer.
    pub(super) fn answer(&self) -> Result<Answer, Problem> {
        let (status, response) = self.choose()?;
        let Some(response) = response else {
            return Ok(match status {
                400.. => self.undocumented(status),
                _ => code(status).into_response(),
            });
        };
        let named = self.named_example(response)?;
        let chosen = match named {
            Some((media, _)) => Some((media, media.name.to_string())),
            None => match negotiate(&response.content, self.headers) {
                None if response.content.is_empty() => None,
                // An error is told in the form it has, liked or not.
                None if status >= 400 => response
                    .content
                    .first()
                    .map(|media| (media, media.name.to_string())),
                None => return Err(self.unacceptable(response)),
                Some(chosen) => Some(chosen),
            },
        };
        let mut link = None;
        let mut answer = match chosen {
            None => ().into_response(),
            Some((media, name)) => {
                let example = named
                    .map(|(_, example)| example)
                    .or(media.examples.first())
                    .filter(|_| named.is_some() || !self.preferences.dynamic);
                let plain = status < 300 && self.preferences.code.is_none() && named.is_none();
                let bytes = self.body(media, example, plain, &mut link);
                let mut answer = Body::from(bytes).into_response();
                if let Ok(name) = HeaderValue::from_str(&name) {
                    answer.headers_mut().insert(header::CONTENT_TYPE, name);
                }
                answer
            }
        };
        *answer.status_mut() = code(status);
        self.add_headers(&response.headers, answer.headers_mut());
        if let Some(link) = link
            && let Ok(value) = HeaderValue::from_str(&format!("<{link}>; rel=\"next\""))
        {
            answer.headers_mut().insert(header::LINK, value);
        }
        if matches!(status, 301 | 302 | 303 | 307 | 308) && self.status.is_none() {
            redirect::point(&self.address, answer.headers_mut());
        }
        self.add_retry_after(status, answer.headers_mut());
        Ok(answer)
    }

    /// The status to answer with, and the response that describes it.
    fn choose(&self) -> Result<(u16, Option<&Response>), Problem> {
        let operation = self.operation;
        let Some(wanted) = self.status else {
            // Some documents describe failures only; a redirect is the next best to a success.
            let first = operation.success().or_else(|| {
                operation.responses.iter().find(|response| {
                    matches!(response.status, Status::Exact(300..=399) | Status::Range(3))
                })
            });
            return Ok((first.map_or(200, |response| usual(response.status)), first));
        };
        let described = operation
            .responses
            .iter()
            .filter(|response| response.status.matches(wanted))
            // `default` stands for failures where the document describes a success.
            .filter(|response| {
                wanted >= 300
                    || response.status != Status::Default
                    || !operation
                        .responses
                        .iter()
                        .any(|other| other.status.is_success())
            })
            .min_by_key(|response| match response.status {
                Status::Exact(_) => 0,
                Status::Range(_) => 1,
                Status::Default => 2,
            });
        match described {
            Some(response) => Ok((wanted, Some(response))),
            // A sequence that ends well ends with the success that there is.
            None if wanted < 300 && !self.preferences.sequence.is_empty() => {
                let success = operation.success();
                Ok((
                    success.map_or(wanted, |response| usual(response.status)),
                    success,
                ))
            }
            None if wanted >= 400 => Ok((wanted, None)),
            None => {
                let known: Vec<String> = operation
                    .responses
                    .iter()
                    .map(|response| response.status.to_string())
                    .collect();
                Err(Problem::new(
                    StatusCode::BAD_REQUEST,
                    format!(
                        "`{}` has no answer {wanted}; it has {}",
                        operation.id,
                        known.join(", ")
                    ),
                ))
            }
        }
    }

    /// A failure that the document does not describe, as any server may have it.
    fn undocumented(&self, status: u16) -> Answer {
        let problem = Problem::new(code(status), "this failure was asked for by `Prefer`");
        let mut answer = problem.into_response();
        self.add_retry_after(status, answer.headers_mut());
        answer
    }

    fn unacceptable(&self, response: &Response) -> Problem {
        let offers: Vec<&str> = response
            .content
            .iter()
            .map(|media| media.name.as_str())
            .collect();
        Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            format!("`Accept` allows none of {}", offers.join(", ")),
        )
    }

    /// The example that `Prefer: example=` names.
    fn named_example<'r>(
        &self,
        response: &'r Response,
    ) -> Result<Option<(&'r MediaType, &'r Example)>, Problem> {
        let Some(wanted) = &self.preferences.example else {
            return Ok(None);
        };
        let found = response.content.iter().find_map(|media| {
            media
                .examples
                .iter()
                .find(|example| {
                    example
                        .name
                        .as_ref()
                        .is_some_and(|name| name == wanted.as_str())
                })
                .map(|example| (media, example))
        });
        found.map(Some).ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                format!("the answer {} has no example `{wanted}`", response.status),
            )
        })
    }

    fn body(
        &self,
        media: &MediaType,
        example: Option<&Example>,
        plain: bool,
        link: &mut Option<String>,
    ) -> Vec<u8> {
        if let Some(text) = example.and_then(|example| example.serialized.as_deref()) {
            return text.into();
        }
        if media.kind.is_stream() {
            return self.stream(media, example);
        }
        let given = example.and_then(|example| example.value.clone());
        if media.kind == MediaKind::Binary {
            return match given {
                Some(Value::String(text)) => text.as_bytes().to_vec(),
                _ => bytes_of(media.name.as_str(), self.operation),
            };
        }
        let mut value =
            given.unwrap_or_else(|| synthesize(self.api, &media.ty, Direction::Response));
        if plain {
            *link = pages::paginate(
                self.api,
                self.operation,
                &mut value,
                self.wire,
                &self.address,
            );
        }
        match media.kind {
            MediaKind::Json => value.to_json().into_bytes(),
            MediaKind::Form => form(&value).into_bytes(),
            _ => text_of(&value).into_bytes(),
        }
    }

    /// All examples as items, or one item made from the type, repeated to three.
    fn stream(&self, media: &MediaType, example: Option<&Example>) -> Vec<u8> {
        let ty = item_type(self.api, media);
        let mut items: Vec<Value> = match (example, &self.preferences.example) {
            (Some(example), Some(_)) => example.value.iter().cloned().collect(),
            (Some(_), None) => media
                .examples
                .iter()
                .filter_map(|example| example.value.clone())
                .collect(),
            (None, _) => Vec::new(),
        };
        if let [Value::String(text)] = items.as_slice() {
            // The whole stream, as its author wrote it.
            return text.as_bytes().to_vec();
        }
        if let [Value::Array(all)] = items.as_slice() {
            items = all.clone();
        }
        if items.is_empty() {
            items.push(synthesize(self.api, ty, Direction::Response));
        }
        let count = items.len().max(STREAM_ITEMS);
        let framed = is_event(self.api, ty);
        let items = items.iter().cycle().take(count);
        match media.kind {
            MediaKind::EventStream => items
                .enumerate()
                .map(|(index, item)| match framed {
                    true => event(item),
                    false => format!("id: {}\ndata: {}\n\n", index + 1, item.to_json()),
                })
                .collect::<String>()
                .into_bytes(),
            _ => {
                let separator = if media.name.as_str().contains("json-seq") {
                    "\u{1e}"
                } else {
                    ""
                };
                items
                    .map(|item| format!("{separator}{}\n", item.to_json()))
                    .collect::<String>()
                    .into_bytes()
            }
        }
    }

    fn add_headers(&self, described: &[Header], sent: &mut HeaderMap) {
        for described in described {
            let Ok(name) = HeaderName::from_bytes(described.name.as_str().as_bytes()) else {
                continue;
            };
            let framing = [
                header::CONTENT_LENGTH,
                header::CONTENT_TYPE,
                header::CONTENT_ENCODING,
                header::TRANSFER_ENCODING,
                header::CONNECTION,
            ];
            let paged = name == header::LINK
                && matches!(
                    self.operation.pagination,
                    Some(Pagination::LinkHeader { .. })
                );
            if framing.contains(&name) || paged {
                continue;
            }
            let given = described
                .examples
                .iter()
                .find_map(|example| example.value.clone());
            let value =
                given.unwrap_or_else(|| synthesize(self.api, &described.ty, Direction::Response));
            if let Ok(value) = HeaderValue::from_str(&header_text(&value, &described.encoding)) {
                sent.insert(name, value);
            }
        }
    }

    /// RFC 9110, 10.2.3: how long a client should wait.
    fn add_retry_after(&self, status: u16, sent: &mut HeaderMap) {
        if !matches!(status, 429 | 503) {
            return;
        }
        let wanted = self.preferences.retry_after.as_deref();
        if wanted.is_none() && sent.contains_key(header::RETRY_AFTER) {
            return;
        }
        if let Ok(value) = HeaderValue::from_str(wanted.unwrap_or("1")) {
            sent.insert(header::RETRY_AFTER, value);
        }
    }
}

/// The answer to `HEAD`: that to `GET` without its body.
pub(super) fn without_body(method: &Method, answer: Answer) -> Answer {
    if method != Method::HEAD {
        return answer;
    }
    let length = axum::body::HttpBody::size_hint(answer.body()).exact();
    let (mut parts, _) = answer.into_parts();
    if let Some(length) = length {
        parts
            .headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Answer::from_parts(parts, Body::empty())
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The status to send where a response stands for many.
fn usual(status: Status) -> u16 {
    match status {
        Status::Exact(status) => status,
        Status::Range(digit) => u16::from(digit) * 100,
        Status::Default => 200,
    }
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

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    }
}

fn form(value: &Value) -> String {
    let Value::Object(members) = value else {
        return String::new();
    };
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name.as_str()), encode(&text_of(value))))
        .collect();
    pairs.join("&")
}

/// Style `simple`, the only one that headers have.
fn header_text(value: &Value, encoding: &ParameterEncoding) -> String {
    let explode = match encoding {
        ParameterEncoding::Content { .. } => return text_of(value),
        ParameterEncoding::Style { explode, .. } => *explode,
    };
    match value {
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let equals = if explode { "=" } else { "," };
            let pairs = members
                .iter()
                .map(|(name, value)| format!("{name}{equals}{}", text_of(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        other => text_of(other),
    }
}

/// Bytes that are what they say, where that takes few.
fn bytes_of(media_type: &str, operation: &Operation) -> Vec<u8> {
    match media_type {
        "image/png" | "image/*" => PNG.to_vec(),
        "application/pdf" => b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec(),
        _ => format!("The bytes that `{}` answers with.\n", operation.id).into_bytes(),
    }
}
