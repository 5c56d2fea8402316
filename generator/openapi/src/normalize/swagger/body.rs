//! Bodies, and the media types that they have.

use super::parameter::{self, Place};
use super::{Defaults, Swagger, build, schema};
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Span};
use std::rc::Rc;

/// How many media types one list may have: each schema is repeated for each.
const MAX_MEDIA_TYPES: usize = 100;

pub(super) const JSON: &str = "application/json";

/// A shared parameter with `in: body`, where 3.x has a shared body.
pub(super) fn request_body(node: &mut Node, swagger: &mut Swagger, diagnostics: &mut Diagnostics) {
    if parameter::place_word(node) != Some("body") {
        return;
    }
    let consumes = Rc::clone(&swagger.here.consumes);
    let parameter = std::mem::replace(node, build::object(Vec::new(), node.span));
    *node = of_parameter(parameter, &consumes, swagger, diagnostics);
}

/// A parameter with `in: body` -> the body of a request in each of the forms `consumes`.
pub(super) fn of_parameter(
    parameter: Node,
    consumes: &[Node],
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) -> Node {
    let span = parameter.span;
    let mut parameter = parameter;
    parameter::check_place(&mut parameter, diagnostics);
    let mut body = Vec::new();
    let mut schema = None;
    let mut example = None;
    let mut examples = None;
    if let Some(members) = build::members_mut(&mut parameter) {
        if !members.iter().any(|member| &*member.key == "schema") {
            // A body that is described like any other parameter.
            schema = parameter::schema(members, Place::Form, span, diagnostics)
                .map(|(schema, _)| build::member("schema", schema));
        }
        for member in std::mem::take(members) {
            match &*member.key {
                "schema" => schema = Some(member),
                "example" | "x-example" => example = Some(member),
                "x-examples" | "examples" => examples = Some(member),
                // What code may call the body; other tools for 3.x read it under this name.
                "name" => body.push(build::renamed(member, "x-codegen-request-body-name")),
                "in" => {}
                _ => body.push(member),
            }
        }
    }
    let mut schema = schema.map(|member| member.node);
    if let Some(schema) = &mut schema {
        schema::file_to_binary(schema);
    }
    let mut given = Examples::default();
    given.read(example, examples);
    let content = content(consumes, schema, given, span, swagger, diagnostics);
    body.push(build::member("content", content));
    build::object(body, span)
}

/// Examples of a body.
#[derive(Debug, Default)]
pub(super) struct Examples {
    /// For every form of it.
    pub(super) bare: Option<Node>,
    /// For one form of it.
    pub(super) by_media_type: Vec<Member>,
    /// By other names.
    pub(super) named: Vec<Member>,
}

impl Examples {
    fn read(&mut self, example: Option<Member>, examples: Option<Member>) {
        self.bare = example.map(|member| member.node);
        self.sort(examples);
    }

    /// Sorts what stands under `examples`: media types have a slash.
    pub(super) fn sort(&mut self, examples: Option<Member>) {
        let Some(mut examples) = examples else { return };
        for member in build::members_mut(&mut examples.node)
            .map(std::mem::take)
            .unwrap_or_default()
        {
            if member.key.contains('/') {
                self.by_media_type.push(member);
            } else if !member.key.starts_with("x-") {
                self.named.push(member);
            }
        }
    }
}

