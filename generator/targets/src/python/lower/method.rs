//! Operations -> methods: arguments, the constant that describes the operation, the call.

use super::super::layout;
use super::super::literal::{self, code, string};
use super::super::names;
use super::super::package::{Method, Reference};
use super::super::types::{Face, Place, Used, join, key, word};
use super::Context;
use super::docs::{self, docstring};
use portolan_emit::{Code, literal as emit_literal};
use portolan_model::{
    Body, Encoding, FieldPath, Location, MediaKind, MediaType, Operation, Pagination, Parameter,
    ParameterEncoding, Property, Resource, Response, Status, Style, TypeRef,
};
use portolan_source::{Diagnostics, Span};
use std::collections::{HashMap, HashSet};

/// The names of an operation in its resource.
pub(in super::super) struct MethodNames {
    pub(in super::super) name: Code,
}

/// How the body is given.
pub(in super::super) enum BodyPlan<'a> {
    None,
    /// Member by member, as arguments.
    Members(Vec<(&'a Property, Code)>),
    /// As one argument called `body`.
    Whole,
}

/// An argument of a method.
pub(in super::super) struct Argument {
    pub(in super::super) name: Code,
    annotation: String,
    /// The default; `None` when it must be given.
    default: Option<String>,
    positional: bool,
    docs: Vec<Code>,
}

/// Everything about one method.
pub(in super::super) struct MethodPlan<'a> {
    pub(in super::super) operation: &'a Operation,
    pub(in super::super) name: Code,
    pub(super) constant: Code,
    pub(in super::super) node: usize,
    /// The parameters that are sent, each with its argument.
    pub(in super::super) parameters: Vec<(&'a Parameter, Code)>,
    pub(in super::super) body: BodyPlan<'a>,
    pub(in super::super) media: Option<&'a MediaType>,
    arguments: Vec<Argument>,
    /// Whether the media type of the body is an argument.
    chooses_content_type: bool,
    returns: String,
    pub(in super::super) pages: bool,
    pub(in super::super) streams: bool,
    pub(in super::super) downloads: bool,
    pub(in super::super) returns_nothing: bool,
    streaming: bool,
}

impl MethodPlan<'_> {
    /// The arguments that must be given.
    pub(in super::super) fn required(&self) -> impl Iterator<Item = &Code> {
        self.arguments
            .iter()
            .filter(|argument| argument.default.is_none())
            .map(|argument| &argument.name)
    }
}

/// The names of all methods of a resource.
pub(super) fn names(resource: &Resource, diagnostics: &mut Diagnostics) -> Vec<MethodNames> {
    let wanted = resource
        .operations
        .iter()
        .map(|operation| (operation.name.as_str(), operation.span));
    names::methods()
        .resolve(wanted, diagnostics)
        .into_iter()
        .map(|name| MethodNames { name })
        .collect()
}

/// Whether an operation has a plain form, a streaming one, or both: `false` stands for the plain form.
pub(in super::super) fn forms(operation: &Operation) -> Vec<bool> {
    let kinds: Vec<MediaKind> = successes(operation)
        .iter()
        .flat_map(|response| &response.content)
        .map(|media| media.kind)
        .collect();
    let streams = kinds.iter().any(|kind| kind.is_stream());
    let others = kinds.iter().any(|kind| !kind.is_stream());
    match (streams, others) {
        (true, true) => vec![false, true],
        (true, false) => vec![true],
        (false, _) => vec![false],
    }
}

