//! What may go wrong with a call, by status.

use super::super::names::OperationNames;
use super::super::operation::successes;
use super::super::package::Declaration;
use super::super::types::{Types, Uses};
use super::super::value::typed;
use super::RuntimeUses;
use portolan_emit::{Code, Language, comment};
use portolan_model::{Direction, MediaKind, Operation, Status};

/// The union of the errors that the document speaks of.
pub(super) fn error(
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

pub(in super::super) fn error_class(status: Status) -> (&'static str, Option<u16>) {
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
