//! Who may call, and how they show it.

use super::Comparison;
use crate::place::At;
use crate::{Rule, Subject};
use portolan_model::{OAuthFlow, Operation, SecurityKind, SecurityRequirement};
use portolan_source::Span;

impl Comparison<'_> {
    /// The schemes that requirements may name.
    pub(super) fn schemes(&mut self) {
        let (old, new) = (self.old, self.new);
        for scheme in &new.security_schemes {
            self.subject = Subject::SecurityScheme {
                name: scheme.name.clone(),
            };
            let Some(before) = old.security_scheme(scheme.name.as_str()) else {
                self.tell(
                    Rule::SecuritySchemeAdded,
                    &At::subject(Span::default(), scheme.span),
                    None,
                    None,
                );
                continue;
            };
            let at = At::subject(before.span, scheme.span);
            match (&before.kind, &scheme.kind) {
                (
                    SecurityKind::OAuth2 { flows: old, .. },
                    SecurityKind::OAuth2 { flows: new, .. },
                ) => {
                    self.flows(old, new, &at);
                }
                // What is written in a bearer token is a hint.
                (SecurityKind::Bearer { .. }, SecurityKind::Bearer { .. }) => {}
                (
                    SecurityKind::OpenIdConnect { url: old },
                    SecurityKind::OpenIdConnect { url: new },
                ) => {
                    self.oauth_address(Some(old), Some(new), &at);
                }
                (old, new) if old != new => {
                    self.tell(
                        Rule::SecuritySchemeChanged,
                        &at,
                        Some(kind(old)),
                        Some(kind(new)),
                    );
                }
                _ => {}
            }
            if !before.deprecated && scheme.deprecated {
                self.tell(Rule::SecuritySchemeDeprecated, &at, None, None);
            }
            self.docs(&before.docs, &scheme.docs, &at);
        }
        for scheme in &old.security_schemes {
            if new.security_scheme(scheme.name.as_str()).is_none() {
                self.subject = Subject::SecurityScheme {
                    name: scheme.name.clone(),
                };
                self.tell(
                    Rule::SecuritySchemeRemoved,
                    &At::subject(scheme.span, Span::default()),
                    None,
                    None,
                );
            }
        }
        self.subject = Subject::Api;
    }

    fn flows(&mut self, old: &[OAuthFlow], new: &[OAuthFlow], at: &At<'_>) {
        for flow in new {
            let Some(before) = old.iter().find(|before| before.kind == flow.kind) else {
                self.tell(Rule::OauthFlowAdded, at, None, Some(flow_name(flow)));
                continue;
            };
            let name = flow_name(flow);
            let at = at.part(&name);
            let addresses = [
                (&before.authorization_url, &flow.authorization_url),
                (&before.token_url, &flow.token_url),
                (&before.refresh_url, &flow.refresh_url),
                (
                    &before.device_authorization_url,
                    &flow.device_authorization_url,
                ),
            ];
            for (before, after) in addresses {
                self.oauth_address(before.as_deref(), after.as_deref(), &at);
            }
            for (scope, _) in &flow.scopes {
                if before.scopes.iter().all(|(known, _)| known != scope) {
                    self.tell(Rule::OauthScopeAdded, &at, None, Some(scope.to_string()));
                }
            }
            for (scope, _) in &before.scopes {
                if flow.scopes.iter().all(|(known, _)| known != scope) {
                    self.tell(Rule::OauthScopeRemoved, &at, Some(scope.to_string()), None);
                }
            }
        }
        for flow in old
            .iter()
            .filter(|before| new.iter().all(|after| after.kind != before.kind))
        {
            self.tell(Rule::OauthFlowRemoved, at, Some(flow_name(flow)), None);
        }
    }

    fn oauth_address(&mut self, old: Option<&str>, new: Option<&str>, at: &At<'_>) {
        if let (Some(old), Some(new)) = (old, new)
            && old != new
        {
            self.tell(
                Rule::OauthAddressChanged,
                at,
                Some(old.to_owned()),
                Some(new.to_owned()),
            );
        }
    }

    /// Whether those who could call an operation still can.
    pub(super) fn requirements(&mut self, old: &Operation, new: &Operation, at: &At<'_>) {
        let at = at
            .part("security")
            .spans(old.security_span, new.security_span);
        let (before, after) = (&old.security, &new.security);
        let is_open = |security: &[SecurityRequirement]| {
            security.is_empty()
                || security
                    .iter()
                    .any(|requirement| requirement.all.is_empty())
        };
        match (is_open(before), is_open(after)) {
            (true, true) => {}
            (true, false) => return self.tell(Rule::SecurityAdded, &at, None, Some(choice(after))),
            (false, true) => {
                return self.tell(Rule::SecurityRemoved, &at, Some(choice(before)), None);
            }
            (false, false) => {}
        }
        // What both have is out of question; of the rest those of the same schemes differ in scopes.
        let is_in = |all: &[SecurityRequirement], one: &SecurityRequirement| {
            all.iter()
                .any(|other| demands_no_more(one, other) && demands_no_more(other, one))
        };
        let mut came: Vec<&SecurityRequirement> = after
            .iter()
            .filter(|requirement| !requirement.all.is_empty() && !is_in(before, requirement))
            .collect();
        let gone = before
            .iter()
            .filter(|requirement| !requirement.all.is_empty() && !is_in(after, requirement));
        for requirement in gone {
            match came
                .iter()
                .position(|other| has_same_schemes(requirement, other))
            {
                Some(place) => self.scopes(requirement, came.remove(place), &at),
                // Another requirement that demands less lets the same callers in.
                None if after
                    .iter()
                    .any(|other| demands_no_more(other, requirement)) => {}
                None => {
                    let rule = Rule::SecurityAlternativeRemoved;
                    self.tell(rule, &at, Some(words(requirement)), None);
                }
            }
        }
        for requirement in came {
            let rule = Rule::SecurityAlternativeAdded;
            self.tell(rule, &at, None, Some(words(requirement)));
        }
    }

    fn scopes(&mut self, old: &SecurityRequirement, new: &SecurityRequirement, at: &At<'_>) {
        for used in &new.all {
            let known = old.all.iter().find(|known| known.scheme == used.scheme);
            let known = known
                .map(|known| known.scopes.as_slice())
                .unwrap_or_default();
            for scope in used.scopes.iter().filter(|scope| !known.contains(scope)) {
                self.tell(Rule::SecurityScopeAdded, at, None, Some(scope.clone()));
            }
            for scope in known.iter().filter(|scope| !used.scopes.contains(scope)) {
                self.tell(Rule::SecurityScopeRemoved, at, Some(scope.clone()), None);
            }
        }
    }
}

