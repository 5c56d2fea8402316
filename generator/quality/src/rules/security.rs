//! Who may call, and how safely.

use super::{Category, Rule};
use crate::shape;
use crate::survey::{Survey, label};
use crate::tally::Tally;
use crate::words;
use portolan_model::{
    ApiKeyLocation, Bounds, Location, OAuthFlow, OAuthFlowKind, Primitive, PrimitiveKind,
    SecurityKind, TypeRef,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "declared-security",
        title: "Every operation says who may call it",
        category: Category::Security,
        weight: 3,
        why: "Clients send credentials where the document asks for them and nowhere else. An API for everybody says so with `security: []`.",
        mend: "add `security` to {operation}, or once to the document",
        judge: declared_security,
    },
    Rule {
        code: "described-security",
        title: "Schemes say how one gets credentials, scopes what they allow",
        category: Category::Security,
        weight: 2,
        why: "It is the first question of everyone who begins, and the page about authentication answers it with these words.",
        mend: "describe {entry} under `securitySchemes`",
        judge: described_security,
    },
    Rule {
        code: "encrypted-transport",
        title: "Servers and token endpoints use https",
        category: Category::Security,
        weight: 2,
        why: "Over http, everybody on the way reads the credentials.",
        mend: "use https in {address}",
        judge: encrypted_transport,
    },
    Rule {
        code: "safe-credentials",
        title: "Secrets travel in headers, tokens come by safe flows",
        category: Category::Security,
        weight: 2,
        why: "URLs end up in logs, histories and referrers; RFC 9700 advises against OAuth's implicit flow and forbids its password flow.",
        mend: "replace {unsafe way} to send a secret or to get a token",
        judge: safe_credentials,
    },
    Rule {
        code: "bounded-input",
        title: "What is sent has limits",
        category: Category::Security,
        weight: 1,
        why: "Lists without `maxItems` and texts without `maxLength`, `pattern`, `format` or `enum` invite requests without end (OWASP API4), and a client cannot check them beforehand.",
        mend: "bound {input}",
        judge: bounded_input,
    },
];

fn declared_security(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        tally.judge(!operation.security_span.is_none(), operation.span, || {
            format!("{} does not say who may call it", label(operation))
        });
    }
}

fn described_security(survey: &Survey<'_>, tally: &mut Tally) {
    for scheme in &survey.api.security_schemes {
        let passes = words::described(&scheme.docs, scheme.name.as_str());
        tally.judge(passes, scheme.span, || {
            format!("the security scheme `{}` has no description", scheme.name)
        });
        for (scope, description) in flows(&scheme.kind).flat_map(|flow| &flow.scopes) {
            tally.judge(
                words::says_more(description, scope.as_str()),
                scheme.span,
                || {
                    format!(
                        "the scope `{scope}` of `{}` has no description",
                        scheme.name
                    )
                },
            );
        }
    }
}

fn flows(kind: &SecurityKind) -> impl Iterator<Item = &OAuthFlow> {
    match kind {
        SecurityKind::OAuth2 { flows, .. } => flows.as_slice(),
        _ => &[],
    }
    .iter()
}

fn encrypted_transport(survey: &Survey<'_>, tally: &mut Tally) {
    let mut judge = |url: &str, span| {
        let Some(host) = super::host(url).filter(|host| !super::is_local(host)) else {
            return;
        };
        let scheme = url.split("://").next().unwrap_or_default();
        let plain = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("ws");
        tally.judge(!plain, span, || {
            format!("`{scheme}://{host}` is not encrypted")
        });
    };
    for server in &survey.api.servers {
        judge(&server.default_url(), server.span);
    }
    for scheme in &survey.api.security_schemes {
        for flow in flows(&scheme.kind) {
            let urls = [&flow.authorization_url, &flow.token_url, &flow.refresh_url];
            for url in urls.into_iter().flatten() {
                judge(url, scheme.span);
            }
        }
        if let SecurityKind::OpenIdConnect { url } = &scheme.kind {
            judge(url, scheme.span);
        }
    }
}

/// Names of parameters that hold secrets. `token` alone is not one of them: pages have tokens too.
const SECRETS: &[&str] = &[
    "accesstoken",
    "apikey",
    "apitoken",
    "authtoken",
    "clientsecret",
    "passwd",
    "password",
    "secret",
    "secretkey",
];

fn safe_credentials(survey: &Survey<'_>, tally: &mut Tally) {
    for scheme in &survey.api.security_schemes {
        match &scheme.kind {
            SecurityKind::ApiKey { location, name, .. } => {
                tally.judge(*location != ApiKeyLocation::Query, scheme.span, || {
                    format!("`{}` sends its key in the query, as `{name}`", scheme.name)
                });
            }
            SecurityKind::OAuth2 { flows, .. } => {
                for flow in flows {
                    let risky =
                        matches!(flow.kind, OAuthFlowKind::Implicit | OAuthFlowKind::Password);
                    tally.judge(!risky, scheme.span, || {
                        let kind = match flow.kind {
                            OAuthFlowKind::Password => "password",
                            _ => "implicit",
                        };
                        format!("`{}` offers the {kind} flow", scheme.name)
                    });
                }
            }
            _ => tally.judge(true, scheme.span, String::new),
        }
    }
    for (operation, parameter) in &survey.parameters {
        let name: String = parameter
            .name
            .as_str()
            .chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let in_url = matches!(parameter.location, Location::Query | Location::Path);
        if in_url && SECRETS.contains(&name.as_str()) {
            tally.judge(false, parameter.span, || {
                format!("{} takes `{}` in its URL", label(operation), parameter.name)
            });
        }
    }
}

fn bounded_input(survey: &Survey<'_>, tally: &mut Tally) {
    // Servers bound headers by themselves.
    let in_url = |location| matches!(location, Location::Path | Location::Query);
    for (operation, parameter) in &survey.parameters {
        if in_url(parameter.location)
            && let Some(bounded) = is_bounded(survey, &parameter.ty)
        {
            tally.judge(bounded, parameter.span, || {
                format!(
                    "the parameter `{}` of {} has no limit",
                    parameter.name,
                    label(operation)
                )
            });
        }
    }
    for (def, property) in survey.sent.iter().filter(|(_, it)| !it.read_only) {
        if let Some(bounded) = is_bounded(survey, &property.ty) {
            tally.judge(bounded, property.span, || {
                format!("`{}` of `{}` has no limit", property.name, def.name)
            });
        }
    }
}

/// Whether a text or a list has a limit; `None` for what needs none.
fn is_bounded(survey: &Survey<'_>, ty: &TypeRef) -> Option<bool> {
    match shape::bare(survey.api, ty) {
        TypeRef::Primitive(Primitive {
            kind: PrimitiveKind::String,
            format,
            bounds,
            ..
        }) => Some(
            format.is_some()
                || bounds
                    .as_deref()
                    .is_some_and(|bounds| bounds.max_length.is_some() || bounds.pattern.is_some()),
        ),
        TypeRef::List { bounds, .. } => Some(has_end(bounds.as_deref())),
        _ => None,
    }
}

fn has_end(bounds: Option<&Bounds>) -> bool {
    bounds.is_some_and(|bounds| bounds.max_length.is_some())
}
