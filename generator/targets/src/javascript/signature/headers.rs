//! Which headers a success brings, as a type: what comes is text, so the type costs nothing when it runs.

use super::super::operation::successes;
use super::super::types::Types;
use super::super::value::{key, string};
use portolan_model::{Operation, PrimitiveKind, Shape, TypeRef, Value};

/// The declared headers of all successes, e.g. ``{ Location: string; "X-Total": `${number}` }``.
pub(super) fn known_headers(types: &Types<'_>, operation: &Operation) -> Option<String> {
    let mut known: Vec<(&str, String)> = Vec::new();
    for header in successes(operation)
        .iter()
        .flat_map(|response| &response.headers)
    {
        let name = header.name.as_str();
        let text = text_type(types, &header.ty);
        match known
            .iter_mut()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
        {
            // Two answers that write it differently: it is text.
            Some((_, other)) if *other != text => "string".clone_into(other),
            Some(_) => {}
            None => known.push((name, text)),
        }
    }
    let members: Vec<String> = known
        .iter()
        .map(|(name, text)| format!("{}: {text}", key(name)))
        .collect();
    (!members.is_empty()).then(|| format!("{{ {} }}", members.join("; ")))
}

/// How a value of the type is written in a header.
fn text_type(types: &Types<'_>, ty: &TypeRef) -> String {
    match types.resolved(ty) {
        TypeRef::Primitive(primitive) => match primitive.kind {
            PrimitiveKind::Boolean => "\"true\" | \"false\"",
            PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64
            | PrimitiveKind::Number => "`${number}`",
            _ => "string",
        }
        .to_owned(),
        TypeRef::Named(id) => match &types.api.type_def(*id).shape {
            Shape::Enum(enumeration) => {
                let mut choices: Vec<String> = Vec::new();
                for value in &enumeration.values {
                    match &value.value {
                        Value::String(text) => choices.push(string(text)),
                        _ => return "string".to_owned(),
                    }
                }
                choices.push("(string & {})".to_owned());
                choices.join(" | ")
            }
            _ => "string".to_owned(),
        },
        _ => "string".to_owned(),
    }
}
