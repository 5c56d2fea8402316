//! One API that people can find in the marketplace.

use crate::{Authentication, Lifecycle, Pricing};
use portolan_source::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An API in the marketplace: what it is, who offers it, on which terms.
///
/// Whatever is not known is absent: a listing states facts only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The name of its file and its address: lower-case words joined by hyphens.
    pub id: String,
    /// The name that people know.
    pub name: String,
    /// One or two plain sentences.
    pub summary: String,
    /// More about it, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The ids of its categories, the most fitting first.
    pub categories: Vec<String>,
    /// Free words to find it by, lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The id of the provider.
    pub provider: String,
    /// How settled it is.
    #[serde(default)]
    pub lifecycle: Lifecycle,
    /// The day after which a deprecated API stops, as `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sunset: Option<String>,
    /// How it is paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// The ids of the plans that it is sold in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<String>,
    /// How a caller proves who it is; any one of them is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authentication: Vec<Authentication>,
    /// Where requests go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// The provider's own documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documentation_url: Option<String>,
    /// Its OpenAPI document: the id of an API of this portal, or the path of a file below the marketplace's folder, which
    /// becomes an API of the portal under the id of the listing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The document at its provider, where this portal does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_url: Option<String>,
    /// Whether this portal makes SDKs of a document that is a file.
    #[serde(default, skip_serializing_if = "is_false")]
    pub generate_sdks: bool,
    /// SDKs that the provider publishes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdks: Vec<Sdk>,
    /// The terms of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_url: Option<String>,
    /// The licence of the data or of the document, as an SPDX expression or a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Where to ask for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_url: Option<String>,
    /// Where the provider tells whether the API works right now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_url: Option<String>,
    /// Published versions, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// Where the listing stands.
    #[serde(skip)]
    pub span: Span,
}

fn is_false(value: &bool) -> bool {
    !*value
}

impl Listing {
    /// The document as a path below the marketplace's folder; `None` when it is the id of an API, or absent.
    #[must_use]
    pub fn document_file(&self) -> Option<&str> {
        let is_file = |document: &&str| {
            let ending = document.rsplit_once('.').map(|(_, ending)| ending);
            document.contains('/') || matches!(ending, Some("yaml" | "yml" | "json"))
        };
        self.document.as_deref().filter(is_file)
    }
}

/// A package that the provider publishes itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sdk {
    /// The language, as people write it: `Python`.
    pub language: String,
    /// The name to install it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A published version of an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its name, e.g. `1.4.0` or `2026-03-01`.
    pub version: String,
    /// The day of publication, as `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What changed, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}
