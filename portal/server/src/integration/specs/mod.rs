//! APIs: those of the portal, and those of documents that were sent; with their SDKs, their samples and what changed.

mod compare;
mod download;
mod found;
mod read;
mod samples;
mod upload;

pub(super) use compare::{__path_compare_specs, compare_specs};
pub(super) use download::{__path_download_sdk, download_sdk};
pub(super) use read::{__path_get_spec, __path_list_specs, get_spec, list_specs};
pub(super) use samples::{__path_list_samples, list_samples};
pub(super) use upload::{__path_delete_spec, __path_upload_spec, delete_spec, upload_spec};

use crate::workshop::{ArchiveFormat, Finding, FindingCounts, Reading, Score};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An API, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpecSummary {
    /// Its name in addresses.
    #[schema(example = "bookshop")]
    id: String,
    /// Where it comes from.
    origin: Origin,
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
    /// Where its pages begin, relative to the root of the portal; `null` for an uploaded document, which has none.
    #[schema(required = true, format = "uri-reference", example = "bookshop/")]
    address: Option<String>,
    /// When its document was uploaded; `null` for an API of the portal.
    #[schema(required = true, format = DateTime, example = json!(null))]
    uploaded_at: Option<String>,
    /// The SDKs that can be downloaded.
    sdks: Vec<Sdk>,
}

/// Where an API comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    /// It is one of the portal.
    Portal,
    /// Its document was uploaded.
    Upload,
}

/// An SDK that can be downloaded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sdk {
    /// The language, as in the address of the download.
    #[schema(example = "python")]
    language: String,
    /// Its archives; none for an uploaded document, whose archives are made when they are asked for.
    archives: Vec<SdkArchive>,
}

/// One file with an SDK, ready to be installed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SdkArchive {
    /// Its form, as the `format` of the download.
    format: SdkFormat,
    /// The name to save it under.
    #[schema(example = "bookshop-python-1.4.0.tar.gz")]
    file_name: String,
    /// What it is sent as.
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

/// The form of an archive.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) enum SdkFormat {
    /// A gzipped tar file: what pip and npm install.
    #[serde(rename = "tar.gz")]
    TarGz,
    /// A zip file.
    #[serde(rename = "zip")]
    Zip,
}

impl From<ArchiveFormat> for SdkFormat {
    fn from(format: ArchiveFormat) -> SdkFormat {
        match format {
            ArchiveFormat::TarGz => SdkFormat::TarGz,
            ArchiveFormat::Zip => SdkFormat::Zip,
        }
    }
}

/// What an API offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpecContents {
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

/// An API with everything it offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpecDetail {
    #[serde(flatten)]
    summary: SpecSummary,
    #[serde(flatten)]
    contents: SpecContents,
    /// What checking its document had to say; `null` for an API of the portal, of which the build says it.
    #[schema(required = true)]
    report: Option<Report>,
}

/// An API whose document was uploaded, with what checking it had to say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadedSpec {
    #[serde(flatten)]
    summary: SpecSummary,
    #[serde(flatten)]
    contents: SpecContents,
    /// What checking its document had to say.
    report: Report,
}

/// What checking a document had to say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Report {
    /// How good the document is.
    score: Score,
    /// What was found, in order of the places; the first few hundred.
    diagnostics: Vec<Finding>,
    /// How much was found in all.
    counts: FindingCounts,
}

impl Report {
    /// Of a document that was read; `None` when it has errors.
    fn of(reading: &Reading) -> Option<Report> {
        Some(Report {
            score: reading.score.clone()?,
            diagnostics: reading.findings.clone(),
            counts: reading.counts,
        })
    }
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
    #[param(
        nullable = false,
        minimum = 1,
        maximum = 100,
        default = 20,
        example = 20
    )]
    limit: Option<u32>,
    /// The `next_cursor` of the page before. Leave it out for the first page.
    #[param(nullable = false, max_length = 4096)]
    cursor: Option<String>,
}

/// What spares a download.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "read by the derive only")]
pub(crate) struct IfNoneMatch {
    /// The `ETag` of what you have. When it is still right, the answer is 304 without a body.
    #[param(rename = "If-None-Match", nullable = false)]
    if_none_match: Option<String>,
}
