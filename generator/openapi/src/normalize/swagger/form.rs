//! Forms: all parameters with `in: formData` are one body.

use super::body::{Examples, content};
use super::parameter::{self, Place};
use super::{Swagger, build, schema};
use portolan_model::MediaKind;
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Span};
use std::collections::HashMap;

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// Parameters with `in: formData` -> one body. `consumes` is the operation's own, or the document's; `list` is the place
/// of the list that they stand in.
pub(super) fn of_fields(
    fields: Vec<Node>,
    consumes: &[Node],
    own: bool,
    list: Span,
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) -> Node {
    let mut known: HashMap<Box<str>, Span> = HashMap::new();
    let mut properties: Vec<Member> = Vec::new();
    let mut required = Vec::new();
    let mut encodings = Vec::new();
    let mut has_file = false;
    for mut field in fields {
        let span = field.span;
        parameter::check_place(&mut field, diagnostics);
        let Some(members) = build::members_mut(&mut field) else {
            continue;
        };
        let described = parameter::schema(members, Place::Form, span, diagnostics);
        let Some(Member { node: name, .. }) = build::take(members, "name") else {
            diagnostics.push(
                Diagnostic::error("missing-key", "`name` is missing in this parameter")
                    .at(crate::document::start_of(span)),
            );
            continue;
        };
        let Some(text) = name.as_str().map(Box::<str>::from) else {
            diagnostics.push(
                Diagnostic::error(
                    "invalid-type",
                    format!("`name` must be a string, found {}", name.kind()),
                )
                .at(name.span),
            );
            continue;
        };
        let (mut schema, written) = match described {
            Some((schema, written)) => (schema, Some(written)),
            None => match build::take(members, "schema") {
                Some(member) => (member.node, None),
                None => (build::object(Vec::new(), span), None),
            },
        };
        has_file |= schema::file_to_binary(&mut schema);
        let mut said = std::mem::take(members);
        if build::take(&mut said, "required").is_some_and(|member| is_true(&member.node)) {
            required.push(name.clone());
        }
        if let Some(allowed) = build::take(&mut said, "allowEmptyValue") {
            said.push(build::renamed(allowed, "x-allow-empty-value"));
        }
        said.retain(|member| !matches!(&*member.key, "in"));
        if let Some(written) = written {
            let mut encoding = Vec::new();
            let at = build::made_at(span);
            encoding.extend(
                written
                    .style
                    .map(|style| build::member("style", build::text(style, at))),
            );
            encoding.extend(
                written
                    .explode
                    .map(|explode| build::member("explode", build::flag(explode, at))),
            );
            if !encoding.is_empty() {
                encodings.push(Member {
                    key: text.clone(),
                    key_span: name.span,
                    node: build::object(encoding, span),
                });
            }
        }
        if let Some(first) = known.get(&text) {
            diagnostics.push(
                Diagnostic::warning(
                    "duplicate-parameter",
                    format!("the parameter `{text}` is declared twice; the first one was kept"),
                )
                .label(name.span, "again here")
                .label(*first, "first here")
                .help("remove one of them"),
            );
            continue;
        }
        known.insert(text.clone(), name.span);
        if let Some(members) = build::members_mut(&mut schema) {
            for member in said {
                if !members.iter().any(|known| known.key == member.key) {
                    members.push(member);
                }
            }
        }
        properties.push(Member {
            key: text,
            key_span: name.span,
            node: schema,
        });
    }
    let at = build::made_at(list);
    let is_required = !required.is_empty();
    let mut schema = vec![
        build::member("type", build::text("object", at)),
        build::member("properties", build::object(properties, list)),
    ];
    if is_required {
        schema.push(build::member("required", build::array(required, list)));
    }
    let schema = build::object(schema, list);
    let media_types = form_media_types(consumes, has_file, at);
    if own && let Some(first) = consumes.first().filter(|_| !consumes.iter().any(is_form)) {
        let (said, taken) = (first.as_str().unwrap_or_default(), media_types[0].as_str());
        diagnostics.push(
            Diagnostic::warning(
                "invalid-value",
                format!(
                    "a form cannot be sent as `{said}`; it was taken as `{}`",
                    taken.unwrap_or_default()
                ),
            )
            .at(first.span)
            .help(format!(
                "write `{FORM}` or `{MULTIPART}`, or one parameter with `in: body`"
            )),
        );
    }
    let mut content = content(
        &media_types,
        Some(schema),
        Examples::default(),
        list,
        swagger,
        diagnostics,
    );
    if !encodings.is_empty() {
        for media in build::members_mut(&mut content).into_iter().flatten() {
            if let Some(members) = build::members_mut(&mut media.node) {
                members.push(build::member(
                    "encoding",
                    build::object(encodings.clone(), list),
                ));
            }
        }
    }
    let mut body = vec![build::member("content", content)];
    if is_required {
        body.push(build::member("required", build::flag(true, at)));
    }
    build::object(body, list)
}

/// The media types of a form: those that are announced and can carry it.
fn form_media_types(consumes: &[Node], has_file: bool, at: Span) -> Vec<Node> {
    let fits = |name: &str| !has_file || MediaKind::of(name) == MediaKind::Multipart;
    let announced: Vec<Node> = consumes
        .iter()
        .filter(|node| is_form(node) && node.as_str().is_some_and(fits))
        .cloned()
        .collect();
    if !announced.is_empty() {
        return announced;
    }
    let name = if has_file { MULTIPART } else { FORM };
    vec![build::text(name, at)]
}

fn is_form(media_type: &Node) -> bool {
    media_type.as_str().is_some_and(|name| {
        let kind = MediaKind::of(name);
        matches!(kind, MediaKind::Form | MediaKind::Multipart)
    })
}

fn is_true(node: &Node) -> bool {
    node.as_bool() == Some(true) || node.as_str() == Some("true")
}
