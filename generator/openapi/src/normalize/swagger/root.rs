//! The document itself: its sections become components, its address becomes servers.

use super::pointer::SECTIONS;
use super::{Defaults, Swagger, body, build, parameter};
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Span, Value};

/// Where the API answers, as 2.0 says it.
#[derive(Debug, Default)]
pub(super) struct Address {
    host: Option<Node>,
    base_path: Option<Node>,
    schemes: Vec<Node>,
}

/// Remembers what the operations need before any of them is converted.
pub(super) fn defaults(root: &Node) -> Defaults {
    let mut members: Vec<Member> = ["consumes", "produces"]
        .iter()
        .filter_map(|key| root.member(key).cloned())
        .collect();
    // What is wrong with them is reported when the document is converted.
    let announced = Defaults::take(&mut members, &mut Diagnostics::new());
    Defaults {
        consumes: announced.consumes.unwrap_or_default().into(),
        produces: announced.produces.unwrap_or_default().into(),
    }
}

pub(super) fn convert(node: &mut Node, swagger: &mut Swagger, diagnostics: &mut Diagnostics) {
    swagger.active = true;
    let defaults = defaults(node);
    swagger.defaults.insert(node.span.source, defaults.clone());
    swagger.here = defaults;
    let Some(members) = build::members_mut(node) else {
        return;
    };
    build::take(members, "swagger");
    let _: body::Announced = Defaults::take(members, diagnostics);
    for (old, new) in SECTIONS {
        section(members, old, new);
    }
    address(members, swagger, diagnostics);
    if !members.iter().any(|member| &*member.key == "webhooks")
        && let Some(webhooks) = build::take(members, "x-webhooks")
    {
        members.push(build::renamed(webhooks, "webhooks"));
    }
}

/// `definitions` and its like.
fn section(members: &mut Vec<Member>, old: &str, new: &str) {
    let Some(section) = build::take(members, old) else {
        return;
    };
    let span = section.node.span;
    let mut section = build::renamed(section, new);
    let mut bodies = Vec::new();
    if new == "parameters"
        && let Some(parameters) = build::members_mut(&mut section.node)
    {
        let is_body = |node: &Node| parameter::place_word(node) == Some("body");
        (bodies, *parameters) = std::mem::take(parameters)
            .into_iter()
            .partition(|member| is_body(&member.node));
    }
    if !members.iter().any(|member| &*member.key == "components") {
        let at = build::made_at(span);
        members.push(build::member("components", build::object(Vec::new(), at)));
    }
    let components = members
        .iter_mut()
        .find(|member| &*member.key == "components")
        .and_then(|member| build::members_mut(&mut member.node));
    let Some(components) = components else { return };
    match components.iter_mut().find(|member| &*member.key == new) {
        Some(known) => {
            if let Value::Object(more) = section.node.value
                && let Some(known) = build::members_mut(&mut known.node)
            {
                known.extend(more);
            }
        }
        None => components.push(section),
    }
    build::put_into(components, "requestBodies", bodies, build::made_at(span));
}

fn address(members: &mut Vec<Member>, swagger: &mut Swagger, diagnostics: &mut Diagnostics) {
    let mut text = |key: &str| -> Option<Node> {
        let member = build::take(members, key)?;
        match &member.node.value {
            Value::String(text) if !text.trim().is_empty() => Some(member.node),
            Value::String(_) | Value::Null => None,
            _ => {
                diagnostics.push(
                    Diagnostic::error(
                        "invalid-type",
                        format!("`{key}` must be a string, found {}", member.node.kind()),
                    )
                    .at(member.node.span),
                );
                None
            }
        }
    };
    let (host, base_path) = (text("host"), text("basePath"));
    let schemes = build::take(members, "schemes");
    let mut address = Address {
        host: host.map(|host| bare_host(host, diagnostics)),
        base_path: base_path.map(|path| rooted(path, diagnostics)),
        schemes: Vec::new(),
    };
    if let Some(schemes) = schemes {
        address.schemes = read_schemes(&schemes, diagnostics);
    }
    let servers = servers(&address, &address.schemes);
    swagger.address = address;
    if let Some(servers) = servers
        && !members.iter().any(|member| &*member.key == "servers")
    {
        members.push(build::member("servers", servers));
    }
}

