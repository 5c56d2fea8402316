//! Each example call of each operation is a request that the mock takes, and what it answers is what the document promises.

use crate::server::{Mock, documents, load};
use crate::wire::Request;
use portolan_model::{Api, Call, Direction, MediaKind, Status};
use std::sync::Arc;

#[test]
fn every_example_call_is_answered_as_the_document_says() {
    let mut failures = Vec::new();
    let mut calls = 0;
    for path in documents() {
        let Some(api) = load(&path) else {
            failures.push(format!("{}: the document has errors", path.display()));
            continue;
        };
        let mock = Mock::start(Arc::clone(&api));
        for (_, operation) in api.operations() {
            for call in operation.calls(&api) {
                calls += 1;
                if let Err(failure) = take(&mock, &api, &call) {
                    failures.push(format!("{} {}: {failure}", api.id, operation.id));
                }
            }
        }
    }
    assert!(calls > 0, "there is nothing to call");
    assert!(
        failures.is_empty(),
        "{} of {calls} calls fail:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn take(mock: &Mock, api: &Api, call: &Call<'_>) -> Result<(), String> {
    let mut request = Request::of(call);
    request.identify(api, call);
    let method = call.operation.method.as_str();
    let answer = mock.send(method, &request)?;
    if answer.status >= 400 {
        let text = String::from_utf8_lossy(&answer.body);
        return Err(format!(
            "{method} {}: {} {text}",
            request.path, answer.status
        ));
    }
    promised(api, call, answer.status, &answer.content_type, &answer.body)
}

/// Whether an answer is one that the document describes.
fn promised(
    api: &Api,
    call: &Call<'_>,
    status: u16,
    content_type: &str,
    body: &[u8],
) -> Result<(), String> {
    let responses = &call.operation.responses;
    let is_head = call.operation.method == portolan_model::Method::Head;
    let described = responses
        .iter()
        .find(|response| response.status == Status::Exact(status))
        .or(responses
            .iter()
            .find(|response| response.status.matches(status)));
    let Some(described) = described else {
        let undescribed = status == 200 && body.is_empty();
        return if undescribed {
            Ok(())
        } else {
            Err(format!("{status} is not in the document"))
        };
    };
    // An answer to `HEAD` has no body, whatever the document says that it is.
    if body.is_empty() && (described.content.is_empty() || is_head || status == 204) {
        return Ok(());
    }
    let media = described
        .content
        .iter()
        .find(|media| media.name == *content_type || media.name.as_str().contains('*'))
        .ok_or_else(|| format!("`{content_type}` is not in the document"))?;
    if media.kind != MediaKind::Json {
        return Ok(());
    }
    let value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let schema = portolan_server::mock::schema(api, &media.ty, Direction::Response);
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| format!("the schema is none: {error}"))?;
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "the answer is none of its type: {}",
            errors.join("; ")
        ))
    }
}
