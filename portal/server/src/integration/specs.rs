//! The APIs of the portal and their SDKs.

use super::page::{PageRequest, page_by_key};
use super::query::Query;
use super::responses::{BadRequest, NotFound, NotReady};
use crate::conditional;
use crate::snapshot::Loaded;
use crate::{Archive, Problem, Snapshots, Spec};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// An API of the portal, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpecSummary {
    /// Its name in addresses.
    #[schema(example = "bookshop")]
    id: String,
    /// Its name for people.
    #[schema(example = "Bookshop")]
    title: String,
    /// The version of the API, as its document states it.
    #[schema(example = "1.4.0")]
    version: String,
    /// What it is for, in one line; `null` when its document does not say.
    #[schema(
        required = true,
        example = "Browse a catalogue of books and sell them."
    )]
    summary: Option<String>,
    /// The version of OpenAPI that its document is written in.
    #[schema(example = "3.0.3")]
    openapi_version: String,
    /// How many operations it has.
    #[schema(example = 18)]
    operation_count: usize,
    /// Where its pages begin, relative to the root of the portal.
    #[schema(format = "uri-reference", example = "bookshop/")]
    address: String,
    /// The SDKs that can be downloaded.
    sdks: Vec<Sdk>,
}

/// An SDK that can be downloaded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sdk {
    /// The language, as in the address of the download.
    #[schema(example = "python")]
    language: String,
    /// The name to save it under.
    #[schema(example = "bookshop-python-1.4.0.tar.gz")]
    file_name: String,
    /// The form of the archive.
    #[schema(example = "application/gzip")]
    media_type: String,
    /// How many bytes it has.
    #[schema(example = 41_872)]
    size: usize,
    /// The SHA-256 digest of the archive in hexadecimal digits. It stays the same as long as the document does.
    #[schema(
        pattern = "^[0-9a-f]{64}$",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )]
    sha256: String,
}

/// An API of the portal with everything it offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpecDetail {
    #[serde(flatten)]
    summary: SpecSummary,
    /// What it is for, in CommonMark; `null` when its document does not say.
    #[schema(
        required = true,
        example = "Browse a catalogue of books, sell them and follow each order."
    )]
    description: Option<String>,
    /// Where it answers. Variables are replaced by their defaults.
    #[schema(example = json!(["https://api.bookshop.example/v1"]))]
    servers: Vec<String>,
    /// Its operations in the order of the document.
    operations: Vec<OperationSummary>,
}

/// An operation of an API, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperationSummary {
    /// Unique in the API.
    #[schema(example = "listBooks")]
    id: String,
    /// The HTTP method.
    #[schema(example = "GET")]
    method: String,
    /// The template of the path.
    #[schema(example = "/books")]
    path: String,
    /// What it does, in one line; `null` when its document does not say.
    #[schema(required = true, example = "List books")]
    summary: Option<String>,
    /// The resource it belongs to.
    #[schema(example = "books")]
    resource: String,
    /// Whether it should no longer be used.
    deprecated: bool,
}

/// A page of APIs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpecPage {
    /// The APIs of this page.
    data: Vec<SpecSummary>,
    /// The `cursor` of the next page; `null` on the last one.
    #[schema(required = true, example = json!(null))]
    next_cursor: Option<String>,
}

/// Which page is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct PageParameters {
    /// How many items a page has at most.
    #[param(minimum = 1, maximum = 100, default = 20, example = 20)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before. Leave it out for the first page.
    cursor: Option<String>,
}

