//! The client: its settings, its options and the resources at the top.

use super::super::names::{Names, Node};
use super::super::operation::{default_server, security};
use super::super::package::{Client, Property};
use super::super::value::{key, script, string};
use super::credentials::{scheme_entry, what};
use super::docs::{documentation, property};
use super::resource::members;
use crate::{PackageConfig, credentials};
use portolan_emit::{Code, Language, comment};
use portolan_model::{Api, Docs, Server};
use std::collections::BTreeSet;

/// Lowers the client.
pub(super) fn client(
    api: &Api,
    config: &PackageConfig,
    nodes: &[Node<'_>],
    top: &[usize],
    names: &Names,
) -> Client {
    let mut imports = BTreeSet::from(["Core"]);
    let mut schemes = Vec::new();
    let mut options: Vec<Property> = Vec::new();
    for credential in credentials(api, config) {
        let Some(scheme) = api.security_scheme(credential.scheme.as_str()) else {
            continue;
        };
        let (entry, given) = scheme_entry(&scheme.kind, &credential, config, &mut imports);
        schemes.push(format!("[{}, {entry}]", string(scheme.name.as_str())));
        for (option, variable, role) in given {
            let line = format!(
                "{} Without it, `{variable}` of the environment is read.",
                what(role)
            );
            let declared = property(
                &option,
                false,
                "Credential",
                vec![comment::line(Language::TypeScript, &line)],
            );
            if !options.contains_declaration(&declared) {
                options.push(declared);
            }
        }
    }
    let server = api.servers.first();
    let variables = server
        .map(|server| server.variables.as_slice())
        .unwrap_or_default();
    let base = config
        .base_url
        .as_deref()
        .unwrap_or_else(|| default_server(api));
    let mut settings = vec![
        format!("name: {}", string(&config.name)),
        format!("version: {}", string(&config.version)),
        format!("prefix: {}", string(&config.environment_prefix)),
        format!("baseUrl: {}", string(base)),
    ];
    if !variables.is_empty() {
        let pairs: Vec<String> = variables
            .iter()
            .map(|variable| {
                format!(
                    "[{}, {}]",
                    string(variable.name.as_str()),
                    string(&variable.default)
                )
            })
            .collect();
        settings.push(format!("serverVariables: [{}]", pairs.join(", ")));
        let members: Vec<String> = variables
            .iter()
            .map(|variable| {
                let values: Vec<String> =
                    variable.values.iter().map(|value| string(value)).collect();
                let text = if values.is_empty() {
                    "string".to_owned()
                } else {
                    values.join(" | ")
                };
                format!("{}?: {text} | undefined", key(variable.name.as_str()))
            })
            .collect();
        options.push(property(
            "serverVariables",
            false,
            &format!("{{ {} }}", members.join("; ")),
            vec![comment::line(
                Language::TypeScript,
                "The variables of the base URL; unused when `baseUrl` is given.",
            )],
        ));
    }
    options.extend(choice_of_servers(&api.servers));
    if imports.contains("clientCredentials") {
        options.push(property(
            "tokenUrl",
            false,
            "string",
            vec![comment::line(
                Language::TypeScript,
                "Where tokens come from, in place of the document's address.",
            )],
        ));
    }
    settings.push(security(&api.security));
    settings.push(if schemes.is_empty() {
        "schemes: []".to_owned()
    } else {
        format!("schemes: [\n    {},\n  ]", schemes.join(",\n    "))
    });
    Client {
        class: script(&config.class_name),
        docs: client_docs(api),
        resources: members(top, nodes, names),
        imports: imports.into_iter().map(script).collect(),
        settings: settings.into_iter().map(script).collect(),
        options,
    }
}

/// The base URL as a choice of the document's servers, where there are several.
fn choice_of_servers(servers: &[Server]) -> Option<Property> {
    let mut urls: Vec<String> = Vec::new();
    let mut docs = vec!["Where the API answers, the first of these unless given:".to_owned()];
    for server in servers {
        let url = server.default_url();
        if !url.contains("://") || urls.contains(&url) {
            continue;
        }
        let what = server.description.as_ref().or(server.name.as_ref());
        let what = what.map_or_else(String::new, |what| format!(": {what}"));
        docs.push(format!("- `{url}`{what}"));
        urls.push(url);
    }
    if urls.len() < 2 {
        return None;
    }
    let mut choices: Vec<String> = urls.iter().map(|url| string(url)).collect();
    choices.push("(string & {})".to_owned());
    let docs = docs
        .iter()
        .map(|line| comment::words(Language::TypeScript, line))
        .collect();
    Some(property("baseUrl", false, &choices.join(" | "), docs))
}

trait Declared {
    fn contains_declaration(&self, property: &Property) -> bool;
}

impl Declared for Vec<Property> {
    fn contains_declaration(&self, property: &Property) -> bool {
        self.iter()
            .any(|known| known.declaration == property.declaration)
    }
}

fn client_docs(api: &Api) -> Vec<Code> {
    let docs = Docs {
        summary: Some(api.title.clone()),
        ..api.docs.clone()
    };
    documentation(&docs, false, None)
}
