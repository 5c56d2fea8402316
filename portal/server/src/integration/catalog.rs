//! The marketplace.

use super::page::{PageRequest, page_by_key};
use super::query::Query;
use super::responses::{BadRequest, NotFound, NotReady};
use super::specs::PageParameters;
use crate::{Listing, Problem, Snapshots};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
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
    #[param(example = "commerce")]
    category: Option<String>,
    /// Only listings of the provider with this `id`.
    provider: Option<String>,
    /// Only listings with this tag.
    tag: Option<String>,
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
    params(ListingFilter, PageParameters),
    responses(
        (status = 200, description = "A page of listings.", body = ListingPage),
        (status = 400, response = BadRequest),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_listings(
    State(snapshots): State<Snapshots>,
    mut query: Query,
) -> Result<Json<ListingPage>, Problem> {
    let request = PageRequest::read(&mut query, "catalog");
    let category = query.one("category");
    let provider = query.one("provider");
    let tag = query.one("tag");
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
    let (page, next_cursor) =
        page_by_key(&wanted, &request, "catalog", |listing| listing.id.as_str())?;
    Ok(Json(ListingPage {
        data: page.into_iter().map(|listing| (*listing).clone()).collect(),
        next_cursor,
    }))
}

/// Get a listing
///
/// Returns one listing of the marketplace.
#[utoipa::path(
    get,
    path = "/v1/catalog/{id}",
    operation_id = "getListing",
    tag = "listings",
    params(("id" = String, Path, description = "The `id` of the listing.", example = "bookshop")),
    responses(
        (status = 200, description = "The listing.", body = Listing),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn get_listing(
    State(snapshots): State<Snapshots>,
    Path(id): Path<String>,
) -> Result<Json<Listing>, Problem> {
    let snapshot = snapshots.ready()?;
    snapshot
        .listings
        .iter()
        .find(|listing| listing.id == id)
        .map(|listing| Json(listing.clone()))
        .ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                format!("there is no listing with the id `{id}`"),
            )
        })
}
