//! Parameters and headers.

use super::{Lowerer, Place, example};
use crate::normalize::schema::Schema;
use crate::typed;
use indexmap::IndexMap;
use openapiv3::{Parameter as Typed, PathStyle, QueryStyle};
use portolan_model::{
    Docs, Encoding, Example, Header, Location, MediaKind, Name, Parameter, ParameterEncoding,
    PathTemplate, Style, TypeRef,
};
use portolan_source::{Diagnostic, Node, Span, nearest};

/// How many operations are shown that lack one parameter.
const MOST_LABELS: usize = 16;

impl<'a> Lowerer<'a> {
    /// The path's own parameters and the operation's, merged: the same name in the same place is the operation's.
    pub(super) fn parameters(
        &mut self,
        path: &PathTemplate,
        path_item: &'a Node,
        operation: &'a Node,
        place: &Place<'_>,
    ) -> Vec<Parameter> {
        let shared = path_item
            .get("parameters")
            .into_iter()
            .flat_map(Node::items);
        let own = operation
            .get("parameters")
            .into_iter()
            .flat_map(Node::items);
        // With each, whether the operation itself declares it.
        let mut merged: Vec<(Parameter, bool)> = Vec::new();
        for (node, is_own) in shared
            .map(|node| (node, false))
            .chain(own.map(|node| (node, true)))
        {
            let Some(parameter) = self.parameter(node, path, place) else {
                continue;
            };
            let same = |known: &Parameter| {
                known.location == parameter.location
                    && if known.location == Location::Header {
                        known
                            .name
                            .as_str()
                            .eq_ignore_ascii_case(parameter.name.as_str())
                    } else {
                        known.name == parameter.name
                    }
            };
            match merged.iter_mut().find(|(known, _)| same(known)) {
                Some(inherited @ (_, false)) if is_own => *inherited = (parameter, true),
                Some((known, _)) => {
                    let first = known.span;
                    self.diagnostics.push(
                        Diagnostic::warning(
                            "duplicate-parameter",
                            format!(
                                "the parameter `{}` is declared twice; the first one was kept",
                                parameter.name
                            ),
                        )
                        .label(parameter.span, "again here")
                        .label(first, "first here")
                        .help("remove one of them"),
                    );
                }
                None => merged.push((parameter, is_own)),
            }
        }
        merged.into_iter().map(|(parameter, _)| parameter).collect()
    }

