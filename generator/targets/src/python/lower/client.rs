//! The client: credentials, servers, resources.

use super::super::layout;
use super::super::literal::{code, string};
use super::super::names;
use super::super::package::Client;
use super::super::types::key;
use super::Context;
use super::docs::{block, docstring, entry};
use super::mode::Mode;
use crate::names::{Claim, Rank};
use crate::{Credential, Role, credentials};
use portolan_emit::Code;
use portolan_model::{ApiKeyLocation, Docs, OAuthFlowKind, SecurityKind, SecurityScheme, Server};
use portolan_source::{Diagnostics, Span};

/// One of the two clients.
pub(super) fn client(context: &Context<'_>, mode: Mode, diagnostics: &mut Diagnostics) -> Client {
    let (api, config) = (context.api, context.config);
    let credentials = credentials(api, config);
    let server = api.servers.first();
    let prefix = format!("{}_", config.environment_prefix);
    let mut wanted: Vec<(String, Span)> = Vec::new();
    for variable in credentials
        .iter()
        .flat_map(|credential| &credential.variables)
    {
        let name = variable
            .name
            .strip_prefix(&prefix)
            .unwrap_or(&variable.name);
        wanted.push((name.to_ascii_lowercase(), Span::default()));
    }
    let first_server = wanted.len();
    let variables = server
        .map(|server| server.variables.as_slice())
        .unwrap_or_default();
    for variable in variables {
        let taken = wanted[..first_server]
            .iter()
            .any(|(name, _)| *name == *variable.name.as_str());
        let name = if taken {
            format!("server {}", variable.name)
        } else {
            variable.name.to_string()
        };
        wanted.push((name, Span::default()));
    }
    let claims = wanted
        .iter()
        .map(|(name, span)| Claim::new(name.clone(), name, *span, Rank::OTHER));
    let arguments = names::client_arguments().resolve_claims(
        &context.config.names.shelf(&["python", "client"]),
        &claims.collect::<Vec<_>>(),
        diagnostics,
    );
    let mut lines = Arguments::new(mode);
    let mut schemes = Vec::new();
    let mut classes = Vec::new();
    let mut names = arguments.iter();
    for credential in &credentials {
        let scheme = api
            .security_scheme(credential.scheme.as_str())
            .expect("a credential has its scheme");
        let names: Vec<&Code> = names.by_ref().take(credential.variables.len()).collect();
        for (variable, name) in credential.variables.iter().zip(&names) {
            lines.credential(variable.role, name, &variable.name, &scheme.docs);
        }
        let (class, text) = scheme_text(scheme, credential, &names);
        schemes.push(code(format!("{}: {text}", key(scheme.name.as_str()))));
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    let secret = mode.class("Secret");
    if !classes.is_empty() {
        classes.push(secret.as_str());
    }
    classes.sort_unstable();
    let mut server_variables = Vec::new();
    for (variable, name) in variables.iter().zip(&arguments[first_server..]) {
        let annotation = if variable.values.is_empty() {
            "str".to_owned()
        } else {
            lines.has_literal = true;
            let mut values: Vec<String> =
                variable.values.iter().map(|value| string(value)).collect();
            let default = string(&variable.default);
            if !values.contains(&default) {
                values.push(default);
            }
            format!("Literal[{}]", values.join(", "))
        };
        lines.arguments.push(code(layout::parameter(
            2,
            name.as_str(),
            &annotation,
            Some(&string(&variable.default)),
        )));
        let docs = Docs {
            description: variable.description.clone(),
            ..Docs::default()
        };
        lines.docs.extend(entry(
            name.as_str(),
            &docs,
            "A part of the server's address.",
            "",
            false,
        ));
        server_variables.push(code(format!("{}: {name}", key(variable.name.as_str()))));
    }
    let base_url_argument = base_url_argument(&api.servers, &mut lines);
    Client {
        class: mode.class(class_name(context).as_str()),
        asynchronous: mode == Mode::Async,
        docs: class_docs(context, mode, lines.docs, &format!("{prefix}BASE_URL")),
        arguments: lines.arguments,
        schemes,
        scheme_classes: (!classes.is_empty()).then(|| code(classes.join(", "))),
        base: mode.class("Client"),
        folder: code(mode.folder()),
        base_url_argument,
        base_url: code(base_url(context, server)),
        base_url_variable: code(string(&format!("{prefix}BASE_URL"))),
        server_variables: if config.base_url.is_some() {
            Vec::new()
        } else {
            server_variables
        },
        has_literal: lines.has_literal,
        resources: context.tree.children(None, mode),
        extra: code(string(&format!("{}[async]", config.name))),
        webhooks: webhooks_attribute(context),
    }
}

fn class_docs(
    context: &Context<'_>,
    mode: Mode,
    arguments: Vec<Code>,
    base_url: &str,
) -> Option<Code> {
    let mut lines = docstring(&context.api.docs, 1);
    if lines.is_empty() {
        lines.push(code("The client."));
    }
    lines.extend([code(""), code("Args:")]);
    lines.extend(arguments);
    let where_to = format!(
        "Where all requests go. Else the variable {base_url}, else the API's own servers.{}",
        choice_of_servers(&context.api.servers)
    );
    lines.extend(entry("base_url", &Docs::default(), &where_to, "", false));
    let (http_client, hook) = match mode {
        Mode::Sync => (
            "A `requests.Session`, an `httpx2.Client` or a transport of your own.",
            "Called",
        ),
        Mode::Async => (
            "An `httpx2.AsyncClient` or a transport of your own.",
            "Called, and awaited if need be,",
        ),
    };
    lines.extend(
        [
            "timeout: Seconds for a call, 60 unless told otherwise.".to_owned(),
            "max_retries: How often a call that failed is tried again.".to_owned(),
            "default_headers: Headers of every request.".to_owned(),
            "default_query: Query parameters of every request.".to_owned(),
            format!("http_client: {http_client}"),
            format!("before_request: {hook} with every request before it is sent; may change it."),
            format!(
                "after_response: {hook} with every request, the status and headers of its answer."
            ),
        ]
        .map(|line| code(format!("    {line}"))),
    );
    block(&lines, 1)
}

/// `base_url` as an argument: any address, where there are several servers first of all one of theirs.
fn base_url_argument(servers: &[Server], lines: &mut Arguments) -> Code {
    let choices = choices(servers);
    let mut annotation = "str | None".to_owned();
    if !choices.is_empty() {
        lines.has_literal = true;
        let urls: Vec<String> = choices.iter().map(|(url, _)| string(url)).collect();
        annotation = format!("Literal[{}] | {annotation}", urls.join(", "));
    }
    code(layout::parameter(2, "base_url", &annotation, Some("None")))
}

/// The servers of the document in words, where there are several to choose from.
fn choice_of_servers(servers: &[Server]) -> String {
    let choices = choices(servers);
    if choices.is_empty() {
        return String::new();
    }
    let named: Vec<String> = choices
        .iter()
        .map(|(url, what)| format!("`{url}`{what}"))
        .collect();
    format!(" Those are {}.", named.join(", "))
}

/// Address and purpose of each server, where there are several to choose from.
fn choices(servers: &[Server]) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = Vec::new();
    for server in servers {
        let url = server.default_url();
        if !url.contains("://") || choices.iter().any(|(known, _)| *known == url) {
            continue;
        }
        let what = server.description.as_ref().or(server.name.as_ref());
        let what = what.map_or_else(String::new, |what| {
            let words: Vec<&str> = what.split_whitespace().collect();
            format!(" ({})", words.join(" ").trim_end_matches('.'))
        });
        choices.push((url, what));
    }
    if choices.len() < 2 {
        choices.clear();
    }
    choices
}

