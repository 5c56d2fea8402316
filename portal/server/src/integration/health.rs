//! Whether the server runs, and whether it has something to give.

use super::responses::{Internal, NotReady};
use super::state::Service;
use crate::{Problem, ProblemType};
use axum::Json;
use axum::extract::State;
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
/// Answers 200 once the first build is done and the store of documents answers: from then on every other operation has something to give. A build in CI should
/// wait for this.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "checkReadiness",
    tag = "health",
    responses(
        (status = 200, description = "The server has something to give.", body = Health, example = json!({"status": "ready"})),
        (status = 500, response = Internal),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn check_readiness(
    State(service): State<Service>,
) -> Result<Json<Health>, Problem> {
    service.snapshots.ready()?;
    service.uploads.check().await?;
    Ok(Json(Health {
        status: HealthStatus::Ready,
    }))
}

/// What every operation answers before the first build is done.
pub(crate) fn not_ready() -> Problem {
    ProblemType::NotReady
        .problem("the portal is being built; try again in a moment")
        .with_header(axum::http::header::RETRY_AFTER, "1")
}