    fn parameter(
        &mut self,
        reference: &'a Node,
        path: &PathTemplate,
        place: &Place<'_>,
    ) -> Option<Parameter> {
        let node = self.resolver.follow(reference)?;
        let location = node.get("in").and_then(Node::as_str).unwrap_or_default();
        // What openapiv3 cannot say of 3.2: the location `querystring` and the style `cookie`.
        let whole_query = location == "querystring";
        let raw_cookie =
            location == "cookie" && node.get("style").and_then(Node::as_str) == Some("cookie");
        let keys: &[&str] = if whole_query || raw_cookie {
            &["name", "description", "required", "deprecated"]
        } else {
            &[
                "name",
                "in",
                "description",
                "required",
                "deprecated",
                "style",
                "explode",
                "allowReserved",
                "allowEmptyValue",
            ]
        };
        let mut head = typed::with_empty(node, keys, &["content"]);
        if whole_query || raw_cookie {
            typed::set(&mut head, "in", if raw_cookie { "cookie" } else { "query" });
        }
        let read: Typed = portolan_source::deserialize(&head, &mut self.diagnostics).ok()?;
        let data = read.parameter_data_ref();
        let (location, style, allow_reserved, allow_empty_value) = match &read {
            _ if whole_query => (Location::Querystring, Style::Form, false, false),
            _ if raw_cookie => (Location::Cookie, Style::Cookie, false, false),
            Typed::Query {
                style,
                allow_reserved,
                allow_empty_value,
                ..
            } => (
                Location::Query,
                query_style(style),
                *allow_reserved,
                *allow_empty_value == Some(true),
            ),
            Typed::Header { .. } => (
                Location::Header,
                Style::Simple,
                typed::flag(node, "allowReserved"),
                false,
            ),
            Typed::Path { style, .. } => {
                let style = match style {
                    PathStyle::Matrix => Style::Matrix,
                    PathStyle::Label => Style::Label,
                    PathStyle::Simple => Style::Simple,
                };
                (
                    Location::Path,
                    style,
                    typed::flag(node, "allowReserved"),
                    false,
                )
            }
            Typed::Cookie { .. } => (
                Location::Cookie,
                Style::Form,
                typed::flag(node, "allowReserved"),
                false,
            ),
        };
        let name: Name = data.name.clone().into();
        // OpenAPI 3.0.4, 4.8.12.2.1: these three are set by other means, and a parameter of that name is ignored.
        if location == Location::Header
            && let Some(means) = means_of(name.as_str())
        {
            let span = node.get("name").map_or(node.span, |name| name.span);
            self.reserved_header("header parameter", name.as_str(), means, span);
            return None;
        }
        let word = name.as_str().to_owned();
        let own_place;
        let owner = self.component_name(reference);
        let place = match &owner {
            Some(owner) => Place::root(owner),
            None => {
                own_place = place.join(&word);
                own_place
            }
        };
        let (encoding, ty, from_schema) = self.described(node, style, allow_reserved, &place);
        if location == Location::Path && !path.parameters().any(|known| *known == name) {
            self.unused_path_parameter(node, &name, path);
            return None;
        }
        let mut required = data.required;
        if location == Location::Path && !required {
            self.diagnostics.push(
                Diagnostic::warning(
                    "optional-path-parameter",
                    format!(
                        "the path parameter `{name}` is not required; it was taken as required"
                    ),
                )
                .at(node
                    .get("required")
                    .or(node.get("name"))
                    .map_or(node.span, |node| node.span))
                .help("a path has no place for a value that is absent; write `required: true`"),
            );
            required = true;
        }
        let mut examples = self.examples(node);
        let by_content = matches!(encoding, ParameterEncoding::Content { .. });
        if examples.is_empty() && (by_content || !matches!(ty.without_null().0, TypeRef::Named(_)))
        {
            examples = from_schema.examples;
        }
        if let Some(default) = from_schema.default {
            self.check(default, &ty, super::finish::What::Default);
        }
        self.check_examples(node, &ty);
        Some(Parameter {
            name,
            location,
            required,
            deprecated: data.deprecated == Some(true) || from_schema.deprecated,
            docs: Docs {
                summary: None,
                // OpenAPI 3.1.1, 4.8.23: words beside the reference are said instead of those behind it.
                description: typed::text(reference, "description")
                    .or_else(|| data.description.clone())
                    .or(from_schema.description),
                external: None,
            },
            encoding,
            ty,
            default: from_schema.default.map(example::value),
            examples,
            allow_empty_value,
            encodings: from_schema.encodings,
            span: node.get("name").map_or(node.span, |name| name.span),
        })
    }

