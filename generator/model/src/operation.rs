//! One thing that an API can do.

use crate::{
    Body, Call, Docs, Location, Name, Parameter, PathTemplate, Response, SecurityRequirement,
    Server, Status,
};
use portolan_source::Span;
use serde::Serialize;

/// One method of one path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// The document's `operationId`, else one made from method and path; unique in the API.
    pub id: Name,
    /// The id without the words of its resource, e.g. `list` for `listBooks` in `books`; unique in the resource.
    pub name: Name,
    /// What the name would be if the resource had no other operation.
    #[serde(skip)]
    pub own_name: Name,
    /// The HTTP method.
    pub method: Method,
    /// The path, taken apart.
    pub path: PathTemplate,
    /// What it does.
    pub docs: Docs,
    /// All tags, as written.
    pub tags: Vec<Name>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// How far it has come (`x-beta`, `x-sunset` and their like).
    pub lifecycle: Lifecycle,
    /// The path's own and the operation's, merged; in document order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back, in document order.
    pub responses: Vec<Response>,
    /// A choice of requirements; empty when anybody may call.
    pub security: Vec<SecurityRequirement>,
    /// Servers of its own; empty when the API's hold.
    pub servers: Vec<Server>,
    /// How to get the next page.
    pub pagination: Option<Pagination>,
    /// How a repeated request is recognised.
    pub idempotency: Option<Idempotency>,
    /// Requests that the API makes back.
    pub callbacks: Vec<Callback>,
    /// Samples that the author wrote (`x-codeSamples`).
    pub code_samples: Vec<CodeSample>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// Where its `operationId` stands; no place when the id was made from method and path.
    #[serde(skip)]
    pub id_span: Span,
    /// Where it is said who may call: by the operation, else by the document; no place when nobody says it.
    #[serde(skip)]
    pub security_span: Span,
    /// Whether the document says that it does not answer page by page (`x-portolan-pagination: false`).
    #[serde(skip)]
    pub unpaged: bool,
}

impl Operation {
    /// An operation that takes nothing and answers nothing yet.
    #[must_use]
    pub fn new(id: Name, method: Method, path: PathTemplate) -> Operation {
        Operation {
            name: id.clone(),
            own_name: id.clone(),
            id,
            method,
            path,
            docs: Docs::default(),
            tags: Vec::new(),
            deprecated: false,
            lifecycle: Lifecycle::default(),
            parameters: Vec::new(),
            body: None,
            responses: Vec::new(),
            security: Vec::new(),
            servers: Vec::new(),
            pagination: None,
            idempotency: None,
            callbacks: Vec::new(),
            code_samples: Vec::new(),
            span: Span::default(),
            id_span: Span::default(),
            security_span: Span::default(),
            unpaged: false,
        }
    }

    /// The parameters that travel in `location`, in order.
    pub fn parameters_in(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.location == location)
    }

    /// The response that success brings: the first 2xx, else `default`, unless success is a redirect.
    #[must_use]
    pub fn success(&self) -> Option<&Response> {
        let first =
            |test: fn(Status) -> bool| self.responses.iter().find(|response| test(response.status));
        first(Status::is_success).or_else(|| match self.redirects_to_a_file() {
            true => None,
            false => first(|status| status == Status::Default),
        })
    }

    /// Whether success is only ever a redirect: clients follow it to what they came for.
    #[must_use]
    pub fn redirects_to_a_file(&self) -> bool {
        let is =
            |test: fn(Status) -> bool| self.responses.iter().any(|response| test(response.status));
        is(|status| matches!(status, Status::Exact(300..=399) | Status::Range(3)))
            && !is(Status::is_success)
    }

    /// The calls to show for it: one per named example of the body or the parameters, at least one.
    #[must_use]
    pub fn calls<'a>(&'a self, api: &'a crate::Api) -> Vec<Call<'a>> {
        Call::all(api, self)
    }
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words of the standard")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// OpenAPI 3.2's `query`.
    Query,
    /// OpenAPI 3.2's `additionalOperations`, as written.
    Other(String),
}

impl Method {
    /// As on the wire, e.g. `GET`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Patch => "PATCH",
            Method::Trace => "TRACE",
            Method::Query => "QUERY",
            Method::Other(method) => method,
        }
    }

    /// Whether sending it twice does what sending it once does (RFC 9110, 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        !matches!(self, Method::Post | Method::Patch | Method::Other(_))
    }
}