/// Works a method out.
pub(in super::super) fn plan<'a>(
    context: &Context<'a>,
    node: usize,
    place: usize,
    streaming: bool,
    used: &mut Used,
    diagnostics: &mut Diagnostics,
) -> MethodPlan<'a> {
    let owner = &context.tree.nodes[node];
    let operation = &owner.resource.operations[place];
    let both = forms(operation).len() > 1;
    let own = &owner.methods[place].name;
    let taken = |name: &str| {
        owner
            .methods
            .iter()
            .any(|method| method.name.as_str() == name)
    };
    let name = match streaming && both {
        true if taken(&format!("{own}_stream")) => code(format!("{own}_as_stream")),
        true => code(format!("{own}_stream")),
        false => own.clone(),
    };
    let constant = code(format!("_{}", name.as_str().to_ascii_uppercase()));
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| !is_kept_back(parameter))
        .collect();
    let media = operation.body.as_ref().and_then(chosen);
    let members = media.and_then(|media| members(context, operation, media, &parameters));
    let hidden_list = owner
        .methods
        .iter()
        .any(|method| method.name.as_str() == "list");
    let method_place = Place::Method { hidden_list };
    let names = argument_names(
        &parameters,
        members.as_deref().unwrap_or_default(),
        diagnostics,
    );
    let (parameter_names, member_names) = names.split_at(parameters.len());
    let mut arguments: Vec<Argument> = Vec::new();
    for (parameter, name) in parameters.iter().zip(parameter_names) {
        arguments.push(parameter_argument(
            context,
            operation,
            parameter,
            name,
            method_place,
            used,
        ));
    }
    let optional_body = operation.body.as_ref().is_some_and(|body| !body.required);
    let mut body = BodyPlan::None;
    let mut chooses_content_type = false;
    if let Some(media) = media {
        if let Some(members) = &members {
            for (property, name) in members.iter().zip(member_names) {
                arguments.push(member_argument(
                    context,
                    property,
                    name,
                    optional_body,
                    streaming && both,
                    method_place,
                    used,
                ));
            }
            body = BodyPlan::Members(
                members
                    .iter()
                    .copied()
                    .zip(member_names.iter().cloned())
                    .collect(),
            );
        } else {
            arguments.push(body_argument(
                context,
                operation,
                media,
                optional_body,
                method_place,
                used,
            ));
            body = BodyPlan::Whole;
        }
        let request = operation.body.as_ref().expect("a media type has a body");
        if let Some(argument) = content_type_argument(request, media, members.is_some(), used) {
            arguments.push(argument);
            chooses_content_type = true;
        }
    }
    order(operation, &mut arguments);
    let (returns, pages, streams, downloads) =
        returns(context, operation, streaming, method_place, used);
    if arguments
        .iter()
        .any(|argument| argument.default.as_deref() == Some("NOT_GIVEN"))
    {
        used.words.extend(["NOT_GIVEN", "NotGiven"]);
    }
    if pages {
        used.words.extend(["Page", "pagination"]);
    }
    if operation.deprecated {
        used.words.insert("deprecated");
    }
    MethodPlan {
        operation,
        name,
        constant,
        node,
        parameters: parameters
            .into_iter()
            .zip(parameter_names.iter().cloned())
            .collect(),
        body,
        media,
        arguments,
        chooses_content_type,
        returns_nothing: returns == "None",
        returns,
        pages,
        streams,
        downloads,
        streaming: streaming && both,
    }
}

/// The method for the template.
pub(super) fn method(context: &Context<'_>, plan: &MethodPlan<'_>) -> Method {
    let operation = plan.operation;
    let mut parts = vec!["self".to_owned()];
    let mut keyword = false;
    for argument in &plan.arguments {
        if !argument.positional && !keyword {
            parts.push("*".to_owned());
            keyword = true;
        }
        parts.push(match &argument.default {
            None => format!("{}: {}", argument.name, argument.annotation),
            Some(default) => format!("{}: {} = {default}", argument.name, argument.annotation),
        });
    }
    if !keyword {
        parts.push("*".to_owned());
    }
    parts.push("options: RequestOptions | None = None".to_owned());
    let signature = layout::call(
        1,
        &format!("def {}", plan.name),
        '(',
        &parts,
        ')',
        &format!(" -> {}:", plan.returns),
    );
    let signature = signature
        .strip_prefix("def ")
        .unwrap_or(&signature)
        .to_owned();
    let deprecated = operation
        .deprecated
        .then(|| code(string(&format!("{} is deprecated", operation.id))));
    Method {
        name: plan.name.clone(),
        signature: code(signature.strip_suffix(':').unwrap_or(&signature)),
        deprecated,
        docs: docs::block(&method_docs(plan), 2),
        returns: !plan.returns_nothing,
        call: code(call(plan)),
        reference: reference(context, plan),
    }
}