/// The class of the client.
pub(in super::super) fn class_name(context: &Context<'_>) -> Code {
    code(names::resource_classes().identifier(&context.config.class_name))
}

pub(in super::super) fn webhooks_attribute(context: &Context<'_>) -> Option<Code> {
    let has_body = context.api.webhooks.iter().any(|webhook| {
        webhook
            .operation
            .body
            .as_ref()
            .is_some_and(|body| !body.content.is_empty())
    });
    let taken = context
        .tree
        .nodes
        .iter()
        .any(|node| node.parent.is_none() && node.attribute.as_str() == "webhooks");
    has_body.then(|| code(if taken { "webhook_events" } else { "webhooks" }))
}

fn base_url(context: &Context<'_>, server: Option<&Server>) -> String {
    match (&context.config.base_url, server) {
        (Some(url), _) => string(url),
        (None, Some(server)) if server.url.starts_with("http") || server.url.starts_with('{') => {
            string(&server.url)
        }
        // A relative address says nothing without the place where the document was found.
        _ => "None".to_owned(),
    }
}

struct Arguments {
    mode: Mode,
    arguments: Vec<Code>,
    docs: Vec<Code>,
    has_literal: bool,
}

impl Arguments {
    fn new(mode: Mode) -> Arguments {
        Arguments {
            mode,
            arguments: Vec::new(),
            docs: Vec::new(),
            has_literal: false,
        }
    }

