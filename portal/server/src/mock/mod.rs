//! A server that answers as a document says and refuses what it forbids.
//!
//! 1. The path finds the operation, below the base path of the document's servers or without it; else 404, 405.
//! 2. Something must show who is calling, where the document demands it; else 401.
//! 3. Parameters are decoded by their style and checked against their types; else 400, naming each one and its rule.
//! 4. The body is read by its content type and checked; else 415, 400 when it cannot be read, 422 when it can.
//! 5. The answer is the document's example, else made from the type: the first success, in the form that `Accept` likes
//!    best; else 406. Lists have three pages, streams three items.
//!
//! `Prefer` asks for something else: `code=404`, `example=name`, `dynamic=true`, `delay=1.5`, `retry-after=2` and
//! `status-sequence=503,503,200`, which takes a step with each request (of the same operation and `X-Mock-Sequence` or
//! idempotency key). Whatever the mock itself refuses is a problem document (RFC 9457).

mod accept;
mod body;
mod coerce;
mod cors;
mod credentials;
mod decode;
mod fault;
#[cfg(test)]
pub(crate) mod fixture;
mod multipart;
mod pages;
mod parameters;
mod prefer;
mod redirect;
mod respond;
mod route;
mod schema;
#[cfg(test)]
mod tests;
mod token;
mod validate;

pub use schema::schema;

use crate::Problem;
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use body::BodyChecks;
use decode::Wire;
use fault::Sequences;
use parameters::ParameterChecks;
use portolan_model::{Api, Operation};
use prefer::Preferences;
use respond::Asked;
use route::{Place, Routes};
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, OnceLock};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The largest body that a mock takes.
const MAX_BODY: usize = 64 * 1024 * 1024;
/// The most base paths that are derived from the values of server variables.
const MAX_BASES: usize = 64;

/// Serves the mock of an API until `shutdown` comes.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    api: Arc<Api>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (close, _) = watch::channel(false);
    crate::serve::run(listener, router(api), close, shutdown).await
}

/// The mock of an API: answers every path, and pages of every origin.
pub fn router(api: Arc<Api>) -> Router {
    let answer =
        async |State(mock): State<Arc<Mock>>, request: Request| mock.answer("", request).await;
    Router::new()
        .fallback(answer)
        .with_state(Arc::new(Mock::new(api)))
        .layer(axum::middleware::from_fn(cors::allow))
}

/// The mock of one API.
#[derive(Debug)]
pub(crate) struct Mock {
    api: Arc<Api>,
    operations: Vec<Prepared>,
    routes: Routes,
    /// Paths of the servers, the longest first, without a slash at the end.
    bases: Vec<String>,
    tokens: BTreeSet<String>,
    sequences: Sequences,
}

/// An operation, and what was compiled for it so far.
#[derive(Debug)]
struct Prepared {
    place: Place,
    checks: OnceLock<(ParameterChecks, BodyChecks)>,
}

impl Mock {
    pub(crate) fn new(api: Arc<Api>) -> Mock {
        let operations: Vec<Prepared> = route::places(&api)
            .into_iter()
            .map(|place| Prepared {
                place,
                checks: OnceLock::new(),
            })
            .collect();
        let mut routes = Routes::default();
        let mut bases = BTreeSet::new();
        add_bases(&mut bases, &api.servers);
        for (index, prepared) in operations.iter().enumerate() {
            let operation = prepared.place.of(&api);
            routes.insert(&operation.path, index);
            add_bases(&mut bases, &operation.servers);
        }
        let mut bases: Vec<String> = bases.into_iter().filter(|base| !base.is_empty()).collect();
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        Mock {
            tokens: token::paths(&api),
            api,
            operations,
            routes,
            bases,
            sequences: Sequences::default(),
        }
    }

    pub(crate) fn api(&self) -> &Arc<Api> {
        &self.api
    }

