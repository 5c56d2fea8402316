//! The problem documents that many operations answer with, as components of the document.

use crate::Problem;
use utoipa::ToResponse;

/// A query parameter is wrong. `errors` names each one.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "the query parameter `limit` is refused: 250 is greater than 100",
        "errors": [{
            "in": "query",
            "name": "limit",
            "rule": "maximum",
            "detail": "250 is greater than 100"
        }]
    })
)]
pub(crate) struct BadRequest(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// There is nothing with this id.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    example = json!({
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "there is no API with the id `bookshp`"
    })
)]
pub(crate) struct NotFound(#[expect(dead_code, reason = "read by the derive only")] Problem);

/// The portal is being built for the first time. Try again after the seconds that `Retry-After` names.
#[derive(ToResponse)]
#[response(
    content_type = "application/problem+json",
    headers(("Retry-After" = u32, description = "Seconds to wait before the next attempt.")),
    example = json!({
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "the portal is being built; try again in a moment"
    })
)]
pub(crate) struct NotReady(#[expect(dead_code, reason = "read by the derive only")] Problem);
