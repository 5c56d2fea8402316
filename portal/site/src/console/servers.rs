//! Servers to choose from, and what a page may therefore send to.
//!
//! A page's policy names the servers of its operation and no others. Of a variable with a list of values every value
//! counts; a free one widens the policy only where it is the beginning of a host of ours to name, as in
//! `https://{tenant}.shop.example`: then every host below `shop.example`. What is free elsewhere (`https://{host}`) counts
//! with its default alone, for else a document could open its page to every host there is. More servers are named by the
//! portal's owner.

use crate::site::Site;
use crate::url;
use crate::{Inputs, markdown};
use portolan_model::{Api, Operation, Server};
use serde::Serialize;

/// The most addresses that one server's variables are multiplied to, and that a policy names.
const MOST: usize = 32;
/// What stands for a free variable while an address is looked at.
const FREE: &str = "\u{0}";

/// A server to choose.
#[derive(Serialize)]
pub(super) struct ServerData<'a> {
    url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variables: Vec<VariableData<'a>>,
    /// Whether it is none of the document's: samples then name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'static str>,
}

#[derive(Serialize)]
struct VariableData<'a> {
    name: &'a str,
    default: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    values: &'a [String],
}

/// The servers of an operation: in the preview the mock first, then the document's, then the owner's.
pub(super) fn of<'a>(
    site: &Site<'_>,
    api: &'a Api,
    operation: &'a Operation,
) -> Vec<ServerData<'a>> {
    let added = |url: String, why| ServerData {
        url,
        note: String::new(),
        variables: Vec::new(),
        added: Some(why),
    };
    let mut servers = Vec::new();
    if site.inputs.preview {
        servers.push(added(format!("/_mock/{}", api.id), "mock"));
    }
    servers.extend(own(api, operation).iter().map(|server| {
        let words = server.name.as_deref().or(server.description.as_deref());
        ServerData {
            url: server.url.clone(),
            note: words
                .map(|words| markdown::excerpt(words, 60))
                .unwrap_or_default(),
            variables: server
                .variables
                .iter()
                .map(|variable| VariableData {
                    name: variable.name.as_str(),
                    default: &variable.default,
                    values: &variable.values,
                })
                .collect(),
            added: None,
        }
    }));
    let theirs = site.inputs.portal.console.servers.iter();
    servers.extend(theirs.map(|url| added(url.clone(), "owner")));
    servers
}

fn own<'a>(api: &'a Api, operation: &'a Operation) -> &'a [Server] {
    match operation.servers.is_empty() {
        true => &api.servers,
        false => &operation.servers,
    }
}

/// Where requests of an operation's console may go, as a policy names it.
pub(crate) fn sources(inputs: &Inputs<'_>, api: &Api, operation: &Operation) -> Vec<String> {
    let settings = &inputs.portal.console;
    let mut found: Vec<String> = Vec::new();
    let servers = own(api, operation).iter().flat_map(of_server);
    let added = settings.servers.iter().filter_map(|url| url::origin(url));
    // Authors try what they are building.
    let local = ["http://localhost:*", "http://127.0.0.1:*"].map(str::to_owned);
    let local = local.into_iter().filter(|_| inputs.preview);
    for source in servers.chain(added).chain(local) {
        if !found.contains(&source) && found.len() < MOST {
            found.push(source);
        }
    }
    found
}

/// The sources of one server.
fn of_server(server: &Server) -> Vec<String> {
    let mut urls = vec![server.url.clone()];
    for variable in &server.variables {
        let hole = format!("{{{}}}", variable.name);
        let fits = urls.len() * variable.values.len() <= MOST;
        let values: Vec<&str> = match variable.values.as_slice() {
            [] => vec![variable.default.as_str(), FREE],
            values if fits => values.iter().map(String::as_str).collect(),
            _ => vec![variable.default.as_str()],
        };
        if !server.url.contains(&hole) || urls.len() > MOST {
            continue;
        }
        urls = urls
            .iter()
            .flat_map(|url| values.iter().map(|value| url.replace(&hole, value)))
            .collect();
    }
    let mut found = Vec::new();
    for source in urls.iter().filter_map(|url| source(url)) {
        if !found.contains(&source) {
            found.push(source);
        }
    }
    found
}

/// The origin of a URL, or all hosts below one, where what is before it is free.
fn source(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let Some((_, fixed)) = authority.rsplit_once(FREE) else {
        return url::origin(url);
    };
    let (_, fixed) = fixed.split_once('.')?;
    let labels = fixed.split(':').next()?.split('.');
    let named = labels.clone().count() >= 2 && labels.clone().all(|label| !label.is_empty());
    let is_address = labels
        .clone()
        .all(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    let origin = url::origin(&format!("{scheme}://{fixed}"))?;
    let (scheme, host) = origin.split_once("://")?;
    (named && !is_address).then(|| format!("{scheme}://*.{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_model::ServerVariable;

    fn sources_of(url: &str, variables: &[(&str, &str, &[&str])]) -> String {
        let server = Server {
            url: url.to_owned(),
            name: None,
            description: None,
            variables: variables
                .iter()
                .map(|(name, default, values)| ServerVariable {
                    name: (*name).into(),
                    default: (*default).to_owned(),
                    values: values.iter().map(|value| (*value).to_owned()).collect(),
                    description: None,
                })
                .collect(),
            span: Default::default(),
        };
        of_server(&server).join(" ")
    }

    #[test]
    fn a_policy_names_the_hosts_that_a_server_may_have() {
        let region = ("region", "eu", &["eu", "us"][..]);
        let tenant = ("tenant", "demo", &[][..]);
        let cases = [
            (
                "https://api.shop.example/v1",
                &[][..],
                "https://api.shop.example",
            ),
            ("/v1", &[], ""),
            (
                "https://{region}.shop.example",
                &[region],
                "https://eu.shop.example https://us.shop.example",
            ),
            (
                "https://{tenant}.shop.example:8443/v1",
                &[tenant],
                "https://demo.shop.example:8443 https://*.shop.example:8443",
            ),
            (
                "https://{tenant}.{region}.shop.example",
                &[tenant, region],
                "https://demo.eu.shop.example https://demo.us.shop.example https://*.eu.shop.example \
                 https://*.us.shop.example",
            ),
            (
                "https://shop.example/{tenant}",
                &[tenant],
                "https://shop.example",
            ),
        ];
        for (url, variables, expected) in cases {
            assert_eq!(sources_of(url, variables), expected, "{url}");
        }
    }

    #[test]
    fn no_document_opens_its_page_to_every_host() {
        let free = |default| ("host", default, &[][..]);
        for (url, default, expected) in [
            ("https://{host}", "a.example", "https://a.example"),
            ("https://{host}", "*", ""),
            ("{host}", "https://*", ""),
            ("https://{host}.example", "a", "https://a.example"),
            ("https://{host}.1.1", "1.1", "https://1.1.1.1"),
            ("https://{host}..example", "a", "https://a..example"),
            ("https://x{host}", ".example; script-src *", ""),
            ("https://{host}@evil.example", "a", ""),
            ("{host}://evil.example", "javascript", ""),
            ("https://{host}.a.example; img-src *", "b", ""),
        ] {
            assert_eq!(sources_of(url, &[free(default)]), expected, "{url}");
        }
        let values: Vec<String> = (0..MOST + 1).map(|value| format!("h{value}")).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let many = ("host", "h0", values.as_slice());
        assert_eq!(
            sources_of("https://{host}.example", &[many]),
            "https://h0.example"
        );
    }
}
