//! Documents come and go.

use super::UploadedSpec;
use super::found::{Found, no_spec};
use crate::integration::responses::{
    Busy, Foreign, Internal, InvalidDocument, NotFound, NotReady, PreconditionFailed, RateLimited,
    StoreFull, TimedOut, TooLarge, Unsupported,
};
use crate::integration::state::{Client, Path, Service};
use crate::uploads::MAX_DOCUMENT;
use crate::{Problem, ProblemType, Uploads, conditional};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// How long a body may take to come.
const ARRIVE: Duration = Duration::from_secs(10);
/// How much of a body that is too large is read away, so that its sender hears why, and not of a broken connection.
const DRAIN: usize = 64 << 20;
/// What documents are sent as. None of them can be sent by a page of another site without asking first.
const TYPES: [&str; 6] = [
    "application/octet-stream",
    "application/json",
    "application/yaml",
    "application/x-yaml",
    "application/vnd.oai.openapi",
    "application/vnd.oai.openapi+json",
];

/// The bytes of a document.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct DocumentBytes(#[expect(dead_code, reason = "read by the derive only")] Vec<u8>);

/// Upload a document
///
/// Checks an OpenAPI document and keeps it. The body is the document itself, up to 5 MiB, in JSON or YAML: which of them is
/// seen by looking. `application/json`, `application/yaml` and `application/vnd.oai.openapi` are taken as well as
/// `application/octet-stream`.
///
/// The document stands for itself: references to other files or addresses are errors, and nothing is fetched. `portolan
/// bundle` makes one file of several.
///
/// The id comes from the content, so the same bytes have the same id whoever sends them, and to send them again changes
/// nothing. A document with errors is refused with its `diagnostics`, and not kept.
#[utoipa::path(
    post,
    path = "/v1/specs",
    operation_id = "uploadSpec",
    tag = "specs",
    request_body(
        content = inline(DocumentBytes),
        content_type = "application/octet-stream",
        description = "The document.",
    ),
    responses(
        (
            status = 201,
            description = "The document is kept.",
            body = UploadedSpec,
            headers(
                ("Location" = String, description = "Where the API is."),
                ("ETag" = String, description = "Identifies the API as it is now: send it as `If-Match` to delete it."),
                ("RateLimit-Policy" = String, description = "How often you may ask for what costs (draft-ietf-httpapi-ratelimit-headers)."),
                ("RateLimit" = String, description = "How often you may ask now, and the seconds until you may as often as ever."),
            )
        ),
        (
            status = 200,
            description = "The document was there already.",
            body = UploadedSpec,
            headers(
                ("ETag" = String, description = "Identifies the API as it is now: send it as `If-Match` to delete it."),
                ("RateLimit-Policy" = String, description = "How often you may ask for what costs (draft-ietf-httpapi-ratelimit-headers)."),
                ("RateLimit" = String, description = "How often you may ask now, and the seconds until you may as often as ever."),
            )
        ),
        (status = 403, response = Foreign),
        (status = 408, response = TimedOut),
        (status = 413, response = TooLarge),
        (status = 415, response = Unsupported),
        (status = 422, response = InvalidDocument),
        (status = 429, response = RateLimited),
        (status = 500, response = Internal),
        (status = 503, response = Busy),
        (status = 507, response = StoreFull),
    )
)]
pub(crate) async fn upload_spec(
    State(service): State<Service>,
    Client(client): Client,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    expect_type(&headers, &TYPES)?;
    let admission = service.uploads.admit(client)?;
    let answer = upload(&service, &headers, body).await;
    let mut response = answer.into_response();
    admission.tell(response.headers_mut());
    Ok(response)
}

async fn upload(service: &Service, headers: &HeaderMap, body: Body) -> Result<Response, Problem> {
    let content = receive(headers, body, MAX_DOCUMENT).await?;
    let (kept, is_new) = service.uploads.add(content).await?;
    let address = format!("/v1/specs/{}", kept.record.id);
    let languages = service.uploads.languages();
    let body = UploadedSpec::of(&kept, &languages)?;
    // The tag of what `GET` answers: it says what can be deleted.
    let (_, etag) = conditional::written(&Found::Upload(kept).detail(&languages)?);
    let mut response = axum::Json(body).into_response();
    let sent = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        sent.insert(header::ETAG, etag);
    }
    if is_new {
        if let Ok(address) = HeaderValue::from_str(&address) {
            sent.insert(header::LOCATION, address);
        }
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}

