//! An operation -> its tables.

use super::super::names::{self, Wish};
use super::super::package::{Method, Row};
use super::super::words::{bare, line, pointer, pointer_segment, word};
use super::fields::{Fields, Target, docs_of, flag_code};
use super::security::{is_token, requirements};
use crate::names::{Kept, Position};
use portolan_emit::Code;
use portolan_model::{
    Api, Body, Docs, Encoding, FieldPath, Location, MediaKind, Operation, Pagination, Parameter,
    ParameterEncoding, PathPart,
};
use portolan_source::Diagnostics;
use std::collections::HashSet;

/// Whether a header parameter is one at all (OpenAPI 3.0.4, 4.8.12.2: three are ignored), and can be sent.
pub(in super::super) fn is_sent_header(parameter: &Parameter) -> bool {
    is_token(parameter.name.as_str())
        && !["accept", "content-type", "authorization"]
            .iter()
            .any(|name| parameter.name.as_str().eq_ignore_ascii_case(name))
}

/// The parameters that are sent, in document order.
fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location != Location::Header || is_sent_header(parameter))
}

/// The names of an operation.
pub(super) struct Identity<'a> {
    pub(super) index: usize,
    pub(super) word: &'a str,
    pub(super) function: &'a str,
}

/// Lowers an operation.
pub(super) fn lower<'a>(
    api: &'a Api,
    operation: &'a Operation,
    identity: Identity<'_>,
    fields: &mut Fields<'a>,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Method {
    let headline = operation.docs.headline().unwrap_or_default();
    let description = operation
        .docs
        .description
        .as_deref()
        .filter(|text| text.trim() != headline);
    let success = success(operation);
    let idempotency = operation
        .idempotency
        .as_ref()
        .map(|idempotency| idempotency.header.as_str())
        .filter(|header| is_token(header));
    Method {
        index: identity.index,
        word: bare(identity.word),
        describe: bare(format!(
            "_portolan_call_{}",
            identity.word.replace('-', "_")
        )),
        function: bare(identity.function),
        summary: line(&headline),
        listed: match operation.deprecated {
            true => line(format!("(deprecated) {headline}").trim_end()),
            false => line(&headline),
        },
        description: super::described(description),
        deprecated: operation.deprecated,
        verb: word(operation.method.as_str()),
        path: path(operation),
        server: operation
            .servers
            .first()
            .map(|server| word(&server.default_url())),
        rows: rows(operation, idempotency, fields, kept, diagnostics),
        bodies: operation.body.as_ref().map(bodies).unwrap_or_default(),
        body_required: operation.body.as_ref().is_some_and(|body| body.required),
        parts: operation
            .body
            .iter()
            .flat_map(|body| &body.content)
            .flat_map(|media| &media.encodings)
            .map(part)
            .collect(),
        accept: accept(&success),
        streams: success.iter().any(|(_, kind)| kind.is_stream()),
        pages: operation
            .pagination
            .as_ref()
            .and_then(|pagination| pages(operation, pagination))
            .unwrap_or_default(),
        idempotency: idempotency.map(|header| word(header_name(operation, header))),
        requirements: match requirements(operation) {
            found if api.security_schemes.is_empty() && found.iter().all(Vec::is_empty) => {
                Vec::new()
            }
            found => found,
        },
    }
}

/// Literals and parameters by turns, a literal first and last.
fn path(operation: &Operation) -> Vec<Code> {
    let mut result = Vec::new();
    let mut literal = String::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Literal(text) => literal.push_str(text),
            PathPart::Parameter(name) => {
                result.push(word(&super::super::styles::path_literal(&literal)));
                result.push(word(name.as_str()));
                literal.clear();
            }
        }
    }
    result.push(word(&super::super::styles::path_literal(&literal)));
    result
}

/// Media types of success, in document order, with their kinds.
fn success(operation: &Operation) -> Vec<(&str, MediaKind)> {
    let mut found: Vec<(&str, MediaKind)> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .flat_map(|response| &response.content)
        .map(|media| (media.name.as_str(), media.kind))
        .collect();
    if found.is_empty() {
        found = operation
            .success()
            .iter()
            .flat_map(|response| &response.content)
            .map(|media| (media.name.as_str(), media.kind))
            .collect();
    }
    found
}