fn call(plan: &MethodPlan<'_>) -> String {
    let values: Vec<String> = plan
        .parameters
        .iter()
        .map(|(_, name)| name.to_string())
        .collect();
    let mut items = vec![plan.constant.to_string()];
    if plan.pages {
        items.push(format!("{}__PAGES", plan.constant));
    }
    if !values.is_empty() {
        items.push(layout::tuple(3, "", &values, ""));
    }
    match &plan.body {
        BodyPlan::None => {}
        BodyPlan::Whole => items.push("body=body".to_owned()),
        BodyPlan::Members(members) => {
            let mut pairs: Vec<String> = members
                .iter()
                .map(|(property, name)| format!("{}: {name}", key(property.name.as_str())))
                .collect();
            if plan.streaming
                && let Some(index) = members
                    .iter()
                    .position(|(property, _)| property.name == "stream")
            {
                pairs[index] = "\"stream\": True".to_owned();
            }
            items.push(layout::call(3, "body=", '{', &pairs, '}', ""));
        }
    }
    if plan.chooses_content_type {
        items.push("content_type=content_type".to_owned());
    }
    items.push("options=options".to_owned());
    let function = if plan.pages {
        "self._pipeline.page"
    } else {
        "self._pipeline.call"
    };
    layout::call(2, &format!("return {function}"), '(', &items, ')', "").replacen("return ", "", 1)
}

fn method_docs(plan: &MethodPlan<'_>) -> Vec<Code> {
    let operation = plan.operation;
    let mut lines = docstring(&operation.docs, 2);
    if lines.is_empty() {
        lines = docs::lines(
            &format!("{} {}.", operation.method.as_str(), operation.path.raw),
            88,
        );
    }
    if let Some(sunset) = &operation.lifecycle.sunset {
        lines.push(code(""));
        lines.extend(docs::lines(&format!("It is switched off on {sunset}."), 80));
    }
    lines.push(code(""));
    lines.push(code("Args:"));
    for argument in &plan.arguments {
        lines.extend(argument.docs.iter().cloned());
    }
    lines.push(code(
        "    options: Timeout, retries, headers and more, for this call alone.",
    ));
    let said = if plan.pages {
        "The first page; iterate over it for the items of all pages.".to_owned()
    } else if plan.streams {
        "The items as they arrive; close it, or leave it by `with`.".to_owned()
    } else if plan.downloads && plan.returns == "Download" {
        "The file, on its way.".to_owned()
    } else {
        successes(operation)
            .first()
            .and_then(|response| response.docs.description.clone())
            .filter(|_| !plan.returns_nothing)
            .unwrap_or_default()
    };
    if !said.trim().is_empty() {
        lines.push(code(""));
        lines.push(code("Returns:"));
        lines.extend(docs::lines(&said, 76).into_iter().map(|line| {
            if line.as_str().is_empty() {
                line
            } else {
                code(format!("    {line}"))
            }
        }));
    }
    lines
}

fn reference(context: &Context<'_>, plan: &MethodPlan<'_>) -> Reference {
    let attributes: Vec<String> = context
        .tree
        .attributes(plan.node)
        .iter()
        .map(ToString::to_string)
        .collect();
    let path = format!("client.{}.{}", attributes.join("."), plan.name);
    let required: Vec<String> = plan
        .arguments
        .iter()
        .filter(|argument| argument.default.is_none())
        .map(|argument| {
            if argument.positional {
                argument.name.to_string()
            } else {
                format!("{}=...", argument.name)
            }
        })
        .collect();
    let operation = plan.operation;
    Reference {
        heading: emit_literal::markdown::code(&path),
        headline: operation
            .docs
            .headline()
            .map(|text| emit_literal::markdown::text(&text)),
        route: emit_literal::markdown::code(&format!(
            "{} {}",
            operation.method.as_str(),
            operation.path.raw
        )),
        example: emit_literal::markdown::code(&format!(
            "{path}({}) -> {}",
            required.join(", "),
            plan.returns
        )),
    }
}

