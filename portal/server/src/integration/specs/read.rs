//! Which APIs there are, and one of them.

use super::found::Found;
use super::{IfNoneMatch, Origin, PageParameters, SpecDetail, SpecPage, SpecSummary};
use crate::integration::page::PageRequest;
use crate::integration::query::Query;
use crate::integration::responses::{BadRequest, NotFound, NotReady};
use crate::integration::state::{Path, Service};
use crate::{Problem, conditional};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use utoipa::IntoParams;

/// Which APIs are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct SpecFilter {
    /// Only APIs that come from there.
    #[param(nullable = false)]
    origin: Option<Origin>,
}

/// List APIs
///
/// Returns the APIs of the portal in the order of its navigation, then the uploaded ones in the order of their uploads, page
/// by page.
#[utoipa::path(
    get,
    path = "/v1/specs",
    operation_id = "listSpecs",
    tag = "specs",
    params(SpecFilter, PageParameters, IfNoneMatch),
    responses(
        (status = 200, description = "A page of APIs.", body = SpecPage, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "The page that you have is the right one."),
        (status = 400, response = BadRequest),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_specs(
    State(service): State<Service>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let origins = [("portal", Origin::Portal), ("upload", Origin::Upload)];
    let known = |word: &str| {
        origins
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, origin)| *origin)
    };
    let wanted = query.word("origin", known, &["portal", "upload"]);
    let request = PageRequest::read(&mut query, format!("specs {wanted:?}"));
    let place = request.after.as_deref().and_then(Place::read);
    if request.after.is_some() && place.is_none() {
        query.refuse("cursor", "format", "it is no cursor of this list");
    }
    query.finish()?;
    let loaded = service.snapshots.ready()?;

    let mut data = Vec::new();
    let mut last = None;
    if wanted != Some(Origin::Upload) && !matches!(place, Some(Place::Upload(_))) {
        let start = match &place {
            Some(Place::Portal(id)) => {
                let at = loaded.specs.iter().position(|spec| spec.id == *id);
                at.ok_or_else(gone)? + 1
            }
            _ => 0,
        };
        let rest = loaded.specs.get(start..).unwrap_or_default();
        for spec in rest.iter().take(request.limit) {
            data.push(SpecSummary::of_portal(&loaded, spec));
            last = Some(Place::Portal(spec.id.clone()));
        }
        if rest.len() > data.len() {
            let next_cursor = last.map(|last| request.cursor(&last.text()));
            return Ok(conditional::json(&headers, &SpecPage { data, next_cursor }));
        }
    }
    let mut more = false;
    if wanted != Some(Origin::Portal) {
        let after = match place {
            Some(Place::Upload(sequence)) => sequence,
            _ => 0,
        };
        let room = request.limit - data.len();
        let records = service.uploads.list(after, room + 1).await?;
        more = records.len() > room;
        let languages = service.uploads.languages();
        for record in records.iter().take(room) {
            data.push(SpecSummary::of_upload(record, &languages));
            last = Some(Place::Upload(record.sequence));
        }
    }
    let next_cursor = last
        .filter(|_| more)
        .map(|last| request.cursor(&last.text()));
    Ok(conditional::json(&headers, &SpecPage { data, next_cursor }))
}

/// The last API of a page.
enum Place {
    Portal(String),
    Upload(i64),
}

impl Place {
    fn read(text: &str) -> Option<Place> {
        match text.split_once(':')? {
            ("portal", id) => Some(Place::Portal(id.to_owned())),
            ("upload", sequence) => sequence.parse().ok().map(Place::Upload),
            _ => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Place::Portal(id) => format!("portal:{id}"),
            Place::Upload(sequence) => format!("upload:{sequence}"),
        }
    }
}

fn gone() -> Problem {
    let mut query = Query::default();
    query.refuse(
        "cursor",
        "format",
        "the API that it points to is gone; begin with the first page",
    );
    query.finish().expect_err("a violation was just noted")
}

/// Get an API
///
/// Returns one API with its servers and operations; of an uploaded document also what checking it had to say.
#[utoipa::path(
    get,
    path = "/v1/specs/{id}",
    operation_id = "getSpec",
    tag = "specs",
    params(("id" = String, Path, description = "The `id` of the API.", max_length = 64, example = "bookshop"), IfNoneMatch),
    responses(
        (status = 200, description = "The API.", body = SpecDetail, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "What you have is the right one."),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn get_spec(
    State(service): State<Service>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = Found::find(&service, &id).await?;
    Ok(conditional::json(
        &headers,
        &found.detail(&service.uploads.languages())?,
    ))
}
