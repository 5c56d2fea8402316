//! The token endpoint that OAuth 2 flows of the document name: any credentials get a token that lasts an hour.

use super::path_of;
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use portolan_model::{Api, SecurityKind};
use serde_json::json;
use std::collections::BTreeSet;

/// The paths at which tokens are given.
pub(super) fn paths(api: &Api) -> BTreeSet<String> {
    api.security_schemes
        .iter()
        .filter_map(|scheme| match &scheme.kind {
            SecurityKind::OAuth2 { flows, .. } => Some(flows),
            _ => None,
        })
        .flatten()
        .flat_map(|flow| [&flow.token_url, &flow.refresh_url])
        .flatten()
        .map(|url| path_of(url))
        .filter(|path| !path.is_empty())
        .collect()
}

/// RFC 6749, 5.1.
pub(super) fn answer() -> Response {
    let token = json!({
        "access_token": "mock-access-token",
        "token_type": "Bearer",
        "expires_in": 3600,
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(token)).into_response()
}