/// A body of one schema in each of several media types.
pub(super) fn content(
    media_types: &[Node],
    schema: Option<Node>,
    mut examples: Examples,
    span: Span,
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) -> Node {
    let mut content: Vec<Member> = Vec::new();
    let mut names: Vec<(&str, Span)> = Vec::new();
    for node in media_types {
        if let Some(name) = node.as_str()
            && !names.iter().any(|(known, _)| *known == name)
        {
            names.push((name, node.span));
        }
    }
    if names.is_empty() {
        names.push((JSON, build::made_at(span)));
    }
    for (index, (name, place)) in names.iter().enumerate() {
        if index > 0 && !swagger.spend(1, span, diagnostics) {
            break;
        }
        let mut media = Vec::new();
        if let Some(schema) = &schema {
            let copied = if index == 0 {
                Some(schema.clone())
            } else {
                swagger.copy(schema, diagnostics)
            };
            media.extend(copied.map(|schema| build::member("schema", schema)));
        }
        let own = examples
            .by_media_type
            .iter()
            .position(|member| member.key.eq_ignore_ascii_case(name));
        match own {
            Some(own) => {
                let own = examples.by_media_type.remove(own);
                media.push(build::renamed(own, "example"));
            }
            None => media.extend(
                examples
                    .bare
                    .as_ref()
                    .and_then(|example| swagger.copy(example, diagnostics))
                    .map(|example| build::member("example", example)),
            ),
        }
        if index == 0 && !examples.named.is_empty() {
            let named = std::mem::take(&mut examples.named)
                .into_iter()
                .map(|member| {
                    let span = member.node.span;
                    Member {
                        node: build::object(vec![build::member("value", member.node)], span),
                        ..member
                    }
                });
            media.push(build::member(
                "examples",
                build::object(named.collect(), span),
            ));
        }
        content.push(Member {
            key: (*name).into(),
            key_span: *place,
            node: build::object(media, span),
        });
    }
    // A form that nobody announced, but somebody shows.
    for member in examples.by_media_type {
        let mut media = Vec::new();
        let schema = schema
            .as_ref()
            .and_then(|schema| swagger.copy(schema, diagnostics));
        media.extend(schema.map(|schema| build::member("schema", schema)));
        let (key, key_span) = (member.key.clone(), member.key_span);
        media.push(build::renamed(member, "example"));
        content.push(Member {
            key,
            key_span,
            node: build::object(media, span),
        });
    }
    build::object(content, span)
}

impl Defaults {
    /// Reads `consumes` and `produces`, and takes them out.
    pub(super) fn take(members: &mut Vec<Member>, diagnostics: &mut Diagnostics) -> Announced {
        let mut list = |key: &str| {
            let member = build::take(members, key)?;
            Some(media_types(member, diagnostics))
        };
        Announced {
            consumes: list("consumes"),
            produces: list("produces"),
        }
    }
}

/// `consumes` and `produces` of an object that may have them.
#[derive(Debug, Default)]
pub(super) struct Announced {
    pub(super) consumes: Option<Vec<Node>>,
    pub(super) produces: Option<Vec<Node>>,
}

/// The media types of a list; a single one is meant as a list.
fn media_types(member: Member, diagnostics: &mut Diagnostics) -> Vec<Node> {
    let Member { key, node, .. } = member;
    let items = match node.value {
        portolan_source::Value::Array(items) => items,
        portolan_source::Value::String(_) => {
            diagnostics.push(
                Diagnostic::warning(
                    "invalid-type",
                    format!("`{key}` must be an array, found a string"),
                )
                .at(node.span)
                .help("it was read as if it were"),
            );
            vec![node]
        }
        portolan_source::Value::Null => Vec::new(),
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    "invalid-type",
                    format!("`{key}` must be an array, found {}", node.kind()),
                )
                .at(node.span),
            );
            Vec::new()
        }
    };
    if let Some(next) = items.get(MAX_MEDIA_TYPES) {
        diagnostics.push(
            Diagnostic::warning(
                "looser-type",
                format!(
                    "`{key}` has more than {MAX_MEDIA_TYPES} media types; the rest was ignored"
                ),
            )
            .at(next.span),
        );
    }
    items
        .into_iter()
        .take(MAX_MEDIA_TYPES)
        .filter(|item| {
            let is_text = item.as_str().is_some();
            if !is_text {
                diagnostics.push(
                    Diagnostic::error(
                        "invalid-type",
                        format!("`{key}` must be a string, found {}", item.kind()),
                    )
                    .at(item.span),
                );
            }
            is_text && item.as_str() != Some("")
        })
        .collect()
}
