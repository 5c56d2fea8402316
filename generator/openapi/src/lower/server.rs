//! Servers, at all three levels.

use crate::typed;
use portolan_model::{Server, ServerVariable};
use portolan_source::{Diagnostic, Diagnostics, Node, Span};

/// The servers of an operation or a path; none when it names none.
pub(super) fn lower(node: Option<&Node>, diagnostics: &mut Diagnostics) -> Vec<Server> {
    node.into_iter()
        .flat_map(Node::items)
        .filter_map(|server| one(server, diagnostics))
        .collect()
}

/// The servers of the document (OpenAPI 3.0.4, 4.8.1: without any, `/`).
pub(super) fn lower_or_default(node: Option<&Node>, diagnostics: &mut Diagnostics) -> Vec<Server> {
    let servers = lower(node, diagnostics);
    if !servers.is_empty() {
        return servers;
    }
    vec![Server {
        url: "/".to_owned(),
        name: None,
        description: None,
        variables: Vec::new(),
        span: Span::default(),
    }]
}

/// One server.
pub(super) fn one(node: &Node, diagnostics: &mut Diagnostics) -> Option<Server> {
    let server: openapiv3::Server = typed::read(node, &["url", "description"], diagnostics)?;
    let mut variables = Vec::new();
    for member in node.get("variables").into_iter().flat_map(Node::members) {
        let keys = ["default", "enum", "description"];
        let values = member.node.get("enum").into_iter().flat_map(Node::items);
        let first = values.clone().find_map(Node::as_str);
        let default = member.node.get("default").and_then(Node::as_str);
        let read = match (default, first) {
            // Without a default the first of the allowed values is the only sensible one.
            (None, Some(first)) => {
                diagnostics.push(
                    Diagnostic::warning(
                        "missing-default",
                        format!(
                            "the server variable `{}` has no default; `{first}` was taken",
                            member.key
                        ),
                    )
                    .at(member.key_span)
                    .help("add `default`"),
                );
                openapiv3::ServerVariable {
                    default: first.to_owned(),
                    enumeration: values.filter_map(Node::as_str).map(str::to_owned).collect(),
                    description: typed::text(&member.node, "description"),
                    ..openapiv3::ServerVariable::default()
                }
            }
            _ => match typed::read(&member.node, &keys, diagnostics) {
                Some(read) => read,
                None => continue,
            },
        };
        if !read.enumeration.is_empty() && !read.enumeration.contains(&read.default) {
            let span = member
                .node
                .get("default")
                .map_or(member.key_span, |default| default.span);
            diagnostics.push(
                Diagnostic::warning(
                    "invalid-default",
                    format!(
                        "the default `{}` of the server variable `{}` is none of its values",
                        read.default, member.key
                    ),
                )
                .at(span)
                .help("the default was kept; add it to `enum`, or change it"),
            );
        }
        variables.push(ServerVariable {
            name: member.key.clone().into(),
            default: read.default,
            values: read.enumeration,
            description: read.description,
        });
    }
    undeclared(node, &server.url, &variables, diagnostics);
    Some(Server {
        url: server.url,
        name: typed::text(node, "name"),
        description: server.description,
        variables,
        span: node.span,
    })
}

/// A `{name}` of the URL that no variable explains.
fn undeclared(node: &Node, url: &str, variables: &[ServerVariable], diagnostics: &mut Diagnostics) {
    let template = portolan_model::PathTemplate::parse(url);
    for name in template.parameters() {
        if variables.iter().all(|variable| variable.name != *name) {
            let span = node.get("url").map_or(node.span, |url| url.span);
            diagnostics.push(
                Diagnostic::warning(
                    "undeclared-server-variable",
                    format!("the server's URL has `{{{name}}}`, but no such variable is declared"),
                )
                .at(span)
                .help(format!("add `{name}` with a `default` to `variables`")),
            );
        }
    }
}
