//! What can go wrong, and how it is told.

use super::{Category, Rule};
use crate::shape;
use crate::survey::{Survey, is_structured, label};
use crate::tally::Tally;
use portolan_model::{
    Api, Location, MediaKind, Operation, Response, Shape, Status, TypeDef, TypeRef,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "client-errors",
        title: "Operations describe the errors that callers cause",
        category: Category::Errors,
        weight: 5,
        why: "A caller can only handle what is announced: 401 or 403 where one signs in, 404 where one asks for a thing by its id, some 4xx where one sends anything. `4XX` and `default` speak for all.",
        mend: "describe the errors of {operation}",
        judge: client_errors,
    },
    Rule {
        code: "server-errors",
        title: "Operations describe what comes when the server fails",
        category: Category::Errors,
        weight: 1,
        why: "A client that knows the body of a 5xx can show its reason. `5XX` and `default` speak for all.",
        mend: "describe a 5xx or `default` response of {operation}",
        judge: server_errors,
    },
    Rule {
        code: "typed-errors",
        title: "Error responses have a typed body",
        category: Category::Errors,
        weight: 3,
        why: "Then `error.code` is there, in every language, and nobody parses messages.",
        mend: "write down the body of {error response}",
        judge: typed_errors,
    },
    Rule {
        code: "shared-error-shape",
        title: "Errors look alike everywhere",
        category: Category::Errors,
        weight: 2,
        why: "One shape is handled once; RFC 9457's problem document is one that tools know already.",
        mend: "give {error response} the shape that the others have",
        judge: shared_error_shape,
    },
    Rule {
        code: "rate-limits",
        title: "Operations say how they limit their callers",
        category: Category::Errors,
        weight: 1,
        why: "A client that knows of 429 and `Retry-After` waits and goes on; one that does not is blocked.",
        mend: "describe the 429 response of {operation}",
        judge: rate_limits,
    },
];

/// Whether some response of an operation stands for one of the statuses.
fn answers(operation: &Operation, statuses: &[u16]) -> bool {
    operation.responses.iter().any(|response| {
        statuses
            .iter()
            .any(|status| response.status.matches(*status))
    })
}

fn client_errors(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        let signs_in = !operation.security.is_empty()
            && operation
                .security
                .iter()
                .all(|requirement| !requirement.all.is_empty());
        let by_id = operation.parameters_in(Location::Path).next().is_some();
        let takes = !operation.parameters.is_empty() || operation.body.is_some();
        if !signs_in && !by_id && !takes {
            continue;
        }
        let some = operation.responses.iter().any(|response| {
            response.status == Status::Default
                || response.status == Status::Range(4)
                || matches!(response.status, Status::Exact(400..=499))
        });
        let mut missing = Vec::new();
        if !some {
            missing.push("no 4xx");
        }
        if some && signs_in && !answers(operation, &[401, 403]) {
            missing.push("neither 401 nor 403");
        }
        if some && by_id && !answers(operation, &[404, 410]) {
            missing.push("no 404");
        }
        tally.judge(missing.is_empty(), operation.span, || {
            format!("{} describes {}", label(operation), missing.join(", and "))
        });
    }
}

fn server_errors(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        let described = operation.responses.iter().any(|response| {
            response.status == Status::Default
                || response.status == Status::Range(5)
                || matches!(response.status, Status::Exact(500..=599))
        });
        tally.judge(described, operation.span, || {
            format!("{} describes no 5xx and no default", label(operation))
        });
    }
}

/// Responses that tell of an error. A `default` alone stands for everything, and is no error.
fn errors<'s>(survey: &'s Survey<'_>) -> impl Iterator<Item = (&'s Operation, &'s Response)> + 's {
    survey.responses().filter(|(operation, response)| {
        let alone = || {
            response.status == Status::Default
                && !operation
                    .responses
                    .iter()
                    .any(|other| other.status.is_success())
        };
        response.status.is_error() && operation.method != portolan_model::Method::Head && !alone()
    })
}

fn is_typed(api: &Api, response: &Response) -> bool {
    let mut structured = response
        .content
        .iter()
        .filter(|media| is_structured(media))
        .peekable();
    structured.peek().is_some() && structured.all(|media| !shape::is_loose(api, &media.ty))
}

fn typed_errors(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, response) in errors(survey) {
        tally.judge(is_typed(survey.api, response), response.span, || {
            let whose = format!("the response {} of {}", response.status, label(operation));
            if response.content.is_empty() {
                format!("{whose} has no body")
            } else {
                format!("the body of {whose} has no type")
            }
        });
    }
}

fn shared_error_shape(survey: &Survey<'_>, tally: &mut Tally) {
    let shaped: Vec<(&Operation, &Response, Form<'_>)> = errors(survey)
        .filter_map(|(operation, response)| {
            Some((operation, response, form(survey.api, response)?))
        })
        .collect();
    let mut counts: BTreeMap<&Form<'_>, usize> = BTreeMap::new();
    for (.., form) in &shaped {
        *counts.entry(form).or_default() += 1;
    }
    // Of two as frequent, the one that is first by its members: not by its place.
    let most = counts.values().max().copied().unwrap_or_default();
    let usual = counts
        .iter()
        .find(|(_, count)| **count == most)
        .map(|(form, _)| (*form).clone());
    for (operation, response, form) in &shaped {
        tally.judge(usual.as_ref() == Some(form), response.span, || {
            format!(
                "the response {} of {} has another shape than most errors",
                response.status,
                label(operation)
            )
        });
    }
}

/// What errors are compared by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Form<'a> {
    /// `application/problem+json`: its members are the standard's, others may join them.
    Problem,
    /// Names of members.
    Members(BTreeSet<&'a str>),
    /// No object.
    Other,
}

fn form<'a>(api: &'a Api, response: &'a Response) -> Option<Form<'a>> {
    if !is_typed(api, response) {
        return None;
    }
    let media = response
        .content
        .iter()
        .find(|media| media.kind == MediaKind::Json)
        .or(response.content.iter().find(|media| is_structured(media)))?;
    if media.name.as_str().starts_with("application/problem+") {
        return Some(Form::Problem);
    }
    let TypeRef::Named(id) = shape::bare(api, &media.ty) else {
        return Some(Form::Other);
    };
    let mut def: &TypeDef = api.type_def(*id);
    // What is added to a shared base changes nothing for those who read the base.
    for _ in 0..8 {
        match &def.shape {
            Shape::Object(object) => match object.extends.first() {
                Some(base) if *base != def.id => def = api.type_def(*base),
                _ => break,
            },
            _ => break,
        }
    }
    Some(match &def.shape {
        Shape::Object(object) => Form::Members(
            object
                .properties
                .iter()
                .map(|property| property.name.as_str())
                .collect(),
        ),
        _ => Form::Other,
    })
}

fn rate_limits(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        let header = |response: &Response| {
            response.headers.iter().any(|header| {
                let name = header.name.as_str().to_ascii_lowercase();
                name.contains("ratelimit") || name.contains("rate-limit") || name == "retry-after"
            })
        };
        let passes = operation
            .responses
            .iter()
            .any(|response| response.status == Status::Exact(429) || header(response));
        tally.judge(passes, operation.span, || {
            format!(
                "{} describes neither 429 nor a header about its limit",
                label(operation)
            )
        });
    }
}
