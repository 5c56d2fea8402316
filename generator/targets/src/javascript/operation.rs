//! An operation as data for the runtime: `templates/javascript/runtime/internal.d.ts` says what it may hold.

use super::signature::{Forms, Keys};
use super::types::Types;
use super::value::{key, script, string, strings};
use portolan_emit::Code;
use portolan_model::{
    Api, FieldPath, Header, MediaKind, MediaType, Operation, Pagination, Parameter,
    ParameterEncoding, PathPart, PrimitiveKind, Response, SecurityRequirement, Status, Style,
    TypeRef,
};
use std::collections::{BTreeMap, BTreeSet};

/// Names of the runtime by module, as a script imports them.
pub(super) type Imports = BTreeMap<&'static str, BTreeSet<&'static str>>;

/// The lines of the descriptor, each `name: value`.
pub(super) fn descriptor(
    types: &Types<'_>,
    operation: &Operation,
    keys: &Keys<'_>,
    forms: &Forms<'_>,
    imports: &mut Imports,
) -> Vec<Code> {
    let mut lines = vec![
        format!("id: {}", string(operation.id.as_str())),
        format!("method: {}", string(operation.method.as_str())),
        list("path", path(types, operation, imports)),
    ];
    let mut maker = Maker { types, imports };
    let query: Vec<String> = keys
        .query
        .iter()
        .map(|(parameter, key)| maker.query(parameter, key))
        .collect();
    if !query.is_empty() {
        lines.push(list("query", query));
    }
    let headers: Vec<String> = keys
        .headers
        .iter()
        .map(|(parameter, key)| maker.header(parameter, key))
        .collect();
    if !headers.is_empty() {
        lines.push(list("headers", headers));
    }
    let cookies: Vec<String> = keys
        .cookies
        .iter()
        .map(|(parameter, key)| maker.query(parameter, key))
        .collect();
    if !cookies.is_empty() {
        lines.push(list("cookies", cookies));
    }
    if let Some(body) = maker.body(operation, forms) {
        lines.push(body);
    }
    let (accept, responses) = maker.responses(operation);
    if let Some(accept) = accept {
        lines.push(format!("accept: {}", string(&accept)));
    }
    if !responses.is_empty() {
        lines.push(list("responses", responses));
    }
    if let Some(server) = operation.servers.first() {
        lines.push(format!("server: {}", string(&server.default_url())));
    }
    if operation.security != types.api.security {
        lines.push(security(&operation.security));
    }
    if let Some(idempotency) = &operation.idempotency {
        lines.push(format!(
            "idempotency: {}",
            string(idempotency.header.as_str())
        ));
    }
    if let Some(pagination) = &operation.pagination {
        lines.push(format!("page: {}", page(pagination, maker.imports)));
    }
    lines.into_iter().map(script).collect()
}

/// `name: [...]`, over lines when it is long.
fn list(name: &str, items: Vec<String>) -> String {
    let width: usize = items.iter().map(|item| item.len() + 2).sum();
    if name.len() + width <= 100 {
        format!("{name}: [{}]", items.join(", "))
    } else {
        format!("{name}: [\n    {},\n  ]", items.join(",\n    "))
    }
}

/// A choice of sets of schemes.
pub(super) fn security(requirements: &[SecurityRequirement]) -> String {
    let alternatives = requirements
        .iter()
        .map(|requirement| {
            let uses: Vec<String> = requirement
                .all
                .iter()
                .map(|scheme| {
                    strings(
                        std::iter::once(scheme.scheme.as_str())
                            .chain(scheme.scopes.iter().map(String::as_str)),
                    )
                })
                .collect();
            format!("[{}]", uses.join(", "))
        })
        .collect();
    list("security", alternatives)
}

