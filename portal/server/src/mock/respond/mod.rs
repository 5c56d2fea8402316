//! Answers: the document's examples, else values made from its types.

mod choose;
mod content;
mod download;
mod headers;
mod stream;
mod xml;

pub(super) use content::Answers;
pub(super) use headers::headers;

use super::accept::negotiate;
use super::decode::Wire;
use super::pages;
use super::prefer::Preferences;
use super::redirect;
use super::send;
use crate::{Problem, Violation};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response as Answer};
use choose::{choose, find_example};
use content::{Content, Source};
use download::Part;
use portolan_model::{
    Api, MediaKind, MediaType, Operation, PrimitiveKind, Response, Status, TypeRef,
};
use std::borrow::Cow;

/// A request that was found right, and what it wants.
pub(super) struct Asked<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    /// What was made for the operation's answers so far.
    pub(super) answers: &'a Answers,
    pub(super) wire: &'a Wire<'a>,
    pub(super) headers: &'a HeaderMap,
    pub(super) preferences: &'a Preferences,
    /// What draws the values that are made, unless the request says it.
    pub(super) seed: Option<u64>,
    /// The status that is wanted, by a preference or a sequence.
    pub(super) status: Option<u16>,
    /// Where the request went, for links to other pages: scheme, host and path.
    pub(super) address: String,
}

/// A body before it is sent, and what goes with it.
struct Sent {
    status: u16,
    chunks: Vec<Bytes>,
    link: Option<String>,
    is_file: bool,
}

