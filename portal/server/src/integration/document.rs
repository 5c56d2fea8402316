//! The OpenAPI document of the integration API.

use super::{described, responses};
use crate::{Problem, Violation};
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::LazyLock;

/// The frame of the document; paths and schemas come from the handlers.
#[derive(utoipa::OpenApi)]
#[openapi(
    version = "3.1.0",
    info(
        title = "Portolan integration API",
        version = "1.0.0",
        description = "What a Portolan server answers for programs: the APIs of the portal and documents of your own with their SDKs, samples \
                       and changes, the pages of the documentation, the search and the marketplace.\n\n\
                       Nothing has to be proven to ask it: it answers only programs on its own machine, and pages of its own. Answers are JSON \
                       unless they are an archive. \
                       Lists have pages: send the `next_cursor` of one page as `cursor` with the next request, and stop when it is `null`. \
                       Answers to `GET` have an `ETag`: send it as `If-None-Match` to receive only what is new. \
                       Errors are [problem documents](https://www.rfc-editor.org/rfc/rfc9457) with the media type `application/problem+json`; \
                       the `type` of each is an address of this server that explains it.\n\n\
                       Documents to read, SDKs to make and versions to compare cost: how many a minute there may be is told in `RateLimit-Policy`, \
                       what is left in `RateLimit`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((
        url = "http://localhost:{port}",
        description = "A portal server on your own machine",
        variables(("port" = (default = "4000", description = "The port that `portolan serve` was told."))),
    )),
    tags(
        (name = "specs", description = "The APIs of the portal and documents of your own, with SDKs, samples and changes."),
        (name = "search", description = "One search over everything that the portal tells."),
        (name = "documents", description = "The pages of the documentation, for programs."),
        (name = "listings", description = "The marketplace: APIs of many providers, each with the facts about it."),
        (name = "problems", description = "What can go wrong, explained."),
        (name = "health", description = "How the server is."),
    ),
    components(
        schemas(Problem, Violation),
        responses(
            responses::BadRequest, responses::Foreign, responses::NotFound, responses::TimedOut, responses::BelongsToPortal,
            responses::PreconditionFailed, responses::TooLarge, responses::Unsupported, responses::InvalidDocument,
            responses::RateLimited, responses::Internal, responses::NotReady, responses::Busy, responses::StoreFull,
        ),
    ),
)]
pub(super) struct Document;

/// The OpenAPI document of the integration API, as the server gives it at `/openapi.json`.
#[must_use]
pub fn document() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut document = described().into_openapi();
        // Nothing has to be proven: said, so that nobody takes it for forgotten.
        document.security = Some(Vec::new());
        let text = document
            .to_pretty_json()
            .expect("a document of derived parts is always JSON");
        unwrap_descriptions(&text)
    });
    &TEXT
}

/// The line breaks of doc comments stand where our source is full, which is nobody else's matter: only paragraphs stay.
fn unwrap_descriptions(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if !line.trim_start().starts_with("\"description\": ") {
            return line.to_owned();
        }
        let paragraphs: Vec<String> = line
            .split(r"\n\n")
            .map(|paragraph| paragraph.replace(r"\n", " "))
            .collect();
        paragraphs.join(r"\n\n")
    });
    lines.map(|line| line + "\n").collect()
}

/// Get this document
///
/// Returns the document that describes the server: what this portal and its SDKs are made from.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "getOpenapi",
    tag = "health",
    responses((status = 200, description = "An OpenAPI document.", body = serde_json::Map<String, serde_json::Value>)),
)]
pub(super) async fn get_openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], document())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_document_in_the_repository_is_what_the_handlers_say() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/integration/openapi.json");
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            std::fs::write(&path, document()).expect("the repository can be written");
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == document(),
            "specs/integration/openapi.json is not what the handlers say; read the difference after \
             `SNAPSHOTS=overwrite cargo test -p portolan-server`"
        );
    }
}
