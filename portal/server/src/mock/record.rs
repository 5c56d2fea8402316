//! What arrived, written down: one line of JSON for each request.
//!
//! Keys, tokens and passwords of the document's security schemes, `Authorization`, and cookies that are no parameters are
//! written as `[redacted]`. Bodies are written as they came, but for the token endpoint's.

use super::dispatch::Found;
use super::{Incoming, Mock, body, token};
use crate::Problem;
use crate::mock::decode::{Given, Wire, decode, pairs};
use axum::http::header;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use portolan_model::{Api, ApiKeyLocation, Location, Operation, SecurityKind};
use serde_json::{Map, Value, json};
use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// What stands in the place of a secret.
const REDACTED: &str = "[redacted]";

/// Where requests are written down.
pub struct Recorder(Mutex<Box<dyn Write + Send>>);

impl Recorder {
    /// Writes to `out`, a whole line at a time.
    pub fn new(out: impl Write + Send + 'static) -> Recorder {
        Recorder(Mutex::new(Box::new(out)))
    }

    pub(super) fn write(&self, entry: &Value) {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let line = format!("{entry}\n");
        if let Err(error) = out.write_all(line.as_bytes()).and_then(|()| out.flush()) {
            tracing::warn!(%error, "a request could not be written down");
        }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Recorder")
    }
}

impl Mock {
    /// A request and what became of it.
    pub(super) fn entry(
        &self,
        incoming: &Incoming<'_>,
        found: Option<&Found<'_>>,
        result: &Result<Response, Problem>,
    ) -> Value {
        let api = &self.api;
        let operation = found.map(|(index, _)| self.operation(*index));
        let gives_tokens = operation.is_none() && self.tokens.contains(incoming.path);
        let (status, errors) = match result {
            Ok(answer) => (answer.status().as_u16(), Value::Array(Vec::new())),
            Err(problem) => (problem.status, json!(problem.errors)),
        };
        json!({
            "operation": operation.map(|operation| operation.id.as_str()),
            "method": incoming.method.as_str(),
            "path": incoming.path,
            "query": query(api, incoming.query),
            "parameters": match (operation, found) {
                (Some(operation), Some((_, named))) => {
                    let wire = Wire::new(named.clone(), incoming.query, incoming.headers);
                    parameters(api, operation, &wire)
                }
                _ => json!({}),
            },
            "headers": headers(api, operation, incoming),
            "body": content(api, operation, incoming, gives_tokens),
            "status": status,
            "errors": errors,
        })
    }
}

/// The decoded parameters, by location and name.
fn parameters(api: &Api, operation: &Operation, wire: &Wire<'_>) -> Value {
    let mut found = Map::new();
    for parameter in &operation.parameters {
        let name = parameter.name.as_str();
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::Querystring => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let value = match decode(api, parameter, wire) {
            Given::Value(_) if is_secret(api, location, name) => json!(REDACTED),
            Given::Value(value) => value,
            Given::Absent | Given::Malformed(_) => continue,
        };
        let members = found.entry(location).or_insert_with(|| json!({}));
        members[name] = value;
    }
    Value::Object(found)
}

/// Whether a security scheme of the document travels here.
fn is_secret(api: &Api, place: &str, name: &str) -> bool {
    api.security_schemes.iter().any(|scheme| {
        let SecurityKind::ApiKey {
            location,
            name: key,
        } = &scheme.kind
        else {
            return false;
        };
        let (wanted, same) = match location {
            ApiKeyLocation::Header => ("header", key.as_str().eq_ignore_ascii_case(name)),
            ApiKeyLocation::Query => ("query", key == name),
            ApiKeyLocation::Cookie => ("cookie", key == name),
        };
        place == wanted && same
    })
}

/// The query as it was sent.
fn query(api: &Api, query: &str) -> String {
    let names = pairs(query);
    let sent = query.split('&').filter(|pair| !pair.is_empty());
    let shown: Vec<String> = sent
        .zip(names)
        .map(|(sent, pair)| match is_secret(api, "query", &pair.name) {
            true => format!("{}={REDACTED}", sent.split('=').next().unwrap_or_default()),
            false => sent.to_owned(),
        })
        .collect();
    shown.join("&")
}

fn headers(api: &Api, operation: Option<&Operation>, incoming: &Incoming<'_>) -> Value {
    let mut found = Map::new();
    for name in incoming.headers.keys() {
        let values = incoming.headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        let text = if *name == header::COOKIE {
            cookies(api, operation, &values.join("; "))
        } else if *name == header::AUTHORIZATION || *name == header::PROXY_AUTHORIZATION {
            match values.join(", ").split_once(' ') {
                Some((scheme, _)) => format!("{scheme} {REDACTED}"),
                None => REDACTED.to_owned(),
            }
        } else if is_secret(api, "header", name.as_str()) {
            REDACTED.to_owned()
        } else {
            values.join(", ")
        };
        found.insert(name.to_string(), json!(text));
    }
    Value::Object(found)
}

/// Cookies; those that are parameters are shown.
fn cookies(api: &Api, operation: Option<&Operation>, text: &str) -> String {
    let shown: Vec<String> = text
        .split(';')
        .map(|pair| {
            let (name, value) = pair.trim().split_once('=').unwrap_or((pair.trim(), ""));
            let mut parameters = operation
                .into_iter()
                .flat_map(|operation| operation.parameters_in(Location::Cookie));
            let is_parameter = parameters.any(|parameter| parameter.name == *name);
            match is_parameter && !is_secret(api, "cookie", name) {
                true => format!("{name}={value}"),
                false => format!("{name}={REDACTED}"),
            }
        })
        .collect();
    shown.join("; ")
}

/// The body: its bytes as text, or in Base64 when they are none, and what they say.
fn content(
    api: &Api,
    operation: Option<&Operation>,
    incoming: &Incoming<'_>,
    gives_tokens: bool,
) -> Value {
    if incoming.body.is_empty() {
        return Value::Null;
    }
    let mut entry = json!({ "size": incoming.body.len() });
    match std::str::from_utf8(&incoming.body) {
        Ok(text) if gives_tokens => entry["text"] = json!(token::redacted(text, REDACTED)),
        Ok(text) => entry["text"] = json!(text),
        Err(_) if gives_tokens => {}
        Err(_) => entry["base64"] = json!(STANDARD.encode(&incoming.body)),
    }
    let described = operation.and_then(|operation| operation.body.as_ref());
    let value = described
        .and_then(|described| body::decode(api, described, incoming.headers, &incoming.body));
    if let Some(value) = value {
        entry["value"] = value;
    }
    entry
}
