//! Whether the server runs, and whether it has something to give.

use super::responses::NotReady;
use crate::{Problem, Snapshots};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// What was asked, and is so.
    status: HealthStatus,
}

/// What can be asked about the server.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HealthStatus {
    Live,
    Ready,
}

/// Check liveness
///
/// Answers as soon as the server accepts connections. A process that does not answer should be restarted.
#[utoipa::path(
    get,
    path = "/livez",
    operation_id = "checkLiveness",
    tag = "health",
    responses(
        (status = 200, description = "The server runs.", body = Health, example = json!({"status": "live"})),
    )
)]
pub(crate) async fn check_liveness() -> Json<Health> {
    Json(Health {
        status: HealthStatus::Live,
    })
}

/// Check readiness
///
/// Answers 200 once the first build is done: from then on every other operation has something to give. A build in CI should
/// wait for this.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "checkReadiness",
    tag = "health",
    responses(
        (status = 200, description = "The server has something to give.", body = Health, example = json!({"status": "ready"})),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn check_readiness(
    State(snapshots): State<Snapshots>,
) -> Result<Json<Health>, Problem> {
    match snapshots.current() {
        Some(_) => Ok(Json(Health {
            status: HealthStatus::Ready,
        })),
        None => Err(not_ready()),
    }
}

/// What every operation answers before the first build is done.
pub(crate) fn not_ready() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the portal is being built; try again in a moment",
    )
    .with_header(axum::http::header::RETRY_AFTER, "1")
}
