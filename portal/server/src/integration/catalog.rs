//! The marketplace.

use super::page::PageRequest;
use super::query::Query;
use super::responses::{BadRequest, NotFound, NotReady};
use super::specs::{IfNoneMatch, PageParameters};
use super::state::Path;
use crate::snapshot::Loaded;
use crate::{Category, Listing, ListingVersion, Problem, ProblemType, Snapshots, conditional};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A page of the marketplace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListingPage {
    /// The listings of this page.
    data: Vec<Listing>,
    /// The `cursor` of the next page; `null` on the last one.
    #[schema(required = true, example = json!(null))]
    next_cursor: Option<String>,
}

/// Which listings are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct ListingFilter {
    /// Only listings of the category with this `id`.
    #[param(nullable = false, max_length = 256, example = "commerce")]
    category: Option<String>,
    /// Only listings of the provider with this `id`.
    #[param(nullable = false, max_length = 256)]
    provider: Option<String>,
    /// Only listings with this tag.
    #[param(nullable = false, max_length = 256)]
    tag: Option<String>,
}

/// The published versions of a listing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionList {
    /// The versions, the newest first.
    data: Vec<ListingVersion>,
}

/// The categories of the marketplace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CategoryList {
    /// The categories, sorted by `id`.
    data: Vec<Category>,
}

/// List the marketplace
///
/// Returns the listings of the marketplace sorted by `id`, page by page. Filters combine: a listing is returned when it
/// passes all of them.
#[utoipa::path(
    get,
    path = "/v1/catalog",
    operation_id = "listListings",
    tag = "listings",
    params(ListingFilter, PageParameters, IfNoneMatch),
    responses(
        (status = 200, description = "A page of listings.", body = ListingPage, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "The page that you have is the right one."),
        (status = 400, response = BadRequest),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_listings(
    State(snapshots): State<Snapshots>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let category = query.text("category");
    let provider = query.text("provider");
    let tag = query.text("tag");
    let scope = format!("catalog {category:?} {provider:?} {tag:?}");
    let request = PageRequest::read(&mut query, scope);
    query.finish()?;
    let snapshot = snapshots.ready()?;
    let wanted: Vec<&Listing> = snapshot
        .listings
        .iter()
        .filter(|listing| {
            let passes = |filter: &Option<String>, holds: &dyn Fn(&str) -> bool| {
                filter.as_deref().is_none_or(holds)
            };
            passes(&category, &|id| {
                listing.categories.iter().any(|category| category.id == id)
            }) && passes(&provider, &|id| listing.provider.id == id)
                && passes(&tag, &|word| listing.tags.iter().any(|tag| tag == word))
        })
        .collect();
    let (page, next_cursor) = request.sorted(&wanted, |listing| listing.id.as_str());
    let page = ListingPage {
        data: page.iter().map(|listing| (*listing).clone()).collect(),
        next_cursor,
    };
    Ok(conditional::json(&headers, &page))
}

/// Get a listing
///
/// Returns one listing of the marketplace.
#[utoipa::path(
    get,
    path = "/v1/catalog/{id}",
    operation_id = "getListing",
    tag = "listings",
    params(("id" = String, Path, description = "The `id` of the listing.", max_length = 256, example = "bookshop"), IfNoneMatch),
    responses(
        (status = 200, description = "The listing.", body = Listing, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "What you have is the right one."),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn get_listing(
    State(snapshots): State<Snapshots>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let snapshot = snapshots.ready()?;
    Ok(conditional::json(&headers, listing(&snapshot, &id)?))
}

/// List versions
///
/// Returns the published versions of a listing, the newest first, each with what changed.
#[utoipa::path(
    get,
    path = "/v1/catalog/{id}/versions",
    operation_id = "listVersions",
    tag = "listings",
    params(("id" = String, Path, description = "The `id` of the listing.", max_length = 256, example = "bookshop"), IfNoneMatch),
    responses(
        (status = 200, description = "The versions; none when none is known.", body = VersionList, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "What you have is the right one."),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_versions(
    State(snapshots): State<Snapshots>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let snapshot = snapshots.ready()?;
    let data = listing(&snapshot, &id)?.versions.clone();
    Ok(conditional::json(&headers, &VersionList { data }))
}

/// List categories
///
/// Returns all categories of the marketplace with the number of their listings.
#[utoipa::path(
    get,
    path = "/v1/categories",
    operation_id = "listCategories",
    tag = "listings",
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The categories.", body = CategoryList, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "What you have is the right one."),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_categories(
    State(snapshots): State<Snapshots>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let snapshot = snapshots.ready()?;
    let data = snapshot.categories.to_vec();
    Ok(conditional::json(&headers, &CategoryList { data }))
}

fn listing<'a>(snapshot: &'a Loaded, id: &str) -> Result<&'a Listing, Problem> {
    let found = snapshot
        .listings
        .binary_search_by(|listing| listing.id.as_str().cmp(id));
    let found = found.ok().and_then(|at| snapshot.listings.get(at));
    found.ok_or_else(|| {
        ProblemType::NotFound.problem(format!("there is no listing with the id `{id}`"))
    })
}
