//! Answers that lead elsewhere: the mock is the elsewhere, so that a client which follows stays on this machine.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The query of the place that redirects lead to.
const QUERY: &str = "_redirected";

/// Makes `Location` lead to the mock.
pub(super) fn point(address: &str, headers: &mut HeaderMap) {
    if let Ok(location) = HeaderValue::from_str(&format!("{address}?{QUERY}")) {
        headers.insert(header::LOCATION, location);
    }
}

/// The answer to a request that followed: a file, which is what documents redirect to.
pub(super) fn answer(query: &str) -> Option<Response> {
    let file = [(header::CONTENT_TYPE, "application/octet-stream")];
    (query == QUERY).then(|| (file, "content").into_response())
}