    fn credential(&mut self, role: Role, name: &Code, variable: &str, docs: &Docs) {
        let secret = matches!(
            role,
            Role::ApiKey | Role::Token | Role::Password | Role::ClientSecret | Role::Authorization
        );
        let annotation = match secret {
            true => format!("{} | None", self.mode.class("Secret")),
            false => "str | None".to_owned(),
        };
        self.arguments
            .push(code(format!("{name}: {annotation} = None")));
        let fallback = match role {
            Role::ApiKey => "The API key.",
            Role::Token => "An access token.",
            Role::Username => "The user.",
            Role::Password => "The password.",
            Role::ClientId => "The id of the client.",
            Role::ClientSecret => "The secret of the client.",
            Role::Authorization => "The whole value of the Authorization header.",
            Role::ClientCertificate => "The path of the client certificate.",
            Role::ClientKey => "The path of the key of the client certificate.",
        };
        let docs = if matches!(role, Role::ApiKey | Role::Authorization) {
            docs.clone()
        } else {
            Docs::default()
        };
        self.docs.extend(entry(
            name.as_str(),
            &docs,
            fallback,
            &format!(" Else the variable {variable}."),
            false,
        ));
    }
}

/// One argument a line: the lines would be long, and the formatter keeps them so.
fn scheme_call(class: &str, items: &[String]) -> String {
    let items: String = items
        .iter()
        .map(|item| format!("                    {item},\n"))
        .collect();
    format!("{class}(\n{items}                )")
}

fn scheme_text(
    scheme: &SecurityScheme,
    credential: &Credential,
    names: &[&Code],
) -> (&'static str, String) {
    let hints: Vec<String> = credential
        .variables
        .iter()
        .zip(names)
        .map(|(variable, name)| format!("{name} ({})", variable.name))
        .collect();
    let value_of = |index: usize, keyword: &str| {
        let variable = string(&credential.variables[index].name);
        let given = format!("{keyword}{}", names[index]);
        layout::either(5, &given, &format!("_environment({variable})"))
    };
    let value = |index: usize| value_of(index, "");
    let hint = |hint: &str| format!("hint={}", string(hint));
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => {
            let location = match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            };
            let items = [
                string(location),
                string(name.as_str()),
                value(0),
                hint(&hints[0]),
            ];
            ("ApiKey", scheme_call("ApiKey", &items))
        }
        SecurityKind::Basic => (
            "Basic",
            scheme_call("Basic", &[value(0), value(1), hint(&hints.join(" and "))]),
        ),
        SecurityKind::OAuth2 { flows, .. } if hints.len() == 3 => {
            let token_url = flows
                .iter()
                .find(|flow| flow.kind == OAuthFlowKind::ClientCredentials)
                .and_then(|flow| flow.token_url.as_deref())
                .unwrap_or_default();
            let hint = hint(&format!("{} and {} (or {})", hints[1], hints[2], hints[0]));
            let items = [
                string(token_url),
                value(1),
                value(2),
                hint,
                value_of(0, "token="),
            ];
            (
                "ClientCredentials",
                scheme_call("ClientCredentials", &items),
            )
        }
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => (
            "Bearer",
            scheme_call("Bearer", &[value(0), hint(&hints[0])]),
        ),
        SecurityKind::Http { .. } => {
            let items = [
                string("header"),
                string("Authorization"),
                value(0),
                hint(&hints[0]),
            ];
            ("ApiKey", scheme_call("ApiKey", &items))
        }
        SecurityKind::MutualTls => (
            "MutualTls",
            scheme_call(
                "MutualTls",
                &[value(0), value(1), hint(&hints.join(" and "))],
            ),
        ),
    }
}
