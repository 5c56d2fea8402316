//! What is said when a request cannot be answered: problem documents (RFC 9457).

use crate::Finding;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request could not be answered (RFC 9457).
///
/// Decide by `type` or `status`, and by `errors` and `diagnostics` where there are any. `title` and `detail` are for people
/// and may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "/v1/problems/not-found",
    "title": "Not Found",
    "status": 404,
    "detail": "there is no API with the id `bookshp`"
}))]
pub struct Problem {
    /// A URI that identifies the kind of problem: relative to this server, which explains it there. `about:blank` means that
    /// the status says it all.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/v1/problems/invalid-request")]
    pub kind: &'static str,
    /// The kind of problem in a few words.
    #[schema(example = "Bad Request")]
    pub title: &'static str,
    /// The HTTP status, once more.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    pub status: u16,
    /// What went wrong with this request, in one sentence.
    #[schema(example = "the query parameter `limit` is refused: 250 is greater than 100")]
    pub detail: String,
    /// Every mistake that was found in the request; absent when the problem is none of its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<Violation>,
    /// What is wrong with a document that was sent; absent when the problem is no document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, value_type = Vec<Finding>)]
    pub diagnostics: Option<Box<Diagnostics>>,
    /// Headers that go with it.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

/// What is wrong with a document; few problems are about one, so they keep it aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(pub Vec<Finding>);

/// One mistake in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Violation {
    /// Where the mistake is: `path`, `query`, `header`, `cookie` or `body`.
    #[serde(rename = "in")]
    #[schema(example = "query")]
    pub location: &'static str,
    /// The parameter; in a body the JSON Pointer of the value (RFC 6901).
    #[schema(example = "limit")]
    pub name: String,
    /// Where in the parameter's value or in the body: a JSON Pointer (RFC 6901), empty when it is the whole.
    #[schema(example = "")]
    pub pointer: String,
    /// The rule that is broken, by its keyword in JSON Schema.
    #[schema(example = "maximum")]
    pub rule: String,
    /// What the rule demands.
    #[schema(example = "250 is greater than the maximum of 100")]
    pub detail: String,
}

impl Problem {
    /// A problem that its status describes.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Unknown Status"),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            diagnostics: None,
            headers: Vec::new(),
        }
    }

    /// A request with these mistakes; the first one is the detail.
    pub fn violations(status: StatusCode, errors: Vec<Violation>) -> Problem {
        let detail = errors.first().map_or_else(String::new, Violation::sentence);
        Problem {
            errors,
            ..Problem::new(status, detail)
        }
    }

    /// Changes the status, and the title with it.
    pub(crate) fn set_status(&mut self, status: StatusCode) {
        let Problem {
            status: code,
            title,
            ..
        } = Problem::new(status, "");
        self.status = code;
        self.title = title;
    }

    /// The same with one more header; a value that no header can carry is left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: impl AsRef<str>) -> Problem {
        if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
            self.headers.push((name, value));
        }
        self
    }
}

impl Violation {
    /// A header that is not as it must be.
    pub(crate) fn header(name: &str, rule: &str, detail: impl Into<String>) -> Violation {
        Violation {
            location: "header",
            name: name.to_owned(),
            pointer: String::new(),
            rule: rule.to_owned(),
            detail: detail.into(),
        }
    }

    pub(crate) fn sentence(&self) -> String {
        match self.location {
            "body" if self.name.is_empty() => format!("the body is refused: {}", self.detail),
            "body" => format!("`{}` of the body is refused: {}", self.name, self.detail),
            location => format!(
                "the {location} parameter `{}` is refused: {}",
                self.name, self.detail
            ),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        response
    }
}