/// A host is a name and a port; some write a whole URL there.
fn bare_host(mut host: Node, diagnostics: &mut Diagnostics) -> Node {
    let text = host.as_str().unwrap_or_default().trim();
    let bare = match text.split_once("://") {
        Some((_, bare)) => bare,
        None => text,
    };
    let bare: Box<str> = bare.trim_end_matches('/').into();
    if *bare != *text {
        diagnostics.push(
            Diagnostic::warning(
                "invalid-value",
                "a host has no scheme and no path of its own",
            )
            .at(host.span)
            .help(format!(
                "it was read as `{bare}`; schemes stand in `schemes`, a path in `basePath`"
            )),
        );
    }
    host.value = Value::String(bare);
    host
}

/// A base path begins with a slash, and the paths behind it bring theirs.
fn rooted(mut path: Node, diagnostics: &mut Diagnostics) -> Node {
    let text = path.as_str().unwrap_or_default().trim();
    let rooted: Box<str> = if text.starts_with('/') {
        text.trim_end_matches('/').into()
    } else {
        diagnostics.push(
            Diagnostic::warning(
                "relative-path",
                format!(
                    "the base path `{text}` does not begin with a slash; one was put before it"
                ),
            )
            .at(path.span)
            .help(format!("write `/{text}`")),
        );
        format!("/{}", text.trim_end_matches('/')).into()
    };
    path.value = Value::String(rooted);
    path
}

/// The schemes that can be used, each once.
fn read_schemes(member: &Member, diagnostics: &mut Diagnostics) -> Vec<Node> {
    let items = match &member.node.value {
        Value::Array(items) => items.as_slice(),
        Value::Null => &[],
        _ => std::slice::from_ref(&member.node),
    };
    let mut known: Vec<Node> = Vec::new();
    for item in items {
        let scheme = item
            .as_str()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if !matches!(&*scheme, "http" | "https" | "ws" | "wss") {
            diagnostics.push(
                Diagnostic::warning(
                    "invalid-value",
                    match item.as_str() {
                        Some(text) => format!("`{text}` is no scheme; it was ignored"),
                        None => format!(
                            "a scheme must be a string, found {}; it was ignored",
                            item.kind()
                        ),
                    },
                )
                .at(item.span)
                .help("schemes are `http`, `https`, `ws` and `wss`"),
            );
        } else if !known.iter().any(|node| node.as_str() == Some(&*scheme)) {
            known.push(build::text(scheme, item.span));
        }
    }
    known
}

/// A server per scheme. Without a host the one that serves the document is meant; without a scheme the one that served
/// it (Swagger 2.0, "Swagger Object"), which a file does not tell: `https` is taken.
fn servers(address: &Address, schemes: &[Node]) -> Option<Node> {
    let path = address
        .base_path
        .as_ref()
        .and_then(Node::as_str)
        .unwrap_or_default();
    let place = |node: Option<&Node>| node.map(|node| node.span);
    let urls: Vec<(String, Span)> = match &address.host {
        Some(host) => {
            let name = host.as_str().unwrap_or_default();
            let url = |scheme: &str| format!("{scheme}://{name}{path}");
            let named = schemes.iter();
            let named = named.map(|scheme| (url(scheme.as_str().unwrap_or_default()), scheme.span));
            let named: Vec<_> = named.collect();
            if named.is_empty() {
                vec![(url("https"), host.span)]
            } else {
                named
            }
        }
        None => {
            let span = place(address.base_path.as_ref())?;
            let path = if path.is_empty() { "/" } else { path };
            vec![(path.to_owned(), span)]
        }
    };
    let span = urls.first()?.1;
    let servers = urls
        .into_iter()
        .map(|(url, span)| build::object(vec![build::member("url", build::text(url, span))], span));
    Some(build::array(servers.collect(), build::made_at(span)))
}

/// The servers of an operation that says schemes of its own.
pub(super) fn servers_of_operation(
    schemes: &Member,
    address: &Address,
    diagnostics: &mut Diagnostics,
) -> Option<Member> {
    let schemes = read_schemes(schemes, diagnostics);
    let same = schemes.len() == address.schemes.len()
        && schemes
            .iter()
            .zip(&address.schemes)
            .all(|(ours, theirs)| ours.as_str() == theirs.as_str());
    if schemes.is_empty() || same || address.host.is_none() {
        return None;
    }
    Some(build::member("servers", servers(address, &schemes)?))
}
