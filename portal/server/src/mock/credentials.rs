//! Whether a request shows who it comes from. What it shows is not looked at: any key opens a mock.

use super::decode::Wire;
use crate::Problem;
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use portolan_model::{Api, ApiKeyLocation, Operation, SecurityKind};

/// Fails when none of the operation's requirements is met.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    wire: &Wire<'_>,
    headers: &HeaderMap,
) -> Result<(), Problem> {
    let mut missing: Vec<Vec<String>> = Vec::new();
    for requirement in &operation.security {
        let lacking: Vec<String> = requirement
            .all
            .iter()
            .filter_map(|scheme| api.security_scheme(scheme.scheme.as_str()))
            .filter(|scheme| !shown(&scheme.kind, wire, headers))
            .map(|scheme| describe(&scheme.kind))
            .collect();
        if lacking.is_empty() {
            return Ok(());
        }
        missing.push(lacking);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let ways: Vec<String> = missing.iter().map(|all| all.join(" and ")).collect();
    let detail = format!(
        "the request does not show who it comes from: send {}",
        ways.join(", or ")
    );
    Err(Problem::new(StatusCode::UNAUTHORIZED, detail)
        .with_header(header::WWW_AUTHENTICATE, challenge(api, operation)))
}

fn shown(kind: &SecurityKind, wire: &Wire<'_>, headers: &HeaderMap) -> bool {
    let filled = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    match kind {
        SecurityKind::ApiKey { location, name } => match location {
            ApiKeyLocation::Header => filled(
                headers
                    .get(name.as_str())
                    .map(|value| value.to_str().unwrap_or("?")),
            ),
            ApiKeyLocation::Query => filled(
                wire.pairs
                    .iter()
                    .find(|pair| pair.name == name.as_str())
                    .map(|pair| pair.value.as_str()),
            ),
            ApiKeyLocation::Cookie => filled(wire.cookie(name.as_str())),
        },
        SecurityKind::Basic => authorization(headers, "basic").is_some_and(|token| {
            STANDARD
                .decode(token)
                .is_ok_and(|pair| pair.contains(&b':'))
        }),
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => filled(authorization(headers, "bearer")),
        SecurityKind::Http { scheme } => filled(authorization(headers, scheme)),
        // The certificate is the connection's matter, and mocks speak plain HTTP.
        SecurityKind::MutualTls => true,
    }
}

/// What follows the scheme in `Authorization`.
fn authorization<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (sent, token) = value.split_once(' ')?;
    sent.eq_ignore_ascii_case(scheme).then_some(token.trim())
}

fn describe(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ApiKey { location, name } => {
            let place = match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query parameter",
                ApiKeyLocation::Cookie => "cookie",
            };
            format!("the {place} `{name}`")
        }
        SecurityKind::Basic => "`Authorization: Basic` with user and password".to_owned(),
        SecurityKind::Http { scheme } => format!("`Authorization: {scheme}`"),
        _ => "`Authorization: Bearer` with a token".to_owned(),
    }
}

/// RFC 9110, 11.6.1: a 401 names at least one way in.
fn challenge(api: &Api, operation: &Operation) -> String {
    let mut schemes: Vec<&str> = Vec::new();
    for used in operation
        .security
        .iter()
        .flat_map(|requirement| &requirement.all)
    {
        let scheme = match api
            .security_scheme(used.scheme.as_str())
            .map(|scheme| &scheme.kind)
        {
            Some(SecurityKind::Basic) => "Basic realm=\"mock\"",
            Some(SecurityKind::ApiKey { .. }) => "ApiKey realm=\"mock\"",
            Some(SecurityKind::Http { scheme }) => scheme,
            _ => "Bearer realm=\"mock\"",
        };
        if !schemes.contains(&scheme) {
            schemes.push(scheme);
        }
    }
    schemes.join(", ")
}
