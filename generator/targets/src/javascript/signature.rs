//! How an operation is called: its arguments, its parameters in one object, what comes back and what may go wrong.

use super::names::OperationNames;
use super::operation::{Decoder, redirects_to_a_file, successes};
use super::package::{Declaration, Property, Signature};
use super::types::{Types, Uses};
use super::value::{key, string, typed};
use crate::docs;
use portolan_emit::{Code, Language, comment};
use portolan_model::{
    Additional, Direction, Docs, Location, MediaKind, MediaType, Operation, Parameter,
    PrimitiveKind, Shape, Status, TypeRef,
};
use std::collections::BTreeSet;

/// The width of lines of documentation.
const WIDTH: usize = 100;

/// Under which key each parameter stands in the object of parameters: its own name, unless two meet.
pub(super) struct Keys<'a> {
    pub(super) query: Vec<(&'a Parameter, String)>,
    pub(super) headers: Vec<(&'a Parameter, String)>,
    pub(super) cookies: Vec<(&'a Parameter, String)>,
}

impl<'a> Keys<'a> {
    pub(super) fn of(operation: &'a Operation) -> Keys<'a> {
        let mut taken = BTreeSet::new();
        let mut place = |locations: &[Location], suffix: &str| {
            operation
                .parameters
                .iter()
                .filter(|parameter| locations.contains(&parameter.location))
                .map(|parameter| {
                    let mut key = parameter.name.to_string();
                    while !taken.insert(key.clone()) {
                        key.push_str(suffix);
                    }
                    (parameter, key)
                })
                .collect()
        };
        Keys {
            query: place(&[Location::Query, Location::Querystring], "Query"),
            headers: place(&[Location::Header], "Header"),
            cookies: place(&[Location::Cookie], "Cookie"),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(&'a Parameter, String)> {
        self.query.iter().chain(&self.headers).chain(&self.cookies)
    }
}

/// How the body stands in the object of parameters.
pub(super) struct Forms<'a> {
    /// The preferred form.
    pub(super) first: Option<&'a MediaType>,
    /// Whether its members stand there themselves.
    pub(super) flat: bool,
    /// Else the key under which it stands.
    pub(super) key: String,
}

impl<'a> Forms<'a> {
    pub(super) fn of(types: &Types<'_>, operation: &'a Operation, keys: &Keys<'_>) -> Forms<'a> {
        let first = operation
            .body
            .as_ref()
            .and_then(|body| body.content.first());
        let taken: BTreeSet<&str> = keys.iter().map(|(_, key)| key.as_str()).collect();
        let flat = first.is_some_and(|media| {
            matches!(
                media.kind,
                MediaKind::Json | MediaKind::Form | MediaKind::Multipart
            ) && types.object(&media.ty).is_some_and(|object| {
                !object.properties.is_empty()
                    && object.patterns.is_empty()
                    && !matches!(object.additional, Additional::Typed(_))
                    && !object
                        .properties
                        .iter()
                        .any(|property| taken.contains(property.name.as_str()))
            })
        });
        let mut key = "body".to_owned();
        while taken.contains(key.as_str()) {
            key.insert_str(0, "request_");
        }
        Forms { first, flat, key }
    }
}

/// All about the call of one operation.
pub(super) struct Calling {
    pub(super) params: Option<Declaration>,
    pub(super) error: Option<Declaration>,
    pub(super) signatures: Vec<Signature>,
    pub(super) has_params: bool,
}

/// What declarations need of the runtime.
pub(super) type RuntimeUses = BTreeSet<(&'static str, &'static str)>;

/// Lowers the call of an operation.
pub(super) fn calling(
    types: &Types<'_>,
    operation: &Operation,
    names: &OperationNames,
    keys: &Keys<'_>,
    forms: &Forms<'_>,
    uses: &mut Uses,
    runtime: &mut RuntimeUses,
) -> Calling {
    let params = Params::of(types, operation, names, keys, forms, uses);
    let error = error(types, operation, names, uses, runtime);
    let path: Vec<Code> = path_arguments(types, operation, names, uses);
    runtime.insert(("types", "RequestOptions"));
    let failure = error.as_ref().map(|error| error.name.to_string());
    let signature = |params: Option<(&str, bool)>, options: Option<&str>, returns: String| {
        let mut arguments = path.clone();
        if let Some((text, required)) = params {
            arguments.push(typed(if required {
                format!("params: {text}")
            } else {
                format!("params?: {text} | undefined")
            }));
        }
        arguments.push(typed(match options {
            Some(more) => format!("options: RequestOptions & {more}"),
            None => "options?: RequestOptions | undefined".to_owned(),
        }));
        Signature {
            arguments,
            returns: typed(returns),
        }
    };
    let result = Returned::of(types, operation, uses, runtime);
    let given = params.text.as_deref().map(|text| (text, params.required));
    let mut signatures = Vec::new();
    if let (Some(stream), Some((text, _)), true) = (
        &result.stream,
        given,
        params.chooses_stream && !result.plain.is_empty(),
    ) {
        let plain = result.plain.join(" | ");
        let streaming = format!("{text} & {{ stream: true }}");
        let waiting = format!("{text} & {{ stream?: false | null | undefined }}");
        signatures.push(signature(
            Some((&streaming, true)),
            None,
            promise("ApiPromise", stream, failure.as_deref()),
        ));
        signatures.push(signature(
            Some((&waiting, params.required)),
            None,
            promise("ApiPromise", &plain, failure.as_deref()),
        ));
        signatures.push(signature(
            given,
            None,
            promise(
                "ApiPromise",
                &format!("{plain} | {stream}"),
                failure.as_deref(),
            ),
        ));
        runtime.insert(("promise", "ApiPromise"));
    } else {
        let (class, data) = match &result.page {
            Some(page) => ("PagePromise", page.clone()),
            None => ("ApiPromise", result.all().join(" | ")),
        };
        runtime.insert(if class == "PagePromise" {
            ("pages", "PagePromise")
        } else {
            ("promise", "ApiPromise")
        });
        let returns = promise(class, &data, failure.as_deref());
        signatures.push(signature(given, None, returns.clone()));
        for (media, text) in &params.others {
            let chosen = format!("{{ contentType: {} }}", string(media));
            signatures.push(signature(
                Some((text, true)),
                Some(&chosen),
                returns.clone(),
            ));
        }
    }
    Calling {
        has_params: params.text.is_some(),
        params: params.declaration,
        error,
        signatures,
    }
}

fn promise(class: &str, data: &str, failure: Option<&str>) -> String {
    match failure {
        Some(failure) => format!("{class}<{data}, {failure}>"),
        None => format!("{class}<{data}>"),
    }
}

fn path_arguments(
    types: &Types<'_>,
    operation: &Operation,
    names: &OperationNames,
    uses: &mut Uses,
) -> Vec<Code> {
    path_parameters(operation)
        .iter()
        .zip(&names.arguments)
        .map(|((_, parameter), argument)| {
            let text = parameter.map_or_else(
                || "string".to_owned(),
                |parameter| parameter_type(types, &parameter.ty, uses),
            );
            typed(format!("{argument}: {text}"))
        })
        .collect()
}

/// The parameters of the path, each once, in its order; `None` for one that the document forgot to declare.
pub(super) fn path_parameters(operation: &Operation) -> Vec<(&str, Option<&Parameter>)> {
    let mut found: Vec<(&str, Option<&Parameter>)> = Vec::new();
    for name in operation.path.parameters() {
        if !found.iter().any(|(known, _)| *name == **known) {
            let parameter = operation
                .parameters_in(Location::Path)
                .find(|parameter| parameter.name == *name);
            found.push((name.as_str(), parameter));
        }
    }
    found
}

/// What a parameter takes: as what is sent, and a `Date` where a moment is meant.
pub(super) fn parameter_type(types: &Types<'_>, ty: &TypeRef, uses: &mut Uses) -> String {
    match ty {
        TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::DateTime => {
            "string | Date".to_owned()
        }
        TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Binary => {
            "string".to_owned()
        }
        TypeRef::Nullable(inner) => match parameter_type(types, inner, uses) {
            text if text == "unknown" || text.ends_with(" | null") => text,
            text => format!("{text} | null"),
        },
        _ => types.text(ty, Direction::Request, uses),
    }
}

struct Params {
    declaration: Option<Declaration>,
    /// The type of the object; `None` when the operation takes none.
    text: Option<String>,
    required: bool,
    /// Other media types of the body, and the object that goes with each.
    others: Vec<(String, String)>,
    /// Whether a boolean member `stream` says how the answer comes.
    chooses_stream: bool,
}

impl Params {
    fn of(
        types: &Types<'_>,
        operation: &Operation,
        names: &OperationNames,
        keys: &Keys<'_>,
        forms: &Forms<'_>,
        uses: &mut Uses,
    ) -> Params {
        let body_required = operation.body.as_ref().is_some_and(|body| body.required);
        let mut properties: Vec<Property> = keys
            .iter()
            .map(|(parameter, name)| {
                let text = parameter_type(types, &parameter.ty, uses);
                let mut lines = documentation(&parameter.docs, parameter.deprecated, None);
                if let Some(default) = &parameter.default {
                    lines.push(comment::line(
                        Language::TypeScript,
                        &format!("Default: `{}`", default.to_json()),
                    ));
                }
                property(name, parameter.required, &text, lines)
            })
            .collect();
        let mut required = keys.iter().any(|(parameter, _)| parameter.required);
        let mut extends = None;
        let mut chooses_stream = false;
        if let Some(media) = forms.first {
            let text = body_type(types, media, uses);
            if forms.flat {
                let object = types.object(&media.ty);
                let has_required = object.is_some_and(|object| {
                    Types::members(object, Direction::Request).any(|property| property.required)
                });
                chooses_stream = object.is_some_and(|object| {
                    object.properties.iter().any(|property| property.name == "stream"
                        && matches!(types.resolved(&property.ty), TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Boolean))
                });
                required |= body_required && has_required;
                extends = Some(if body_required || !has_required {
                    text
                } else {
                    format!("Partial<{text}>")
                });
            } else {
                required |= body_required;
                let docs = operation
                    .body
                    .as_ref()
                    .map(|body| documentation(&body.docs, false, None))
                    .unwrap_or_default();
                properties.push(property(&forms.key, body_required, &text, docs));
            }
        }
        let others = operation
            .body
            .iter()
            .flat_map(|body| &body.content)
            .skip(1)
            .map(|media| {
                let mut parts: Vec<String> = keys
                    .iter()
                    .map(|(parameter, name)| {
                        let mark = if parameter.required { "" } else { "?" };
                        format!(
                            "{}{mark}: {}",
                            key(name),
                            parameter_type(types, &parameter.ty, uses)
                        )
                    })
                    .collect();
                parts.push(format!(
                    "{}: {}",
                    key(&forms.key),
                    body_type(types, media, uses)
                ));
                (
                    media.name.to_string(),
                    format!("{{ {} }}", parts.join("; ")),
                )
            })
            .collect();
        let (declaration, text) = match (properties.is_empty(), extends) {
            (true, None) => (None, None),
            (true, Some(body)) => (None, Some(body)),
            (false, extends) => {
                let headline = format!("What `{}` takes.", names.function);
                let declaration = Declaration {
                    name: names.params.clone(),
                    docs: vec![comment::line(Language::TypeScript, &headline)],
                    interface: true,
                    extends: extends.into_iter().map(typed).collect(),
                    properties,
                    choices: Vec::new(),
                    short: true,
                };
                (Some(declaration), Some(names.params.to_string()))
            }
        };
        Params {
            declaration,
            text,
            required,
            others,
            chooses_stream,
        }
    }
}

/// What a caller gives for a body.
fn body_type(types: &Types<'_>, media: &MediaType, uses: &mut Uses) -> String {
    match media.kind {
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart => {
            types.text(&media.ty, Direction::Request, uses)
        }
        MediaKind::JsonLines => {
            let item = media.item.as_ref().map_or_else(
                || "unknown".to_owned(),
                |item| types.text(item, Direction::Request, uses),
            );
            format!("({item})[] | AsyncIterable<{item}>")
        }
        MediaKind::Text | MediaKind::Xml | MediaKind::EventStream | MediaKind::Binary => {
            uses.insert(typed("Uploadable"));
            "Uploadable".to_owned()
        }
    }
}

/// What a call gives.
struct Returned {
    /// The types of data that come whole.
    plain: Vec<String>,
    /// The type of a stream.
    stream: Option<String>,
    /// Item and body of a page.
    page: Option<String>,
}

impl Returned {
    fn of(
        types: &Types<'_>,
        operation: &Operation,
        uses: &mut Uses,
        runtime: &mut RuntimeUses,
    ) -> Returned {
        let mut plain: Vec<String> = Vec::new();
        let mut stream: Option<String> = None;
        let mut add = |text: String| {
            if !plain.contains(&text) {
                plain.push(text);
            }
        };
        let mut page_body = None;
        if redirects_to_a_file(operation) {
            runtime.insert(("download", "Download"));
            add("Download".to_owned());
        }
        for response in successes(operation) {
            if response.content.is_empty() && response.status != Status::Default {
                add("void".to_owned());
            }
            for media in &response.content {
                match Decoder::of(types, media) {
                    Decoder::Json => {
                        page_body.get_or_insert(&media.ty);
                        add(types.text(&media.ty, Direction::Response, uses));
                    }
                    Decoder::Text => add("string".to_owned()),
                    Decoder::Download => {
                        runtime.insert(("download", "Download"));
                        add("Download".to_owned());
                    }
                    decoder @ (Decoder::Events | Decoder::WholeEvents | Decoder::JsonLines) => {
                        runtime.insert(("stream", "Stream"));
                        let item = stream_item(types, media, decoder, uses, runtime);
                        stream.get_or_insert(format!("Stream<{item}>"));
                    }
                }
            }
        }
        if plain.is_empty() && stream.is_none() {
            plain.push("unknown".to_owned());
        }
        if plain.iter().any(|text| text == "unknown") {
            plain = vec!["unknown".to_owned()];
        } else if plain.len() > 1 {
            // Beside data, an answer without any is undefined; `void` could not be tested for.
            for text in &mut plain {
                if text == "void" {
                    "undefined".clone_into(text);
                }
            }
        }
        let page = operation
            .pagination
            .as_ref()
            .zip(page_body)
            .map(|(pagination, body)| {
                let item = item_type(types, body, &pagination.items().0).map_or_else(
                    || "unknown".to_owned(),
                    |item| types.text(item, Direction::Response, uses),
                );
                format!("{item}, {}", types.text(body, Direction::Response, uses))
            });
        Returned {
            plain,
            stream,
            page,
        }
    }

    fn all(&self) -> Vec<String> {
        self.plain.iter().chain(&self.stream).cloned().collect()
    }
}

fn stream_item(
    types: &Types<'_>,
    media: &MediaType,
    decoder: Decoder,
    uses: &mut Uses,
    runtime: &mut RuntimeUses,
) -> String {
    let item = media.item.as_ref().unwrap_or(&media.ty);
    if decoder == Decoder::WholeEvents {
        runtime.insert(("types", "ServerSentEvent"));
        return "ServerSentEvent<any>".to_owned();
    }
    let item = match item {
        TypeRef::List { items, .. } if media.item.is_none() && decoder == Decoder::JsonLines => {
            items
        }
        other => other,
    };
    types.text(item, Direction::Response, uses)
}

/// The type of an item of the list that member names lead to.
fn item_type<'a>(
    types: &Types<'a>,
    body: &'a TypeRef,
    path: &[portolan_model::Name],
) -> Option<&'a TypeRef> {
    let mut ty = types.resolved(body);
    for name in path {
        let TypeRef::Named(id) = ty else { return None };
        let Shape::Object(object) = &types.api.type_def(*id).shape else {
            return None;
        };
        let property = object
            .properties
            .iter()
            .find(|property| property.name == *name)?;
        ty = types.resolved(&property.ty);
    }
    match ty {
        TypeRef::List { items, .. } => Some(items),
        _ => None,
    }
}

/// The union of the errors that the document speaks of.
fn error(
    types: &Types<'_>,
    operation: &Operation,
    names: &OperationNames,
    uses: &mut Uses,
    runtime: &mut RuntimeUses,
) -> Option<Declaration> {
    let success_is_default = successes(operation)
        .iter()
        .any(|response| response.status == Status::Default);
    let mut choices: Vec<Code> = Vec::new();
    for response in operation
        .responses
        .iter()
        .filter(|response| response.status.is_error())
    {
        if response.status == Status::Default && success_is_default {
            continue;
        }
        let mut data: Vec<String> = Vec::new();
        for media in &response.content {
            let text = match media.kind {
                MediaKind::Json => types.text(&media.ty, Direction::Response, uses),
                _ => "string".to_owned(),
            };
            if !data.contains(&text) {
                data.push(text);
            }
        }
        let data = match data.as_slice() {
            [] => "unknown".to_owned(),
            several if several.iter().any(|text| text == "unknown") => "unknown".to_owned(),
            several => several.join(" | "),
        };
        let (class, status) = error_class(response.status);
        runtime.insert(("errors", class));
        let text = match status {
            Some(status) => format!("{class}<{data}, {status}>"),
            None => format!("{class}<{data}>"),
        };
        let text = typed(text);
        if !choices.contains(&text) {
            choices.push(text);
        }
    }
    if choices.is_empty() {
        return None;
    }
    let short = choices
        .iter()
        .map(|choice| choice.as_str().len() + 3)
        .sum::<usize>()
        <= 80;
    Some(Declaration {
        name: names.error.clone(),
        docs: vec![comment::line(
            Language::TypeScript,
            &format!("What `{}` may answer instead.", names.function),
        )],
        interface: false,
        extends: Vec::new(),
        properties: Vec::new(),
        choices,
        short,
    })
}

fn error_class(status: Status) -> (&'static str, Option<u16>) {
    match status {
        Status::Exact(400) => ("BadRequestError", None),
        Status::Exact(401) => ("AuthenticationError", None),
        Status::Exact(403) => ("PermissionDeniedError", None),
        Status::Exact(404) => ("NotFoundError", None),
        Status::Exact(409) => ("ConflictError", None),
        Status::Exact(422) => ("UnprocessableEntityError", None),
        Status::Exact(429) => ("RateLimitError", None),
        Status::Exact(500..) | Status::Range(5..) => ("ServerError", None),
        Status::Exact(status) => ("StatusError", Some(status)),
        Status::Range(_) | Status::Default => ("StatusError", None),
    }
}

/// A member of an interface.
pub(super) fn property(name: &str, required: bool, text: &str, docs: Vec<Code>) -> Property {
    let declaration = if required {
        format!("{}: {text}", key(name))
    } else {
        format!("{}?: {text} | undefined", key(name))
    };
    Property {
        docs,
        declaration: typed(declaration),
    }
}

/// What the document says, as lines of a comment.
pub(super) fn documentation(docs: &Docs, deprecated: bool, title: Option<&str>) -> Vec<Code> {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |text: &str| {
        let text = docs::lines(text, WIDTH);
        if !text.is_empty() && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(text);
    };
    match (&docs.summary, title, &docs.description) {
        (Some(summary), _, _) => add(summary),
        (None, Some(title), None) => add(title),
        _ => {}
    }
    if let Some(description) = &docs.description
        && docs.summary.as_ref() != Some(description)
    {
        add(description);
    }
    if let Some(external) = &docs.external {
        add(&format!("See {}", external.url));
    }
    if deprecated {
        lines.push("@deprecated".to_owned());
    }
    lines
        .iter()
        .map(|line| comment::line(Language::TypeScript, line))
        .collect()
}