/// `Operation("listBooks", "GET", "/books", ...)`, with its annotation in front.
pub(super) fn descriptor(context: &Context<'_>, plan: &MethodPlan<'_>, used: &mut Used) -> Code {
    let operation = plan.operation;
    let mut items = vec![
        string(operation.id.as_str()),
        string(operation.method.as_str()),
        string(&operation.path.raw),
    ];
    let parameters: Vec<String> = plan
        .parameters
        .iter()
        .map(|(parameter, _)| parameter_text(parameter, used))
        .collect();
    if !parameters.is_empty() {
        // The comma behind it, which the template writes, takes its column too.
        let mut text = layout::tuple(1, "parameters=", &parameters, ",");
        text.pop();
        items.push(text);
    }
    let security: Vec<String> = operation
        .security
        .iter()
        .map(|requirement| {
            let uses: Vec<String> = requirement
                .all
                .iter()
                .map(|scheme| {
                    let scopes: Vec<String> =
                        scheme.scopes.iter().map(|scope| string(scope)).collect();
                    layout::tuple(
                        3,
                        &format!("{}: ", key(scheme.scheme.as_str())),
                        &scopes,
                        "",
                    )
                })
                .collect();
            layout::call(2, "", '{', &uses, '}', "")
        })
        .collect();
    if !security.is_empty() {
        items.push(layout::tuple(1, "security=", &security, ""));
    }
    let responses = responses(context, operation, plan.streaming, used);
    if !responses.is_empty() {
        items.push(layout::call(1, "responses=", '{', &responses, '}', ""));
    }
    if let Some(media) = plan.media {
        if media.name != "application/json" {
            items.push(format!("content_type={}", string(media.name.as_str())));
        }
        let encodings: Vec<String> = media
            .encodings
            .iter()
            .map(|encoding| encoding_text(encoding, used))
            .collect();
        if !encodings.is_empty() {
            items.push(layout::call(1, "encodings=", '{', &encodings, '}', ""));
        }
    }
    let accept = accept(operation, plan.streams);
    if !accept.is_empty() {
        items.push(format!("accept={}", string(&accept)));
    }
    if let Some(idempotency) = &operation.idempotency {
        items.push(format!(
            "idempotency={}",
            string(idempotency.header.as_str())
        ));
    }
    if let Some(server) = operation.servers.first() {
        items.push(format!("base_url={}", string(&server.default_url())));
    }
    let result = if plan.pages {
        page_body(context, operation, used)
    } else {
        plan.returns.clone()
    };
    let result = result.replace("builtins.list[", "list[");
    let items: String = items.iter().map(|item| format!("    {item},\n")).collect();
    code(format!(
        "{}: Operation[{result}] = Operation(\n{items})",
        plan.constant
    ))
}

/// The rule of the pages, as an expression.
pub(super) fn pages(plan: &MethodPlan<'_>) -> Option<Code> {
    let pagination = plan.operation.pagination.as_ref().filter(|_| plan.pages)?;
    let path = |path: &FieldPath| literal::strings(path.0.iter().map(portolan_model::Name::as_str));
    let optional = |name: &str, value: &Option<FieldPath>| {
        value
            .as_ref()
            .map(|value| format!("{name}={}", path(value)))
    };
    let (rule, items) = match pagination {
        Pagination::Cursor {
            cursor,
            next,
            items,
            has_more,
        } => (
            "Cursor",
            vec![
                Some(string(cursor.as_str())),
                Some(format!("next={}", path(next))),
                Some(format!("items={}", path(items))),
                optional("has_more", has_more),
            ],
        ),
        Pagination::LastItem {
            cursor,
            member,
            items,
            has_more,
        } => (
            "LastItem",
            vec![
                Some(string(cursor.as_str())),
                Some(format!("member={}", path(member))),
                Some(format!("items={}", path(items))),
                optional("has_more", has_more),
            ],
        ),
        Pagination::Offset {
            offset,
            items,
            total,
            ..
        } => (
            "Offset",
            vec![
                Some(string(offset.as_str())),
                Some(format!("items={}", path(items))),
                optional("total", total),
            ],
        ),
        Pagination::PageNumber {
            page,
            first,
            size,
            items,
            total_pages,
        } => (
            "PageNumber",
            vec![
                Some(string(page.as_str())),
                Some(format!("first={first}")),
                Some(format!("items={}", path(items))),
                optional("total_pages", total_pages),
                size.as_ref()
                    .map(|size| format!("size={}", string(size.as_str()))),
            ],
        ),
        Pagination::NextUrl { next, items } => (
            "NextUrl",
            vec![
                Some(format!("next={}", path(next))),
                Some(format!("items={}", path(items))),
            ],
        ),
        Pagination::LinkHeader { items } => {
            ("LinkHeader", vec![Some(format!("items={}", path(items)))])
        }
    };
    let items: Vec<String> = items.into_iter().flatten().collect();
    Some(code(layout::call(
        0,
        &format!("{}__PAGES = pagination.{rule}", plan.constant),
        '(',
        &items,
        ')',
        "",
    )))
}

