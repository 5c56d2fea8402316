//! The pages of the documentation, for programs.

use super::page::PageRequest;
use super::query::Query;
use super::responses::{BadRequest, NotFound, NotReady};
use super::specs::{IfNoneMatch, PageParameters};
use super::state::Path;
use crate::{DocsPage, Problem, ProblemType, Snapshots, conditional};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A page of the list of pages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocsList {
    /// The pages of documentation, without their texts.
    data: Vec<DocsEntry>,
    /// The `cursor` of the next page; `null` on the last one.
    #[schema(required = true, example = json!(null))]
    next_cursor: Option<String>,
}

/// A page of documentation, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocsEntry {
    /// Its name: the address without the slash at its end.
    #[schema(example = "bookshop/guides/files")]
    slug: String,
    /// What it is called.
    #[schema(example = "Covers, files and downloads")]
    title: String,
    /// What it tells, in one sentence; empty when nobody said.
    #[schema(
        example = "Send pictures and e-books, and receive files without holding them in memory."
    )]
    summary: String,
    /// The API that it belongs to; `null` when it belongs to the whole portal.
    #[schema(required = true, example = "bookshop")]
    spec: Option<String>,
    /// Where people read it, relative to the root of the portal.
    #[schema(format = "uri-reference", example = "bookshop/guides/files/")]
    address: String,
}

/// Which pages are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct DocsFilter {
    /// Only pages of the API with this `id`.
    #[param(nullable = false, max_length = 256, example = "bookshop")]
    spec: Option<String>,
}

/// List pages
///
/// Returns the pages of the documentation sorted by `slug`, page by page, without their texts.
#[utoipa::path(
    get,
    path = "/v1/docs",
    operation_id = "listDocuments",
    tag = "documents",
    params(DocsFilter, PageParameters, IfNoneMatch),
    responses(
        (status = 200, description = "A page of pages.", body = DocsList, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "The page that you have is the right one."),
        (status = 400, response = BadRequest),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_docs(
    State(snapshots): State<Snapshots>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let spec = query.text("spec");
    let request = PageRequest::read(&mut query, format!("docs {spec:?}"));
    query.finish()?;
    let snapshot = snapshots.ready()?;
    let wanted: Vec<&DocsPage> = snapshot
        .docs
        .iter()
        .filter(|page| spec.is_none() || page.spec == spec)
        .collect();
    let (page, next_cursor) = request.sorted(&wanted, |page| page.slug.as_str());
    let data = page.iter().map(|page| DocsEntry {
        slug: page.slug.clone(),
        title: page.title.clone(),
        summary: page.summary.clone(),
        spec: page.spec.clone(),
        address: page.address.clone(),
    });
    let list = DocsList {
        data: data.collect(),
        next_cursor,
    };
    Ok(conditional::json(&headers, &list))
}

/// Get a page
///
/// Returns one page of the documentation in CommonMark, without the frame around it. The `address` of a search hit is the
/// `slug` of its page, but for an anchor and the slash at its end.
#[utoipa::path(
    get,
    path = "/v1/docs/{slug}",
    operation_id = "getDocument",
    tag = "documents",
    params(
        (
            "slug" = String,
            Path,
            description = "The `slug` of the page. Its slashes are sent percent-encoded, as every SDK does it.",
            max_length = 4096,
            example = "bookshop/guides/files"
        ),
        IfNoneMatch,
    ),
    responses(
        (status = 200, description = "The page.", body = DocsPage, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "The page that you have is the right one."),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn get_docs_page(
    State(snapshots): State<Snapshots>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let snapshot = snapshots.ready()?;
    let wanted = slug.trim_matches('/');
    let at = snapshot
        .docs
        .binary_search_by(|page| page.slug.as_str().cmp(wanted))
        .map_err(|_| {
            ProblemType::NotFound.problem(format!("there is no page with the slug `{wanted}`"))
        })?;
    Ok(conditional::json(&headers, &snapshot.docs[at]))
}