/// The parts of the path; what a document writes after `#` is for people and is not sent.
fn path(types: &Types<'_>, operation: &Operation, imports: &mut Imports) -> Vec<String> {
    let mut parts = Vec::new();
    let mut maker = Maker { types, imports };
    for part in &operation.path.parts {
        match part {
            PathPart::Literal(text) => {
                let (text, ended) = match text.split_once('#') {
                    Some((text, _)) => (text, true),
                    None => (text.as_str(), false),
                };
                if !text.is_empty() {
                    parts.push(string(&percent_encoded(text)));
                }
                if ended {
                    break;
                }
            }
            PathPart::Parameter(name) => {
                let parameter = operation
                    .parameters_in(portolan_model::Location::Path)
                    .find(|parameter| parameter.name == *name);
                let style = parameter.and_then(|parameter| maker.path_style(parameter));
                parts.push(entry(name.as_str(), style, None, None));
            }
        }
    }
    if parts.is_empty() {
        parts.push(string("/"));
    }
    parts
}

/// Text of a path as it travels: what a URL cannot hold is percent-encoded, what is encoded already stays.
pub(super) fn percent_encoded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte) {
            result.push(char::from(byte));
        } else {
            result.push_str(&format!("%{byte:02X}"));
        }
    }
    result
}

/// `[name, style, encode, key]`, without what is usual.
fn entry(name: &str, style: Option<&str>, encode: Option<&str>, key: Option<&str>) -> String {
    let mut parts = vec![
        string(name),
        style.unwrap_or("undefined").to_owned(),
        encode.unwrap_or("undefined").to_owned(),
    ];
    match key {
        Some(key) => parts.push(string(key)),
        None => {
            while parts.last().is_some_and(|part| part == "undefined") {
                parts.pop();
            }
        }
    }
    format!("[{}]", parts.join(", "))
}

struct Maker<'t, 'a, 'i> {
    types: &'t Types<'a>,
    imports: &'i mut Imports,
}