/// Headers that the runtime writes itself (OpenAPI 3.0.4, 4.8.12: such parameters are ignored).
fn is_kept_back(parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && ["accept", "content-type", "authorization"]
            .contains(&parameter.name.as_str().to_ascii_lowercase().as_str())
}

/// The media type that a call uses unless told otherwise: JSON, else a form, else the first.
fn chosen(body: &Body) -> Option<&MediaType> {
    let of = |kind: MediaKind| body.content.iter().find(|media| media.kind == kind);
    of(MediaKind::Json)
        .or_else(|| of(MediaKind::Multipart))
        .or_else(|| of(MediaKind::Form))
        .or(body.content.first())
}

/// The members of the body as arguments, when it is a plain object and no name is taken twice.
fn members<'a>(
    context: &Context<'a>,
    operation: &'a Operation,
    media: &'a MediaType,
    parameters: &[&Parameter],
) -> Option<Vec<&'a Property>> {
    if !matches!(
        media.kind,
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart
    ) {
        return None;
    }
    if matches!(media.ty, TypeRef::Nullable(_)) {
        return None;
    }
    let (id, object) = context.types.object(&media.ty)?;
    if context.types.def(id).nullable || !object.patterns.is_empty() {
        return None;
    }
    if matches!(object.additional, portolan_model::Additional::Typed(_)) {
        return None;
    }
    let properties: Vec<&Property> = object
        .properties
        .iter()
        .filter(|property| !property.read_only)
        .collect();
    let optional = operation.body.as_ref().is_some_and(|body| !body.required);
    if properties.is_empty() || (optional && properties.iter().any(|property| property.required)) {
        return None;
    }
    let scope = names::arguments();
    let mut taken: HashSet<String> = parameters
        .iter()
        .map(|parameter| scope.identifier(parameter.name.as_str()))
        .collect();
    let free = properties
        .iter()
        .all(|property| taken.insert(scope.identifier(property.name.as_str())));
    free.then_some(properties)
}

/// Arguments for parameters, then for members. A name that comes twice is led by the place where it travels.
fn argument_names(
    parameters: &[&Parameter],
    members: &[&Property],
    diagnostics: &mut Diagnostics,
) -> Vec<Code> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut wanted: Vec<(String, Span)> = Vec::new();
    let has_path: HashSet<&str> = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path)
        .map(|parameter| parameter.name.as_str())
        .collect();
    for parameter in parameters {
        let name = parameter.name.as_str();
        let count = counts.entry(name).or_default();
        *count += 1;
        let rival = *count > 1 || (parameter.location != Location::Path && has_path.contains(name));
        let name = match parameter.location {
            _ if !rival => name.to_owned(),
            Location::Path => name.to_owned(),
            Location::Query | Location::Querystring => format!("query {name}"),
            Location::Header => format!("header {name}"),
            Location::Cookie => format!("cookie {name}"),
        };
        wanted.push((name, parameter.span));
    }
    wanted.extend(
        members
            .iter()
            .map(|property| (property.name.to_string(), property.span)),
    );
    names::arguments().resolve(
        wanted.iter().map(|(name, span)| (name.as_str(), *span)),
        diagnostics,
    )
}

