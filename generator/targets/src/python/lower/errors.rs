//! One exception a status, its data typed by what the operations say of that status.

use super::super::layout;
use super::super::literal::code;
use super::super::package::StatusError;
use super::super::types::Used;
use super::{Context, definitions};
use portolan_emit::{Code, Language, comment};
use portolan_model::{MediaKind, Status, TypeRef};

/// Status, class, words.
const STATUSES: &[(u16, &str, &str)] = &[
    (
        400,
        "BadRequestError",
        "400: the request is not understood.",
    ),
    (
        401,
        "AuthenticationError",
        "401: there are no credentials, or they are not valid.",
    ),
    (
        403,
        "PermissionDeniedError",
        "403: the credentials do not allow this.",
    ),
    (404, "NotFoundError", "404: there is no such thing."),
    (
        409,
        "ConflictError",
        "409: the request does not fit the present state.",
    ),
    (
        422,
        "UnprocessableEntityError",
        "422: values in the request are not valid.",
    ),
    (429, "RateLimitError", "429: too many requests."),
    (
        500,
        "InternalServerError",
        "500 and above: the server failed.",
    ),
];

/// More alternatives than this help nobody.
const MOST: usize = 6;

/// The exception of an answer with this status; `None` for what is no error.
pub(in super::super) fn class_of(status: Status) -> Option<&'static str> {
    let class = |wanted: u16| {
        let known = STATUSES.iter().find(|(status, ..)| *status == wanted);
        known.map_or("APIStatusError", |(_, class, _)| *class)
    };
    match status {
        Status::Exact(code) if code < 400 => None,
        Status::Exact(code) if code >= 500 => Some(class(500)),
        Status::Exact(code) => Some(class(code)),
        Status::Range(5) => Some(class(500)),
        Status::Range(4) | Status::Default => Some("APIStatusError"),
        Status::Range(_) => None,
    }
}

/// The exceptions.
pub(super) fn errors(context: &Context<'_>) -> Vec<StatusError> {
    let operations = context.api.operations();
    STATUSES
        .iter()
        .map(|(status, class, docs)| {
            let mut found: Vec<&TypeRef> = Vec::new();
            for (_, operation) in &operations {
                let said = |wanted: Status| {
                    operation
                        .responses
                        .iter()
                        .find(move |response| response.status == wanted)
                };
                let response = if *status == 500 {
                    operation.responses.iter().find(|response| {
                        matches!(response.status, Status::Exact(500..) | Status::Range(5))
                    })
                } else {
                    said(Status::Exact(*status)).or_else(|| said(Status::Range(4)))
                };
                let response = response.or_else(|| {
                    let succeeds = operation
                        .responses
                        .iter()
                        .any(|response| response.status.is_success());
                    said(Status::Default).filter(|_| succeeds)
                });
                let body = response.and_then(|response| {
                    response
                        .content
                        .iter()
                        .find(|media| media.kind == MediaKind::Json)
                });
                if let Some(media) = body
                    && !found.contains(&&media.ty)
                {
                    found.push(&media.ty);
                }
            }
            StatusError {
                class: code(*class),
                base: code("APIStatusError"),
                docs: comment::line(Language::Python, docs),
                data: data(context, &found),
            }
        })
        .collect()
}

fn data(context: &Context<'_>, found: &[&TypeRef]) -> Code {
    let mut used = Used::default();
    let mut choices = definitions::error_types(&context.types, found, &mut used);
    let simple = choices.iter().all(|choice| choice.starts_with("types."));
    if choices.is_empty() || choices.len() > MOST || !simple {
        return code("Any");
    }
    choices.push("None".to_owned());
    let declared = layout::declaration(1, "data", &choices.join(" | "), None);
    code(declared.strip_prefix("data: ").unwrap_or(&declared))
}