impl Serialize for Method {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// How far an operation has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lifecycle {
    /// Still changing.
    pub beta: bool,
    /// The date (`YYYY-MM-DD`) after which it is gone.
    pub sunset: Option<String>,
    /// The operation that takes its place.
    pub replaced_by: Option<Name>,
}

/// How a list gives its next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "style")]
pub enum Pagination {
    /// The answer holds the value of the parameter for the next page.
    Cursor {
        /// The query parameter that takes the cursor.
        cursor: Name,
        /// Where the answer holds the next one; absent, null or empty on the last page.
        next: FieldPath,
        /// Where the items are.
        items: FieldPath,
        /// A flag that says whether there is more.
        has_more: Option<FieldPath>,
    },
    /// The cursor is a member of the last item of the page.
    LastItem {
        /// The query parameter, e.g. `starting_after`.
        cursor: Name,
        /// The member of an item, e.g. `id`.
        member: FieldPath,
        /// Where the items are.
        items: FieldPath,
        /// A flag that says whether there is more.
        has_more: Option<FieldPath>,
    },
    /// The next page begins behind the items read so far.
    Offset {
        /// The query parameter that takes the number of items to skip.
        offset: Name,
        /// The query parameter that takes the size of a page.
        limit: Option<Name>,
        /// Where the items are.
        items: FieldPath,
        /// Where the number of all items is.
        total: Option<FieldPath>,
    },
    /// Pages are counted.
    PageNumber {
        /// The query parameter.
        page: Name,
        /// The number of the first page.
        first: u32,
        /// The query parameter that takes the size of a page.
        size: Option<Name>,
        /// Where the items are.
        items: FieldPath,
        /// Where the number of pages is.
        total_pages: Option<FieldPath>,
    },
    /// The answer holds the URL of the next page.
    NextUrl {
        /// Where; absent, null or empty on the last page.
        next: FieldPath,
        /// Where the items are.
        items: FieldPath,
    },
    /// The `Link` header with `rel="next"` (RFC 8288).
    LinkHeader {
        /// Where the items are.
        items: FieldPath,
    },
}

impl Pagination {
    /// Where the items of a page are.
    #[must_use]
    pub fn items(&self) -> &FieldPath {
        match self {
            Pagination::Cursor { items, .. }
            | Pagination::LastItem { items, .. }
            | Pagination::Offset { items, .. }
            | Pagination::PageNumber { items, .. }
            | Pagination::NextUrl { items, .. }
            | Pagination::LinkHeader { items } => items,
        }
    }
}

/// Member names that lead from the body to a value; empty is the body itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct FieldPath(pub Vec<Name>);

/// How a repeated request is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Idempotency {
    /// The header that carries the key.
    pub header: Name,
}

/// Requests that the API makes back because of an operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Callback {
    /// Its key.
    pub name: Name,
    /// The runtime expression that gives the URL.
    pub expression: String,
    /// What is sent; its path is the expression.
    pub operation: Operation,
}

/// A request that the API makes to its users.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Webhook {
    /// Its key, e.g. `payment.succeeded`.
    pub name: Name,
    /// What is sent; its path is empty.
    pub operation: Operation,
}

impl Webhook {
    /// The header that carries a signature by other rules than those of Standard Webhooks, which are all that packages
    /// verify; `None` when no other is named.
    #[must_use]
    pub fn foreign_signature(&self) -> Option<&Parameter> {
        let is = |parameter: &Parameter, part: &str| {
            parameter.name.as_str().to_ascii_lowercase().contains(part)
        };
        let headers = || self.operation.parameters_in(Location::Header);
        let known = |it: &Parameter| is(it, "webhook-signature") || is(it, "svix-signature");
        headers()
            .find(|it| is(it, "signature"))
            .filter(|_| !headers().any(known))
    }

    /// The status that says it was received: the first success of the document, else 204.
    #[must_use]
    pub fn received(&self) -> u16 {
        let mut statuses = self.operation.responses.iter().map(|it| it.status);
        let exact = statuses.find_map(|status| match status {
            Status::Exact(status @ 200..=299) => Some(status),
            _ => None,
        });
        exact.unwrap_or(204)
    }
}

/// A sample that the author wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeSample {
    /// The language, as written.
    pub language: String,
    /// What to call it.
    pub label: Option<String>,
    /// The code.
    pub source: String,
}