    /// How the value is written, and what it is: by `schema` or by `content`.
    fn described(
        &mut self,
        node: &'a Node,
        style: Style,
        allow_reserved: bool,
        place: &Place<'_>,
    ) -> (ParameterEncoding, TypeRef, FromSchema<'a>) {
        self.ambiguous(node);
        if let Some(member) = node
            .get("content")
            .and_then(|content| content.members().first())
        {
            let media = self.resolver.follow(&member.node).unwrap_or(&member.node);
            let ty = match media.get("schema") {
                Some(schema) => self.type_ref(schema, place),
                None => TypeRef::Any,
            };
            let encoding = ParameterEncoding::Content {
                media_type: member.key.to_string(),
            };
            let from = FromSchema {
                examples: self.examples(media),
                encodings: self.encodings(media, MediaKind::of(&member.key), place),
                ..FromSchema::default()
            };
            return (encoding, ty, from);
        }
        let explode = node.get("explode").and_then(Node::as_bool);
        let encoding = ParameterEncoding::Style {
            style,
            // OpenAPI 3.0.4, 4.8.12.2.2: exploded by default for `form` (and 3.2's `cookie`), else not.
            explode: explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            allow_reserved,
        };
        let Some(schema) = node.get("schema") else {
            return (encoding, TypeRef::string(), FromSchema::default());
        };
        let ty = self.type_ref(schema, place);
        let read = Schema::read(schema);
        // A named primitive keeps its default on its own definition.
        let default = read.default.or_else(|| {
            self.resolver
                .follow(schema)
                .and_then(|node| node.get("default"))
        });
        let from = FromSchema {
            default,
            description: read.description.map(str::to_owned),
            deprecated: read.deprecated,
            examples: example::of_schema(&read),
            encodings: Vec::new(),
        };
        (encoding, ty, from)
    }

    /// A parameter has a `schema`, or a `content` of one media type (OpenAPI 3.0.4, 4.8.12).
    fn ambiguous(&mut self, node: &'a Node) {
        let Some(content) = node.member("content") else {
            return;
        };
        let warning = |message: &str| Diagnostic::warning("ambiguous-parameter", message);
        if let (Some(schema), false) = (node.member("schema"), content.node.members().is_empty()) {
            self.diagnostics.push(
                warning("this has a `schema` and a `content`; the `schema` was ignored")
                    .label(schema.key_span, "ignored")
                    .label(content.key_span, "taken")
                    .help("keep `schema` for a value in the style of its place, `content` for a value of a media type"),
            );
        }
        if let [taken, ignored, ..] = content.node.members() {
            self.diagnostics.push(
                warning("this has a `content` of several media types; the first one was taken")
                    .label(ignored.key_span, "ignored")
                    .label(taken.key_span, "taken")
                    .help("a value that is no body is written in one form; keep one"),
            );
        }
    }

    fn reserved_header(&mut self, what: &str, name: &str, means: &str, span: Span) {
        self.diagnostics.push(
            Diagnostic::note(
                "reserved-header",
                format!("the {what} `{name}` is said by {means}; it was ignored"),
            )
            .at(span)
            .help(format!("remove it, and see that {means} says the same")),
        );
    }

