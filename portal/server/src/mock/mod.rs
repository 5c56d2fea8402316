//! A server that answers as a document says and refuses what it forbids.
//!
//! 1. The path finds the operation, below the base path of the document's servers or without it; else 404, 405.
//! 2. Something must show who is calling, where the document demands it; else 401.
//! 3. Parameters are decoded by their style and checked against their types; else 400, naming each one and its rule.
//! 4. The body is read by its content type and checked; else 415, 400 when it cannot be read, 422 when it can.
//! 5. The answer is the document's example, else made from the type: the first success, in the form that `Accept` likes
//!    best; else 406. Lists have three pages, streams three items, files parts.
//!
//! `Prefer` asks for something else; [`prefer`] lists the wishes. Whatever the mock itself refuses is a problem document
//! (RFC 9457), written so that it also is what the document describes for that status, where it can be both.
//!
//! What does not depend on a request is made once: routes when the mock begins, schemas and bodies when they are first
//! needed.

mod accept;
mod bases;
mod body;
mod coerce;
mod cors;
mod credentials;
mod decode;
mod dispatch;
mod fault;
#[cfg(test)]
pub(crate) mod fixture;
mod json;
mod pages;
mod parameters;
mod prefer;
mod record;
mod redirect;
mod refusal;
mod respond;
mod route;
mod schema;
mod send;
#[cfg(test)]
mod tests;
mod token;
mod validate;

pub use record::Recorder;
pub use schema::schema;

use crate::Problem;
use crate::patience::Connection;
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use body::BodyChecks;
use fault::{Abort, Sequences};
use parameters::ParameterChecks;
use portolan_model::{Api, Operation};
use prefer::Preferences;
use refusal::Refusals;
use respond::Answers;
use route::{Place, Routes};
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, OnceLock};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The largest body that a mock takes.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// What a mock does beside what its document says.
#[derive(Debug, Default)]
pub struct Options {
    /// Draws the values that are made from types; without it they are always the same.
    pub seed: Option<u64>,
    /// The only keys, tokens and `user:password` pairs that open operations; when there are none, any does.
    pub credentials: Vec<String>,
    /// Writes down what arrives.
    pub record: Option<Recorder>,
}

/// Serves the mock of an API until `shutdown` comes.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    api: Arc<Api>,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (close, _) = watch::channel(false);
    crate::serve::run(listener, router(api, options), close, shutdown).await
}

/// The mock of an API: answers every path, and pages of every origin.
pub fn router(api: Arc<Api>, options: Options) -> Router {
    let answer =
        async |State(mock): State<Arc<Mock>>, request: Request| mock.answer("", request).await;
    Router::new()
        .fallback(answer)
        .with_state(Arc::new(Mock::new(api, options)))
        .layer(axum::middleware::from_fn(cors::allow))
}

/// The mock of one API.
#[derive(Debug)]
pub(crate) struct Mock {
    api: Arc<Api>,
    options: Options,
    operations: Vec<Prepared>,
    routes: Routes,
    /// Paths of the servers, the longest first, without a slash at the end.
    bases: Vec<String>,
    tokens: BTreeSet<String>,
    sequences: Sequences,
}

/// An operation, and what was made for it so far.
#[derive(Debug)]
struct Prepared {
    place: Place,
    made: OnceLock<Made>,
}

/// What answering an operation needs again and again.
#[derive(Debug)]
struct Made {
    parameters: ParameterChecks,
    body: BodyChecks,
    answers: Answers,
    refusals: Refusals,
}

impl Mock {
    pub(crate) fn new(api: Arc<Api>, options: Options) -> Mock {
        let operations: Vec<Prepared> = route::places(&api)
            .into_iter()
            .map(|place| Prepared {
                place,
                made: OnceLock::new(),
            })
            .collect();
        let mut routes = Routes::default();
        for (index, prepared) in operations.iter().enumerate() {
            routes.insert(&prepared.place.of(&api).path, index);
        }
        let places = operations.iter().map(|prepared| prepared.place.of(&api));
        Mock {
            tokens: token::paths(&api),
            bases: bases::bases(&api, places),
            api,
            options,
            operations,
            routes,
            sequences: Sequences::default(),
        }
    }

    pub(crate) fn api(&self) -> &Arc<Api> {
        &self.api
    }

    /// Answers a request; `prefix` is where the mock is mounted.
    pub(crate) async fn answer(&self, prefix: &str, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let connection = parts.extensions.get::<ConnectInfo<Connection>>();
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            let megabytes = MAX_BODY / 1024 / 1024;
            let detail = format!("the body was cut off, or is larger than {megabytes} MiB");
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
        };
        let incoming = Incoming {
            path: below(prefix, parts.uri.path()),
            address: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            method: &parts.method,
            headers: &parts.headers,
            body,
            preferences: Preferences::read(&parts.headers),
        };
        if let Some(delay) = incoming.preferences.delay {
            tokio::time::sleep(delay).await;
        }
        let mut found = None;
        let mut result = self.route(&incoming, &mut found);
        if let (Err(problem), Some((index, _))) = (&mut result, &found) {
            refusal::settle(self.operation(*index), problem);
        }
        if let Some(recorder) = &self.options.record {
            recorder.write(&self.entry(&incoming, found.as_ref(), &result));
        }
        let mut answer = match (result, found) {
            (Ok(answer), _) => answer,
            (Err(problem), Some((index, _))) => self.refuse(index, problem),
            (Err(problem), None) => problem.into_response(),
        };
        let abort = answer.extensions_mut().remove::<Abort>();
        let applied = incoming.preferences.applied.join(", ");
        if !applied.is_empty()
            && let Ok(applied) = HeaderValue::from_str(&applied)
        {
            answer.headers_mut().insert("preference-applied", applied);
        }
        let answer = respond::without_body(&parts.method, answer);
        match incoming.preferences.abort.or(abort) {
            Some(abort) => abort.apply(answer, connection.map(|info| &info.0)).await,
            None => answer,
        }
    }

    fn operation(&self, index: usize) -> &Operation {
        let prepared = self
            .operations
            .get(index)
            .expect("routes lead to operations that were counted");
        prepared.place.of(&self.api)
    }

    /// What is kept for an operation.
    fn made(&self, index: usize) -> &Made {
        self.operations[index].made.get_or_init(|| {
            let operation = self.operation(index);
            Made {
                parameters: ParameterChecks::new(operation),
                body: BodyChecks::new(operation.body.as_ref()),
                answers: Answers::new(operation),
                refusals: Refusals::new(operation),
            }
        })
    }
}

/// A request, read to its end.
struct Incoming<'a> {
    /// Below where the mock is mounted.
    path: &'a str,
    /// The whole path.
    address: &'a str,
    query: &'a str,
    method: &'a Method,
    headers: &'a HeaderMap,
    body: Bytes,
    preferences: Preferences,
}

/// The path below a prefix.
fn below<'a>(prefix: &str, path: &'a str) -> &'a str {
    path.strip_prefix(prefix)
        .filter(|path| !path.is_empty())
        .unwrap_or("/")
}
