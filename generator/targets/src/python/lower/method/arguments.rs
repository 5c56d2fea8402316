//! The arguments of a method: their names, types, defaults and words.

use super::super::super::literal::{self, code, string};
use super::super::super::names;
use super::super::super::types::{Face, Place, Used, join, word};
use super::super::Context;
use super::super::docs;
use crate::names::{Claim, Kept, Position};
use portolan_emit::Code;
use portolan_model::{
    Body, Location, MediaKind, MediaType, Operation, Parameter, Property, TypeRef,
};
use portolan_source::Diagnostics;

/// An argument of a method.
pub(super) struct Argument {
    pub(super) name: Code,
    pub(super) annotation: String,
    /// The default; `None` when it must be given.
    pub(super) default: Option<String>,
    pub(super) positional: bool,
    pub(super) docs: Vec<Code>,
    /// The same, as the document has it.
    pub(super) words: String,
}

/// Headers that the runtime writes itself (OpenAPI 3.0.4, 4.8.12: such parameters are ignored).
pub(super) fn is_kept_back(parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && ["accept", "content-type", "authorization"]
            .contains(&parameter.name.as_str().to_ascii_lowercase().as_str())
}

/// Arguments for parameters, then for members. Where several want one name the path has it, then the body, the query,
/// headers and cookies; each other is led by the place where it travels.
pub(super) fn argument_names(
    kept: &Kept,
    operation: &Operation,
    parameters: &[&Parameter],
    members: &[&Property],
    diagnostics: &mut Diagnostics,
) -> Vec<Code> {
    let parameters = parameters.iter().map(|parameter| {
        let place = Position::In(parameter.location);
        (place, parameter.name.as_str(), parameter.span)
    });
    let members = members
        .iter()
        .map(|property| (Position::Body, property.name.as_str(), property.span));
    let claims = parameters.chain(members).map(|(place, name, span)| {
        let rank = kept.argument_rank(operation, place, name);
        let mut claim = Claim::new(place.key(name), name, span, rank);
        claim
            .otherwise
            .insert(0, format!("{} {name}", place.word()));
        claim
    });
    let shelf = kept.shelf(&["python", "arguments", operation.id.as_str()]);
    names::arguments().resolve_claims(&shelf, &claims.collect::<Vec<_>>(), diagnostics)
}

pub(super) fn parameter_argument(
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
        words: docs::words(&parameter.docs, &fallback, &note, parameter.deprecated),
        name: name.clone(),
        annotation,
        default,
        positional,
    }
}

pub(super) fn member_argument(
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
        words: docs::words(&property.docs, &fallback, &note, property.deprecated),
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

pub(super) fn body_argument(
    context: &Context<'_>,
    operation: &Operation,
    media: &MediaType,
    optional: bool,
    place: Place,
    used: &mut Used,
) -> Argument {
    let mut own = Used::default();
    let given = |own: &mut Used| context.types.union([&media.ty], Face::Input, place, own);
    let mut choices = match media.kind {
        MediaKind::Json | MediaKind::Form => given(&mut own),
        MediaKind::Multipart if context.types.object(&media.ty).is_some() => given(&mut own),
        MediaKind::Multipart => {
            own.words.extend(["Mapping", "Any"]);
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
        words: docs::words(&docs, "The body.", "", false),
        name: code("body"),
        annotation: join(choices, own, place, used),
        default: optional.then(|| "NOT_GIVEN".to_owned()),
        positional: false,
    }
}

pub(super) fn content_type_argument(
    body: &Body,
    media: &MediaType,
    members: bool,
    used: &mut Used,
) -> Option<Argument> {
    let wild = MediaKind::is_range(media.name.as_str());
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
    let annotation = if wild || others.iter().any(|name| MediaKind::is_range(name)) {
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
        words: said.to_owned(),
    })
}

/// Positional ones in the order of the path, then required ones, then the rest.
pub(super) fn order(arguments: &mut [Argument]) {
    arguments.sort_by_key(|argument| match (argument.positional, &argument.default) {
        (true, _) => 0,
        (false, None) => 1,
        (false, Some(_)) => 2,
    });
}
