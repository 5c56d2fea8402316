//! What kinds of problems there are.

use super::responses::NotFound;
use super::state::Path;
use crate::problem_type::{Explanation, ProblemType};
use crate::{Problem, conditional};
use axum::http::HeaderMap;
use axum::response::Response;

/// Get a kind of problem
///
/// Explains the `type` of a problem document: it is the address of this operation.
#[utoipa::path(
    get,
    path = "/v1/problems/{name}",
    operation_id = "getProblem",
    tag = "problems",
    params(("name" = String, Path, description = "The last part of the `type`.", max_length = 64, example = "rate-limited")),
    responses(
        (status = 200, description = "What it means, and what to do.", body = Explanation),
        (status = 404, response = NotFound),
    )
)]
pub(crate) async fn get_problem(
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let kind = ProblemType::ALL.iter().find(|kind| kind.name() == name);
    let kind = kind.ok_or_else(|| {
        ProblemType::NotFound.problem(format!("there is no kind of problem called `{name}`"))
    })?;
    Ok(conditional::json(&headers, &Explanation::of(*kind)))
}
