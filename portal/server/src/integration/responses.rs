//! The problem documents that many operations answer with, as components of the document.

use crate::Problem;
use utoipa::ToResponse;

/// Parts of the request are wrong. `errors` names each one.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/invalid-request",
        "title": "Bad Request",
        "status": 400,
        "detail": "the query parameter `limit` is refused: 250 is greater than 100",
        "errors": [{
            "in": "query",
            "name": "limit",
            "pointer": "",
            "rule": "maximum",
            "detail": "250 is greater than 100"
        }]
    })
)]
pub(crate) struct BadRequest(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The request comes from a page of another site.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/foreign-origin",
        "title": "Forbidden",
        "status": 403,
        "detail": "a page of another origin may only read"
    })
)]
pub(crate) struct Foreign(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// There is nothing with this id.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "there is no API with the id `bookshp`"
    })
)]
pub(crate) struct NotFound(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The body did not come in time.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/request-timeout",
        "title": "Request Timeout",
        "status": 408,
        "detail": "the body did not come within 10 s"
    })
)]
pub(crate) struct TimedOut(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The API belongs to the portal and cannot be deleted.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/belongs-to-portal",
        "title": "Conflict",
        "status": 409,
        "detail": "`bookshop` belongs to the portal and cannot be deleted"
    })
)]
pub(crate) struct BelongsToPortal(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The API is another one by now than `If-Match` says.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/precondition-failed",
        "title": "Precondition Failed",
        "status": 412,
        "detail": "the tag of `upload_0f343b0931126a20f133d67c2b018a3b` is \"9f86d081884c7d659a2feaa0c55ad015\""
    })
)]
pub(crate) struct PreconditionFailed(
    #[expect(dead_code, reason = "read by the derive only")] Problem,
);

/// The document is larger than 5 MiB.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/document-too-large",
        "title": "Payload Too Large",
        "status": 413,
        "detail": "the body has more than 5242880 bytes"
    })
)]
pub(crate) struct TooLarge(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The body is sent as a type that is not taken, or packed.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    headers(("Accept-Post" = String, description = "The types that are taken.")),
    example = json!({
        "type": "/v1/problems/unsupported-media-type",
        "title": "Unsupported Media Type",
        "status": 415,
        "detail": "the body is sent as `text/plain`; send it as application/octet-stream"
    })
)]
pub(crate) struct Unsupported(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The document has errors. `diagnostics` names each one with its place.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/invalid-document",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "the document has an error: the schema `Bok` does not exist",
        "diagnostics": [{
            "code": "unresolved-reference",
            "severity": "error",
            "message": "the schema `Bok` does not exist",
            "places": [{"line": 12, "column": 17, "end_line": 12, "end_column": 45, "message": ""}],
            "help": ["did you mean `Book`?"]
        }]
    })
)]
pub(crate) struct InvalidDocument(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// You ask too often for what costs. Try again after the seconds that `Retry-After` names.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    headers(
        ("Retry-After" = u32, description = "Seconds to wait before the next attempt."),
        ("RateLimit-Policy" = String, description = "How often you may ask for what costs (draft-ietf-httpapi-ratelimit-headers)."),
        ("RateLimit" = String, description = "How often you may ask now, and the seconds until you may as often as ever."),
    ),
    example = json!({
        "type": "/v1/problems/rate-limited",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "more than 120 uploads, SDKs and comparisons in a minute; wait 1 s"
    })
)]
pub(crate) struct RateLimited(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The server failed. The request may be right.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/internal-error",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "the database failed to keep a document"
    })
)]
pub(crate) struct Internal(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The portal is being built for the first time. Try again after the seconds that `Retry-After` names.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    headers(("Retry-After" = u32, description = "Seconds to wait before the next attempt.")),
    example = json!({
        "type": "/v1/problems/not-ready",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "the portal is being built; try again in a moment"
    })
)]
pub(crate) struct NotReady(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The server works on as many documents as it can, or is not ready yet. Try again after the seconds that `Retry-After` names.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    headers(("Retry-After" = u32, description = "Seconds to wait before the next attempt.")),
    example = json!({
        "type": "/v1/problems/busy",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "as many documents are worked on as there is room for; try again in a moment"
    })
)]
pub(crate) struct Busy(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// There is no room for another document.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "/v1/problems/store-full",
        "title": "Insufficient Storage",
        "status": 507,
        "detail": "the store is full: it holds 268435000 of 268435456 bytes"
    })
)]
pub(crate) struct StoreFull(#[expect(dead_code, reason = "read by the derive only")] Problem);
