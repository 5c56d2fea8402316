//! Security schemes: `basic` is a scheme of HTTP, and each flow of OAuth2 stands under its name.

use super::build;
use portolan_source::{Diagnostic, Diagnostics, Node, Value, nearest};

const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

pub(super) fn convert(node: &mut Node, diagnostics: &mut Diagnostics) {
    let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
    match kind {
        "basic" => basic(node),
        "oauth2" if node.get("flows").is_none() => oauth2(node, diagnostics),
        // What 3.x knows besides was reported as a word of another version, by what stands beside it.
        "" | "apiKey" | "oauth2" | "http" | "openIdConnect" | "mutualTLS" => {}
        _ => unknown(node, diagnostics),
    }
}

fn unknown(node: &mut Node, diagnostics: &mut Diagnostics) {
    let Some(kind) = node.get("type") else { return };
    let word = kind.as_str().unwrap_or_default();
    let span = kind.span;
    let diagnostic =
        Diagnostic::error("invalid-value", format!("`{word}` is no type of security")).at(span);
    diagnostics.push(match nearest(word, ["basic", "apiKey", "oauth2"]) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("write `basic`, `apiKey` or `oauth2`"),
    });
    // One mistake is one error: what uses the scheme is not wrong.
    let scheme = |key, text: &str| build::member(key, build::text(text, span));
    *node = build::object(
        vec![scheme("type", "http"), scheme("scheme", "basic")],
        node.span,
    );
}

fn basic(node: &mut Node) {
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let kind = members.iter_mut().find(|member| &*member.key == "type");
    if let Some(kind) = kind {
        let span = kind.node.span;
        kind.node.value = Value::String("http".into());
        members.push(build::member("scheme", build::text("basic", span)));
    }
}

fn oauth2(node: &mut Node, diagnostics: &mut Diagnostics) {
    let at = crate::document::start_of(node.span);
    let span = node.span;
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let said = build::take(members, "flow");
    let has = |key: &str| members.iter().any(|member| &*member.key == key);
    let word = said.as_ref().and_then(|member| member.node.as_str());
    let meant = match word {
        Some(word) => FLOWS
            .iter()
            .find(|(old, new)| *old == word || *new == word)
            .map(|(old, new)| (*old, *new)),
        // The URLs of a flow tell which it is, when only one has these.
        None if has("authorizationUrl") && has("tokenUrl") => Some(FLOWS[3]),
        None if has("authorizationUrl") => Some(FLOWS[0]),
        None => None,
    };
    let flow = meant.map(|(_, new)| new);
    match (word, meant) {
        (Some(word), Some((old, _))) if word != old => diagnostics.push(
            Diagnostic::warning("invalid-value", format!("`{word}` is a flow of OpenAPI 3"))
                .at(said.as_ref().map_or(at, |member| member.node.span))
                .help(format!("Swagger 2.0 calls it `{old}`; it was read as that")),
        ),
        (Some(word), None) => {
            let diagnostic =
                Diagnostic::error("invalid-value", format!("`{word}` is no flow of OAuth2"))
                    .at(said.as_ref().map_or(at, |member| member.node.span));
            let known = FLOWS.iter().map(|(old, _)| *old);
            diagnostics.push(match nearest(word, known) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => {
                    diagnostic.help("write `implicit`, `password`, `application` or `accessCode`")
                }
            });
        }
        (None, meant) => {
            let message = match meant {
                Some((old, _)) => {
                    format!("this OAuth2 scheme has no `flow`; `{old}` was taken from its URLs")
                }
                None => "this OAuth2 scheme has no `flow`: nobody can get a token".to_owned(),
            };
            diagnostics.push(
                Diagnostic::warning("missing-flows", message)
                    .at(at)
                    .help("add `flow`: `implicit`, `password`, `application` or `accessCode`"),
            );
        }
        _ => {}
    }
    let mut inside = Vec::new();
    for key in ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"] {
        inside.extend(build::take(members, key));
    }
    let mut flows = Vec::new();
    if let Some(flow) = flow {
        flows.push(build::member(flow, build::object(inside, span)));
    }
    members.push(build::member("flows", build::object(flows, span)));
}
