//! How each security scheme is written for the runtime, and the options that hold its secrets.

use super::super::value::string;
use crate::{Credential, PackageConfig, Role};
use heck::ToLowerCamelCase;
use portolan_model::{ApiKeyLocation, SecurityKind};
use std::collections::BTreeSet;

/// What an option is, for its documentation.
pub(super) fn what(role: Role) -> &'static str {
    match role {
        Role::ApiKey => "The API key.",
        Role::Token => "A token, or a function that gives the present one.",
        Role::Username => "The user.",
        Role::Password => "The password.",
        Role::ClientId => "The id of the OAuth client; tokens are fetched and renewed with it.",
        Role::ClientSecret => "The secret of the OAuth client.",
        Role::Authorization => "The whole value of the `Authorization` header.",
        Role::ClientCertificate | Role::ClientKey => "The client's certificate.",
    }
}

/// The client's option for a variable of the environment.
pub(super) fn option_name(variable: &str, config: &PackageConfig) -> String {
    let word = variable
        .strip_prefix(&config.environment_prefix)
        .unwrap_or(variable);
    let name = word.to_lower_camel_case();
    match name.as_str() {
        "baseUrl" | "timeout" | "maxRetries" | "headers" | "query" | "fetch" | "hooks"
        | "logger" | "logLevel" | "idempotencyHeader" | "serverVariables" | "tokenUrl"
        | "constructor" => format!("{name}Credential"),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) => format!("credential{name}"),
        _ => name,
    }
}

/// Options with their variables of the environment.
type Given = Vec<(String, String, Role)>;

/// The entry of a scheme in the settings, and the options that it reads.
pub(super) fn scheme_entry(
    kind: &SecurityKind,
    credential: &Credential,
    config: &PackageConfig,
    imports: &mut BTreeSet<&'static str>,
) -> (String, Given) {
    let given: Given = credential
        .variables
        .iter()
        .filter(|variable| !matches!(variable.role, Role::ClientCertificate | Role::ClientKey))
        .map(|variable| {
            (
                option_name(&variable.name, config),
                variable.name.clone(),
                variable.role,
            )
        })
        .collect();
    let pair = |(option, variable, _): &(String, String, Role)| {
        format!("[{}, {}]", string(option), string(variable))
    };
    let options = |given: &[(String, String, Role)]| {
        let pairs: Vec<String> = given.iter().map(pair).collect();
        format!("options: [{}]", pairs.join(", "))
    };
    let mut simple = |function: &'static str, more: String| {
        imports.insert(function);
        format!("{{ apply: {function}, {}{more} }}", options(&given))
    };
    let entry = match kind {
        SecurityKind::ApiKey { location, name } => {
            let function = match location {
                ApiKeyLocation::Header => "keyInHeader",
                ApiKeyLocation::Query => "keyInQuery",
                ApiKeyLocation::Cookie => "keyInCookie",
            };
            let mut more = format!(", parameter: {}", string(name.as_str()));
            if *location == ApiKeyLocation::Cookie {
                more.push_str(", inCookie: true");
            }
            simple(function, more)
        }
        SecurityKind::Basic => simple("basic", String::new()),
        SecurityKind::Bearer { .. } | SecurityKind::OpenIdConnect { .. } => {
            simple("bearer", String::new())
        }
        SecurityKind::Http { .. } => simple("authorization", String::new()),
        SecurityKind::MutualTls => simple("mutualTls", String::new()),
        SecurityKind::OAuth2 { flows, .. } => {
            let token_url = flows
                .iter()
                .filter(|flow| flow.kind == portolan_model::OAuthFlowKind::ClientCredentials)
                .find_map(|flow| flow.token_url.as_deref());
            match token_url {
                Some(token_url) if given.len() == 3 => {
                    imports.extend(["clientCredentials", "forgetToken"]);
                    format!(
                        "{{ apply: clientCredentials, refresh: forgetToken, token: {}, {}, tokenUrl: {} }}",
                        pair(&given[0]),
                        options(&given[1..]),
                        string(token_url)
                    )
                }
                _ => simple("bearer", String::new()),
            }
        }
    };
    (entry, given)
}