    fn unused_path_parameter(&mut self, node: &'a Node, name: &Name, path: &PathTemplate) {
        let span = node.get("name").map_or(node.span, |name| name.span);
        let diagnostic = Diagnostic::warning(
            "unused-path-parameter",
            format!(
                "the path `{}` has no `{{{name}}}`; the parameter was ignored",
                path.raw
            ),
        )
        .at(span);
        let names = path.parameters().map(Name::as_str);
        self.diagnostics.push(match nearest(name.as_str(), names) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("add it to the path, or remove the parameter"),
        });
    }

    /// Says of each parameter once that the operations of a path do not declare it.
    pub(super) fn report_undeclared(&mut self, path_span: Span) {
        let mut names: IndexMap<Name, Vec<Span>> = IndexMap::new();
        for (name, operation) in std::mem::take(&mut self.undeclared) {
            names.entry(name).or_default().push(operation);
        }
        for (name, operations) in names {
            let mut diagnostic = Diagnostic::warning(
                "undeclared-path-parameter",
                format!("the path parameter `{name}` is not declared; it was taken as a string"),
            )
            .label(path_span, "");
            for operation in operations.into_iter().take(MOST_LABELS) {
                diagnostic = diagnostic.label(operation, "by this operation");
            }
            self.diagnostics.push(diagnostic.help(format!(
                "add a parameter `{name}` with `in: path` and `required: true`"
            )));
        }
    }

    /// Parameters that the path names and nobody declares.
    pub(super) fn undeclared_parameters(
        &mut self,
        from: &super::operation::From<'a, '_>,
        parameters: &mut Vec<Parameter>,
    ) {
        let (path, path_span) = (from.path, from.path_span);
        // One that is declared and wrong was reported already.
        let nodes = [from.item, from.node]
            .into_iter()
            .flat_map(|owner| owner.get("parameters").into_iter().flat_map(Node::items));
        let text = |node: &'a Node, key: &str| node.get(key).and_then(Node::as_str);
        let broken: Vec<&str> = nodes
            .filter_map(|node| self.resolver.follow(node))
            .filter(|node| text(node, "in") == Some("path"))
            .filter_map(|node| text(node, "name"))
            .collect();
        let mut missing: Vec<(Name, bool)> = Vec::new();
        for name in path.parameters() {
            let declared = parameters
                .iter()
                .any(|parameter| parameter.location == Location::Path && parameter.name == *name);
            if !declared && missing.iter().all(|(known, _)| known != name) {
                missing.push((name.clone(), broken.contains(&name.as_str())));
            }
        }
        for (name, reported) in missing {
            if !reported {
                self.undeclared.push((name.clone(), from.key_span));
            }
            parameters.push(Parameter {
                name,
                location: Location::Path,
                required: true,
                deprecated: false,
                docs: Docs::default(),
                encoding: ParameterEncoding::Style {
                    style: Style::Simple,
                    explode: false,
                    allow_reserved: false,
                },
                ty: TypeRef::string(),
                default: None,
                examples: Vec::new(),
                allow_empty_value: false,
                encodings: Vec::new(),
                span: path_span,
            });
        }
    }

    pub(super) fn headers(&mut self, node: Option<&'a Node>, place: &Place<'_>) -> Vec<Header> {
        let mut headers = Vec::new();
        for member in node.into_iter().flat_map(Node::members) {
            // OpenAPI 3.0.4, 4.8.17: a response header called Content-Type is ignored.
            if member.key.eq_ignore_ascii_case("content-type") {
                self.reserved_header("header", &member.key, "`content`", member.key_span);
                continue;
            }
            let Some(node) = self.resolver.follow(&member.node) else {
                continue;
            };
            let head = typed::with_empty(
                node,
                &["description", "required", "deprecated", "style", "explode"],
                &["content"],
            );
            let Ok(read) =
                portolan_source::deserialize::<openapiv3::Header>(&head, &mut self.diagnostics)
            else {
                continue;
            };
            let owner = self.component_name(&member.node);
            let place = match &owner {
                Some(owner) => Place::root(owner),
                None => place.join(&member.key),
            };
            let (encoding, ty, from_schema) = self.described(node, Style::Simple, false, &place);
            let mut examples = self.examples(node);
            if examples.is_empty() {
                examples = from_schema.examples;
            }
            headers.push(Header {
                name: member.key.clone().into(),
                ty,
                required: read.required,
                deprecated: read.deprecated == Some(true),
                docs: Docs {
                    description: typed::text(&member.node, "description")
                        .or(read.description)
                        .or(from_schema.description),
                    ..Docs::default()
                },
                encoding,
                examples,
            });
        }
        headers
    }

    /// The name of the component that a reference leads to: what is inside it is named after it, not after who uses it.
    pub(super) fn component_name(&self, node: &'a Node) -> Option<String> {
        let target = self.resolver.step(node)?;
        match target.tokens {
            [] => Some(target.file.path.file_stem()?.to_string_lossy().into_owned()),
            [.., name] => Some(name.to_string()),
        }
    }
}

/// What says the value of a header that is no parameter.
fn means_of(header: &str) -> Option<&'static str> {
    match header.to_ascii_lowercase().as_str() {
        "accept" => Some("the `content` of the responses"),
        "content-type" => Some("the `content` of the body"),
        "authorization" => Some("`security`"),
        _ => None,
    }
}

/// What the schema of a parameter says beyond its type.
#[derive(Default)]
struct FromSchema<'a> {
    default: Option<&'a Node>,
    description: Option<String>,
    deprecated: bool,
    examples: Vec<Example>,
    encodings: Vec<Encoding>,
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}