/// The Accept header: JSON where there is JSON, and streams; else all that there is.
fn accept(success: &[(&str, MediaKind)]) -> Option<Code> {
    let essence = |name: &str| name.split(';').next().unwrap_or_default().trim().to_owned();
    let json = success
        .iter()
        .find(|(_, kind)| *kind == MediaKind::Json)
        .map(|(name, _)| *name);
    let mut names: Vec<String> = Vec::new();
    for (name, kind) in success {
        let wanted = json.is_none() || json == Some(name) || kind.is_stream();
        let name = essence(name);
        let plain = name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b',');
        if wanted && plain && !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| word(&names.join(", ")))
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Querystring => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// All flags: parameters in document order, then the members of the body.
fn rows<'a>(
    operation: &'a Operation,
    idempotency: Option<&'a str>,
    fields: &mut Fields<'a>,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Vec<Row> {
    let undeclared = undeclared(operation);
    let mut wishes: Vec<Wish<'a>> = Vec::new();
    wishes.extend(undeclared.iter().map(|name| Wish {
        place: Position::In(Location::Path),
        name,
        span: operation.span,
    }));
    wishes.extend(parameters(operation).map(|parameter| Wish {
        place: Position::In(parameter.location),
        name: parameter.name.as_str(),
        span: parameter.span,
    }));
    let key = idempotency.filter(|header| !has_header(operation, header));
    wishes.extend(key.map(|name| Wish {
        place: Position::In(Location::Header),
        name,
        span: operation.span,
    }));
    let members = body_members(operation, fields);
    wishes.extend(members.iter().map(|(member, _)| Wish {
        place: Position::Body,
        name: member.property.name.as_str(),
        span: member.property.span,
    }));
    let mut flags = names::flags(&wishes, operation, kept, diagnostics).into_iter();
    let mut flag = || flags.next().expect("one flag for each wish");
    let mut rows = Vec::new();
    for name in &undeclared {
        rows.push(plain_row("path", name, &flag(), "simple", true));
    }
    for parameter in parameters(operation) {
        parameter_rows(parameter, &flag(), fields, &mut rows);
    }
    if let Some(name) = key {
        rows.push(Row {
            docs: docs_of(
                &Docs {
                    summary: Some(
                        "The key by which a repeated request is recognised; made when not given."
                            .to_owned(),
                    ),
                    ..Docs::default()
                },
                None,
                false,
            ),
            ..plain_row("header", name, &flag(), "simple", false)
        });
    }
    for (member, files) in &members {
        let target = Target {
            place: "body",
            name: "",
            files: *files,
        };
        let pointer = format!("/{}", pointer_segment(member.property.name.as_str()));
        fields.add(&target, member, &flag(), &pointer, &mut rows);
    }
    rows
}

/// Names in the path that no parameter declares.
fn undeclared(operation: &Operation) -> Vec<&str> {
    let mut seen = HashSet::new();
    operation
        .path
        .parameters()
        .map(|name| name.as_str())
        .filter(|name| {
            !operation
                .parameters_in(Location::Path)
                .any(|parameter| parameter.name == *name)
                && seen.insert(*name)
        })
        .collect()
}

fn has_header(operation: &Operation, header: &str) -> bool {
    operation
        .parameters_in(Location::Header)
        .any(|parameter| parameter.name.as_str().eq_ignore_ascii_case(header))
}

/// The header as the operation's own parameter spells it.
fn header_name<'a>(operation: &'a Operation, header: &'a str) -> &'a str {
    operation
        .parameters_in(Location::Header)
        .map(|parameter| parameter.name.as_str())
        .find(|name| name.eq_ignore_ascii_case(header))
        .unwrap_or(header)
}

/// The members of the body in all its forms; the second tells whether bytes are sent from files.
fn body_members<'a>(
    operation: &'a Operation,
    fields: &Fields<'a>,
) -> Vec<(super::fields::Member<'a>, bool)> {
    let mut found: Vec<(super::fields::Member<'a>, bool)> = Vec::new();
    let content = operation.body.iter().flat_map(Body::forms);
    let mut forms = 0;
    for media in content {
        if !matches!(
            media.kind,
            MediaKind::Json | MediaKind::Form | MediaKind::Multipart
        ) {
            continue;
        }
        forms += 1;
        let files = media.kind == MediaKind::Multipart;
        for member in fields.members(&media.ty) {
            match found
                .iter_mut()
                .find(|(other, _)| other.property.name == member.property.name)
            {
                // A file can only be sent in parts, so that form decides what its flag takes.
                Some(slot) if files && fields.kind(&member.property.ty, true).word == "file" => {
                    *slot = (member, true);
                }
                Some((other, _)) => other.required &= member.required,
                None => found.push((member, files)),
            }
        }
    }
    if forms > 1 {
        for (member, _) in &mut found {
            member.required = false;
        }
    }
    found
}

fn plain_row(place: &'static str, name: &str, flag: &str, mode: &str, required: bool) -> Row {
    Row {
        field: false,
        flag: flag_code(flag),
        place: bare(place),
        name: word(name),
        pointer: word(""),
        kind: word("string"),
        mode: word(mode),
        need: bare(if required { "required" } else { "optional" }),
        docs: word(""),
        choices: Vec::new(),
    }
}

fn parameter_rows<'a>(
    parameter: &'a Parameter,
    flag: &str,
    fields: &mut Fields<'a>,
    rows: &mut Vec<Row>,
) {
    let place = location(parameter.location);
    let kind = fields.kind(&parameter.ty, false);
    rows.push(Row {
        kind: kind.code(),
        docs: docs_of(
            &parameter.docs,
            parameter.default.as_ref(),
            parameter.deprecated,
        ),
        choices: fields.choices(&parameter.ty),
        ..plain_row(
            place,
            parameter.name.as_str(),
            flag,
            &mode(&parameter.encoding),
            parameter.required,
        )
    });
    let is_object =
        !fields.members(&parameter.ty).is_empty() || fields.map_values(&parameter.ty).is_some();
    if is_object && !kind.list {
        let target = Target {
            place,
            name: parameter.name.as_str(),
            files: false,
        };
        fields.nest(&target, &parameter.ty, flag, "", 1, &mut 40, rows);
    }
}

