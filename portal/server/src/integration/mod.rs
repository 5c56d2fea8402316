//! What the server answers for programs: the integration API, and its OpenAPI document, made from the same handlers.
//!
//! * Everything that goes wrong is a problem document (RFC 9457), also a path or a method that does not exist.
//! * Lists have pages: `limit` and an opaque `cursor` in, `data` and `next_cursor` out.
//! * The document in `specs/integration/openapi.json` is [`document`] to the byte; a test compares them, and
//!   `SNAPSHOTS=overwrite cargo test -p portolan-server` writes it anew.

mod catalog;
mod docs;
mod document;
mod health;
mod page;
mod query;
mod responses;
mod search;
mod specs;

pub use document::document;
pub(crate) use health::not_ready;

use crate::{Problem, Snapshots};
use axum::Router;
use axum::http::{Method, StatusCode, Uri};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the integration API with the document that describes them.
fn described() -> OpenApiRouter<Snapshots> {
    OpenApiRouter::with_openapi(document::Document::openapi())
        .routes(routes!(health::check_liveness))
        .routes(routes!(health::check_readiness))
        .routes(routes!(specs::list_specs))
        .routes(routes!(specs::get_spec))
        .routes(routes!(specs::download_sdk))
        .routes(routes!(search::search))
        .routes(routes!(docs::get_docs_page))
        .routes(routes!(catalog::list_listings))
        .routes(routes!(catalog::get_listing))
}

/// The routes of the integration API; other paths below `/v1/` are problems too.
pub(crate) fn router() -> Router<Snapshots> {
    let (router, _) = described().split_for_parts();
    router
        .route(
            "/openapi.json",
            axum::routing::get(async || document::answer()),
        )
        .route("/v1", axum::routing::any(unknown))
        .route("/v1/{*rest}", axum::routing::any(unknown))
        .method_not_allowed_fallback(wrong_method)
}

async fn unknown(uri: Uri) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("there is nothing at `{}`", uri.path()),
    )
}

async fn wrong_method(method: Method, uri: Uri) -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("`{}` cannot be asked with {method}", uri.path()),
    )
}