fn parameter_argument(
    context: &Context<'_>,
    operation: &Operation,
    parameter: &Parameter,
    name: &Code,
    place: Place,
    used: &mut Used,
) -> Argument {
    let positional = parameter.location == Location::Path;
    let idempotency = operation.idempotency.as_ref().is_some_and(|idempotency| {
        parameter.location == Location::Header
            && idempotency
                .header
                .as_str()
                .eq_ignore_ascii_case(parameter.name.as_str())
    });
    let fixed = match &parameter.ty {
        TypeRef::Literal(value) if parameter.required && !positional => {
            literal::literal_argument(value)
        }
        _ => None,
    };
    let (annotation, default) = if let Some(fixed) = fixed {
        (
            context.types.text(&parameter.ty, Face::Input, place, used),
            Some(fixed),
        )
    } else if positional || (parameter.required && !idempotency) {
        (
            context.types.text(&parameter.ty, Face::Input, place, used),
            None,
        )
    } else {
        let annotation = context
            .types
            .text_or(&parameter.ty, "NotGiven", Face::Input, place, used);
        used.words.insert("NotGiven");
        (annotation, Some("NOT_GIVEN".to_owned()))
    };
    let note = docs::default_note(parameter.default.as_ref());
    let fallback = type_words(context, &parameter.ty);
    Argument {
        docs: docs::entry(
            name.as_str(),
            &parameter.docs,
            &fallback,
            &note,
            parameter.deprecated,
        ),
        name: name.clone(),
        annotation,
        default,
        positional,
    }
}

fn member_argument(
    context: &Context<'_>,
    property: &Property,
    name: &Code,
    optional_body: bool,
    streaming: bool,
    place: Place,
    used: &mut Used,
) -> Argument {
    let fixed = match &property.ty {
        TypeRef::Literal(value) if property.required => literal::literal_argument(value),
        _ => None,
    };
    let required = property.required && !optional_body && !(streaming && property.name == "stream");
    let (annotation, default) = if let Some(fixed) = fixed.filter(|_| required) {
        (
            context.types.text(&property.ty, Face::Input, place, used),
            Some(fixed),
        )
    } else if required {
        (
            context.types.text(&property.ty, Face::Input, place, used),
            None,
        )
    } else {
        (
            context
                .types
                .text_or(&property.ty, "NotGiven", Face::Input, place, used),
            Some("NOT_GIVEN".to_owned()),
        )
    };
    let note = docs::default_note(property.default.as_ref());
    let fallback = type_words(context, &property.ty);
    Argument {
        docs: docs::entry(
            name.as_str(),
            &property.docs,
            &fallback,
            &note,
            property.deprecated,
        ),
        name: name.clone(),
        annotation,
        default,
        positional: false,
    }
}

/// What the document says of the type itself, where it says nothing of its use.
fn type_words(context: &Context<'_>, ty: &TypeRef) -> String {
    match ty.without_null().0 {
        TypeRef::Named(id) => context.types.def(*id).docs.headline().unwrap_or_default(),
        _ => String::new(),
    }
}

fn body_argument(
    context: &Context<'_>,
    operation: &Operation,
    media: &MediaType,
    optional: bool,
    place: Place,
    used: &mut Used,
) -> Argument {
    let mut choices = match media.kind {
        MediaKind::Json | MediaKind::Form => {
            context.types.union([&media.ty], Face::Input, place, used)
        }
        MediaKind::Multipart if context.types.object(&media.ty).is_some() => {
            context.types.union([&media.ty], Face::Input, place, used)
        }
        MediaKind::Multipart => {
            used.words.extend(["Mapping", "Any"]);
            vec!["Mapping[str, Any]".to_owned()]
        }
        MediaKind::JsonLines => {
            let item = media.item.as_ref().unwrap_or(&TypeRef::Any);
            let item = context.types.text(item, Face::Input, place, used);
            vec![
                format!("{}[{item}]", word("Sequence", place, used)),
                word("FileContent", place, used),
            ]
        }
        MediaKind::Text | MediaKind::Xml | MediaKind::Binary | MediaKind::EventStream => {
            vec![word("FileContent", place, used)]
        }
    };
    let docs = operation
        .body
        .as_ref()
        .map(|body| body.docs.clone())
        .unwrap_or_default();
    if optional {
        choices.push("NotGiven".to_owned());
    }
    Argument {
        docs: docs::entry("body", &docs, "The body.", "", false),
        name: code("body"),
        annotation: join(choices, place, used),
        default: optional.then(|| "NOT_GIVEN".to_owned()),
        positional: false,
    }
}

