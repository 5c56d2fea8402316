//! What the server needs of the generator, in its own words: it knows no front end and no language.
//!
//! The command line implements the traits; the server calls them away from the threads that answer requests.

mod comparison;
mod finding;

pub use comparison::{
    Change, ChangeCounts, ChangeSeverity, Comparison, Side, Subject, SubjectKind,
};
pub use finding::{Advice, Finding, FindingCounts, FindingSeverity, Place, Score};

use portolan_model::Api;
use std::fmt::Debug;
use std::sync::Arc;

/// Reads documents of strangers, and compares what they say.
pub trait Workshop: Debug + Send + Sync {
    /// Reads a document that is one file. Nothing but these bytes is opened, whatever they refer to.
    fn read(&self, document: &[u8]) -> Reading;

    /// The languages that SDKs can be made in, by their names in addresses.
    fn languages(&self) -> Vec<&'static str>;

    /// What changed from one version of an API to the next.
    fn compare(&self, older: &Api, newer: &Api) -> Comparison;
}

/// Writes samples of one API.
pub trait Samples: Debug + Send + Sync {
    /// All samples of an operation; `None` when there is none with this id.
    fn samples(&self, operation: &str) -> Option<Vec<CodeSample>>;
}

/// Makes the SDKs of one API, and samples of them.
pub trait Packages: Samples {
    /// The SDK in a language, packed: the same bytes whenever it is asked for.
    ///
    /// # Errors
    /// What keeps it from being made.
    fn pack(&self, language: &str, format: ArchiveFormat) -> Result<Packed, Vec<Finding>>;
}

/// What came of reading a document.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What it says; `None` when it has errors.
    pub api: Option<Arc<Api>>,
    /// What there is to say of it, in order of the places; the first few hundred.
    pub findings: Vec<Finding>,
    /// How many findings there are in all.
    pub counts: FindingCounts,
    /// How good it is; `None` when it has errors.
    pub score: Option<Score>,
    /// What can be made of it; `None` when it has errors.
    pub packages: Option<Arc<dyn Packages>>,
}

/// An SDK as one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The name to save it under.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The form of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ArchiveFormat {
    /// A gzipped tar file.
    #[default]
    TarGz,
    /// A zip file.
    Zip,
}

impl ArchiveFormat {
    /// All forms.
    pub const ALL: [ArchiveFormat; 2] = [ArchiveFormat::TarGz, ArchiveFormat::Zip];

    /// Its name in addresses: the ending of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ArchiveFormat::TarGz => "tar.gz",
            ArchiveFormat::Zip => "zip",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            ArchiveFormat::TarGz => "application/gzip",
            ArchiveFormat::Zip => "application/zip",
        }
    }

    /// The form with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<ArchiveFormat> {
        ArchiveFormat::ALL
            .into_iter()
            .find(|format| format.name() == name)
    }
}

/// A short program that calls one operation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CodeSample {
    /// The language, as in the addresses of SDKs.
    #[schema(example = "python")]
    pub language: String,
    /// What a reader chooses it by.
    #[schema(example = "Python")]
    pub label: String,
    /// The named example of the document that its values come from; `null` when they come from no named one.
    #[schema(required = true, example = json!(null))]
    pub example: Option<String>,
    /// The variables of the environment that it reads, such as the name of an access token.
    #[schema(example = json!(["BOOKSHOP_API_KEY"]))]
    pub environment: Vec<String>,
    /// The program.
    #[schema(
        example = "from bookshop import Bookshop\n\nclient = Bookshop()\nfor book in client.books.list():\n    print(book.title)\n"
    )]
    pub source: String,
}
