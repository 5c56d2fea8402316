//! Programs that call an operation.

use super::IfNoneMatch;
use super::found::Found;
use crate::integration::query::Query;
use crate::integration::responses::{BadRequest, Busy, NotFound};
use crate::integration::state::{Path, Service};
use crate::workshop::CodeSample;
use crate::{Problem, ProblemType, conditional};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The samples of an operation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SampleList {
    /// The samples, language by language.
    data: Vec<CodeSample>,
}

/// Which samples are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct SampleFilter {
    /// Only samples in these languages. Repeat the name for each.
    #[param(style = Form, explode, nullable = false, example = json!(["python"]))]
    language: Option<Vec<String>>,
    /// Only samples whose values come from the example of this name in the document.
    #[param(nullable = false, max_length = 256)]
    example: Option<String>,
}

/// List samples
///
/// Returns short programs that call one operation: in each language, one for each named example of the document. They run as
/// they are, once the variables of the environment are set that they name.
#[utoipa::path(
    get,
    path = "/v1/specs/{id}/samples/{operation_id}",
    operation_id = "listSamples",
    tag = "specs",
    params(
        ("id" = String, Path, description = "The `id` of the API.", max_length = 64, example = "bookshop"),
        ("operation_id" = String, Path, description = "The `id` of one of its `operations`.", max_length = 4096, example = "listBooks"),
        SampleFilter,
        IfNoneMatch,
    ),
    responses(
        (status = 200, description = "The samples; none when none passes the filters.", body = SampleList, headers(("ETag" = String, description = "Identifies this answer."))),
        (status = 304, description = "The samples that you have are the right ones."),
        (status = 400, response = BadRequest),
        (status = 404, response = NotFound),
        (status = 503, response = Busy),
    )
)]
pub(crate) async fn list_samples(
    State(service): State<Service>,
    Path((id, operation)): Path<(String, String)>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let names = service.uploads.languages();
    let known = |word: &str| names.iter().find(|name| **name == word).copied();
    let languages = query.words("language", known, &names);
    let example = query.text("example");
    query.finish()?;
    let no_operation =
        || ProblemType::NotFound.problem(format!("the API `{id}` has no operation `{operation}`"));
    let found = Found::find(&service, &id).await?;
    let samples = found.samples().ok_or_else(no_operation)?;
    let wanted = operation.clone();
    let made = service.uploads.work(move || samples.samples(&wanted));
    let mut data = made.await?.ok_or_else(no_operation)?;
    data.retain(|sample| {
        let speaks = languages.is_empty() || languages.contains(&sample.language.as_str());
        speaks && (example.is_none() || sample.example == example)
    });
    Ok(conditional::json(&headers, &SampleList { data }))
}