fn content_type_argument(
    body: &Body,
    media: &MediaType,
    members: bool,
    used: &mut Used,
) -> Option<Argument> {
    let wild = media.name.as_str().contains('*');
    let from_members = |kind: MediaKind| {
        matches!(
            kind,
            MediaKind::Json | MediaKind::Form | MediaKind::Multipart
        )
    };
    let others: Vec<&str> = body
        .content
        .iter()
        .filter(|other| {
            if members {
                from_members(other.kind)
            } else {
                true
            }
        })
        .map(|media| media.name.as_str())
        .collect();
    if !wild && others.len() < 2 {
        return None;
    }
    let annotation = if wild || others.iter().any(|name| name.contains('*')) {
        "str | NotGiven".to_owned()
    } else {
        used.words.insert("Literal");
        let names: Vec<String> = others.iter().map(|name| string(name)).collect();
        format!("Literal[{}] | NotGiven", names.join(", "))
    };
    let said = if wild {
        "The media type of the body; guessed from the name of a file when it is not given."
    } else {
        "The media type to send the body as."
    };
    Some(Argument {
        name: code("content_type"),
        annotation,
        default: Some("NOT_GIVEN".to_owned()),
        positional: false,
        docs: docs::entry(
            "content_type",
            &portolan_model::Docs::default(),
            said,
            "",
            false,
        ),
    })
}

/// Positional ones in the order of the path, then required ones, then the rest.
fn order(operation: &Operation, arguments: &mut [Argument]) {
    let _ = operation;
    arguments.sort_by_key(|argument| match (argument.positional, &argument.default) {
        (true, _) => 0,
        (false, None) => 1,
        (false, Some(_)) => 2,
    });
}

/// The responses of success: all 2xx, else the default one.
fn successes(operation: &Operation) -> Vec<&Response> {
    let found: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    if found.is_empty() {
        return operation
            .responses
            .iter()
            .filter(|response| response.status == Status::Default)
            .collect();
    }
    found
}

fn returns(
    context: &Context<'_>,
    operation: &Operation,
    streaming: bool,
    place: Place,
    used: &mut Used,
) -> (String, bool, bool, bool) {
    let responses = successes(operation);
    if operation.method.as_str() == "HEAD" || responses.is_empty() {
        return ("None".to_owned(), false, false, false);
    }
    let mut choices: Vec<String> = Vec::new();
    let (mut streams, mut downloads) = (false, false);
    let mut push = |choice: Vec<String>| {
        for choice in choice {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
    };
    let mut single_json = None;
    let mut count = 0;
    for response in responses {
        if response.content.is_empty() {
            push(vec!["None".to_owned()]);
            count += 1;
        }
        for media in response
            .content
            .iter()
            .filter(|media| media.kind.is_stream() == streaming)
        {
            count += 1;
            match media.kind {
                MediaKind::Json => {
                    single_json = Some(&media.ty);
                    push(context.types.union([&media.ty], Face::Output, place, used));
                }
                MediaKind::Text | MediaKind::Xml | MediaKind::Form => push(vec!["str".to_owned()]),
                MediaKind::Binary | MediaKind::Multipart => {
                    downloads = true;
                    used.words.insert("Download");
                    push(vec!["Download".to_owned()]);
                }
                MediaKind::EventStream | MediaKind::JsonLines => {
                    streams = true;
                    used.words.insert("Stream");
                    let item = stream_item(media);
                    let item = context.types.text(item, Face::Output, place, used);
                    push(vec![format!("Stream[{item}]")]);
                }
            }
        }
    }
    if let (Some(ty), 1, Some(pagination)) = (single_json, count, &operation.pagination)
        && let Some(item) = follow(context, ty, &pagination.items().0)
    {
        let item = context.types.text(item, Face::Output, place, used);
        let body = context.types.text(ty, Face::Output, place, used);
        return (format!("Page[{item}, {body}]"), true, false, false);
    }
    (join(choices, place, used), false, streams, downloads)
}

fn page_body(context: &Context<'_>, operation: &Operation, used: &mut Used) -> String {
    let place = Place::Method { hidden_list: false };
    successes(operation)
        .iter()
        .flat_map(|response| &response.content)
        .find(|media| media.kind == MediaKind::Json)
        .map(|media| context.types.text(&media.ty, Face::Output, place, used))
        .unwrap_or_else(|| word("Any", place, used))
}

/// The type of the items of a list inside a body.
fn follow<'a>(
    context: &Context<'a>,
    ty: &'a TypeRef,
    path: &[portolan_model::Name],
) -> Option<&'a TypeRef> {
    let mut current = ty;
    for name in path {
        let (_, object) = context.types.object(current)?;
        current = &object
            .properties
            .iter()
            .find(|property| property.name == *name)?
            .ty;
    }
    for _ in 0..16 {
        match current.without_null().0 {
            TypeRef::List { items, .. } => return Some(items),
            TypeRef::Named(id) => match &context.types.def(*id).shape {
                portolan_model::Shape::Alias(inner) => current = inner,
                _ => return None,
            },
            _ => return None,
        }
    }
    None
}

