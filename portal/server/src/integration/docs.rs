//! The pages of the documentation, for programs.

use super::responses::{NotFound, NotReady};
use crate::{DocsPage, Problem, Snapshots};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

/// Get a page
///
/// Returns one page of the documentation in CommonMark, without the frame around it. The `address` of a search hit is the
/// `slug` of its page, but for an anchor and the slash at its end.
#[utoipa::path(
    get,
    path = "/v1/docs/{slug}",
    operation_id = "getDocument",
    tag = "documents",
    params((
        "slug" = String,
        Path,
        description = "The `slug` of the page. Its slashes are sent percent-encoded, as every SDK does it.",
        example = "bookshop/guides/files"
    )),
    responses(
        (status = 200, description = "The page.", body = DocsPage),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn get_docs_page(
    State(snapshots): State<Snapshots>,
    Path(slug): Path<String>,
) -> Result<Json<DocsPage>, Problem> {
    let snapshot = snapshots.ready()?;
    let wanted = slug.trim_matches('/');
    snapshot
        .docs
        .iter()
        .find(|page| page.slug == wanted)
        .map(|page| Json(page.clone()))
        .ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                format!("there is no page with the slug `{wanted}`"),
            )
        })
}
