//! Sequences of statuses, so that retries can be tested.

use super::prefer::Preferences;
use axum::http::HeaderMap;
use portolan_model::Operation;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many sequences may be on their way at once.
const MAX_SEQUENCES: usize = 10_000;

/// How far each sequence has come.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    /// Steps taken, by operation and name of the sequence.
    taken: Mutex<BTreeMap<(usize, String), usize>>,
}

impl Sequences {
    /// The status that is this request's turn. After the last one the sequence is forgotten, and begins anew.
    ///
    /// A sequence is one per operation and name: `X-Mock-Sequence`, else the idempotency key, else the statuses themselves.
    pub(super) fn next(
        &self,
        index: usize,
        operation: &Operation,
        preferences: &Preferences,
        headers: &HeaderMap,
    ) -> Option<u16> {
        let statuses = &preferences.sequence;
        let last = statuses.len().checked_sub(1)?;
        let key = (index, name(operation, preferences, headers));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.len() >= MAX_SEQUENCES && !taken.contains_key(&key) {
            taken.clear();
        }
        let step = taken.remove(&key).unwrap_or(0).min(last);
        if step < last {
            taken.insert(key, step + 1);
        }
        statuses.get(step).copied()
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
