//! Security schemes and requirements.

use super::Lowerer;
use crate::document::Version;
use crate::resolve::locate::{Fragment, Reference, parse};
use crate::typed;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme as Scheme};
use portolan_model::{
    ApiKeyLocation, Docs, OAuthFlow, OAuthFlowKind, SchemeUse, SecurityKind, SecurityRequirement,
    SecurityScheme,
};
use portolan_source::{Diagnostic, Node};
use std::borrow::Cow;

impl<'a> Lowerer<'a> {
    pub(super) fn security_schemes(&mut self, root: &'a Node) -> Vec<SecurityScheme> {
        let schemes = root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        schemes
            .into_iter()
            .flat_map(Node::members)
            .filter_map(|member| {
                let node = self.resolver.follow(&member.node)?;
                Some(SecurityScheme {
                    name: member.key.clone().into(),
                    kind: self.security_kind(node)?,
                    docs: Docs {
                        description: typed::text(node, "description"),
                        ..Docs::default()
                    },
                    deprecated: typed::flag(node, "deprecated"),
                    span: member.key_span,
                })
            })
            .collect()
    }

    fn security_kind(&mut self, node: &'a Node) -> Option<SecurityKind> {
        // OpenAPI 3.1 brought `mutualTLS`, which openapiv3 does not know.
        if node.get("type").and_then(Node::as_str) == Some("mutualTLS") {
            return Some(SecurityKind::MutualTls);
        }
        let keys = [
            "type",
            "in",
            "name",
            "scheme",
            "bearerFormat",
            "openIdConnectUrl",
        ];
        let head = typed::with_empty(node, &keys, &["flows"]);
        let scheme: Scheme = portolan_source::deserialize(&head, &mut self.diagnostics).ok()?;
        Some(match scheme {
            Scheme::APIKey { location, name, .. } => SecurityKind::ApiKey {
                location: match location {
                    APIKeyLocation::Query => ApiKeyLocation::Query,
                    APIKeyLocation::Header => ApiKeyLocation::Header,
                    APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
                },
                name: name.into(),
            },
            Scheme::HTTP {
                scheme,
                bearer_format,
                ..
            } => match scheme.to_ascii_lowercase().as_str() {
                "basic" => SecurityKind::Basic,
                "bearer" => SecurityKind::Bearer {
                    format: bearer_format,
                },
                _ => SecurityKind::Http { scheme },
            },
            Scheme::OAuth2 { .. } => SecurityKind::OAuth2 {
                flows: self.flows(node),
                metadata_url: typed::text(node, "oauth2MetadataUrl"),
            },
            Scheme::OpenIDConnect {
                open_id_connect_url,
                ..
            } => SecurityKind::OpenIdConnect {
                url: open_id_connect_url,
            },
        })
    }

    fn flows(&mut self, scheme: &'a Node) -> Vec<OAuthFlow> {
        let Some(node) = scheme.get("flows") else {
            self.diagnostics.push(
                Diagnostic::warning(
                    "missing-flows",
                    "this OAuth2 scheme has no `flows`: nobody can get a token",
                )
                .at(crate::document::start_of(scheme.span))
                .help("add `flows`, e.g. `clientCredentials` with its `tokenUrl` and `scopes`"),
            );
            return Vec::new();
        };
        // openapiv3 reads what 3.0 knows; a flow that lacks a URL is kept, its user may have another way to a token.
        let _: Option<OAuth2Flows> = typed::read(node, &[], &mut self.diagnostics);
        let kinds = [
            ("implicit", OAuthFlowKind::Implicit),
            ("password", OAuthFlowKind::Password),
            ("clientCredentials", OAuthFlowKind::ClientCredentials),
            ("authorizationCode", OAuthFlowKind::AuthorizationCode),
            ("deviceAuthorization", OAuthFlowKind::DeviceAuthorization),
        ];
        node.members()
            .iter()
            .filter_map(|member| {
                let (_, kind) = kinds.iter().find(|(key, _)| *key == &*member.key)?;
                let text = |key: &str| typed::text(&member.node, key);
                Some(OAuthFlow {
                    kind: *kind,
                    authorization_url: text("authorizationUrl"),
                    token_url: text("tokenUrl"),
                    refresh_url: text("refreshUrl"),
                    device_authorization_url: text("deviceAuthorizationUrl"),
                    scopes: member
                        .node
                        .get("scopes")
                        .into_iter()
                        .flat_map(Node::members)
                        .map(|scope| {
                            let description = scope.node.as_str().unwrap_or_default().to_owned();
                            (scope.key.clone().into(), description)
                        })
                        .collect(),
                })
            })
            .collect()
    }

    /// The choice of requirements under `security`; one that names a scheme that is not there is reported.
    pub(super) fn security(
        &mut self,
        node: Option<&'a Node>,
        schemes: &[SecurityScheme],
    ) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        for requirement in node.into_iter().flat_map(Node::items) {
            let mut all = Vec::new();
            let mut known = true;
            for member in requirement.members() {
                let name = self.scheme_name(&member.key);
                let declared =
                    schemes.iter().any(|scheme| scheme.name == *name) || self.is_declared(&name);
                if !declared {
                    known = false;
                    let names = schemes.iter().map(|scheme| scheme.name.as_str());
                    let diagnostic = Diagnostic::warning(
                        "unknown-security-scheme",
                        format!(
                            "no security scheme is called `{}`; the requirement was ignored",
                            member.key
                        ),
                    )
                    .at(member.key_span);
                    let near = self.diagnostics.nearest(&member.key, names);
                    self.diagnostics.push(match near {
                        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                        None if self.document.version == Version::V2_0 => {
                            diagnostic.help("declare it under `securityDefinitions`")
                        }
                        None => diagnostic.help("declare it under `components.securitySchemes`"),
                    });
                    continue;
                }
                let scopes = member.node.items().iter();
                all.push(SchemeUse {
                    scheme: name.as_ref().into(),
                    scopes: scopes.filter_map(Node::as_str).map(str::to_owned).collect(),
                });
            }
            let requirement = SecurityRequirement { all };
            if known && !requirements.contains(&requirement) {
                requirements.push(requirement);
            }
        }
        requirements
    }

    /// The name that a requirement means. OpenAPI 3.2, 4.30: a name comes first; else it may be a reference to a scheme.
    fn scheme_name(&self, key: &'a str) -> Cow<'a, str> {
        if !self.is_declared(key)
            && let Reference::Here(Fragment::Pointer(readings)) = parse(key)
            && let Some([components, schemes, name]) = readings.first().map(Vec::as_slice)
            && (&**components, &**schemes) == ("components", "securitySchemes")
        {
            return Cow::Owned(name.to_string());
        }
        Cow::Borrowed(key)
    }

    /// Declared but broken: that was reported already.
    fn is_declared(&self, name: &str) -> bool {
        self.document
            .root()
            .get("components")
            .and_then(|components| components.get("securitySchemes"))
            .and_then(|schemes| schemes.get(name))
            .is_some()
    }
}