fn has_same_schemes(one: &SecurityRequirement, other: &SecurityRequirement) -> bool {
    one.all.len() == other.all.len()
        && one
            .all
            .iter()
            .all(|used| other.all.iter().any(|known| known.scheme == used.scheme))
}

/// Whether who satisfies `other` satisfies `one`, too.
fn demands_no_more(one: &SecurityRequirement, other: &SecurityRequirement) -> bool {
    one.all.iter().all(|used| {
        other.all.iter().any(|known| {
            known.scheme == used.scheme
                && used.scopes.iter().all(|scope| known.scopes.contains(scope))
        })
    })
}

/// Requirements in no language of people: `key | login (read)`, `key + token`.
fn choice(requirements: &[SecurityRequirement]) -> String {
    let all = requirements
        .iter()
        .filter(|requirement| !requirement.all.is_empty());
    all.map(words).collect::<Vec<_>>().join(" | ")
}

fn words(requirement: &SecurityRequirement) -> String {
    let schemes = requirement
        .all
        .iter()
        .map(|used| match used.scopes.is_empty() {
            true => used.scheme.to_string(),
            false => format!("{} ({})", used.scheme, used.scopes.join(", ")),
        });
    schemes.collect::<Vec<_>>().join(" + ")
}

fn kind(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ApiKey { location, name } => {
            format!("apiKey, {}: {name}", format!("{location:?}").to_lowercase())
        }
        SecurityKind::Basic => "basic".to_owned(),
        SecurityKind::Bearer { .. } => "bearer".to_owned(),
        SecurityKind::Http { scheme } => scheme.clone(),
        SecurityKind::OAuth2 { .. } => "oauth2".to_owned(),
        SecurityKind::OpenIdConnect { .. } => "openIdConnect".to_owned(),
        SecurityKind::MutualTls => "mutualTLS".to_owned(),
    }
}

fn flow_name(flow: &OAuthFlow) -> String {
    let name = format!("{:?}", flow.kind);
    let mut characters = name.chars();
    characters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(characters)
        .collect()
}