    /// Answers a request; `prefix` is where the mock is mounted.
    pub(crate) async fn answer(&self, prefix: &str, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            let megabytes = MAX_BODY / 1024 / 1024;
            return Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body was cut off or is larger than {megabytes} MiB"),
            )
            .into_response();
        };
        let preferences = Preferences::read(&parts.headers);
        if let Some(delay) = preferences.delay {
            tokio::time::sleep(delay).await;
        }
        let incoming = Incoming {
            prefix,
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            method: &parts.method,
            headers: &parts.headers,
            body,
            preferences,
        };
        let answer = self
            .route(&incoming)
            .unwrap_or_else(IntoResponse::into_response);
        respond::without_body(&parts.method, answer)
    }

    fn route(&self, incoming: &Incoming<'_>) -> Result<Response, Problem> {
        if let Some(answer) = redirect::answer(incoming.query) {
            return Ok(answer);
        }
        let path = incoming
            .path
            .strip_prefix(incoming.prefix)
            .filter(|path| !path.is_empty())
            .unwrap_or("/");
        // Below a base path first: `/v1/books` is rather `/books` of version 1 than a book of `v1`.
        let candidates: Vec<&str> = self
            .bases
            .iter()
            .filter_map(|base| path.strip_prefix(base.as_str()))
            .map(|rest| if rest.is_empty() { "/" } else { rest })
            .filter(|rest| rest.starts_with('/'))
            .chain([path])
            .collect();
        let mut methods = vec![incoming.method];
        if *incoming.method == Method::HEAD {
            methods.push(&Method::GET);
        }
        for method in methods {
            let answers = |index: &usize| self.operation(*index).method.as_str() == method.as_str();
            for candidate in &candidates {
                let wanted = |operations: &[usize]| operations.iter().any(answers);
                let Some(found) = self.routes.find(candidate, &wanted) else {
                    continue;
                };
                // Several operations share a path when a fragment, which is not sent, tells them apart in the document.
                let mut refused = None;
                for index in found.operations.iter().copied().filter(answers) {
                    let named = found.named(&self.operation(index).path);
                    let wire = Wire::new(named, incoming.query, incoming.headers);
                    match self.operate(index, &wire, incoming) {
                        Ok(answer) => return Ok(answer),
                        Err(problem) => refused = refused.or(Some(problem)),
                    }
                }
                if let Some(problem) = refused {
                    return Err(problem);
                }
            }
        }
        let mut allowed: Vec<&str> = candidates
            .iter()
            .filter_map(|candidate| self.routes.find(candidate, &|_| true))
            .flat_map(|found| found.operations)
            .map(|index| self.operation(*index).method.as_str())
            .collect();
        if *incoming.method == Method::POST && self.tokens.contains(path) {
            return Ok(token::answer());
        }
        if allowed.is_empty() {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                format!("the document has no path that fits `{path}`"),
            ));
        }
        allowed.dedup();
        let allowed = allowed.join(", ");
        if *incoming.method == Method::OPTIONS {
            let mut answer = StatusCode::NO_CONTENT.into_response();
            if let Ok(value) = HeaderValue::from_str(&allowed) {
                answer.headers_mut().insert(header::ALLOW, value);
            }
            return Ok(answer);
        }
        Err(Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!(
                "`{path}` has no operation for {}; it has {allowed}",
                incoming.method
            ),
        )
        .with_header(header::ALLOW, allowed))
    }

    fn operation(&self, index: usize) -> &Operation {
        let prepared = self
            .operations
            .get(index)
            .expect("routes lead to operations that were counted");
        prepared.place.of(&self.api)
    }

    fn operate(
        &self,
        index: usize,
        wire: &Wire<'_>,
        incoming: &Incoming<'_>,
    ) -> Result<Response, Problem> {
        let api = &self.api;
        let operation = self.operation(index);
        let (parameter_checks, body_checks) = self.operations[index].checks.get_or_init(|| {
            (
                ParameterChecks::new(operation),
                BodyChecks::new(operation.body.as_ref()),
            )
        });
        credentials::check(api, operation, wire, incoming.headers)?;
        parameters::check(api, operation, parameter_checks, wire)?;
        if let Some(described) = &operation.body {
            body::check(
                api,
                described,
                body_checks,
                incoming.headers,
                &incoming.body,
            )?;
        }
        let preferences = &incoming.preferences;
        let status = self
            .sequences
            .next(index, operation, preferences, incoming.headers)
            .or(preferences.code);
        let host = incoming
            .headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        Asked {
            api,
            operation,
            wire,
            headers: incoming.headers,
            preferences,
            status,
            address: match host {
                Some(host) => format!("http://{host}{}", incoming.path),
                None => incoming.path.to_owned(),
            },
        }
        .answer()
    }
}

/// A request, read to its end.
struct Incoming<'a> {
    prefix: &'a str,
    path: &'a str,
    query: &'a str,
    method: &'a Method,
    headers: &'a HeaderMap,
    body: Bytes,
    preferences: Preferences,
}

/// The paths of servers, with every value of each variable.
fn add_bases(bases: &mut BTreeSet<String>, servers: &[portolan_model::Server]) {
    for server in servers {
        let mut urls = vec![server.url.clone()];
        for variable in &server.variables {
            let hole = format!("{{{}}}", variable.name);
            let values = std::iter::once(&variable.default).chain(&variable.values);
            urls = urls
                .iter()
                .flat_map(|url| values.clone().map(|value| url.replace(&hole, value)))
                .take(MAX_BASES)
                .collect();
            urls.dedup();
        }
        bases.extend(urls.iter().map(|url| path_of(url)));
    }
}

/// The path of a URL, perhaps a relative one, without a slash at its end.
fn path_of(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|at| rest.get(at..))
            .unwrap_or_default(),
        None => url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_matches('/');
    match path {
        "" | "." => String::new(),
        path => format!("/{path}"),
    }
}
