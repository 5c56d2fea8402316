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
        Kind::Header => &PARAMETER[6..],
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

/// The first six are not a header's.
const PARAMETER: Keys = &[
    "name",
    "in",
    "required",
    "allowEmptyValue",
    "schema",
    "deprecated",
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
    "example",
];

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
            | Kind::Header
            | Kind::Response
            | Kind::SecurityScheme
    ) {
        return false;
    }
    node.members().iter().any(|member| {
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

/// Says what a person wrote in the words of another version; it is read as it is meant.
pub(super) fn report(node: &Node, kind: Kind, dialect: Dialect, diagnostics: &mut Diagnostics) {
    match dialect {
        Dialect::Swagger => {
            let Some(known) = keys(kind) else { return };
            let foreign = |member: &&Member| {
                build::is_written(member)
                    && !known.contains(&&*member.key)
                    && kind.field(&member.key).is_some()
            };
            for member in node.members().iter().filter(foreign) {
                // Many tools of 2.0's time wrote these two, and what they mean is the same.
                if kind == Kind::Parameter && matches!(&*member.key, "example" | "examples") {
                    continue;
                }
                diagnostics.push(
                    Diagnostic::warning(
                        "other-version",
                        format!(
                            "`{}` is a word of OpenAPI 3 in a Swagger 2.0 document",
                            member.key
                        ),
                    )
                    .at(member.key_span)
                    .help(in_swagger(kind, &member.key)),
                );
            }
        }
        Dialect::OpenApi => {
            for member in node.members() {
                if let Some(help) = old(kind, &member.key).filter(|_| build::is_written(member)) {
                    let message = format!(
                        "`{}` is a word of Swagger 2.0 in an OpenAPI 3 document",
                        member.key
                    );
                    diagnostics.push(
                        Diagnostic::warning("other-version", message)
                            .at(member.key_span)
                            .help(help),
                    );
                }
                if &*member.key == "parameters" && matches!(kind, Kind::PathItem | Kind::Operation)
                {
                    for place in member.node.items().iter().filter_map(old_place) {
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
            }
        }
    }
}

/// What to write instead.
fn in_swagger(kind: Kind, key: &str) -> String {
    let instead = match (kind, key) {
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
        _ => return "it was read as OpenAPI 3 means it; a document that begins with `openapi: 3.0.3` may use it".to_owned(),
    };
    format!("it was read as OpenAPI 3 means it; in Swagger 2.0 {instead}")
}
