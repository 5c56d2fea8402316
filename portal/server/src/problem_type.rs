//! The kinds of problems that the integration API tells of, each with an address that explains it.

use crate::Problem;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! problem_types {
    ($($(#[doc = $text:literal])+ $kind:ident $name:literal $status:ident;)+) => {
        /// The kinds of problems.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum ProblemType {
            $($(#[doc = $text])+ $kind,)+
        }

        impl ProblemType {
            /// All of them, in order of their statuses.
            pub(crate) const ALL: &[ProblemType] = &[$(ProblemType::$kind,)+];

            /// Its name in its address.
            pub(crate) fn name(self) -> &'static str {
                match self { $(ProblemType::$kind => $name,)+ }
            }

            /// The URI reference that identifies it.
            pub(crate) fn uri(self) -> &'static str {
                match self { $(ProblemType::$kind => concat!("/v1/problems/", $name),)+ }
            }

            pub(crate) fn status(self) -> StatusCode {
                match self { $(ProblemType::$kind => StatusCode::$status,)+ }
            }

            /// What it means, and what to do.
            pub(crate) fn text(self) -> &'static str {
                match self { $(ProblemType::$kind => concat!($($text,)+).trim_ascii(),)+ }
            }
        }
    };
}

problem_types! {
    /// Parts of the request are wrong; `errors` names each of them.
    InvalidRequest "invalid-request" BAD_REQUEST;
    /// The request comes from a page of another site. Only programs and pages of this server may ask.
    ForeignOrigin "foreign-origin" FORBIDDEN;
    /// There is nothing with this id or at this address.
    NotFound "not-found" NOT_FOUND;
    /// The address cannot be asked with this method; `Allow` names those that it can be asked with.
    MethodNotAllowed "method-not-allowed" METHOD_NOT_ALLOWED;
    /// The document did not come in time.
    RequestTimeout "request-timeout" REQUEST_TIMEOUT;
    /// The API belongs to the portal: it goes when its entry in portolan.toml goes.
    BelongsToPortal "belongs-to-portal" CONFLICT;
    /// The API is not any more what `If-Match` says. Get it again before you decide.
    PreconditionFailed "precondition-failed" PRECONDITION_FAILED;
    /// The document is larger than 5 MiB.
    DocumentTooLarge "document-too-large" PAYLOAD_TOO_LARGE;
    /// The body is not sent as a type that the operation takes.
    UnsupportedMediaType "unsupported-media-type" UNSUPPORTED_MEDIA_TYPE;
    /// The document has errors; `diagnostics` names each of them with its place. Nothing was kept.
    InvalidDocument "invalid-document" UNPROCESSABLE_ENTITY;
    /// To read the document, or to make something of it, takes longer than a request may take.
    DocumentTooCostly "document-too-costly" UNPROCESSABLE_ENTITY;
    /// This client asked too often for what costs. Wait as many seconds as `Retry-After` says.
    RateLimited "rate-limited" TOO_MANY_REQUESTS;
    /// We failed. The request may be right; the server's log says more.
    Internal "internal-error" INTERNAL_SERVER_ERROR;
    /// The portal is being built for the first time. Wait as many seconds as `Retry-After` says.
    NotReady "not-ready" SERVICE_UNAVAILABLE;
    /// The server works on as many documents as it can. Wait as many seconds as `Retry-After` says.
    Busy "busy" SERVICE_UNAVAILABLE;
    /// There is no room for another document. Delete one that is not needed any more.
    StoreFull "store-full" INSUFFICIENT_STORAGE;
}

impl ProblemType {
    /// A problem of this kind.
    pub(crate) fn problem(self, detail: impl Into<String>) -> Problem {
        Problem {
            kind: self.uri(),
            ..Problem::new(self.status(), detail)
        }
    }
}

/// A kind of problem, explained.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explanation {
    /// The URI reference that problems of this kind have as their `type`.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/v1/problems/rate-limited")]
    kind: &'static str,
    /// The title that such problems have.
    #[schema(example = "Too Many Requests")]
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 429)]
    status: u16,
    /// What it means, and what to do.
    #[schema(example = "This client asked too often for what costs.")]
    description: &'static str,
}

impl Explanation {
    pub(crate) fn of(kind: ProblemType) -> Explanation {
        Explanation {
            kind: kind.uri(),
            title: kind.status().canonical_reason().unwrap_or_default(),
            status: kind.status().as_u16(),
            description: kind.text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_guide_names_each_kind_and_no_other() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let guide = root.join("specs/integration/guides/problems.md");
        let guide = std::fs::read_to_string(guide).expect("the guide");
        let told: Vec<&str> = guide
            .lines()
            .filter(|line| line.starts_with("| `/v1/problems/"))
            .filter_map(|line| line.rsplit_once(" | ").map(|(start, _)| start))
            .collect();
        let known: Vec<String> = ProblemType::ALL
            .iter()
            .map(|kind| format!("| `{}` | {}", kind.uri(), kind.status().as_u16()))
            .collect();
        assert_eq!(told, known);
    }
}
