//! Which of the described responses a request gets.

use crate::Problem;
use crate::mock::prefer::Preferences;
use axum::http::StatusCode;
use portolan_model::{Operation, Response, Status};

/// The status to answer with, and the index of the response that describes it.
///
/// Without a wish it is the first success, or that response which has the example that is asked for by name.
pub(super) fn choose(
    operation: &Operation,
    wanted: Option<u16>,
    preferences: &Preferences,
) -> Result<(u16, Option<usize>), Problem> {
    let Some(wanted) = wanted else {
        let found = usually(operation);
        let response = found.and_then(|index| operation.responses.get(index));
        let lacking = preferences
            .example
            .as_deref()
            .filter(|name| response.is_none_or(|response| find_example(response, name).is_none()));
        if let Some(name) = lacking
            && let Some(other) = operation
                .responses
                .iter()
                .position(|response| find_example(response, name).is_some())
        {
            let status = match operation.responses[other].status {
                Status::Default => 500,
                status => usual(status),
            };
            return Ok((status, Some(other)));
        }
        return Ok((
            response.map_or(200, |response| usual(response.status)),
            found,
        ));
    };
    let has_success = operation
        .responses
        .iter()
        .any(|response| response.status.is_success());
    let described = operation
        .responses
        .iter()
        .enumerate()
        .filter(|(_, response)| response.status.matches(wanted))
        // `default` stands for failures where the document describes a success.
        .filter(|(_, response)| wanted >= 300 || response.status != Status::Default || !has_success)
        .min_by_key(|(_, response)| match response.status {
            Status::Exact(_) => 0,
            Status::Range(_) => 1,
            Status::Default => 2,
        });
    match described {
        Some((index, _)) => Ok((wanted, Some(index))),
        // A sequence that ends well ends with the success that there is.
        None if wanted < 300 && !preferences.sequence.is_empty() => {
            let found = usually(operation);
            let response = found.and_then(|index| operation.responses.get(index));
            Ok((
                response.map_or(wanted, |response| usual(response.status)),
                found,
            ))
        }
        None if wanted >= 400 => Ok((wanted, None)),
        None => {
            let known: Vec<String> = operation
                .responses
                .iter()
                .map(|response| response.status.to_string())
                .collect();
            Err(Problem::new(
                StatusCode::BAD_REQUEST,
                format!(
                    "`{}` has no answer {wanted}; it has {}",
                    operation.id,
                    known.join(", ")
                ),
            ))
        }
    }
}

/// The response of a call that goes well. Some documents describe failures only; a redirect is the next best to a success.
fn usually(operation: &Operation) -> Option<usize> {
    let success = operation.success();
    let mut responses = operation.responses.iter();
    match success {
        Some(success) => responses.position(|response| std::ptr::eq(response, success)),
        None => responses.position(|response| {
            matches!(response.status, Status::Exact(300..=399) | Status::Range(3))
        }),
    }
}

/// The example of this name: the index of its form, and its own.
pub(super) fn find_example(response: &Response, wanted: &str) -> Option<(usize, usize)> {
    let is_wanted = |example: &portolan_model::Example| {
        example.name.as_ref().is_some_and(|name| name == wanted)
    };
    let mut forms = response.content.iter().enumerate();
    forms.find_map(|(form, media)| Some((form, media.examples.iter().position(is_wanted)?)))
}

/// The status to send where a response stands for many.
fn usual(status: Status) -> u16 {
    match status {
        Status::Exact(status) => status,
        Status::Range(digit) => u16::from(digit) * 100,
        Status::Default => 200,
    }
}
