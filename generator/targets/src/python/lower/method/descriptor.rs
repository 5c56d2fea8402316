//! The operation as a constant of its table: how it travels, and what comes back.

use super::super::super::layout;
use super::super::super::literal::{code, string};
use super::super::super::types::{Face, Place, Used, key};
use super::super::Context;
use super::super::mode::Mode;
use super::MethodPlan;
use super::responses::{Opens, accept, headers, page_body, responses, returns};
use portolan_emit::{Code, literal as emit_literal};
use portolan_model::{Encoding, Location, MediaType, Parameter, ParameterEncoding, Style};

/// `Operation("listBooks", "GET", "/books", ...)`, with its annotation in front.
pub(in super::super) fn descriptor(
    context: &Context<'_>,
    plan: &MethodPlan<'_>,
    used: &mut Used,
) -> Code {
    let operation = plan.operation;
    let (class, argument) = class(context, plan, used);
    used.words.insert(class);
    let (start, wrapped) = layout::constant(plan.constant.as_str(), class, argument.as_deref());
    let depth = 1 + usize::from(wrapped);
    let mut items = vec![
        string(operation.id.as_str()),
        string(operation.method.as_str()),
        string(&operation.path.text()),
    ];
    let parameters: Vec<String> = plan
        .parameters
        .iter()
        .map(|(parameter, _)| parameter_text(parameter, depth + 1, used))
        .collect();
    if !parameters.is_empty() {
        let text = layout::tuple(depth, "parameters=", &parameters, ",");
        items.push(layout::item(text));
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
                        depth + 2,
                        &format!("{}: ", key(scheme.scheme.as_str())),
                        &scopes,
                        "",
                    )
                })
                .collect();
            layout::item(layout::call(depth + 1, "", '{', &uses, '}', ","))
        })
        .collect();
    if !security.is_empty() {
        let text = layout::tuple(depth, "security=", &security, ",");
        items.push(layout::item(text));
    }
    let responses = responses(context, operation, plan.streaming, depth, used);
    if !responses.is_empty() {
        let text = layout::call(depth, "responses=", '{', &responses, '}', ",");
        items.push(layout::item(text));
    }
    let headers = headers(context, operation, depth, used);
    if !headers.is_empty() {
        let text = layout::call(depth, "headers=", '{', &headers, '}', ",");
        items.push(layout::item(text));
    }
    if let Some(media) = plan.media {
        if media.name != "application/json" {
            items.push(format!("content_type={}", string(media.name.as_str())));
        }
        let sent = media.item.as_ref().filter(|_| media.kind.is_stream());
        if context.types.decimals.in_type(sent.unwrap_or(&media.ty)) {
            let text = body_type(context, media);
            items.push(format!("body={}", string(&text)));
        }
        let encodings: Vec<String> = media
            .encodings
            .iter()
            .map(|encoding| encoding_text(encoding, depth + 1, used))
            .collect();
        if !encodings.is_empty() {
            let text = layout::call(depth, "encodings=", '{', &encodings, '}', ",");
            items.push(layout::item(text));
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
    let indent = "    ".repeat(depth);
    let items: String = items
        .iter()
        .map(|item| format!("{indent}{item},\n"))
        .collect();
    code(if wrapped {
        format!("{start}(\n    {class}(\n{items}    )\n)")
    } else {
        format!("{start}{class}(\n{items})")
    })
}

/// The class of the constant, and its type argument.
fn class(
    context: &Context<'_>,
    plan: &MethodPlan<'_>,
    used: &mut Used,
) -> (&'static str, Option<String>) {
    let operation = plan.operation;
    if plan.pages {
        used.words.insert("pagination");
        let body = page_body(context, operation, used);
        return ("Operation", Some(body));
    }
    // The table is no class: nothing hides its names.
    let place = Place::Method { hidden_list: false };
    let given = |mode: Mode, used: &mut Used| {
        returns(context, operation, plan.streams, mode, place, used).text
    };
    match plan.opens {
        Some(Opens::Download) => ("DownloadOperation", None),
        Some(Opens::Stream) => {
            let mut own = Used::default();
            let stream = given(Mode::Sync, &mut own);
            own.words.remove("Stream");
            used.words.extend(own.words);
            used.types.extend(own.types);
            let item = stream.strip_prefix("Stream[");
            let item = item.and_then(|item| item.strip_suffix(']'));
            ("StreamOperation", item.map(str::to_owned))
        }
        None => {
            let result = given(Mode::Sync, used);
            let awaited = given(Mode::Async, used);
            let both = format!("{result}, {awaited}");
            let argument = if result == awaited { result } else { both };
            ("Operation", Some(argument))
        }
    }
}

/// The text of the body's type, as modules of types write it.
fn body_type(context: &Context<'_>, media: &MediaType) -> String {
    let mut unused = Used::default();
    let mut text = |ty| {
        context
            .types
            .text(ty, Face::Input, Place::Types, &mut unused)
    };
    match &media.item {
        Some(item) if media.kind.is_stream() => format!("_abc.Sequence[{}]", text(item)),
        _ => text(&media.ty),
    }
}

fn parameter_text(parameter: &Parameter, depth: usize, used: &mut Used) -> String {
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
    layout::item(layout::invoked(depth, function, &items, ","))
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
                options.push(format!("style={}", string(style.as_str())));
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

fn encoding_text(encoding: &Encoding, depth: usize, used: &mut Used) -> String {
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
    let headers: Vec<String> = encoding
        .fixed_headers()
        .map(|(name, value)| format!("{}: {}", key(name), string(&value)))
        .collect();
    if !headers.is_empty() {
        items.push(format!("headers={{{}}}", headers.join(", ")));
    }
    let name = format!("{}: Encoding", key(encoding.property.as_str()));
    layout::invocation(depth, &name, &items.join(", "))
}
