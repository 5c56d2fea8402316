//! What must be sent and has no form where it travels: a parameter whose only value is null, an empty text in a path, a list
//! as a form. No client can make such a call.

use portolan_model::{
    Api, Body, Location, MediaKind, Parameter, ParameterEncoding, Shape, Style, TypeRef, Value,
};
use portolan_source::{Diagnostic, Diagnostics};
use std::collections::HashSet;

/// Deeper than this, there is a form.
const MAX_DEPTH: usize = 16;

/// Reports what no request can carry; what several operations share, once.
pub(super) fn check(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (_, operation) in api.operations() {
        for parameter in operation.parameters.iter().filter(|it| it.required) {
            if let Some(reason) = parameter_reason(api, parameter)
                && told.insert(parameter.span)
            {
                diagnostics.push(parameter_complaint(parameter, reason));
            }
        }
        if let Some(body) = &operation.body
            && is_formless(api, body)
            && told.insert(body.span)
        {
            let message = "nothing can be sent as this body: a form is made of members, and its schema has none";
            diagnostics.push(
                Diagnostic::warning("unsendable-value", message)
                    .at(crate::document::start_of(body.span))
                    .help("make it an object with a member that holds the values, or choose another media type"),
            );
        }
    }
}

fn parameter_complaint(parameter: &Parameter, reason: Reason) -> Diagnostic {
    let (words, help) = match reason {
        Reason::Null => (
            "its only value is null, which has no form there",
            "leave it out, or allow a value that is not null",
        ),
        Reason::Empty => (
            "its only value is empty, and a path without it is another path",
            "allow a value that is not empty, or describe the path without it",
        ),
    };
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::Querystring => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let message = format!(
        "nothing can be sent as the {location} parameter `{}`: {words}",
        parameter.name
    );
    Diagnostic::warning("unsendable-value", message)
        .at(crate::document::start_of(parameter.span))
        .help(help)
}

/// Why a parameter has no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Null,
    Empty,
}

fn parameter_reason(api: &Api, parameter: &Parameter) -> Option<Reason> {
    let ParameterEncoding::Style { style, .. } = &parameter.encoding else {
        return None;
    };
    match most(api, &parameter.ty, 0) {
        Text::None => Some(Reason::Null),
        // `;name` stands there also when the value is empty.
        Text::Empty if parameter.location == Location::Path && *style != Style::Matrix => {
            Some(Reason::Empty)
        }
        Text::Empty | Text::Some => None,
    }
}

/// The most that the values of a type leave on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Text {
    None,
    Empty,
    Some,
}

fn most(api: &Api, ty: &TypeRef, depth: usize) -> Text {
    if depth > MAX_DEPTH {
        return Text::Some;
    }
    match ty {
        TypeRef::Literal(value) => text_of(value),
        TypeRef::Primitive(primitive) => {
            let bounds = primitive.bounds.as_ref();
            match bounds.and_then(|bounds| bounds.max_length) {
                Some(0) => Text::Empty,
                _ => Text::Some,
            }
        }
        TypeRef::List { items: inner, .. }
        | TypeRef::Map { values: inner, .. }
        | TypeRef::Nullable(inner) => most(api, inner, depth + 1),
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(inner) => most(api, inner, depth + 1),
            Shape::Enum(enumeration) => {
                let values = enumeration.values.iter();
                let texts = values.map(|known| text_of(&known.value));
                texts.max().unwrap_or(Text::None)
            }
            Shape::Union(union) => {
                let variants = union.variants.iter();
                let texts = variants.map(|variant| most(api, &variant.ty, depth + 1));
                texts.max().unwrap_or(Text::Some)
            }
            Shape::Object(_) => Text::Some,
        },
        TypeRef::Any | TypeRef::Never | TypeRef::Tuple { .. } => Text::Some,
    }
}

fn text_of(value: &Value) -> Text {
    match value {
        Value::Null => Text::None,
        Value::String(text) if text.is_empty() => Text::Empty,
        _ => Text::Some,
    }
}

/// Whether a body that can only be a form has no members.
fn is_formless(api: &Api, body: &Body) -> bool {
    let mut content = body.content.iter();
    !body.content.is_empty()
        && content.all(|media| media.kind == MediaKind::Form && !has_members(api, &media.ty, 0))
}

/// Whether a value of the type may have members, or is the text of the whole form.
fn has_members(api: &Api, ty: &TypeRef, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    match ty {
        TypeRef::List { .. } | TypeRef::Tuple { .. } => false,
        TypeRef::Nullable(inner) => has_members(api, inner, depth + 1),
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(inner) => has_members(api, inner, depth + 1),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|variant| has_members(api, &variant.ty, depth + 1))
            }
            Shape::Object(_) | Shape::Enum(_) => true,
        },
        _ => true,
    }
}
