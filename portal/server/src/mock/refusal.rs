//! Problems as the document describes failures, where they can be both.
//!
//! 1. The status: where the document describes 422 and not 400, or the other way round, the one that it describes.
//! 2. The body: the problem document itself, when it is one of the described type; else a value of that type whose members
//!    say what the problem says, with the problem's members beside them where the type allows it; else the problem.

use super::Mock;
use super::respond::{described, headers};
use super::validate::Check;
use crate::{Problem, Violation};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response as Answer};
use portolan_model::{Api, Direction, MediaKind, Operation, Response, Status, synthesize};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// Members that hold a list of mistakes.
const LISTS: [&str; 8] = [
    "errors",
    "details",
    "violations",
    "issues",
    "fields",
    "causes",
    "problems",
    "invalidparams",
];

/// The described failures of an operation, by response; compiled when one is first needed.
#[derive(Debug)]
pub(super) struct Refusals(Vec<OnceLock<Option<Refusal>>>);

/// A described failure that is written as JSON.
#[derive(Debug)]
struct Refusal {
    content_type: HeaderValue,
    check: Check,
    sample: Value,
}

impl Refusals {
    pub(super) fn new(operation: &Operation) -> Refusals {
        Refusals(
            operation
                .responses
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
        )
    }
}

/// Gives a problem the status that the document describes for it.
pub(super) fn settle(operation: &Operation, problem: &mut Problem) {
    let in_path = problem.errors.iter().all(|error| error.location == "path");
    let others: &[u16] = match problem.status {
        400 if in_path && !problem.errors.is_empty() => &[422, 404],
        400 => &[422],
        422 => &[400],
        _ => &[],
    };
    if described(operation, problem.status).is_some() {
        return;
    }
    let is_exact = |status: &&u16| {
        let mut responses = operation.responses.iter();
        responses.any(|response| response.status == Status::Exact(**status))
    };
    let found = others.iter().find(is_exact).copied();
    if let Some(code) = found.and_then(|status| StatusCode::from_u16(status).ok()) {
        problem.set_status(code);
    }
}

impl Mock {
    /// A problem as an answer of the operation.
    pub(super) fn refuse(&self, index: usize, problem: Problem) -> Answer {
        let operation = self.operation(index);
        let Some(at) = described(operation, problem.status) else {
            return problem.into_response();
        };
        let response = &operation.responses[at];
        let slot = &self.made(index).refusals.0[at];
        let refusal = slot.get_or_init(|| Refusal::new(&self.api, response));
        let body = refusal.as_ref().and_then(|refusal| refusal.body(&problem));
        let mut answer = problem.into_response();
        if let (Some(body), Some(refusal)) = (body, refusal) {
            let (mut parts, _) = answer.into_parts();
            parts.headers.remove(header::CONTENT_LENGTH);
            let content_type = refusal.content_type.clone();
            parts.headers.insert(header::CONTENT_TYPE, content_type);
            answer = Answer::from_parts(parts, Body::from(body.to_string()));
        }
        for (name, value) in headers(&self.api, operation, &response.headers) {
            answer.headers_mut().entry(name).or_insert(value);
        }
        answer
    }
}

impl Refusal {
    fn new(api: &Api, response: &Response) -> Option<Refusal> {
        let media = response
            .content
            .iter()
            .find(|media| media.kind == MediaKind::Json)?;
        let name = match MediaKind::is_range(media.name.as_str()) {
            true => "application/problem+json",
            false => media.name.as_str(),
        };
        let sample = synthesize(api, &media.ty, Direction::Response);
        Some(Refusal {
            content_type: HeaderValue::from_str(name).ok()?,
            check: Check::new(api, &media.ty, Direction::Response),
            sample: serde_json::from_str(&sample.to_json()).ok()?,
        })
    }

    fn body(&self, problem: &Problem) -> Option<Value> {
        let plain = serde_json::to_value(problem).ok()?;
        if self.check.accepts(&plain) {
            return Some(plain);
        }
        let open = told(&self.sample, problem, true)?;
        let closed = told(&self.sample, problem, false)?;
        [merged(open.clone(), plain), open, closed]
            .into_iter()
            .find(|body| self.check.accepts(body))
    }
}

/// The sample with what the problem says, in the members that mean it; `open` says whether mistakes have ours as well.
fn told(sample: &Value, problem: &Problem, open: bool) -> Option<Value> {
    let Value::Object(sample) = sample else {
        return None;
    };
    let mut members = Map::new();
    for (name, value) in sample {
        let word = word(name);
        let value = match (value, word.as_str()) {
            (Value::String(_), "message" | "msg" | "detail" | "description" | "reason") => {
                json!(problem.detail)
            }
            (Value::String(_), "errordescription" | "errormessage") => json!(problem.detail),
            (Value::String(_), "param" | "parameter" | "field" | "property") => {
                json!(
                    problem
                        .errors
                        .first()
                        .map_or("", |error| error.name.as_str())
                )
            }
            (Value::String(_), "code" | "rule" | "constraint") if !problem.errors.is_empty() => {
                json!(
                    problem
                        .errors
                        .first()
                        .map_or("", |error| error.rule.as_str())
                )
            }
            (Value::String(_), "title") => json!(problem.title),
            (Value::Number(_), "status" | "statuscode" | "code" | "httpstatus") => {
                json!(problem.status)
            }
            (Value::Array(items), list) if LISTS.contains(&list) && !problem.errors.is_empty() => {
                let template = items.first().unwrap_or(&Value::Null);
                let mistakes = problem.errors.iter();
                let told = mistakes.map(|error| mistake(template, error, open));
                Value::Array(told.collect())
            }
            (inner @ Value::Object(_), "error") => told(inner, problem, open)?,
            (other, _) => other.clone(),
        };
        members.insert(name.clone(), value);
    }
    Some(Value::Object(members))
}

/// A mistake in the words of the template, and in ours beside them when it is open.
fn mistake(template: &Value, error: &Violation, open: bool) -> Value {
    let ours = json!(error);
    let Value::Object(template) = template else {
        return match template {
            Value::String(_) => json!(error.sentence()),
            _ => ours,
        };
    };
    let mut members = Map::new();
    for (name, value) in template {
        let word = word(name);
        let told = match word.as_str() {
            "field" | "parameter" | "param" | "property" | "path" | "loc" => {
                json!(error.name.trim_start_matches('/').replace('/', "."))
            }
            "name" => json!(error.name),
            "pointer" | "source" => json!(error.pointer),
            "location" | "in" => json!(error.location),
            "code" | "rule" | "keyword" | "type" | "constraint" => json!(error.rule),
            "message" | "msg" | "detail" | "description" | "reason" | "title" => {
                json!(error.detail)
            }
            _ => value.clone(),
        };
        let same_kind = std::mem::discriminant(&told) == std::mem::discriminant(value);
        members.insert(name.clone(), if same_kind { told } else { value.clone() });
    }
    let told = Value::Object(members);
    if open { merged(told, ours) } else { told }
}

/// `told`, and the members of `ours` that it has not.
fn merged(told: Value, ours: Value) -> Value {
    match (told, ours) {
        (Value::Object(mut told), Value::Object(ours)) => {
            for (name, value) in ours {
                told.entry(name).or_insert(value);
            }
            Value::Object(told)
        }
        (told, _) => told,
    }
}

/// A name without case and without what joins its words.
fn word(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