fn stream_item(media: &MediaType) -> &TypeRef {
    media.item.as_ref().unwrap_or(&media.ty)
}

fn accept(operation: &Operation, streaming: bool) -> String {
    let mut names: Vec<&str> = Vec::new();
    for response in successes(operation) {
        for media in response
            .content
            .iter()
            .filter(|media| media.kind.is_stream() == streaming)
        {
            let name = media.name.as_str();
            let plain = name.bytes().all(|byte| (0x20..0x7f).contains(&byte));
            if plain && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(", ")
}

fn responses(
    context: &Context<'_>,
    operation: &Operation,
    streaming: bool,
    used: &mut Used,
) -> Vec<String> {
    let both = forms(operation).len() > 1;
    operation
        .responses
        .iter()
        .map(|response| {
            let content: Vec<String> = response
                .content
                .iter()
                .filter(|media| {
                    !both || !response.status.is_success() || media.kind.is_stream() == streaming
                })
                .map(|media| {
                    let ty = if media.kind.is_stream() {
                        stream_item(media)
                    } else {
                        &media.ty
                    };
                    let text = match media.kind {
                        MediaKind::Json | MediaKind::EventStream | MediaKind::JsonLines => context
                            .types
                            .text(ty, Face::Output, Place::Expression, used),
                        MediaKind::Binary | MediaKind::Multipart => "bytes".to_owned(),
                        MediaKind::Text | MediaKind::Xml | MediaKind::Form => "str".to_owned(),
                    };
                    format!("{}: lambda: {text}", key(media.name.as_str()))
                })
                .collect();
            layout::call(
                2,
                &format!("{}: ", string(&response.status.to_string())),
                '{',
                &content,
                '}',
                "",
            )
        })
        .collect()
}

fn parameter_text(parameter: &Parameter, used: &mut Used) -> String {
    let function = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Querystring => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    used.words.insert(function);
    let mut items = vec![string(parameter.name.as_str())];
    items.extend(encoding_options(parameter.location, &parameter.encoding));
    format!("{function}({})", items.join(", "))
}

/// What differs from the defaults of the location.
fn encoding_options(location: Location, encoding: &ParameterEncoding) -> Vec<String> {
    let mut options = Vec::new();
    match encoding {
        ParameterEncoding::Content { media_type } => {
            options.push(format!("content={}", string(media_type)))
        }
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let form = matches!(location, Location::Query | Location::Cookie);
            let usual = if form { Style::Form } else { Style::Simple };
            if location == Location::Querystring {
                return options;
            }
            if *style != usual {
                options.push(format!("style={}", string(style_name(*style))));
            }
            if *explode != form {
                options.push(format!(
                    "explode={}",
                    emit_literal::python::boolean(*explode)
                ));
            }
            if *allow_reserved && matches!(location, Location::Query | Location::Path) {
                options.push("allow_reserved=True".to_owned());
            }
        }
    }
    options
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}

fn encoding_text(encoding: &Encoding, used: &mut Used) -> String {
    used.words.insert("Encoding");
    let mut items = Vec::new();
    if let Some(content_type) = &encoding.content_type {
        items.push(string(content_type));
    }
    if let Some(style) = &encoding.encoding {
        used.words.insert("query");
        let mut arguments = vec![string(encoding.property.as_str())];
        arguments.extend(encoding_options(Location::Query, style));
        items.push(format!("parameter=query({})", arguments.join(", ")));
    }
    format!(
        "{}: Encoding({})",
        key(encoding.property.as_str()),
        items.join(", ")
    )
}