/// List APIs
///
/// Returns the APIs of the portal in the order of its navigation, page by page.
#[utoipa::path(
    get,
    path = "/v1/specs",
    operation_id = "listSpecs",
    tag = "specs",
    params(PageParameters),
    responses(
        (status = 200, description = "A page of APIs.", body = SpecPage),
        (status = 400, response = BadRequest),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn list_specs(
    State(snapshots): State<Snapshots>,
    mut query: Query,
) -> Result<Json<SpecPage>, Problem> {
    let request = PageRequest::read(&mut query, "specs");
    query.finish()?;
    let snapshot = snapshots.ready()?;
    let (page, next_cursor) =
        page_by_key(&snapshot.specs, &request, "specs", |spec| spec.id.as_str())?;
    Ok(Json(SpecPage {
        data: page
            .into_iter()
            .map(|spec| SpecSummary::of(&snapshot, spec))
            .collect(),
        next_cursor,
    }))
}

/// Get an API
///
/// Returns one API with its servers and operations.
#[utoipa::path(
    get,
    path = "/v1/specs/{id}",
    operation_id = "getSpec",
    tag = "specs",
    params(("id" = String, Path, description = "The `id` of the API.", example = "bookshop")),
    responses(
        (status = 200, description = "The API.", body = SpecDetail),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn get_spec(
    State(snapshots): State<Snapshots>,
    Path(id): Path<String>,
) -> Result<Json<SpecDetail>, Problem> {
    let snapshot = snapshots.ready()?;
    let spec = snapshot.spec(&id).ok_or_else(|| no_spec(&id))?;
    Ok(Json(SpecDetail::of(&snapshot, spec)))
}

/// Download an SDK
///
/// Returns the SDK of an API as an archive. The same document always gives the same bytes, so the archive can be cached by
/// its `ETag` and checked against the `sha256` that the API lists.
#[utoipa::path(
    get,
    path = "/v1/specs/{id}/sdks/{language}",
    operation_id = "downloadSdk",
    tag = "specs",
    params(
        ("id" = String, Path, description = "The `id` of the API.", example = "bookshop"),
        ("language" = String, Path, description = "The `language` of one of its `sdks`.", example = "python"),
        Conditional,
    ),
    responses(
        (
            status = 200,
            description = "The archive.",
            body = inline(ArchiveBytes),
            content_type = "application/gzip",
            headers(
                ("ETag" = String, description = "Identifies these bytes."),
                ("Content-Disposition" = String, description = "The name to save the archive under."),
            ),
        ),
        (status = 304, description = "The archive that you have is the right one."),
        (status = 404, response = NotFound),
        (status = 503, response = NotReady),
    )
)]
pub(crate) async fn download_sdk(
    State(snapshots): State<Snapshots>,
    Path((id, language)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let snapshot = snapshots.ready()?;
    let spec = snapshot.spec(&id).ok_or_else(|| no_spec(&id))?;
    let archive = spec
        .archives
        .iter()
        .find(|archive| archive.language == language)
        .ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                format!("the API `{id}` has no SDK for `{language}`"),
            )
        })?;
    let file = snapshot
        .manifest
        .file(archive.path.as_str())
        .ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                format!("the SDK of `{id}` for `{language}` was not built"),
            )
        })?;
    let etag = format!("\"{}\"", file.sha256());
    if conditional::matches(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let headers = [
        (header::CONTENT_TYPE, archive.media_type.clone()),
        (header::ETAG, etag),
        (
            header::CONTENT_DISPOSITION,
            conditional::attachment(&archive.file_name),
        ),
    ];
    Ok((headers, file.bytes.clone()).into_response())
}

/// What makes a download conditional.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "read by the derive only")]
struct Conditional {
    /// The `ETag` of the archive that you have. When it is still the right one, the answer is 304 without a body.
    #[param(rename = "If-None-Match", nullable = false)]
    if_none_match: Option<String>,
}

/// The bytes of an archive.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct ArchiveBytes(#[expect(dead_code, reason = "read by the derive only")] Vec<u8>);

fn no_spec(id: &str) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("there is no API with the id `{id}`"),
    )
}

impl SpecSummary {
    fn of(snapshot: &Loaded, spec: &Spec) -> SpecSummary {
        SpecSummary {
            id: spec.id.clone(),
            title: spec.title.clone(),
            version: spec.version.clone(),
            summary: spec.api.docs.headline(),
            openapi_version: spec.api.openapi_version.clone(),
            operation_count: spec.api.operations().len(),
            address: format!("{}/", spec.id),
            sdks: spec
                .archives
                .iter()
                .filter_map(|archive| Sdk::of(snapshot, archive))
                .collect(),
        }
    }
}

impl Sdk {
    fn of(snapshot: &Loaded, archive: &Archive) -> Option<Sdk> {
        let file = snapshot.manifest.file(archive.path.as_str())?;
        Some(Sdk {
            language: archive.language.clone(),
            file_name: archive.file_name.clone(),
            media_type: archive.media_type.clone(),
            size: file.bytes.len(),
            sha256: file.sha256().to_owned(),
        })
    }
}

impl SpecDetail {
    fn of(snapshot: &Loaded, spec: &Spec) -> SpecDetail {
        let operations = spec
            .api
            .operations()
            .into_iter()
            .map(|(trail, operation)| OperationSummary {
                id: operation.id.to_string(),
                method: operation.method.as_str().to_owned(),
                path: operation.path.raw.clone(),
                summary: operation.docs.headline(),
                resource: trail
                    .last()
                    .map_or_else(String::new, |resource| resource.name.to_string()),
                deprecated: operation.deprecated,
            })
            .collect();
        SpecDetail {
            summary: SpecSummary::of(snapshot, spec),
            description: spec.api.docs.description.clone(),
            servers: spec
                .api
                .servers
                .iter()
                .map(portolan_model::Server::default_url)
                .collect(),
            operations,
        }
    }
}
