//! Whether a request shows who it comes from. Any key opens a mock, unless it was given some.

use super::decode::Wire;
use crate::{Problem, Violation};
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use portolan_model::{Api, ApiKeyLocation, Operation, SecurityKind};

/// Fails when none of the operation's requirements is met. `known` are the only credentials that open; none is all.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    wire: &Wire<'_>,
    headers: &HeaderMap,
    known: &[String],
) -> Result<(), Problem> {
    let mut missing: Vec<Vec<String>> = Vec::new();
    let mut errors: Vec<Violation> = Vec::new();
    for requirement in &operation.security {
        let lacking: Vec<(&SecurityKind, &'static str)> = requirement
            .all
            .iter()
            .filter_map(|scheme| api.security_scheme(scheme.scheme.as_str()))
            .filter_map(|scheme| {
                let rule = match shown(&scheme.kind, wire, headers) {
                    None => "required",
                    Some(sent) if !is_known(&sent, known) => "credential",
                    Some(_) => return None,
                };
                Some((&scheme.kind, rule))
            })
            .collect();
        if lacking.is_empty() {
            return Ok(());
        }
        for (kind, rule) in &lacking {
            let violation = violation(kind, rule);
            if !errors.contains(&violation) {
                errors.push(violation);
            }
        }
        missing.push(lacking.iter().map(|(kind, _)| describe(kind)).collect());
    }
    if missing.is_empty() {
        return Ok(());
    }
    let ways: Vec<String> = missing.iter().map(|all| all.join(" and ")).collect();
    let wrong = errors.iter().any(|error| error.rule == "credential");
    let detail = format!(
        "the request does not show who it comes from: send {}{}",
        ways.join(", or "),
        if wrong {
            "; what it shows is none that the mock was given"
        } else {
            ""
        }
    );
    Err(Problem {
        errors,
        ..Problem::new(StatusCode::UNAUTHORIZED, detail)
    }
    .with_header(header::WWW_AUTHENTICATE, challenge(api, operation)))
}

/// What a request shows for a scheme; `None` when it shows nothing that could be one.
fn shown(kind: &SecurityKind, wire: &Wire<'_>, headers: &HeaderMap) -> Option<String> {
    let text = match kind {
        SecurityKind::ApiKey { location, name } => match location {
            ApiKeyLocation::Header => headers
                .get(name.as_str())
                .map(|value| value.to_str().unwrap_or("?").to_owned()),
            ApiKeyLocation::Query => wire
                .pairs
                .iter()
                .find(|pair| pair.name == name.as_str())
                .map(|pair| {
                    percent_decode_str(&pair.value)
                        .decode_utf8_lossy()
                        .into_owned()
                }),
            ApiKeyLocation::Cookie => wire.cookie(name.as_str()).map(str::to_owned),
        },
        SecurityKind::Basic => authorization(headers, "basic")
            .and_then(|token| STANDARD.decode(token).ok())
            .filter(|pair| pair.contains(&b':'))
            .map(|pair| String::from_utf8_lossy(&pair).into_owned()),
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => authorization(headers, "bearer").map(str::to_owned),
        SecurityKind::Http { scheme } => authorization(headers, scheme).map(str::to_owned),
        // The certificate is the connection's matter, and mocks speak plain HTTP.
        SecurityKind::MutualTls => return Some(String::new()),
    };
    text.filter(|text| !text.trim().is_empty())
}

/// Whether a credential opens; the empty one stands for a certificate, which nobody can show.
fn is_known(sent: &str, known: &[String]) -> bool {
    known.is_empty() || sent.is_empty() || known.iter().any(|known| known == sent)
}

fn violation(kind: &SecurityKind, rule: &str) -> Violation {
    let detail = format!("send {}", describe(kind));
    match kind {
        SecurityKind::ApiKey { location, name } => Violation {
            location: match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            },
            ..Violation::header(name.as_str(), rule, detail)
        },
        _ => Violation::header("Authorization", rule, detail),
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
