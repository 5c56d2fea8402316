//! What a request needs to be let in.

use super::parts::Part;
use crate::html::{Html, escape};
use crate::locale::Locale;
use crate::twin;
use portolan_model::{ApiKeyLocation, SecurityKind, SecurityRequirement};
use serde::Serialize;

/// What a request needs: any one of the choices.
#[derive(Serialize)]
pub(super) struct Authorization {
    choices: Vec<AuthorizationChoice>,
    optional: bool,
}

/// Schemes that are needed together.
#[derive(Serialize)]
pub(super) struct AuthorizationChoice {
    schemes: Vec<SchemeContext>,
}

/// A scheme, with the scopes that it must grant.
#[derive(Serialize)]
pub(super) struct SchemeContext {
    name: String,
    href: String,
    words: Html,
    scopes: Vec<String>,
}

impl Part<'_> {
    pub(super) fn authorization(
        &self,
        security: &[SecurityRequirement],
        text: &mut String,
    ) -> Authorization {
        let page = self.map.address.join("authentication");
        let choices = security
            .iter()
            .filter(|choice| !choice.all.is_empty())
            .map(|choice| {
                let schemes = choice.all.iter().map(|used| {
                    let scheme = self.map.api.security_scheme(used.scheme.as_str());
                    SchemeContext {
                        name: used.scheme.to_string(),
                        href: self
                            .here
                            .part(&page, &crate::address::anchor(used.scheme.as_str())),
                        words: scheme.map_or_else(Html::default, |scheme| {
                            scheme_words(&self.site.locale, &scheme.kind)
                        }),
                        scopes: used.scopes.clone(),
                    }
                });
                AuthorizationChoice {
                    schemes: schemes.collect(),
                }
            });
        let authorization = Authorization {
            choices: choices.collect(),
            optional: security.iter().any(|choice| choice.all.is_empty()),
        };
        self.authorization_markdown(&authorization, text);
        authorization
    }

    fn authorization_markdown(&self, authorization: &Authorization, text: &mut String) {
        let site = self.site;
        text.push_str(&twin::heading(2, site.say("authorization")));
        for choice in &authorization.choices {
            let schemes = choice.schemes.iter().map(|scheme| {
                let words = twin::strip_tags(scheme.words.as_str());
                let scopes = match scheme.scopes.as_slice() {
                    [] => String::new(),
                    scopes => format!(" {} `{}`", site.say("with-scopes"), scopes.join("`, `")),
                };
                format!("`{}`: {words}{scopes}", scheme.name)
            });
            let schemes: Vec<String> = schemes.collect();
            let and = format!(" {} ", site.say("and"));
            text.push_str(&format!("- {}\n", schemes.join(&and)));
        }
        if authorization.choices.is_empty() {
            text.push_str(site.say("no-credentials"));
            text.push('\n');
        } else if authorization.optional {
            text.push_str(&format!("- {}\n", site.say("or-no-credentials")));
        }
        text.push('\n');
    }
}

/// What a scheme demands, in words.
pub(crate) fn scheme_words(locale: &Locale, kind: &SecurityKind) -> Html {
    match kind {
        SecurityKind::ApiKey { location, name } => {
            let message = match location {
                ApiKeyLocation::Header => "api-key-header",
                ApiKeyLocation::Query => "api-key-query",
                ApiKeyLocation::Cookie => "api-key-cookie",
            };
            locale.tell_code(message, [("name", name.as_str())])
        }
        SecurityKind::Basic => Html::text(locale.say("basic")),
        SecurityKind::Bearer { format } => {
            let mut html = String::new();
            escape(locale.say("bearer"), &mut html);
            if let Some(format) = format {
                html.push_str(" (");
                escape(format, &mut html);
                html.push(')');
            }
            Html::new(html)
        }
        SecurityKind::Http { scheme } => locale.tell_code("http-scheme", [("name", scheme)]),
        SecurityKind::OAuth2 { .. } => Html::text(locale.say("oauth2")),
        SecurityKind::OpenIdConnect { .. } => Html::text(locale.say("openid-connect")),
        SecurityKind::MutualTls => Html::text(locale.say("mutual-tls")),
    }
}
