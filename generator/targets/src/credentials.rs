//! The environment variables of each security scheme: one rule for every language.
//!
//! | scheme | variables (prefix left out) |
//! |---|---|
//! | apiKey | `API_KEY` when it is the only one, else the scheme's name |
//! | bearer, openIdConnect, OAuth2 | `TOKEN` when it is the only one, else the scheme's name |
//! | OAuth2 with client credentials | also `CLIENT_ID` and `CLIENT_SECRET` |
//! | basic | `USERNAME` and `PASSWORD` |
//! | other schemes of `Authorization` | `AUTHORIZATION` |
//! | mutual TLS | `CLIENT_CERTIFICATE` and `CLIENT_KEY` |

use crate::PackageConfig;
use heck::ToShoutySnakeCase;
use portolan_model::{Api, Name, OAuthFlowKind, SecurityKind, SecurityScheme};
use serde::Serialize;

/// What satisfies one security scheme, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// The name of the scheme.
    pub scheme: Name,
    /// Its variables. For OAuth2 with client credentials a ready token is enough; otherwise all are needed.
    pub variables: Vec<Variable>,
}

/// An environment variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// What it holds.
    pub role: Role,
    /// Its name: capitals, digits, underscores.
    pub name: String,
}

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words of the standards")]
pub enum Role {
    ApiKey,
    Token,
    Username,
    Password,
    ClientId,
    ClientSecret,
    Authorization,
    ClientCertificate,
    ClientKey,
}

/// The credentials of all schemes of the API, in their order.
#[must_use]
pub fn credentials(api: &Api, config: &PackageConfig) -> Vec<Credential> {
    let count = |role: Role| {
        api.security_schemes
            .iter()
            .filter(|scheme| main_role(scheme) == role)
            .count()
    };
    let (api_keys, tokens, basics) = (
        count(Role::ApiKey),
        count(Role::Token),
        count(Role::Username),
    );
    api.security_schemes
        .iter()
        .map(|scheme| {
            let own = scheme.name.as_str().to_shouty_snake_case();
            let own: String = own
                .chars()
                .filter(|character| character.is_ascii_alphanumeric() || *character == '_')
                .collect();
            let variable = |role: Role, word: &str, alone: bool| {
                let word = match (alone || own.is_empty(), role) {
                    (true, _) => word.to_owned(),
                    (false, Role::ApiKey | Role::Token) => own.clone(),
                    (false, _) => format!("{own}_{word}"),
                };
                Variable {
                    role,
                    name: format!("{}_{word}", config.environment_prefix),
                }
            };
            let mut variables = Vec::new();
            match main_role(scheme) {
                Role::ApiKey => variables.push(variable(Role::ApiKey, "API_KEY", api_keys == 1)),
                Role::Token => {
                    variables.push(variable(Role::Token, "TOKEN", tokens == 1));
                    if has_client_credentials(scheme) {
                        variables.push(variable(Role::ClientId, "CLIENT_ID", tokens == 1));
                        variables.push(variable(Role::ClientSecret, "CLIENT_SECRET", tokens == 1));
                    }
                }
                Role::Username => {
                    variables.push(variable(Role::Username, "USERNAME", basics == 1));
                    variables.push(variable(Role::Password, "PASSWORD", basics == 1));
                }
                Role::ClientCertificate => {
                    variables.push(variable(
                        Role::ClientCertificate,
                        "CLIENT_CERTIFICATE",
                        true,
                    ));
                    variables.push(variable(Role::ClientKey, "CLIENT_KEY", true));
                }
                _ => variables.push(variable(Role::Authorization, "AUTHORIZATION", true)),
            }
            Credential {
                scheme: scheme.name.clone(),
                variables,
            }
        })
        .collect()
}

fn main_role(scheme: &SecurityScheme) -> Role {
    match scheme.kind {
        SecurityKind::ApiKey { .. } => Role::ApiKey,
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => Role::Token,
        SecurityKind::Basic => Role::Username,
        SecurityKind::MutualTls => Role::ClientCertificate,
        SecurityKind::Http { .. } => Role::Authorization,
    }
}

fn has_client_credentials(scheme: &SecurityScheme) -> bool {
    let SecurityKind::OAuth2 { flows, .. } = &scheme.kind else {
        return false;
    };
    flows
        .iter()
        .any(|flow| flow.kind == OAuthFlowKind::ClientCredentials && flow.token_url.is_some())
}
