//! Live reload: server-sent events at `/_portolan/events`.
//!
//! * `diagnostics` carries the JSON of the newest report; it comes first on every connection, and whenever the report
//!   changes while the pages stay.
//! * `reload` comes when the pages changed. Its id names the build, so that a client that comes back after a restart of
//!   the server is told to reload only when the pages are other ones.
//!
//! A client that says which `page` it shows hears only of that page, and the id is the page's tag; what it has `seen` may be
//! the `ETag` that the page came with.

use crate::snapshot::State as Newest;
use crate::{Problem, Snapshots, files};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_core::Stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};

/// How many pages may listen at once.
const MAX_CLIENTS: usize = 64;
/// How often a silent connection shows that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What the events need beside the snapshots.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    snapshots: Snapshots,
    clients: Arc<Semaphore>,
    closing: watch::Receiver<bool>,
}

impl Events {
    pub(crate) fn new(snapshots: Snapshots, closing: watch::Receiver<bool>) -> Events {
        Events {
            snapshots,
            clients: Arc::new(Semaphore::new(MAX_CLIENTS)),
            closing,
        }
    }
}

/// What a client shows.
#[derive(Debug, Deserialize)]
pub(crate) struct Shown {
    /// The path of its address.
    page: Option<String>,
    /// What it has seen of it.
    seen: Option<String>,
}

/// The handler.
pub(crate) async fn events(
    State(events): State<Events>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let permit = Arc::clone(&events.clients)
        .try_acquire_owned()
        .map_err(|_| {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                format!("{MAX_CLIENTS} pages listen already"),
            )
        })?;
    let seen = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .or(shown.seen.as_deref().filter(|seen| !seen.is_empty()))
        .map(|seen| seen.trim_matches('"').trim_end_matches("-gzip").to_owned());
    let (sender, receiver) = mpsc::channel(4);
    tokio::spawn(pump(
        events.snapshots.subscribe(),
        events.closing.clone(),
        shown.page,
        seen,
        sender,
    ));
    let stream = EventStream {
        receiver,
        _permit: permit,
    };
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// Turns changes into events until the client or the server goes away.
async fn pump(
    mut newest: watch::Receiver<Newest>,
    mut closing: watch::Receiver<bool>,
    page: Option<String>,
    mut seen: Option<String>,
    sender: mpsc::Sender<Event>,
) {
    let mut report: Option<Arc<str>> = None;
    loop {
        let state = newest.borrow_and_update().clone();
        let build = state
            .loaded
            .as_ref()
            .map_or_else(String::new, |loaded| match &page {
                Some(page) => files::tag(&loaded.manifest, page),
                None => loaded.manifest.fingerprint().to_owned(),
            });
        let changed = seen.as_ref().is_some_and(|seen| *seen != build);
        let event = if changed {
            // An event without data would not reach anybody (HTML, 9.2.6).
            Some(Event::default().event("reload").data(&build))
        } else if report.as_ref() != Some(&state.report) {
            Some(Event::default().event("diagnostics").data(&state.report))
        } else {
            None
        };
        seen = Some(build.clone());
        report = Some(state.report);
        if let Some(event) = event
            && sender.send(event.id(build)).await.is_err()
        {
            return;
        }
        tokio::select! {
            changed = newest.changed() => if changed.is_err() { return },
            _ = closing.wait_for(|closing| *closing) => return,
            () = sender.closed() => return,
        }
    }
}

/// The events of one connection.
pub(crate) struct EventStream {
    receiver: mpsc::Receiver<Event>,
    _permit: OwnedSemaphorePermit,
}

impl Stream for EventStream {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.receiver.poll_recv(context).map(|event| event.map(Ok))
    }
}
