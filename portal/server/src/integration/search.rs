//! The search.

use super::page::PageRequest;
use super::query::Query;
use super::responses::{BadRequest, NotReady};
use super::specs::{IfNoneMatch, PageParameters};
use crate::{Problem, Snapshots, conditional};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use portolan_search::Kind;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A page of what was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchPage {
    /// What was found, the best first.
    data: Vec<Hit>,
    /// How much was found in all.
    #[schema(example = 42)]
    total: usize,
    /// How much a further choice of filters would leave.
    facets: Facets,
    /// The `cursor` of the next page; `null` on the last one.
    #[schema(required = true, example = json!(null))]
    next_cursor: Option<String>,
}

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    /// Identifies it among everything that can be found.
    #[schema(example = "bookshop.uploadCover")]
    id: String,
    /// What it is.
    kind: HitKind,
    /// Its name for people.
    #[schema(example = "Upload a cover")]
    title: String,
    /// What it is for, in one sentence; empty when nobody said.
    #[schema(example = "Gives the book a picture, or another one.")]
    summary: String,
    /// Where it is, relative to the root of the portal; with an anchor when it is a part of a page.
    #[schema(format = "uri-reference", example = "bookshop/covers/upload/")]
    address: String,
    /// The `id` of the API that it belongs to; `null` when it belongs to none.
    #[schema(required = true, example = "bookshop")]
    spec: Option<String>,
    /// The HTTP method, when it is an operation; else `null`.
    #[schema(required = true, example = "PUT")]
    method: Option<String>,
    /// The template of the path, when it is an operation; else `null`.
    #[schema(required = true, example = "/books/{book_id}/cover")]
    path: Option<String>,
    /// Whether it should no longer be used.
    deprecated: bool,
}

/// What can be found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HitKind {
    Operation,
    Type,
    Property,
    Webhook,
    Error,
    Guide,
    Sdk,
    Listing,
    Page,
}

/// Counts of what was found. Each is made with the filters of the others, without its own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facets {
    /// By kind.
    kinds: Vec<Count>,
    /// By API.
    specs: Vec<Count>,
    /// By HTTP method.
    methods: Vec<Count>,
}

/// How often a value was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Count {
    /// The value, as a filter takes it.
    #[schema(example = "operation")]
    value: String,
    /// How often.
    #[schema(example = 12)]
    count: usize,
}

/// What is searched for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct SearchParameters {
    /// The words to find. Methods, paths, ids, parts of names and small typing errors are understood.
    #[param(min_length = 1, max_length = 256, example = "upload a cover")]
    q: String,
    /// Only these kinds. Repeat the name for each.
    #[param(style = Form, explode)]
    kind: Option<Vec<HitKind>>,
    /// Only what belongs to these APIs. Repeat the name for each.
    #[param(style = Form, explode)]
    spec: Option<Vec<String>>,
}

/// Search the portal
///
/// Finds operations, types, guides, listings and everything else that the portal tells, the best first. It gives the same
/// answers as the search box of the portal.
#[utoipa::path(
    get,
    path = "/v1/search",
    operation_id = "search",
    tag = "search",
    params(SearchParameters, PageParameters, IfNoneMatch),
    responses(
        (status = 200, description = "A page of what was found.", body = SearchPage, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "The page that you have is the right one."),
        (status = 400, response = BadRequest),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn search(
    State(snapshots): State<Snapshots>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let text = query.one("q");
    match text.as_deref().map(|text| text.trim().chars().count()) {
        None => query.refuse("q", "required", "it is missing"),
        Some(0) => query.refuse("q", "minLength", "it holds no word"),
        Some(length) if length > 256 => {
            query.refuse("q", "maxLength", "it is longer than 256 characters");
        }
        Some(_) => {}
    }
    let kinds = query.words("kind", Kind::from_name, &Kind::ALL.map(Kind::name));
    let apis = query.all("spec");
    let request = PageRequest::read(&mut query, format!("search {text:?} {kinds:?} {apis:?}"));
    let offset = match &request.after {
        None => 0,
        Some(offset) => offset.parse().unwrap_or(usize::MAX),
    };
    query.finish()?;

    let snapshot = snapshots.ready()?;
    let index = snapshot.search.clone().ok_or_else(super::not_ready)?;
    let question = portolan_search::Query {
        kinds,
        apis,
        limit: request.limit,
        offset,
        ..portolan_search::Query::new(text.unwrap_or_default())
    };
    let results = index.search(&question);
    let read = offset.saturating_add(results.hits.len());
    let next_cursor = (read < results.total && !results.hits.is_empty())
        .then(|| request.cursor(&read.to_string()));
    let page = SearchPage {
        data: results.hits.iter().map(Hit::of).collect(),
        total: results.total,
        facets: Facets {
            kinds: counts(&results.facets.kinds),
            specs: counts(&results.facets.apis),
            methods: counts(&results.facets.methods),
        },
        next_cursor,
    };
    Ok(conditional::json(&headers, &page))
}

fn counts<T: AsRef<str>>(facet: &indexmap::IndexMap<T, usize>) -> Vec<Count> {
    facet
        .iter()
        .map(|(value, count)| Count {
            value: value.as_ref().to_owned(),
            count: *count,
        })
        .collect()
}

impl Hit {
    fn of(hit: &portolan_search::Hit<'_>) -> Hit {
        let entry = hit.entry;
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Hit {
            id: entry.id.clone(),
            kind: HitKind::of(entry.kind),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            address: entry.address.clone(),
            spec: given(&entry.api),
            method: given(&entry.method),
            path: given(&entry.path),
            deprecated: entry.deprecated,
        }
    }
}

impl HitKind {
    fn of(kind: Kind) -> HitKind {
        match kind {
            Kind::Operation => HitKind::Operation,
            Kind::Type => HitKind::Type,
            Kind::Property => HitKind::Property,
            Kind::Webhook => HitKind::Webhook,
            Kind::Error => HitKind::Error,
            Kind::Guide => HitKind::Guide,
            Kind::Sdk => HitKind::Sdk,
            Kind::Listing => HitKind::Listing,
            Kind::Page => HitKind::Page,
        }
    }
}