impl Asked<'_> {
    /// The answer.
    pub(super) fn answer(&self) -> Result<Answer, Problem> {
        let (status, index) = choose(self.operation, self.status, self.preferences)?;
        let Some((index, response)) =
            index.and_then(|index| Some((index, self.operation.responses.get(index)?)))
        else {
            return Ok(match status {
                400.. => self.undocumented(status),
                _ => code(status).into_response(),
            });
        };
        let named = self.named_example(response)?;
        let chosen = match named {
            Some((form, _)) => Some((form, response.content[form].name.to_string())),
            None => match negotiate(&response.content, self.headers) {
                None if response.content.is_empty() => None,
                // An error is told in the form it has, liked or not.
                None if status >= 400 => response
                    .content
                    .first()
                    .map(|media| (0, media.name.to_string())),
                None => return Err(self.unacceptable(response)),
                Some(chosen) => Some(chosen),
            },
        };
        let made = self.answers.0.get(index);
        let mut sent = HeaderMap::new();
        if let Some(made) = made {
            let described = made
                .headers
                .get_or_init(|| headers(self.api, self.operation, &response.headers));
            sent.extend(described.iter().cloned());
        }
        let mut body = Sent {
            status,
            chunks: Vec::new(),
            link: None,
            is_file: false,
        };
        if let (Some((form, name)), Some(made)) = (chosen, made) {
            if let Ok(name) = HeaderValue::from_str(&name) {
                sent.insert(header::CONTENT_TYPE, name);
            }
            self.fill(&mut body, made, (form, response), named.map(|(_, at)| at));
        }
        if self.is_unchanged(status, &sent) {
            sent.remove(header::CONTENT_TYPE);
            return Ok((StatusCode::NOT_MODIFIED, sent).into_response());
        }
        if body.is_file {
            self.cut(&mut body, &mut sent);
        }
        if let Some(link) = body.link
            && let Ok(value) = HeaderValue::from_str(&format!("<{link}>; rel=\"next\""))
        {
            sent.insert(header::LINK, value);
        }
        if matches!(body.status, 301 | 302 | 303 | 307 | 308) && self.status.is_none() {
            redirect::point(&self.address, &mut sent);
        }
        self.add_retry_after(body.status, &mut sent);
        let mut answer = send::body(body.chunks).into_response();
        *answer.status_mut() = code(body.status);
        // The type that a body of text has by itself is not the one that the document names.
        answer.headers_mut().remove(header::CONTENT_TYPE);
        answer.headers_mut().extend(sent);
        Ok(answer)
    }

    /// Makes the body of a response in one of its forms.
    fn fill(
        &self,
        body: &mut Sent,
        made: &content::Made,
        (form, response): (usize, &Response),
        named: Option<usize>,
    ) {
        let Some(media) = response.content.get(form) else {
            return;
        };
        let preferences = self.preferences;
        let first = (!media.examples.is_empty() && !preferences.dynamic).then_some(0);
        let example = named.or(first);
        let source = Source {
            api: self.api,
            operation: self.operation,
            form: (form, media),
            example,
            alone: named.is_some(),
            seed: preferences.seed.or(self.seed),
        };
        let content = made.content(&source, example.is_some() || preferences.seed.is_none());
        let is_success = body.status < 300;
        match content.as_ref() {
            Content::Whole(bytes) => {
                body.is_file = is_success && is_file(media);
                body.chunks.push(bytes.clone());
            }
            Content::Items(items) => {
                let last = self.headers.get("last-event-id");
                let last = last.and_then(|last| last.to_str().ok());
                let items = stream::behind(items, last);
                body.chunks
                    .extend(items.iter().map(|item| Bytes::from(item.text.clone())));
            }
            Content::Value(value, bytes) => {
                let plain = is_success && preferences.code.is_none() && named.is_none();
                body.chunks.push(match plain {
                    false => bytes.clone(),
                    true => {
                        let mut value = match content {
                            Cow::Borrowed(_) => value.clone(),
                            Cow::Owned(Content::Value(ref value, _)) => value.clone(),
                            Cow::Owned(_) => return,
                        };
                        body.link = pages::paginate(
                            self.api,
                            self.operation,
                            &mut value,
                            self.wire,
                            &self.address,
                        );
                        content::serialize(self.api, media, &value)
                    }
                });
            }
        }
    }

    /// Leaves what the request wants of a file.
    fn cut(&self, body: &mut Sent, sent: &mut HeaderMap) {
        sent.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        let Some(whole) = body.chunks.first_mut().filter(|_| body.status == 200) else {
            return;
        };
        let length = whole.len();
        let range = match download::part(self.headers, length, sent.get(header::ETAG)) {
            Part::Whole => return,
            Part::Bytes(range) => {
                *whole = whole.slice(range.clone());
                body.status = 206;
                Some(range)
            }
            Part::Outside => {
                body.chunks.clear();
                body.status = 416;
                sent.remove(header::CONTENT_TYPE);
                None
            }
        };
        if let Some(value) = download::content_range(range.as_ref(), length) {
            sent.insert(header::CONTENT_RANGE, value);
        }
    }

    /// Whether the client has the answer already, where the document says that it may be told so.
    fn is_unchanged(&self, status: u16, sent: &HeaderMap) -> bool {
        let known = self.headers.get(header::IF_NONE_MATCH);
        let documented = || {
            let mut responses = self.operation.responses.iter();
            responses.any(|response| response.status == Status::Exact(304))
        };
        status == 200
            && self.status.is_none()
            && known.is_some()
            && (known == sent.get(header::ETAG) || known.is_some_and(|known| known == "*"))
            && documented()
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
        let detail = format!("it allows none of {}", offers.join(", "));
        Problem::violations(
            StatusCode::NOT_ACCEPTABLE,
            vec![Violation::header("Accept", "accept", detail)],
        )
    }

    /// The example that `Prefer: example=` names: the index of its form, and its own.
    fn named_example(&self, response: &Response) -> Result<Option<(usize, usize)>, Problem> {
        let Some(wanted) = &self.preferences.example else {
            return Ok(None);
        };
        find_example(response, wanted).map(Some).ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                format!("the answer {} has no example `{wanted}`", response.status),
            )
        })
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

/// The index of the response that describes a status best.
pub(super) fn described(operation: &Operation, status: u16) -> Option<usize> {
    operation
        .responses
        .iter()
        .enumerate()
        .filter(|(_, response)| response.status.matches(status))
        .min_by_key(|(_, response)| match response.status {
            Status::Exact(_) => 0,
            Status::Range(_) => 1,
            Status::Default => 2,
        })
        .map(|(index, _)| index)
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

fn is_file(media: &MediaType) -> bool {
    let is_bytes = |ty: &TypeRef| matches!(ty, TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Binary);
    media.kind == MediaKind::Binary || is_bytes(&media.ty)
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
