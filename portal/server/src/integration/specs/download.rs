//! The SDKs of an API.

use super::IfNoneMatch;
use super::found::Found;
use crate::integration::query::Query;
use crate::integration::responses::{BadRequest, Busy, InvalidDocument, NotFound, RateLimited};
use crate::integration::state::{Client, Path, Service};
use crate::workshop::ArchiveFormat;
use crate::{Problem, ProblemType, conditional};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::{IntoParams, ToSchema};

/// The bytes of an archive.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct ArchiveBytes(#[expect(dead_code, reason = "read by the derive only")] Vec<u8>);

/// In which form an SDK is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct DownloadParameters {
    /// The form of the archive, `tar.gz` unless you say so.
    #[param(nullable = false)]
    format: Option<super::SdkFormat>,
}

/// Download an SDK
///
/// Returns the SDK of an API as an archive. The same document always gives the same bytes, so the archive can be cached by
/// its `ETag` and checked against the `sha256` that the API lists.
///
/// The SDK of an uploaded document is made when it is first asked for, and kept for a while.
#[utoipa::path(
    get,
    path = "/v1/specs/{id}/sdks/{language}",
    operation_id = "downloadSdk",
    tag = "specs",
    params(
        ("id" = String, Path, description = "The `id` of the API.", max_length = 64, example = "bookshop"),
        ("language" = String, Path, description = "The `language` of one of its `sdks`.", max_length = 64, example = "python"),
        DownloadParameters,
        IfNoneMatch,
    ),
    responses(
        (
            status = 200,
            description = "The archive.",
            content(
                (inline(ArchiveBytes) = "application/gzip"),
                (inline(ArchiveBytes) = "application/zip"),
            ),
            headers(
                ("ETag" = String, description = "Identifies these bytes."),
                ("Content-Disposition" = String, description = "The name to save the archive under."),
            ),
        ),
        (status = 304, description = "The archive that you have is the right one."),
        (status = 400, response = BadRequest),
        (status = 404, response = NotFound),
        (status = 422, response = InvalidDocument),
        (status = 429, response = RateLimited),
        (status = 503, response = Busy),
    )
)]
pub(crate) async fn download_sdk(
    State(service): State<Service>,
    Path((id, language)): Path<(String, String)>,
    Client(client): Client,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let names = ArchiveFormat::ALL.map(ArchiveFormat::name);
    let format = query.word("format", ArchiveFormat::from_name, &names);
    query.finish()?;
    let format = format.unwrap_or_default();
    let no_sdk =
        || ProblemType::NotFound.problem(format!("the API `{id}` has no SDK for `{language}`"));
    match Found::find(&service, &id).await? {
        Found::Portal(loaded, at) => {
            let archives = &loaded.specs[at].archives;
            let archive = archives
                .iter()
                .find(|archive| archive.language == language && archive.format == format)
                .ok_or_else(no_sdk)?;
            let file = loaded
                .manifest
                .file(archive.path.as_str())
                .ok_or_else(no_sdk)?;
            let name = &archive.file_name;
            Ok(send(&headers, format, name, file.sha256(), &file.bytes))
        }
        Found::Upload(kept) => {
            let packed = service.uploads.pack(&kept, &language, format, client);
            let (made, admission) = packed.await?;
            let mut response = send(&headers, format, &made.file_name, &made.sha256, &made.bytes);
            if let Some(admission) = admission {
                admission.tell(response.headers_mut());
            }
            Ok(response)
        }
    }
}

fn send(
    headers: &HeaderMap,
    format: ArchiveFormat,
    name: &str,
    sha256: &str,
    bytes: &Bytes,
) -> Response {
    let etag = format!("\"{sha256}\"");
    let mut response = if conditional::matches(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let told = [
            (header::CONTENT_TYPE, format.media_type().to_owned()),
            (header::CONTENT_DISPOSITION, conditional::attachment(name)),
        ];
        (told, bytes.clone()).into_response()
    };
    let sent = response.headers_mut();
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        sent.insert(header::ETAG, etag);
    }
    response
}
