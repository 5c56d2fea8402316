//! Words of one version in a document of another.

use super::{Dialect, build};
use crate::grammar::Kind;
use portolan_source::{Diagnostic, Diagnostics, Member, Node};

type Keys = &'static [&'static str];

/// The keys of an object in 2.0, where they are not those of 3.x.
pub(crate) fn keys(kind: Kind) -> Option<Keys> {
    Some(match kind {
        Kind::Document => &[
            "swagger",
            "info",
            "host",
            "basePath",
            "schemes",
            "consumes",
            "produces",
            "paths",
            "definitions",
            "parameters",
            "responses",
            "securityDefinitions",
            "security",
            "tags",
            "externalDocs",
        ],
        Kind::PathItem => &[
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "parameters",
        ],
        Kind::Operation => &[
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "consumes",
            "produces",
            "parameters",
            "responses",
            "schemes",
            "deprecated",
            "security",
        ],
        Kind::Parameter => PARAMETER,
        Kind::Header => &PARAMETER[5..],
        Kind::Response => &["description", "schema", "headers", "examples"],
        Kind::SecurityScheme => &[
            "type",
            "description",
            "name",
            "in",
            "flow",
            "authorizationUrl",
            "tokenUrl",
            "scopes",
        ],
        _ => return None,
    })
}

/// The first five are not a header's.
const PARAMETER: Keys = &[
    "name",
    "in",
    "required",
    "allowEmptyValue",
    "schema",
    "description",
    "type",
    "format",
    "items",
    "collectionFormat",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
];

/// Whether an object says in 3.x's way already what the old words would say: then they are only unknown keys.
fn is_said(node: &Node, kind: Kind) -> bool {
    let says = |keys: &[&str]| {
        node.members()
            .iter()
            .any(|member| keys.contains(&&*member.key))
    };
    match kind {
        Kind::Parameter | Kind::Header => says(&["schema", "content"]),
        Kind::Response => says(&["content"]),
        Kind::SecurityScheme => says(&["flows"]),
        _ => false,
    }
}

/// Keys that only 2.0 has, and what 3.x has in their place.
fn old(kind: Kind, key: &str) -> Option<&'static str> {
    let describes = || {
        matches!(
            key,
            "type"
                | "format"
                | "items"
                | "default"
                | "maximum"
                | "exclusiveMaximum"
                | "minimum"
                | "exclusiveMinimum"
                | "maxLength"
                | "minLength"
                | "pattern"
                | "maxItems"
                | "minItems"
                | "uniqueItems"
                | "enum"
                | "multipleOf"
        )
    };
    Some(match (kind, key) {
        (Kind::Document, "swagger") => "`openapi` alone says the version",
        (Kind::Document, "host" | "basePath" | "schemes") | (Kind::Operation, "schemes") => {
            "write `servers` with whole URLs"
        }
        (Kind::Document | Kind::Operation, "consumes") => {
            "write the media types as keys of `content` in `requestBody`"
        }
        (Kind::Document | Kind::Operation, "produces") => {
            "write the media types as keys of `content` in each response"
        }
        (Kind::Document, "definitions") => "move them to `components.schemas`",
        (Kind::Document, "parameters") => "move them to `components.parameters`",
        (Kind::Document, "responses") => "move them to `components.responses`",
        (Kind::Document, "securityDefinitions") => "move them to `components.securitySchemes`",
        (Kind::Parameter | Kind::Header, "collectionFormat") => "write `style` and `explode`",
        (Kind::Parameter | Kind::Header, _) if describes() => "move it into `schema`",
        (Kind::Response, "schema") => "write it under a media type in `content`",
        (Kind::Response, "examples") => "write each under its media type in `content`",
        (Kind::SecurityScheme, "flow" | "authorizationUrl" | "tokenUrl" | "scopes") => {
            "write it under `flows`"
        }
        _ => return None,
    })
}

/// Where a parameter of 2.0 stands that is none in 3.x.
fn old_place(parameter: &Node) -> Option<&Node> {
    let place = parameter.get("in")?;
    matches!(place.as_str()?, "body" | "formData").then_some(place)
}

