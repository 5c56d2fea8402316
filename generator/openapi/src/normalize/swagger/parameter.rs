//! Parameters and headers: what 2.0 says beside the name goes into a schema; `collectionFormat` becomes a style.

use super::{Dialect, build, schema as schemas};
use crate::grammar::Kind;
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Span, Value, nearest};

/// Where a value stands that may be a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    Path,
    Header,
    /// A field of a form.
    Form,
    Body,
}

/// Where a parameter stands in 2.0.
const PLACES: [&str; 5] = ["query", "path", "header", "formData", "body"];

/// Where a parameter says that it stands, as 2.0 spells it.
pub(super) fn place_word(parameter: &Node) -> Option<&'static str> {
    let text = parameter.get("in")?.as_str()?;
    PLACES
        .into_iter()
        .find(|place| place.eq_ignore_ascii_case(text))
}

impl Place {
    fn of(parameter: &Node) -> Place {
        match place_word(parameter) {
            Some("path") => Place::Path,
            Some("header") => Place::Header,
            Some("formData") => Place::Form,
            Some("body") => Place::Body,
            // What is wrong with the place is said once; the rest may be right.
            _ => Place::Query,
        }
    }
}

/// Looks at where a parameter says that it stands.
pub(super) fn check_place(parameter: &mut Node, diagnostics: &mut Diagnostics) {
    let word = place_word(parameter);
    let members = build::members_mut(parameter).into_iter().flatten();
    for member in members.filter(|member| &*member.key == "in") {
        let Some(text) = member.node.as_str().filter(|text| word != Some(text)) else {
            continue;
        };
        let span = member.node.span;
        let diagnostic = match word {
            Some(word) => Diagnostic::warning(
                "invalid-value",
                format!("`{text}` is no place of a parameter"),
            )
            .help(format!("it was read as `{word}`")),
            None if text == "cookie" => Diagnostic::warning(
                "other-version",
                "`in: cookie` is OpenAPI 3 in a Swagger 2.0 document",
            )
            .help(
                "it was read as OpenAPI 3 means it; in Swagger 2.0 write a header called `Cookie`",
            ),
            None => {
                let diagnostic = Diagnostic::error(
                    "invalid-value",
                    format!("`{text}` is no place of a parameter"),
                );
                match nearest(text, PLACES) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => {
                        diagnostic.help("write `query`, `path`, `header`, `formData` or `body`")
                    }
                }
            }
        };
        if text != "cookie" {
            member.node.value = Value::String(word.unwrap_or("query").into());
        }
        diagnostics.push(diagnostic.at(span));
    }
}

/// How the items of a list are written: a style of 3.x, and whether they are apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) style: Option<&'static str>,
    pub(super) explode: Option<bool>,
}

/// A parameter.
pub(super) fn convert(node: &mut Node, dialect: Dialect, diagnostics: &mut Diagnostics) {
    if dialect == Dialect::Swagger {
        check_place(node, diagnostics);
    }
    let place = Place::of(node);
    if place != Place::Body {
        describe(node, place, diagnostics);
    }
}

/// A header of an answer.
pub(super) fn header(node: &mut Node, diagnostics: &mut Diagnostics) {
    describe(node, Place::Header, diagnostics);
}

fn describe(node: &mut Node, place: Place, diagnostics: &mut Diagnostics) {
    let span = node.span;
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let Some((mut schema, written)) = schema(members, place, span, diagnostics) else {
        return;
    };
    if place == Place::Form {
        // A field that is shared stands here, too; who uses it takes it as it was written.
        schemas::file_to_binary(&mut schema);
    }
    let says = |key: &str| members.iter().any(|member| &*member.key == key);
    if place != Place::Form && !says("style") && !says("explode") {
        members.extend(
            written
                .style
                .map(|style| build::member("style", build::text(style, build::made_at(span)))),
        );
        members.extend(
            written.explode.map(|explode| {
                build::member("explode", build::flag(explode, build::made_at(span)))
            }),
        );
    }
    members.push(build::member("schema", schema));
}

/// `$ref: '#/definitions/Name'` beside `name` and `in` is meant as the schema.
pub(super) fn describe_by_reference(node: &mut Node, diagnostics: &mut Diagnostics) {
    if !is_described_by_reference(node) {
        return;
    }
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let Some(reference) = build::take(members, "$ref") else {
        return;
    };
    let span = reference.node.span;
    diagnostics.push(
        Diagnostic::warning(
            "invalid-value",
            "a parameter with a name of its own cannot be a reference to a schema; it was taken as its schema",
        )
        .at(span)
        .help("write `schema` in a body, and `type` everywhere else"),
    );
    members.push(build::member(
        "schema",
        build::object(vec![reference], span),
    ));
}

/// Whether a parameter says what it is, and refers to a schema.
pub(super) fn is_described_by_reference(node: &Node) -> bool {
    let text = node.get("$ref").and_then(Node::as_str);
    text.is_some_and(|text| text.contains("/definitions/"))
        && node.get("name").is_some()
        && node.get("in").is_some()
}

