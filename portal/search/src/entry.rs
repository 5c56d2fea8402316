//! What can be found.

use serde::{Deserialize, Serialize};

/// A summary is cut after this many characters.
const SUMMARY: usize = 160;

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
    /// What it is about, as the marketplace sorts APIs: `payments`.
    pub categories: Vec<String>,
    /// How a caller proves who it is: `oauth2`, `none`.
    pub authentication: Vec<String>,
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

    /// The summary as it stands under a title in a list of hits: when it is long, cut at a word.
    #[must_use]
    pub fn short_summary(&self) -> String {
        let Some((end, _)) = self.summary.char_indices().nth(SUMMARY) else {
            return self.summary.clone();
        };
        let cut = &self.summary[..end];
        let word = cut.rfind(char::is_whitespace).unwrap_or(end);
        format!("{}\u{2026}", cut[..word].trim_end())
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

    /// Whether there are so many of the kind that a browser knows of them only what the words of a search have brought.
    pub(crate) const fn is_deep(self) -> bool {
        matches!(self, Kind::Property | Kind::Sdk)
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_summary_is_cut_at_a_word() {
        let summary = |text: &str| {
            let entry = Entry {
                summary: text.to_owned(),
                ..Entry::default()
            };
            entry.short_summary()
        };
        assert_eq!(summary("short"), "short");
        assert_eq!(
            summary(&"word ".repeat(50)),
            "word ".repeat(31) + "word\u{2026}"
        );
        assert_eq!(summary(&"x".repeat(200)), "x".repeat(160) + "\u{2026}");
    }
}
