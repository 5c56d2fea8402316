//! What goes wrong on demand, so that retries can be tested: sequences of statuses, and connections that break.

use super::prefer::Preferences;
use super::send;
use crate::patience::Connection;
use axum::body::to_bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use portolan_model::Operation;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many sequences may be on their way at once.
const MAX_SEQUENCES: usize = 10_000;

/// How many bytes of an answer's head are sent before the connection breaks within it.
const PART_OF_A_HEAD: usize = 12;
/// The longest body that is sent by half.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Where the connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abort {
    /// Before the first byte of the answer.
    Before,
    /// Within the status line.
    Head,
    /// In the middle of the body.
    Body,
}

impl Abort {
    pub(super) fn read(text: &str) -> Option<Abort> {
        match text {
            "before" | "true" => Some(Abort::Before),
            "head" => Some(Abort::Head),
            "body" => Some(Abort::Body),
            _ => None,
        }
    }

    /// The answer, so that sending it breaks the connection.
    pub(super) async fn apply(self, answer: Response, connection: Option<&Connection>) -> Response {
        let bytes = match self {
            Abort::Before => Some(0),
            Abort::Head => Some(PART_OF_A_HEAD),
            Abort::Body => None,
        };
        if let (Some(bytes), Some(connection)) = (bytes, connection) {
            connection.break_after(bytes);
            return answer;
        }
        let (mut parts, body) = answer.into_parts();
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let length = HeaderValue::from(body.len().max(2));
        parts.headers.insert(header::CONTENT_LENGTH, length);
        let half = body.slice(..body.len() / 2);
        Response::from_parts(parts, send::broken(vec![half]))
    }
}

/// A step of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An answer with this status.
    Status(u16),
    /// An answer that is broken off.
    Abort(Abort),
}

/// How far each sequence has come.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    /// Steps taken, by operation and name of the sequence.
    taken: Mutex<BTreeMap<(usize, String), usize>>,
}

impl Sequences {
    /// The step that is this request's turn. After the last one the sequence is forgotten, and begins anew.
    ///
    /// A sequence is one per operation and name: `X-Mock-Sequence`, else the idempotency key, else the statuses themselves.
    pub(super) fn next(
        &self,
        index: usize,
        operation: &Operation,
        preferences: &Preferences,
        headers: &HeaderMap,
    ) -> Option<Step> {
        let steps = &preferences.sequence;
        let last = steps.len().checked_sub(1)?;
        let key = (index, name(operation, preferences, headers));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.len() >= MAX_SEQUENCES && !taken.contains_key(&key) {
            taken.clear();
        }
        let step = taken.remove(&key).unwrap_or(0).min(last);
        if step < last {
            taken.insert(key, step + 1);
        }
        steps.get(step).copied()
    }
}

fn name(operation: &Operation, preferences: &Preferences, headers: &HeaderMap) -> String {
    let idempotency = operation
        .idempotency
        .as_ref()
        .map_or("idempotency-key", |idempotency| idempotency.header.as_str());
    let given = ["x-mock-sequence", idempotency]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok());
    match given {
        Some(name) => name.to_owned(),
        None => format!("{:?}", preferences.sequence),
    }
}