/// Takes everything that describes the value out of the members of a parameter, a header or a field of a form.
pub(super) fn schema(
    members: &mut Vec<Member>,
    place: Place,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<(Node, Written)> {
    if let Some(example) = build::take(members, "x-example")
        && !members.iter().any(|member| &*member.key == "example")
    {
        members.push(build::renamed(example, "example"));
    }
    // Written so already, here or by someone who knows 3.x.
    if members
        .iter()
        .any(|member| matches!(&*member.key, "schema" | "content"))
    {
        return None;
    }
    let (mut described, kept): (Vec<Member>, Vec<Member>) =
        std::mem::take(members).into_iter().partition(describes);
    *members = kept;
    let format = build::take(&mut described, "collectionFormat");
    if described.is_empty() {
        return None;
    }
    let mut schema = build::object(described, span);
    if schema.get("type").and_then(Node::as_str) == Some("file") && place != Place::Form {
        misplaced_file(&mut schema, diagnostics);
    }
    let written = if is_list(&schema) {
        let written = written(format.as_ref(), place, diagnostics);
        match written {
            Ok(written) => {
                flatten(&mut schema, diagnostics);
                written
            }
            Err(separator) => {
                loosen(&mut schema, separator, format.as_ref(), diagnostics);
                Written {
                    style: None,
                    explode: None,
                }
            }
        }
    } else {
        Written {
            style: None,
            explode: None,
        }
    };
    Some((schema, written))
}

fn is_list(schema: &Node) -> bool {
    schema.get("type").and_then(Node::as_str) == Some("array")
}

/// Whether a member of a parameter speaks of its value.
fn describes(member: &Member) -> bool {
    let key = &*member.key;
    match key {
        "name" | "in" | "description" | "required" | "deprecated" | "example" | "examples"
        | "title" | "discriminator" | "xml" | "externalDocs" => false,
        "collectionFormat" | "x-nullable" => true,
        _ if key.starts_with("x-enum") || key.starts_with("x-ms-enum") => true,
        _ => Kind::Schema.field(key).is_some(),
    }
}

/// What `collectionFormat` says; the separator in words when 3.x has no word for it there.
fn written(
    format: Option<&Member>,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Result<Written, &'static str> {
    let word = format
        .and_then(|member| member.node.as_str())
        .unwrap_or("csv");
    let exploded = matches!(place, Place::Query | Place::Form);
    let plain = Written {
        style: None,
        explode: exploded.then_some(false),
    };
    let styled = |style, separator| {
        if exploded {
            Ok(Written {
                style: Some(style),
                explode: Some(false),
            })
        } else {
            Err(separator)
        }
    };
    match word {
        "csv" => Ok(plain),
        // The default of 3.x.
        "multi" if exploded => Ok(Written {
            style: None,
            explode: None,
        }),
        "ssv" => styled("spaceDelimited", "spaces"),
        "pipes" => styled("pipeDelimited", "`|`"),
        "tsv" => Err("tabs"),
        _ => {
            let span = format.map_or_else(Span::default, |member| member.node.span);
            let diagnostic = Diagnostic::warning(
                "invalid-value",
                format!("`{word}` is no `collectionFormat` here; the items were taken as separated by commas"),
            )
            .at(span);
            let known = ["csv", "ssv", "tsv", "pipes", "multi"];
            let known = &known[..if exploded { 5 } else { 4 }];
            diagnostics.push(match nearest(word, known.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None if word == "multi" => diagnostic.help("`multi` is for `query` and `formData`"),
                None => diagnostic.help("write `csv`, `ssv`, `tsv`, `pipes` or `multi`"),
            });
            Ok(plain)
        }
    }
}

/// Lists inside a list of a parameter: 3.x says nothing about them, so they travel as the text that they are.
fn flatten(schema: &mut Node, diagnostics: &mut Diagnostics) {
    let Some(members) = build::members_mut(schema) else {
        return;
    };
    let items = members.iter_mut().find(|member| &*member.key == "items");
    let Some(items) = items.map(|member| &mut member.node) else {
        return;
    };
    let Some(inner) = build::members_mut(items) else {
        return;
    };
    let format = build::take(inner, "collectionFormat");
    if is_list(items) {
        let word = format.as_ref().and_then(|member| member.node.as_str());
        let separator = match word {
            Some("ssv") => "spaces",
            Some("pipes") => "`|`",
            Some("tsv") => "tabs",
            _ => "commas",
        };
        loosen(items, separator, format.as_ref(), diagnostics);
    }
}

/// A list whose separator cannot be said becomes text.
fn loosen(
    schema: &mut Node,
    separator: &str,
    format: Option<&Member>,
    diagnostics: &mut Diagnostics,
) {
    let span = format.map_or(
        schema.get("type").map_or(schema.span, |node| node.span),
        |member| member.node.span,
    );
    diagnostics.push(
        Diagnostic::warning(
            "looser-type",
            format!("a list of items separated by {separator} cannot be expressed here; it was taken as text"),
        )
        .at(span)
        .help("callers write the separators themselves; `csv` and `multi` are understood everywhere in queries and forms"),
    );
    if let Value::Object(members) = &mut schema.value {
        members.retain(|member| member.key.starts_with("x-"));
        members.push(build::member("type", build::text("string", span)));
    }
}

/// `type: file` where no file can be.
fn misplaced_file(schema: &mut Node, diagnostics: &mut Diagnostics) {
    let members = build::members_mut(schema).into_iter().flatten();
    for member in members.filter(|member| &*member.key == "type") {
        diagnostics.push(
            Diagnostic::warning(
                "unknown-type",
                "a file is no value of a parameter in a path, a query or a header; it was taken as text",
            )
            .at(member.node.span)
            .help("a file is sent with `in: formData`"),
        );
        member.node.value = Value::String("string".into());
    }
}