/// A style as the runtime writes it, or the media type of the content.
fn mode(encoding: &ParameterEncoding) -> String {
    match encoding {
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => format!(
            "{}{}{}",
            style.as_str(),
            if *explode { "*" } else { "" },
            if *allow_reserved { "+" } else { "" }
        ),
        // A slash tells the runtime that it is no style.
        ParameterEncoding::Content { media_type } if media_type.contains('/') => media_type.clone(),
        ParameterEncoding::Content { .. } => "application/json".to_owned(),
    }
}

fn bodies(body: &Body) -> Vec<(Code, Code)> {
    body.forms()
        .map(|media| {
            let kind = match media.kind {
                MediaKind::Json => "json",
                MediaKind::Form => "form",
                MediaKind::Multipart => "multipart",
                _ => "raw",
            };
            // `*/*` and `application/*` are read as JSON; what is sent must be one type.
            let name = match media.name.as_str() {
                "*/*" | "application/*" if kind == "json" => "application/json",
                name => name,
            };
            (word(name), bare(kind))
        })
        .collect()
}

/// Name, media type, style, and the headers that the document fixes.
fn part(encoding: &Encoding) -> Vec<Code> {
    let mut words = vec![
        word(encoding.property.as_str()),
        word(encoding.content_type.as_deref().unwrap_or_default()),
        word(&encoding.encoding.as_ref().map(mode).unwrap_or_default()),
    ];
    let headers = encoding
        .fixed_headers()
        // What is no header is not sent; in the other languages the runtime refuses it.
        .filter(|(_, value)| !value.contains(char::is_control))
        .map(|(name, value)| word(&format!("{name}: {value}")));
    words.extend(headers);
    words
}

/// The rule of the pages, when all that it names is there.
fn pages(operation: &Operation, pagination: &Pagination) -> Option<Vec<Code>> {
    let path = |path: &FieldPath| word(&pointer(path.0.iter().map(|name| name.as_str())));
    let query = |name: &portolan_model::Name| {
        operation
            .parameters_in(Location::Query)
            .any(|parameter| parameter.name == *name)
            .then(|| word(name.as_str()))
    };
    let items = path(pagination.items());
    let mut rule = match pagination {
        Pagination::Cursor { cursor, next, .. } => {
            vec![bare("cursor"), items, query(cursor)?, path(next)]
        }
        Pagination::LastItem { cursor, member, .. } => {
            vec![bare("last"), items, query(cursor)?, path(member)]
        }
        Pagination::Offset { offset, .. } => vec![bare("offset"), items, query(offset)?],
        Pagination::PageNumber { page, first, .. } => {
            vec![bare("number"), items, query(page)?, bare(first.to_string())]
        }
        Pagination::NextUrl { next, .. } => vec![bare("next"), items, path(next)],
        Pagination::LinkHeader { .. } => vec![bare("link"), items],
    };
    match pagination {
        Pagination::Cursor { has_more, .. } | Pagination::LastItem { has_more, .. } => {
            rule.extend(has_more.as_ref().map(path));
        }
        Pagination::Offset { total, .. } => rule.extend(total.as_ref().map(path)),
        Pagination::PageNumber { total_pages, .. } => rule.extend(total_pages.as_ref().map(path)),
        Pagination::NextUrl { .. } | Pagination::LinkHeader { .. } => {}
    }
    Some(rule)
}