/// Refuses a body of another type, and one that is packed.
pub(super) fn expect_type(headers: &HeaderMap, types: &[&str]) -> Result<(), Problem> {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let sent = value(header::CONTENT_TYPE).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    let packed =
        value(header::CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity"));
    let known = types
        .iter()
        .any(|known| essence.eq_ignore_ascii_case(known));
    let detail = match (known, packed) {
        (true, None) => return Ok(()),
        (_, Some(coding)) => format!("the body is packed by `{coding}`; send it as it is"),
        (false, None) if essence.is_empty() => {
            format!("`Content-Type` is missing; send the body as {}", types[0])
        }
        (false, None) => format!("the body is sent as `{essence}`; send it as {}", types[0]),
    };
    Err(ProblemType::UnsupportedMediaType
        .problem(detail)
        .with_header(
            header::HeaderName::from_static("accept-post"),
            types.join(", "),
        ))
}

/// A whole body of at most so many bytes.
pub(super) async fn receive(
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<Bytes, Problem> {
    let told = headers.get(header::CONTENT_LENGTH);
    let told = told.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let waits = headers.contains_key(header::EXPECT);
    let limit = match told {
        Some(bytes) if bytes > most && (waits || bytes > DRAIN) => return Err(too_large(most)),
        // One who sends it anyway hears of it when all of it is there.
        Some(bytes) if bytes > most => DRAIN,
        _ => most,
    };
    match tokio::time::timeout(ARRIVE, to_bytes(body, limit)).await {
        Ok(Ok(content)) if content.len() <= most => Ok(content),
        Ok(Ok(_)) => Err(too_large(most)),
        Ok(Err(error)) => {
            let is_length = std::error::Error::source(&error)
                .is_some_and(|source| source.to_string().contains("length limit"));
            Err(match is_length {
                true => too_large(most),
                // Nobody is left to hear it.
                false => ProblemType::InvalidRequest.problem("the body broke off"),
            })
        }
        Err(_) => Err(ProblemType::RequestTimeout.problem(format!(
            "the body did not come within {} s",
            ARRIVE.as_secs()
        ))),
    }
}

fn too_large(most: usize) -> Problem {
    ProblemType::DocumentTooLarge
        .problem(format!("the body has more than {most} bytes"))
        .with_header(header::CONNECTION, "close")
}

/// What makes a deletion conditional.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct IfMatch {
    /// The `ETag` of the API as you know it. When it is another one by now, nothing is deleted and the answer is 412.
    #[param(rename = "If-Match", nullable = false)]
    if_match: Option<String>,
}

/// Delete an uploaded document
///
/// Forgets the document and all that was made of it. APIs of the portal cannot be deleted.
#[utoipa::path(
    delete,
    path = "/v1/specs/{id}",
    operation_id = "deleteSpec",
    tag = "specs",
    params(
        ("id" = String, Path, description = "The `id` of the API.", max_length = 64, example = "upload_0f343b0931126a20f133d67c2b018a3b"),
        IfMatch,
    ),
    responses(
        (status = 204, description = "The document is gone."),
        (status = 403, response = Foreign),
        (status = 404, response = NotFound),
        (status = 409, response = super::super::responses::BelongsToPortal),
        (status = 412, response = PreconditionFailed),
        (status = 500, response = Internal),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn delete_spec(
    State(service): State<Service>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    if !Uploads::is_id(&id) {
        let loaded = service.snapshots.ready()?;
        return Err(match loaded.spec(&id) {
            Some(_) => ProblemType::BelongsToPortal.problem(format!(
                "`{id}` belongs to the portal and cannot be deleted"
            )),
            None => no_spec(&id),
        });
    }
    if headers.contains_key(header::IF_MATCH) {
        let found = Found::find(&service, &id).await?;
        let (_, etag) = conditional::written(&found.detail(&service.uploads.languages())?);
        if !conditional::allows(&headers, &etag) {
            return Err(
                ProblemType::PreconditionFailed.problem(format!("the tag of `{id}` is {etag}"))
            );
        }
    }
    match service.uploads.remove(&id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(no_spec(&id)),
    }
}