impl Maker<'_, '_, '_> {
    fn import(&mut self, module: &'static str, name: &'static str) -> &'static str {
        self.imports.entry(module).or_default().insert(name);
        name
    }

    /// Whether a value of the type has no parts: then most styles write it alike.
    fn is_plain(&self, ty: &TypeRef) -> bool {
        use portolan_model::Shape;
        match self.types.resolved(ty) {
            TypeRef::Primitive(_) | TypeRef::Literal(_) => true,
            TypeRef::Named(id) => matches!(self.types.api.type_def(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    fn query(&mut self, parameter: &Parameter, key: &str) -> String {
        let (style, reserved) =
            self.query_style(&parameter.encoding, &parameter.ty, parameter.location);
        let encode = match reserved {
            Encode::Usual => None,
            Encode::Reserved => Some(self.import("encode", "encodeReserved")),
            Encode::None => Some("String"),
        };
        let renamed = (parameter.name != *key).then_some(key);
        entry(parameter.name.as_str(), style, encode, renamed)
    }

    fn query_style(
        &mut self,
        encoding: &ParameterEncoding,
        ty: &TypeRef,
        location: portolan_model::Location,
    ) -> (Option<&'static str>, Encode) {
        if location == portolan_model::Location::Querystring {
            return (Some(self.import("styles", "wholeQuery")), Encode::Usual);
        }
        match encoding {
            ParameterEncoding::Content { media_type } => match MediaKind::of(media_type) {
                MediaKind::Json => (Some(self.import("styles", "jsonContent")), Encode::Usual),
                _ => (None, Encode::Usual),
            },
            ParameterEncoding::Style {
                style,
                explode,
                allow_reserved,
            } => {
                let plain = self.is_plain(ty);
                let name = match (style, explode) {
                    (Style::DeepObject, _) if !plain => Some("deepObject"),
                    _ if plain || *explode => None,
                    (Style::SpaceDelimited, _) => Some("spaceDelimited"),
                    (Style::PipeDelimited, _) => Some("pipeDelimited"),
                    _ => Some("formJoined"),
                };
                let encode = match style {
                    Style::Cookie => Encode::None,
                    _ if *allow_reserved => Encode::Reserved,
                    _ => Encode::Usual,
                };
                // The encoder stands behind the style, so an encoder needs the style written out.
                let name = match (name, encode) {
                    (None, Encode::Reserved | Encode::None) => Some("form"),
                    _ => name,
                };
                (name.map(|name| self.import("styles", name)), encode)
            }
        }
    }

    fn header(&mut self, parameter: &Parameter, key: &str) -> String {
        let style = match &parameter.encoding {
            ParameterEncoding::Content { media_type }
                if MediaKind::of(media_type) == MediaKind::Json =>
            {
                Some("jsonText")
            }
            ParameterEncoding::Style { explode: true, .. } if !self.is_plain(&parameter.ty) => {
                Some("simpleExploded")
            }
            _ => None,
        };
        let style = style.map(|name| self.import("styles", name));
        let renamed = (parameter.name != *key).then_some(key);
        entry(parameter.name.as_str(), style, None, renamed)
    }

    fn path_style(&mut self, parameter: &Parameter) -> Option<&'static str> {
        let name = match &parameter.encoding {
            ParameterEncoding::Content { media_type }
                if MediaKind::of(media_type) == MediaKind::Json =>
            {
                "jsonText"
            }
            ParameterEncoding::Content { .. } => return None,
            ParameterEncoding::Style { style, explode, .. } => match (style, explode) {
                (Style::Matrix, false) => "matrix",
                (Style::Matrix, true) => "matrixExploded",
                (Style::Label, false) => "label",
                (Style::Label, true) => "labelExploded",
                (_, true) if !self.is_plain(&parameter.ty) => "simpleExploded",
                _ => return None,
            },
        };
        Some(self.import("styles", name))
    }

    fn body(&mut self, operation: &Operation, forms: &Forms<'_>) -> Option<String> {
        let body = operation.body.as_ref()?;
        let written: Vec<String> = body.content.iter().map(|media| self.form(media)).collect();
        if written.is_empty() {
            return None;
        }
        let mut parts = vec![format!("forms: [{}]", written.join(", "))];
        if forms.flat {
            parts.push("flat: true".to_owned());
        } else if forms.key != "body" {
            parts.push(format!("key: {}", string(&forms.key)));
        }
        if body.required {
            parts.push("required: true".to_owned());
        }
        Some(format!("body: {{ {} }}", parts.join(", ")))
    }

    fn form(&mut self, media: &MediaType) -> String {
        let encoder = match media.kind {
            MediaKind::Json => self.import("request", "json"),
            MediaKind::Form => self.import("form", "formBody"),
            MediaKind::Multipart => self.import("multipart", "multipart"),
            MediaKind::JsonLines => self.import("lines", "linesBody"),
            MediaKind::EventStream | MediaKind::Xml | MediaKind::Text | MediaKind::Binary => {
                self.import("upload", "binary")
            }
        };
        let encodings: Vec<String> = match media.kind {
            MediaKind::Form | MediaKind::Multipart => media
                .encodings
                .iter()
                .filter_map(|encoding| self.part(media, encoding))
                .collect(),
            _ => Vec::new(),
        };
        let name = string(media.name.as_str());
        if encodings.is_empty() {
            format!("[{name}, {encoder}]")
        } else {
            format!("[{name}, {encoder}, [{}]]", encodings.join(", "))
        }
    }

    fn part(&mut self, media: &MediaType, encoding: &portolan_model::Encoding) -> Option<String> {
        let mut parts = Vec::new();
        if media.kind == MediaKind::Multipart {
            if let Some(ty) = &encoding.content_type {
                parts.push(format!("type: {}", string(ty)));
            }
            let headers: Vec<String> = encoding.headers.iter().filter_map(fixed_header).collect();
            if !headers.is_empty() {
                parts.push(format!("headers: {{ {} }}", headers.join(", ")));
            }
        } else if let Some(how) = &encoding.encoding {
            let ty = self
                .types
                .object(&media.ty)
                .and_then(|object| {
                    object
                        .properties
                        .iter()
                        .find(|property| property.name == encoding.property)
                })
                .map_or(TypeRef::Any, |property| property.ty.clone());
            let (style, encode) = self.query_style(how, &ty, portolan_model::Location::Query);
            let style = match style {
                Some(style) => style,
                // What has parts is JSON unless told otherwise, so the usual style is said too.
                None if !self.is_plain(&ty) => self.import("styles", "form"),
                None => return None,
            };
            parts.push(format!("style: {style}"));
            if matches!(encode, Encode::Reserved) {
                parts.push(format!(
                    "encode: {}",
                    self.import("encode", "encodeReserved")
                ));
            }
        }
        (!parts.is_empty()).then(|| {
            format!(
                "[{}, {{ {} }}]",
                string(encoding.property.as_str()),
                parts.join(", ")
            )
        })
    }

    /// What to ask for, and how to read it; nothing for plain JSON.
    fn responses(&mut self, operation: &Operation) -> (Option<String>, Vec<String>) {
        let mut seen = BTreeSet::new();
        let media: Vec<&MediaType> = successes(operation)
            .into_iter()
            .flat_map(|response| &response.content)
            .filter(|media| seen.insert(media.name.as_str()))
            .collect();
        let decoders: Vec<Decoder> = media
            .iter()
            .map(|media| Decoder::of(self.types, media))
            .collect();
        let accept = match media.as_slice() {
            [] if redirects_to_a_file(operation) => {
                let download = self.import("download", "download");
                return (
                    Some("*/*".to_owned()),
                    vec![format!("[{}, {download}]", string("*/*"))],
                );
            }
            [] => (successes(operation)
                .iter()
                .all(|response| response.content.is_empty())
                && !operation.responses.is_empty())
            .then(|| "*/*".to_owned()),
            [only] if only.name == "application/json" => None,
            several => {
                let names: Vec<&str> = several.iter().map(|media| media.name.as_str()).collect();
                Some(names.join(", ").replace(['\r', '\n'], " "))
            }
        };
        if decoders.iter().all(|decoder| *decoder == Decoder::Json) {
            return (accept, Vec::new());
        }
        let entries = media
            .iter()
            .zip(&decoders)
            .map(|(media, decoder)| {
                let decoder = match decoder {
                    Decoder::Json => self.import("request", "json"),
                    Decoder::Events => self.import("stream", "events"),
                    Decoder::WholeEvents => self.import("stream", "wholeEvents"),
                    Decoder::JsonLines => self.import("stream", "jsonLines"),
                    Decoder::Text => self.import("download", "text"),
                    Decoder::Download => self.import("download", "download"),
                };
                format!("[{}, {decoder}]", string(media.name.as_str()))
            })
            .collect();
        (accept, entries)
    }
}

#[derive(Clone, Copy)]
enum Encode {
    Usual,
    Reserved,
    None,
}

/// How a body that comes back is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decoder {
    Json,
    Events,
    WholeEvents,
    JsonLines,
    Text,
    Download,
}

impl Decoder {
    /// The decoder for a form of an answer.
    pub(super) fn of(types: &Types<'_>, media: &MediaType) -> Decoder {
        let is_file = matches!(types.resolved(&media.ty), TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Binary);
        match media.kind {
            MediaKind::EventStream if is_whole_event(types, media) => Decoder::WholeEvents,
            MediaKind::EventStream => Decoder::Events,
            MediaKind::JsonLines => Decoder::JsonLines,
            _ if is_file => Decoder::Download,
            MediaKind::Json => Decoder::Json,
            MediaKind::Xml | MediaKind::Text | MediaKind::Form => Decoder::Text,
            MediaKind::Binary | MediaKind::Multipart => Decoder::Download,
        }
    }
}

/// Whether the items of a stream are declared with the fields of an event (OpenAPI 3.2, 4.14.4).
fn is_whole_event(types: &Types<'_>, media: &MediaType) -> bool {
    let Some(object) = media.item.as_ref().and_then(|item| types.object(item)) else {
        return false;
    };
    let field = |name: &str| matches!(name, "data" | "event" | "id" | "retry");
    object
        .properties
        .iter()
        .any(|property| property.name == "data")
        && object
            .properties
            .iter()
            .all(|property| field(property.name.as_str()))
}

/// The answers that success brings: all 2xx, else `default`.
pub(super) fn successes(operation: &Operation) -> Vec<&Response> {
    let found: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    if !found.is_empty() || redirects_to_a_file(operation) {
        return found;
    }
    operation
        .responses
        .iter()
        .filter(|response| response.status == Status::Default)
        .collect()
}

/// Whether success is only ever a redirect, which the runtime follows.
pub(super) fn redirects_to_a_file(operation: &Operation) -> bool {
    let is = |test: fn(Status) -> bool| {
        operation
            .responses
            .iter()
            .any(|response| test(response.status))
    };
    is(|status| matches!(status, Status::Exact(300..=399) | Status::Range(3)))
        && !is(Status::is_success)
}

/// A header of a part whose value the document fixes.
fn fixed_header(header: &Header) -> Option<String> {
    match &header.ty {
        TypeRef::Literal(portolan_model::Value::String(value)) => {
            Some(format!("{}: {}", key(header.name.as_str()), string(value)))
        }
        _ => None,
    }
}

fn page(pagination: &Pagination, imports: &mut Imports) -> String {
    let at = |path: &FieldPath| strings(path.0.iter().map(portolan_model::Name::as_str));
    let (next, mut parts) = match pagination {
        Pagination::Cursor {
            cursor,
            next,
            has_more,
            ..
        } => {
            let mut parts = vec![
                format!("parameter: {}", string(cursor.as_str())),
                format!("from: {}", at(next)),
            ];
            parts.extend(has_more.iter().map(|path| format!("more: {}", at(path))));
            ("cursor", parts)
        }
        Pagination::LastItem {
            cursor,
            member,
            has_more,
            ..
        } => {
            let mut parts = vec![
                format!("parameter: {}", string(cursor.as_str())),
                format!("from: {}", at(member)),
            ];
            parts.extend(has_more.iter().map(|path| format!("more: {}", at(path))));
            ("lastItem", parts)
        }
        Pagination::Offset {
            offset,
            limit,
            total,
            ..
        } => {
            let mut parts = vec![format!("parameter: {}", string(offset.as_str()))];
            parts.extend(
                limit
                    .iter()
                    .map(|name| format!("size: {}", string(name.as_str()))),
            );
            parts.extend(total.iter().map(|path| format!("total: {}", at(path))));
            ("offset", parts)
        }
        Pagination::PageNumber {
            page,
            first,
            size,
            total_pages,
            ..
        } => {
            let mut parts = vec![format!("parameter: {}", string(page.as_str()))];
            if *first != 1 {
                parts.push(format!("first: {first}"));
            }
            parts.extend(
                size.iter()
                    .map(|name| format!("size: {}", string(name.as_str()))),
            );
            parts.extend(
                total_pages
                    .iter()
                    .map(|path| format!("total: {}", at(path))),
            );
            ("pageNumber", parts)
        }
        Pagination::NextUrl { next, .. } => ("nextUrl", vec![format!("from: {}", at(next))]),
        Pagination::LinkHeader { .. } => ("linkHeader", Vec::new()),
    };
    imports.entry("pages").or_default().insert(next);
    parts.insert(0, format!("next: {next}"));
    parts.push(format!("items: {}", at(pagination.items())));
    format!("{{ {} }}", parts.join(", "))
}

/// The server to call unless told otherwise.
pub(super) fn default_server(api: &Api) -> &str {
    api.servers
        .first()
        .map_or("/", |server| server.url.as_str())
}
