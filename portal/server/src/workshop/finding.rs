//! What there is to say of a document.

use serde::Serialize;
use utoipa::ToSchema;

/// Something that was found in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// The stable name of the rule; `portolan check --explain CODE` explains it.
    #[schema(example = "missing-operation-id")]
    pub code: String,
    /// How bad it is.
    pub severity: FindingSeverity,
    /// What was found, in one sentence.
    #[schema(example = "the operation has no `operationId`")]
    pub message: String,
    /// Every place involved, the first one first of all.
    pub places: Vec<Place>,
    /// What to do about it.
    #[schema(example = json!(["name it: `operationId: listBooks`"]))]
    pub help: Vec<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// It has no meaning: nothing can be made of the document.
    Error,
    /// It was understood, and should be mended.
    Warning,
    /// It is worth knowing.
    Note,
}

/// A part of a document, from its first character to behind its last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    /// The line, from 1.
    #[schema(minimum = 1, example = 12)]
    pub line: usize,
    /// The column, from 1, in characters.
    #[schema(minimum = 1, example = 5)]
    pub column: usize,
    /// The line that holds the place behind the last character.
    #[schema(minimum = 1, example = 12)]
    pub end_line: usize,
    /// The column behind the last character.
    #[schema(minimum = 1, example = 8)]
    pub end_column: usize,
    /// What is there; empty when the message says it all.
    #[schema(example = "")]
    pub message: String,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingCounts {
    /// Errors; a document that is kept has none.
    #[schema(example = 0)]
    pub error: usize,
    /// What was understood, and should be mended.
    #[schema(example = 1)]
    pub warning: usize,
    /// What is worth knowing.
    #[schema(example = 0)]
    pub note: usize,
}

/// How ready a document is for SDKs and for readers.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Score {
    /// From 0 to 100.
    #[schema(minimum = 0, maximum = 100, example = 87.5)]
    pub points: f64,
    /// The points in one letter: `A+`, `A`, `B`, `C`, `D` or `F`.
    #[schema(example = "B")]
    pub grade: String,
    /// What to mend, what gains most first.
    pub advice: Vec<Advice>,
}

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Advice {
    /// The stable name of the rule.
    #[schema(example = "operation-description")]
    pub code: String,
    /// What to do, in one sentence.
    #[schema(example = "describe 3 operations")]
    pub message: String,
    /// The points that it gains.
    #[schema(minimum = 0, example = 2.5)]
    pub gain: f64,
    /// How many things do not pass.
    #[schema(example = 3)]
    pub failed: usize,
}
