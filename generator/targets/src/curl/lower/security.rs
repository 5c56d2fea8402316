//! Security schemes -> the table of the runtime.

use super::super::words::{bare, word};
use crate::{PackageConfig, credentials};
use portolan_emit::Code;
use portolan_model::{Api, ApiKeyLocation, OAuthFlowKind, Operation, SecurityKind, SecurityScheme};

/// The arguments of `_portolan_scheme` for each scheme.
pub(super) fn schemes(api: &Api, config: &PackageConfig) -> Vec<Vec<Code>> {
    let credentials = credentials(api, config);
    api.security_schemes
        .iter()
        .zip(credentials)
        .map(|(scheme, credential)| {
            let (kind, wire) = kind(scheme);
            let mut arguments = vec![word(scheme.name.as_str()), bare(kind), word(wire)];
            let wanted = match kind {
                "unsupported" => 0,
                "oauth" => 3,
                "basic" | "certificate" => 2,
                _ => 1,
            };
            arguments.extend(
                credential
                    .variables
                    .into_iter()
                    .take(wanted)
                    .map(|variable| bare(variable.name)),
            );
            arguments
        })
        .collect()
}

/// What the runtime does for a scheme, and the name or URL that it needs.
fn kind(scheme: &SecurityScheme) -> (&'static str, &str) {
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => match location {
            ApiKeyLocation::Header if is_token(name.as_str()) => ("header", name.as_str()),
            ApiKeyLocation::Query => ("query", name.as_str()),
            ApiKeyLocation::Cookie if is_token(name.as_str()) => ("cookie", name.as_str()),
            ApiKeyLocation::Header | ApiKeyLocation::Cookie => ("unsupported", ""),
        },
        SecurityKind::Basic => ("basic", ""),
        SecurityKind::Bearer { .. } | SecurityKind::OpenIdConnect { .. } => ("bearer", ""),
        SecurityKind::OAuth2 { flows, .. } => flows
            .iter()
            .find(|flow| flow.kind == OAuthFlowKind::ClientCredentials)
            .and_then(|flow| flow.token_url.as_deref())
            .map_or(("bearer", ""), |url| ("oauth", url)),
        SecurityKind::Http { .. } => ("header", "Authorization"),
        SecurityKind::MutualTls => ("certificate", ""),
    }
}

/// Whether the text may be the name of a header or cookie (RFC 9110, 5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The requirements of an operation: schemes and scopes by turns; "none" comes last, so that credentials are used when
/// they are there.
pub(super) fn requirements(operation: &Operation) -> Vec<Vec<Code>> {
    let mut result: Vec<Vec<Code>> = operation
        .security
        .iter()
        .map(|requirement| {
            requirement
                .all
                .iter()
                .flat_map(|scheme| [word(scheme.scheme.as_str()), word(&scheme.scopes.join(" "))])
                .collect()
        })
        .collect();
    result.sort_by_key(Vec::is_empty);
    result
}
