//! Who may call, and how they show it.

use crate::{Docs, Name};
use portolan_source::Span;
use serde::Serialize;

/// A way to show who is calling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its key in the document.
    pub name: Name,
    /// What is shown, and where.
    pub kind: SecurityKind,
    /// What it means.
    pub docs: Docs,
    /// Whether it should no longer be used (OpenAPI 3.2).
    pub deprecated: bool,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

/// The kinds of security scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum SecurityKind {
    /// A fixed secret.
    ApiKey {
        /// Where it travels.
        location: ApiKeyLocation,
        /// The header, query parameter or cookie.
        name: Name,
    },
    /// RFC 7617: user and password.
    Basic,
    /// RFC 6750: a token.
    Bearer {
        /// A hint such as `JWT`.
        format: Option<String>,
    },
    /// Another scheme of the `Authorization` header, e.g. `digest`.
    Http {
        /// As registered with IANA.
        scheme: String,
    },
    /// RFC 6749.
    OAuth2 {
        /// Ways to a token.
        flows: Vec<OAuthFlow>,
        /// Of the authorization server's metadata (RFC 8414; OpenAPI 3.2); never fetched by us.
        #[serde(skip_serializing_if = "Option::is_none")]
        metadata_url: Option<String>,
    },
    /// A token from a discovered provider.
    OpenIdConnect {
        /// Of the discovery document; never fetched by us.
        url: String,
    },
    /// A client certificate.
    MutualTls,
}

/// Where an API key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words of the standard")]
pub enum ApiKeyLocation {
    Header,
    Query,
    Cookie,
}

/// One way to a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OAuthFlow {
    /// Which way.
    pub kind: OAuthFlowKind,
    /// Where the user is sent.
    pub authorization_url: Option<String>,
    /// Where the token comes from.
    pub token_url: Option<String>,
    /// Where it is renewed.
    pub refresh_url: Option<String>,
    /// Where a device asks (OpenAPI 3.2).
    pub device_authorization_url: Option<String>,
    /// Scopes and what each allows, in document order.
    pub scopes: Vec<(Name, String)>,
}

/// The ways to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words of the standard")]
pub enum OAuthFlowKind {
    Implicit,
    Password,
    ClientCredentials,
    AuthorizationCode,
    DeviceAuthorization,
}

/// A set of schemes that must all be satisfied. A list of requirements offers a choice; an empty list demands
/// nothing, and an empty requirement in a list makes the others optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct SecurityRequirement {
    /// All that is demanded.
    pub all: Vec<SchemeUse>,
}

/// A scheme inside a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemeUse {
    /// The name of one of [`Api::security_schemes`](crate::Api::security_schemes).
    pub scheme: Name,
    /// The scopes or roles that are needed.
    pub scopes: Vec<String>,
}
