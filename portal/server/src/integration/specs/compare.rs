//! What changed between two APIs.

use super::found::Found;
use super::upload::{expect_type, receive};
use crate::integration::responses::{
    BadRequest, Busy, Foreign, InvalidDocument, NotFound, RateLimited, TimedOut, TooLarge,
    Unsupported,
};
use crate::integration::state::{Client, Path, Service};
use crate::uploads::MAX_DOCUMENT;
use crate::workshop::Comparison;
use crate::{Problem, ProblemType, Violation};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A document as text in JSON is at most twice as long, but for control characters, which no document needs.
const MAX_BODY: usize = 2 * MAX_DOCUMENT + (64 << 10);

/// What to compare with: give one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompareRequest {
    /// The `id` of the older API.
    #[schema(
        nullable = false,
        max_length = 64,
        example = "upload_0f343b0931126a20f133d67c2b018a3b"
    )]
    against: Option<String>,
    /// The document of the older API, as text in JSON or YAML. It is not kept.
    #[schema(nullable = false, max_length = 5_242_880)]
    document: Option<String>,
}

/// Compare two versions
///
/// Tells what changed from an older API to this one, which of it breaks clients, and which version should follow. The older
/// one is another API here, by its id, or a document in the request.
#[utoipa::path(
    post,
    path = "/v1/specs/{id}/diff",
    operation_id = "compareSpecs",
    tag = "specs",
    params(("id" = String, Path, description = "The `id` of the newer API.", max_length = 64, example = "bookshop")),
    request_body(
        content = CompareRequest,
        description = "The older API.",
        example = json!({"against": "bookshop"}),
    ),
    responses(
        (
            status = 200,
            description = "What changed.",
            body = Comparison,
            headers(
                ("RateLimit-Policy" = String, description = "How often you may ask for what costs (draft-ietf-httpapi-ratelimit-headers)."),
                ("RateLimit" = String, description = "How often you may ask now, and the seconds until you may as often as ever."),
            )
        ),
        (status = 400, response = BadRequest),
        (status = 403, response = Foreign),
        (status = 404, response = NotFound),
        (status = 408, response = TimedOut),
        (status = 413, response = TooLarge),
        (status = 415, response = Unsupported),
        (status = 422, response = InvalidDocument),
        (status = 429, response = RateLimited),
        (status = 503, response = Busy),
    )
)]
pub(crate) async fn compare_specs(
    State(service): State<Service>,
    Path(id): Path<String>,
    Client(client): Client,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    expect_type(&headers, &["application/json"])?;
    let admission = service.uploads.admit(client)?;
    let answer = compare(&service, &id, &headers, body).await;
    let mut response = answer.map(axum::Json).into_response();
    admission.tell(response.headers_mut());
    Ok(response)
}

async fn compare(
    service: &Service,
    id: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Comparison, Problem> {
    let body = receive(headers, body, MAX_BODY).await?;
    let request: CompareRequest = serde_json::from_slice(&body)
        .map_err(|error| refused("", "type", format!("it is not what is asked for: {error}")))?;
    let newer = Found::find(service, id).await?;
    let older = match (request.against, request.document) {
        (Some(other), None) => {
            let found = Found::find(service, &other).await;
            let found = found.map_err(|problem| match problem.status {
                404 => refused("/against", "enum", problem.detail),
                _ => problem,
            });
            Arc::clone(found?.api()?)
        }
        (None, Some(document)) if document.len() > MAX_DOCUMENT => {
            return Err(ProblemType::DocumentTooLarge
                .problem(format!("the document has more than {MAX_DOCUMENT} bytes")));
        }
        (None, Some(document)) => service.uploads.read_once(document.into()).await?,
        (Some(_), Some(_)) | (None, None) => {
            return Err(refused("", "oneOf", "give either `against` or `document`"));
        }
    };
    let newer = Arc::clone(newer.api()?);
    service.uploads.compare(older, newer).await
}

fn refused(pointer: &str, rule: &str, detail: impl Into<String>) -> Problem {
    let violation = Violation {
        location: "body",
        name: pointer.trim_start_matches('/').to_owned(),
        pointer: pointer.to_owned(),
        rule: rule.to_owned(),
        detail: detail.into(),
    };
    Problem {
        kind: ProblemType::InvalidRequest.uri(),
        ..Problem::violations(StatusCode::BAD_REQUEST, vec![violation])
    }
}
