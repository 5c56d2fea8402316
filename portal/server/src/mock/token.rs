//! The token endpoint that OAuth 2 flows of the document name: any credentials get a token that lasts an hour.

use super::bases::path_of;
use super::decode::pairs;
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use portolan_model::{Api, SecurityKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The token that is given when the mock takes any.
const TOKEN: &str = "mock-access-token";
/// The fields of a token request that are secrets.
const SECRETS: [&str; 8] = [
    "client_secret",
    "client_assertion",
    "password",
    "refresh_token",
    "code",
    "code_verifier",
    "assertion",
    "subject_token",
];

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

/// The answer to a token request (RFC 6749, 5). Of `credentials`, which open operations, a client shows `id:secret` and
/// gets the first one that is a token.
pub(super) fn answer(headers: &HeaderMap, body: &[u8], credentials: &[String]) -> Response {
    let body = String::from_utf8_lossy(body);
    let fields = pairs(&body);
    let field = |name: &str| {
        let found = fields.iter().find(|pair| pair.name == name);
        found.map(|pair| {
            percent_decode_str(&pair.value)
                .decode_utf8_lossy()
                .into_owned()
        })
    };
    let Some(grant) = field("grant_type") else {
        return failure(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "`grant_type` is missing",
        );
    };
    let identified = headers.contains_key(header::AUTHORIZATION) || field("client_id").is_some();
    if grant == "client_credentials" && !identified {
        let detail = "send the client's id and secret, in `Authorization: Basic` or as fields";
        let mut answer = failure(StatusCode::UNAUTHORIZED, "invalid_client", detail);
        let challenge = HeaderValue::from_static("Basic realm=\"mock\"");
        answer
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
        return answer;
    }
    let token = credentials.iter().find(|known| !known.contains(':'));
    let mut token = json!({
        "access_token": token.map_or(TOKEN, String::as_str),
        "token_type": "Bearer",
        "expires_in": 3600,
    });
    if let Some(scope) = field("scope") {
        token["scope"] = json!(scope);
    }
    if grant != "client_credentials" {
        token["refresh_token"] = json!("mock-refresh-token");
    }
    not_kept(StatusCode::OK, token)
}

fn failure(status: StatusCode, error: &str, detail: &str) -> Response {
    not_kept(
        status,
        json!({ "error": error, "error_description": detail }),
    )
}

fn not_kept(status: StatusCode, body: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// A token request without its secrets.
pub(super) fn redacted(body: &str, instead: &str) -> String {
    let names = pairs(body);
    let sent = body.split('&').filter(|pair| !pair.is_empty());
    let shown: Vec<String> = sent
        .zip(names)
        .map(|(sent, pair)| match SECRETS.contains(&pair.name.as_str()) {
            true => format!("{}={instead}", pair.name),
            false => sent.to_owned(),
        })
        .collect();
    shown.join("&")
}
