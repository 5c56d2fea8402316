//! How callers of an API show who they are.

use super::operation::scheme_words;
use crate::address::{Address, Here, anchor};
use crate::html::Html;
use crate::page::{Area, Content, Page};
use crate::site::Site;
use crate::{twin, url};
use portolan_model::{OAuthFlow, OAuthFlowKind, SecurityKind, SecurityScheme};
use portolan_search::{Entry, Kind};
use portolan_targets::credentials;
use serde::Serialize;

/// The page about authentication of one API.
pub(crate) struct Authentication {
    address: Address,
    api: usize,
}

#[derive(Serialize)]
struct Context {
    api: String,
    schemes: Vec<SchemeContext>,
    overview: String,
}

#[derive(Serialize)]
struct SchemeContext {
    anchor: String,
    name: String,
    words: Html,
    docs: Option<Html>,
    deprecated: bool,
    discovery: Option<(String, Option<String>)>,
    flows: Vec<FlowContext>,
    variables: Vec<String>,
}

#[derive(Serialize)]
struct FlowContext {
    title: String,
    urls: Vec<(String, String, Option<String>)>,
    scopes: Vec<(String, Html)>,
}

impl Authentication {
    /// The page of the API at `index`.
    pub(crate) fn new(site: &Site<'_>, index: usize) -> Authentication {
        Authentication {
            address: site.api(index).1.address.join("authentication"),
            api: index,
        }
    }
}

impl Page for Authentication {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "authentication"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let api = site.api(self.api).0.api;
        (
            site.say("authentication").to_owned(),
            site.tell(
                "authentication-summary",
                [("api", api.title.as_str().into())],
            ),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (input, map) = site.api(self.api);
        let api = map.api;
        let mut text = twin::heading(
            1,
            &site.tell("authentication-of", [("api", api.title.as_str().into())]),
        );
        let variables = input
            .packages
            .first()
            .map(|package| credentials(api, &package.config));
        let schemes = api.security_schemes.iter().map(|scheme| {
            let found = variables
                .iter()
                .flatten()
                .filter(|it| it.scheme == scheme.name);
            let names =
                found.flat_map(|it| it.variables.iter().map(|variable| variable.name.clone()));
            let context = scheme_context(site, scheme, names.collect());
            text.push_str(&twin::heading(2, scheme.name.as_str()));
            text.push_str(&format!("{}\n\n", twin::strip_tags(context.words.as_str())));
            if let Some(docs) = &scheme.docs.description {
                text.push_str(&format!("{}\n\n", docs.trim()));
            }
            context
        });
        let context = Context {
            schemes: schemes.collect(),
            api: api.title.clone(),
            overview: here.page(&map.address),
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let api = site.api(self.api).0.api;
        let (title, summary) = self.headline(site);
        vec![Entry {
            summary,
            api: api.id.to_string(),
            names: api
                .security_schemes
                .iter()
                .map(|it| it.name.to_string())
                .collect(),
            ..Entry::new(
                Kind::Page,
                format!("{}.authentication", api.id),
                title,
                self.address.as_str(),
            )
        }]
    }
}

fn scheme_context(
    site: &Site<'_>,
    scheme: &SecurityScheme,
    variables: Vec<String>,
) -> SchemeContext {
    let flows = match &scheme.kind {
        SecurityKind::OAuth2 { flows, .. } => flows.iter().map(|it| flow(site, it)).collect(),
        _ => Vec::new(),
    };
    let discovery = match &scheme.kind {
        SecurityKind::OpenIdConnect { url } => {
            Some((url.clone(), url::safe(url).map(str::to_owned)))
        }
        _ => None,
    };
    SchemeContext {
        anchor: anchor(scheme.name.as_str()),
        name: scheme.name.to_string(),
        words: scheme_words(&site.locale, &scheme.kind),
        docs: scheme
            .docs
            .description
            .as_deref()
            .map(|docs| site.docs(docs)),
        deprecated: scheme.deprecated,
        discovery,
        flows,
        variables,
    }
}

fn flow(site: &Site<'_>, flow: &OAuthFlow) -> FlowContext {
    let urls = [
        ("authorization-url", &flow.authorization_url),
        ("token-url", &flow.token_url),
        ("refresh-url", &flow.refresh_url),
        ("device-authorization-url", &flow.device_authorization_url),
    ];
    FlowContext {
        title: site
            .say(match flow.kind {
                OAuthFlowKind::Implicit => "flow-implicit",
                OAuthFlowKind::Password => "flow-password",
                OAuthFlowKind::ClientCredentials => "flow-client-credentials",
                OAuthFlowKind::AuthorizationCode => "flow-authorization-code",
                OAuthFlowKind::DeviceAuthorization => "flow-device-authorization",
            })
            .to_owned(),
        urls: urls
            .into_iter()
            .filter_map(|(words, url)| {
                let url = url.clone()?;
                let href = url::safe(&url).map(str::to_owned);
                Some((site.say(words).to_owned(), url, href))
            })
            .collect(),
        scopes: flow
            .scopes
            .iter()
            .map(|(name, docs)| (name.to_string(), site.docs(docs)))
            .collect(),
    }
}
