//! The values of the path, which stand first; and what a parameter takes.

use super::super::names::OperationNames;
use super::super::types::{Types, Uses};
use super::super::value::typed;
use portolan_emit::Code;
use portolan_model::{Direction, Location, Operation, Parameter, PrimitiveKind, TypeRef};

/// The values of the path as arguments with types.
pub(super) fn path_arguments(
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
pub(in super::super) fn path_parameters(operation: &Operation) -> Vec<(&str, Option<&Parameter>)> {
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
pub(in super::super) fn parameter_type(types: &Types<'_>, ty: &TypeRef, uses: &mut Uses) -> String {
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
