//! What the server answers for programs: the integration API, and its OpenAPI document, made from the same handlers.
//!
//! * Everything that goes wrong is a problem document (RFC 9457), also a path or a method that does not exist.
//! * What costs is limited (`limit`), and what is worked on is hostile (`uploads`).
//! * Lists have pages: `limit` and an opaque `cursor` in, `data` and `next_cursor` out.
//! * The document in `specs/integration/openapi.json` is [`document`] to the byte; a test compares them, and
//!   `SNAPSHOTS=overwrite cargo test -p portolan-server` writes it anew.

mod catalog;
mod docs;
mod document;
mod health;
mod page;
mod problems;
mod query;
mod responses;
mod search;
mod specs;
mod state;

pub use document::document;
pub(crate) use health::not_ready;
pub(crate) use state::Service;

use crate::{Problem, ProblemType};
use axum::Router;
use axum::http::{Method, Uri};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the integration API with the document that describes them.
fn described() -> OpenApiRouter<Service> {
    OpenApiRouter::with_openapi(document::Document::openapi())
        .routes(routes!(health::check_liveness))
        .routes(routes!(health::check_readiness))
        .routes(routes!(document::get_openapi))
        .routes(routes!(specs::list_specs, specs::upload_spec))
        .routes(routes!(specs::get_spec, specs::delete_spec))
        .routes(routes!(specs::download_sdk))
        .routes(routes!(specs::list_samples))
        .routes(routes!(specs::compare_specs))
        .routes(routes!(search::search))
        .routes(routes!(docs::list_docs))
        .routes(routes!(docs::get_docs_page))
        .routes(routes!(catalog::list_listings))
        .routes(routes!(catalog::get_listing))
        .routes(routes!(catalog::list_versions))
        .routes(routes!(catalog::list_categories))
        .routes(routes!(problems::get_problem))
}

/// The routes of the integration API; other paths below `/v1/` are problems too.
pub(crate) fn router() -> Router<Service> {
    let (router, _) = described().split_for_parts();
    router
        .route("/v1", axum::routing::any(unknown))
        .route("/v1/{*rest}", axum::routing::any(unknown))
        .method_not_allowed_fallback(wrong_method)
}

async fn unknown(uri: Uri) -> Problem {
    ProblemType::NotFound.problem(format!("there is nothing at `{}`", uri.path()))
}

/// Nothing can be at a path that cannot be read.
fn nothing_at(uri: &Uri, why: &str) -> Problem {
    ProblemType::NotFound.problem(format!("there is nothing at `{}`: {why}", uri.path()))
}

async fn wrong_method(method: Method, uri: Uri) -> Problem {
    ProblemType::MethodNotAllowed.problem(format!("`{}` cannot be asked with {method}", uri.path()))
}
