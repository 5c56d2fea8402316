//! What changed between two versions of an API.

use serde::Serialize;
use utoipa::ToSchema;

/// What changed from the older of two APIs to the newer one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Comparison {
    /// The API that was compared with.
    pub older: Side,
    /// The API that was asked about.
    pub newer: Side,
    /// How bad the worst change is; `null` when nothing changed.
    #[schema(required = true)]
    pub severity: Option<ChangeSeverity>,
    /// The version that should follow the older one, by Semantic Versioning; `null` when its version is not semantic.
    #[schema(required = true, example = "2.0.0")]
    pub next_version: Option<String>,
    /// Whether the newer version is at least that one; `null` when it cannot be told.
    #[schema(required = true, example = true)]
    pub version_is_enough: Option<bool>,
    /// How many changes there are of each severity.
    pub counts: ChangeCounts,
    /// The changes by what they are about.
    pub changes: Vec<Change>,
}

/// One of the two APIs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Side {
    /// What it is called.
    #[schema(example = "Bookshop")]
    pub title: String,
    /// The version that its document states.
    #[schema(example = "1.4.0")]
    pub version: String,
}

/// How many changes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChangeCounts {
    /// That stop clients which did everything right.
    #[schema(example = 1)]
    pub breaking: usize,
    /// Of which it depends on the client.
    #[schema(example = 0)]
    pub risky: usize,
    /// With which all that worked still works.
    #[schema(example = 4)]
    pub compatible: usize,
    /// Of what people read.
    #[schema(example = 2)]
    pub documentation: usize,
}

/// How bad a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeSeverity {
    /// A client that did everything right stops working.
    Breaking,
    /// It depends on the client.
    Risky,
    /// All that worked still works.
    Compatible,
    /// Only what people read is different.
    Documentation,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// The stable name of the rule.
    #[schema(example = "operation-removed")]
    pub code: String,
    /// How bad it is.
    pub severity: ChangeSeverity,
    /// What it is about.
    pub subject: Subject,
    /// Where in the subject, such as `query.limit`; empty for the subject itself.
    #[schema(example = "")]
    pub path: String,
    /// What happened, in one sentence.
    #[schema(example = "it was removed")]
    pub message: String,
    /// How it was; `null` when there was nothing.
    #[schema(required = true, example = json!(null))]
    pub before: Option<String>,
    /// How it is; `null` when there is nothing.
    #[schema(required = true, example = json!(null))]
    pub after: Option<String>,
    /// For a type: the ids of the operations that send or receive it.
    #[schema(example = json!([]))]
    pub operations: Vec<String>,
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Subject {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// The id of the operation, or the name of the type, of the webhook or of the scheme; empty for the API as a whole.
    #[schema(example = "deleteBook")]
    pub name: String,
    /// What people call it.
    #[schema(example = "DELETE /books/{book_id}")]
    pub title: String,
}

/// What kinds of things change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// The API as a whole.
    Api,
    /// A way to show who is calling.
    SecurityScheme,
    /// An operation.
    Operation,
    /// A request that the API makes.
    Webhook,
    /// A named type.
    Type,
}
