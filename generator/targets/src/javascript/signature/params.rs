//! The object with all that is not in the path: parameters, and the body or its members.

use super::super::lower::docs::{described, documentation, property};
use super::super::lower::limits::limits;
use super::super::names::OperationNames;
use super::super::operation::refuses_bodies;
use super::super::package::{Declaration, Property};
use super::super::types::{Types, Uses};
use super::super::value::{key, typed};
use super::arguments::parameter_type;
use super::keys::Keys;
use portolan_emit::{Language, comment};
use portolan_model::{Body, Direction, MediaKind, MediaType, Operation, PrimitiveKind, TypeRef};

/// The object of parameters of one operation.
pub(super) struct Params {
    pub(super) declaration: Option<Declaration>,
    /// The type of the object; `None` when the operation takes none.
    pub(super) text: Option<String>,
    pub(super) required: bool,
    /// Other media types of the body, and the object that goes with each.
    pub(super) others: Vec<(String, String)>,
    /// Whether a boolean member `stream` says how the answer comes.
    pub(super) chooses_stream: bool,
}

impl Params {
    pub(super) fn of(
        types: &Types<'_>,
        operation: &Operation,
        names: &OperationNames,
        keys: &Keys<'_>,
        uses: &mut Uses,
    ) -> Params {
        let forms = &keys.forms;
        let body_required = operation.body.as_ref().is_some_and(|body| body.required)
            && !refuses_bodies(&operation.method);
        let mut properties: Vec<Property> = keys
            .iter()
            .map(|(parameter, name)| {
                let text = parameter_type(types, &parameter.ty, uses);
                let example = parameter
                    .examples
                    .first()
                    .and_then(|example| example.value.as_ref());
                let limits = limits(&parameter.ty, parameter.default.as_ref(), example);
                let lines = described(&parameter.docs, parameter.deprecated, limits);
                property(name, parameter.required, &text, lines)
            })
            .collect();
        let mut required = keys.iter().any(|(parameter, _)| parameter.required);
        let mut extends = None;
        let mut chooses_stream = false;
        if let Some(media) = forms.first {
            let text = body_type(types, media, uses);
            if let Some(members) = &forms.members {
                let object = types.object(&media.ty);
                let has_required = object.is_some_and(|object| {
                    Types::members(object, Direction::Request).any(|property| property.required)
                });
                chooses_stream = object.is_some_and(|object| {
                    object.properties.iter().any(|property| property.name == "stream"
                        && matches!(types.resolved(&property.ty), TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Boolean))
                });
                required |= body_required && has_required;
                if forms.renamed().next().is_some() {
                    properties.extend(members.iter().map(|(member, name)| {
                        let text = types.text(&member.ty, Direction::Request, uses);
                        let limits =
                            limits(&member.ty, member.default.as_ref(), member.examples.first());
                        let lines = described(&member.docs, member.deprecated, limits);
                        property(name, member.required && body_required, &text, lines)
                    }));
                } else {
                    extends = Some(if body_required || !has_required {
                        text
                    } else {
                        format!("Partial<{text}>")
                    });
                }
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
            .flat_map(Body::forms)
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
pub(in super::super) fn body_type(types: &Types<'_>, media: &MediaType, uses: &mut Uses) -> String {
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
