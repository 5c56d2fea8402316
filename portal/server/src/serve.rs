//! The preview server: one router over everything, and the loop that serves it.

use crate::events::{Events, events};
use crate::integration::Service;
use crate::{Problem, Snapshots, Uploads, files, guard, integration};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use std::io;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::timeout::TimeoutLayer;

use crate::patience::{Connection, Patient};

/// How long an answer of the server's own may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(40);
/// How long connections may take to end when the server ends.
const GRACE: Duration = Duration::from_secs(3);

/// Serves the newest snapshot until `shutdown` comes: the portal, live reload, the mocks and the integration API.
///
/// Connections that are open when `shutdown` comes may finish their answer, for a few seconds at most.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    snapshots: Snapshots,
    uploads: Uploads,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (close, closing) = watch::channel(false);
    run(
        listener,
        router(snapshots, uploads, closing),
        close,
        shutdown,
    )
    .await
}

/// Serves any router with the same patience and the same end.
pub(crate) async fn run(
    listener: TcpListener,
    router: Router,
    close: watch::Sender<bool>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let mut closed = close.subscribe();
    let ending = async move {
        shutdown.await;
        close.send_replace(true);
        // Kept until the end, so that nobody mistakes a dropped sender for the signal.
        std::future::pending::<()>().await
    };
    let mut stop = closed.clone();
    let service = router.into_make_service_with_connect_info::<Connection>();
    let server = axum::serve(Patient::new(listener), service).with_graceful_shutdown(async move {
        let _ = stop.wait_for(|closing| *closing).await;
    });
    let deadline = async move {
        let _ = closed.wait_for(|closing| *closing).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = server.into_future() => result,
        () = deadline => Ok(()),
        () = ending => Ok(()),
    }
}

/// Everything that the preview server answers.
pub(crate) fn router(
    snapshots: Snapshots,
    uploads: Uploads,
    closing: watch::Receiver<bool>,
) -> Router {
    let live = Router::new()
        .route("/_portolan/events", get(events))
        .with_state(Events::new(snapshots.clone(), closing));
    let own = integration::router()
        .fallback(portal)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_WITHIN,
        ));
    let mocks = Router::new()
        .route("/_mock/{api}", any(mock))
        .route("/_mock/{api}/{*path}", any(mock));
    let service = Service {
        snapshots: snapshots.clone(),
        uploads,
    };
    own.merge(mocks)
        .with_state(service)
        .merge(live)
        .layer(middleware::from_fn_with_state(snapshots, guard::guard))
}

async fn portal(
    State(snapshots): State<Snapshots>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match snapshots.ready() {
        Ok(loaded) => files::answer(&loaded, &method, &uri, &headers),
        Err(problem) => problem.into_response(),
    }
}

async fn mock(
    State(snapshots): State<Snapshots>,
    Path(parts): Path<Vec<(String, String)>>,
    request: Request,
) -> Result<Response, Problem> {
    let loaded = snapshots.ready()?;
    let id = parts
        .into_iter()
        .find_map(|(name, value)| (name == "api").then_some(value))
        .unwrap_or_default();
    let mock = loaded.mock(&id).ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            format!("there is no API with the id `{id}` to mock"),
        )
    })?;
    // The prefix as it was sent: whatever follows belongs to the API, undecoded.
    let sent = request.uri().path();
    let end = sent
        .match_indices('/')
        .nth(2)
        .map_or(sent.len(), |(position, _)| position);
    let prefix = sent.get(..end).unwrap_or_default().to_owned();
    Ok(mock.answer(&prefix, request).await)
}

#[cfg(test)]
#[path = "serve_tests/mod.rs"]
mod tests;