/// Whether an object of a 3.x document holds words of 2.0.
pub(crate) fn hold_old_keys(node: &Node, kind: Kind) -> bool {
    if !matches!(
        kind,
        Kind::Document
            | Kind::PathItem
            | Kind::Operation
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::Header
            | Kind::Response
            | Kind::SecurityScheme
    ) {
        return false;
    }
    if matches!(kind, Kind::Parameter | Kind::RequestBody) && old_place(node).is_some() {
        return true;
    }
    !is_said(node, kind)
        && node.members().iter().any(|member| {
            old(kind, &member.key).is_some()
                || (&*member.key == "parameters"
                    && matches!(kind, Kind::PathItem | Kind::Operation)
                    && member
                        .node
                        .items()
                        .iter()
                        .any(|item| old_place(item).is_some()))
                || (kind == Kind::SecurityScheme
                    && &*member.key == "type"
                    && member.node.as_str() == Some("basic"))
        })
}

/// Says what a person wrote in the words of another version; it is read as it is meant. Words with the same advice make
/// one diagnostic.
pub(super) fn report(node: &Node, kind: Kind, dialect: Dialect, diagnostics: &mut Diagnostics) {
    let mut groups: Vec<(String, Vec<&Member>)> = Vec::new();
    for member in node
        .members()
        .iter()
        .filter(|member| build::is_written(member))
    {
        let help = match dialect {
            Dialect::Swagger => in_swagger(kind, &member.key),
            Dialect::OpenApi => old(kind, &member.key).map(str::to_owned),
        };
        let Some(help) = help else { continue };
        match groups.iter_mut().find(|(known, _)| *known == help) {
            Some((_, members)) => members.push(member),
            None => groups.push((help, vec![member])),
        }
    }
    let (whose, wheres) = match dialect {
        Dialect::Swagger => ("OpenAPI 3", "a Swagger 2.0"),
        Dialect::OpenApi => ("Swagger 2.0", "an OpenAPI 3"),
    };
    for (help, members) in groups {
        let words: Vec<String> = members
            .iter()
            .map(|member| format!("`{}`", member.key))
            .collect();
        let message = match words.as_slice() {
            [one] => format!("{one} is a word of {whose} in {wheres} document"),
            [most @ .., last] => {
                format!(
                    "{} and {last} are words of {whose} in {wheres} document",
                    most.join(", ")
                )
            }
            [] => continue,
        };
        let mut diagnostic = Diagnostic::warning("other-version", message);
        for member in members {
            diagnostic = diagnostic.at(member.key_span);
        }
        diagnostics.push(diagnostic.help(help));
    }
    if dialect == Dialect::Swagger {
        return;
    }
    let here = std::slice::from_ref(node);
    let parameters = match kind {
        Kind::Parameter | Kind::RequestBody => here,
        Kind::PathItem | Kind::Operation => node.get("parameters").map_or(&[][..], Node::items),
        _ => return,
    };
    for place in parameters.iter().filter_map(old_place) {
        let word = place.as_str().unwrap_or_default();
        diagnostics.push(
            Diagnostic::warning(
                "other-version",
                format!("`in: {word}` is Swagger 2.0 in an OpenAPI 3 document; it was read as a `requestBody`"),
            )
            .at(place.span)
            .help("write a `requestBody` with a `schema` under its media type in `content`"),
        );
    }
}

/// What to write instead of a word of 3.x.
fn in_swagger(kind: Kind, key: &str) -> Option<String> {
    if key.starts_with("x-") || keys(kind)?.contains(&key) || kind.field(key).is_none() {
        return None;
    }
    let instead = match (kind, key) {
        // Many tools of 2.0's time wrote these, and what they mean is the same.
        (Kind::Parameter | Kind::Header, "example" | "examples" | "deprecated") => return None,
        (Kind::Document, "openapi") => "a document says one version: remove `openapi` or `swagger`",
        (Kind::Document | Kind::PathItem | Kind::Operation, "servers") => {
            "write `host`, `basePath` and `schemes`"
        }
        (Kind::Document, "components") => {
            "write `definitions`, `parameters`, `responses` and `securityDefinitions`"
        }
        (Kind::Operation, "requestBody") => "write a parameter with `in: body`",
        (Kind::Parameter | Kind::Header, "style" | "explode") => "write `collectionFormat`",
        (Kind::Header, "schema") => "write `type` and its like beside the description",
        (Kind::Response, "content") => "write `schema`, and the media types under `produces`",
        (Kind::SecurityScheme, "flows") => "write `flow` and its URLs beside it",
        _ => "there is no such thing",
    };
    Some(format!(
        "it was read as OpenAPI 3 means it; in Swagger 2.0 {instead}"
    ))
}
