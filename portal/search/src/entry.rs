//! What can be found.

use serde::{Deserialize, Serialize};

/// One thing that a search can find, as the page about it describes itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Unique among all entries, and lasting.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The line that people see.
    pub title: String,
    /// One sentence under the title.
    pub summary: String,
    /// Where it is, relative to the root of the site, with an anchor when it is a part of a page: `bookshop/books/list/`.
    pub address: String,
    /// The API that it belongs to; empty when none.
    pub api: String,
    /// The id of the operation; empty when it is none.
    pub operation_id: String,
    /// The method of the operation in capitals; empty when it is none.
    pub method: String,
    /// The path template of the operation; empty when it is none.
    pub path: String,
    /// Names of parameters and properties.
    pub names: Vec<String>,
    /// Tags, categories and the like.
    pub tags: Vec<String>,
    /// The rest of its text, plain.
    pub body: String,
    /// Names of fields that it answers with.
    pub response_fields: Vec<String>,
    /// Whether one should rather not use it.
    pub deprecated: bool,
}

impl Entry {
    /// An entry with what every entry has.
    pub fn new(
        kind: Kind,
        id: impl Into<String>,
        title: impl Into<String>,
        address: impl Into<String>,
    ) -> Entry {
        Entry {
            kind,
            id: id.into(),
            title: title.into(),
            address: address.into(),
            ..Entry::default()
        }
    }
}

/// What an [`Entry`] is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An operation of an API.
    #[default]
    Operation,
    /// A named type.
    Type,
    /// A property of a type.
    Property,
    /// An event that an API sends.
    Webhook,
    /// An error that operations answer with.
    Error,
    /// A section of a guide.
    Guide,
    /// A call of an SDK.
    Sdk,
    /// An API of the marketplace.
    Listing,
    /// Any other page.
    Page,
}

impl Kind {
    /// All kinds, in the order in which they are numbered in exported files.
    pub const ALL: [Kind; 9] = [
        Kind::Operation,
        Kind::Type,
        Kind::Property,
        Kind::Webhook,
        Kind::Error,
        Kind::Guide,
        Kind::Sdk,
        Kind::Listing,
        Kind::Page,
    ];

    /// The word in queries, facets and exported files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Operation => "operation",
            Kind::Type => "type",
            Kind::Property => "property",
            Kind::Webhook => "webhook",
            Kind::Error => "error",
            Kind::Guide => "guide",
            Kind::Sdk => "sdk",
            Kind::Listing => "listing",
            Kind::Page => "page",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
