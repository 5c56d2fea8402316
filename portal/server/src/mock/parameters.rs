//! Parameters of a request, decoded and checked, all mistakes at once.

use super::decode::{Given, Wire, decode};
use super::pages;
use super::validate::Check;
use crate::{Problem, Violation};
use axum::http::StatusCode;
use portolan_model::{Api, Direction, Location, Operation, Parameter};
use serde_json::Value;
use std::sync::OnceLock;

/// The compiled types of an operation's parameters.
#[derive(Debug)]
pub(super) struct ParameterChecks {
    checks: Vec<OnceLock<Check>>,
}

impl ParameterChecks {
    pub(super) fn new(operation: &Operation) -> ParameterChecks {
        ParameterChecks {
            checks: operation
                .parameters
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
        }
    }
}

/// Fails when a parameter is missing or is none of its type.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    checks: &ParameterChecks,
    wire: &Wire<'_>,
) -> Result<(), Problem> {
    let mut found = Vec::new();
    for (parameter, check) in operation.parameters.iter().zip(&checks.checks) {
        if is_header_of_another_rule(parameter) {
            continue;
        }
        let name = parameter.name.as_str();
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::Querystring => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let violation = |rule: &str, detail: String| Violation {
            location,
            name: name.to_owned(),
            pointer: String::new(),
            rule: rule.to_owned(),
            detail,
        };
        match decode(api, parameter, wire) {
            Given::Absent if parameter.required => {
                found.push(violation("required", "it is missing".to_owned()));
            }
            Given::Absent => {}
            Given::Malformed(detail) => found.push(violation("style", detail)),
            Given::Value(value) if is_empty(&value) && parameter.allow_empty_value => {}
            Given::Value(value) if pages::is_token(operation, name, &value) => {}
            Given::Value(value) => {
                let check =
                    check.get_or_init(|| Check::new(api, &parameter.ty, Direction::Request));
                found.extend(check.violations(location, Some(name), &value));
            }
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Problem::violations(StatusCode::BAD_REQUEST, found))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        _ => false,
    }
}

/// OpenAPI 3.1.1, 4.8.12.1: header parameters of these names are ignored.
fn is_header_of_another_rule(parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|name| parameter.name.as_str().eq_ignore_ascii_case(name))
}
