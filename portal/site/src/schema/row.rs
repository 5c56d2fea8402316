//! What a tree is made of: rows, with what is inside them.

use crate::html::Html;
use crate::locale::Locale;
use serde::Serialize;

/// One line of a schema.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub(crate) struct Row {
    /// Its anchor, unique on the page.
    pub(crate) anchor: String,
    /// The name on the wire.
    pub(crate) name: String,
    /// Its type in words.
    pub(crate) ty: Html,
    /// `required`, `nullable` and their like.
    pub(crate) marks: Vec<Mark>,
    /// What it means.
    pub(crate) docs: Option<Html>,
    /// Limits and defaults: words and value.
    pub(crate) facts: Vec<Fact>,
    /// Members of an enum without descriptions.
    pub(crate) values: Vec<String>,
    /// Members of an enum with descriptions.
    pub(crate) described: Vec<DescribedValue>,
    /// Whole sentences: which members come together, what else may be there.
    pub(crate) notes: Vec<Html>,
    /// What is inside.
    pub(crate) inside: Option<Inside>,
}

/// A short word about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Mark {
    /// What style sheets know it by, the same in every language.
    pub(crate) name: &'static str,
    /// What people read.
    pub(crate) words: String,
}

impl Mark {
    /// The mark whose message has the same name.
    pub(crate) fn new(locale: &Locale, name: &'static str) -> Mark {
        Mark {
            name,
            words: locale.say(name).to_owned(),
        }
    }

    /// `required` or `optional`.
    pub(crate) fn presence(locale: &Locale, required: bool) -> Mark {
        Mark::new(locale, if required { "required" } else { "optional" })
    }

    /// `deprecated`
    pub(crate) fn deprecated(locale: &Locale) -> Mark {
        Mark {
            name: "deprecated",
            words: locale.say("mark-deprecated").to_owned(),
        }
    }
}

/// A limit or a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Fact {
    /// E.g. `at most`.
    pub(crate) words: String,
    /// E.g. `20`.
    pub(crate) value: String,
    /// E.g. `items`.
    pub(crate) unit: String,
}

impl Fact {
    /// Words and a value.
    pub(crate) fn new(words: &str, value: impl Into<String>) -> Fact {
        Fact {
            words: words.to_owned(),
            value: value.into(),
            unit: String::new(),
        }
    }
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct DescribedValue {
    /// On the wire.
    pub(crate) value: String,
    /// What the author calls it, where the value does not say it.
    pub(crate) name: Option<String>,
    /// What it means.
    pub(crate) docs: Html,
    /// Whether it should no longer be used.
    pub(crate) deprecated: bool,
}

/// What is inside a row, or the whole of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub(crate) struct Inside {
    /// Words for the fold, e.g. `5 properties`.
    pub(crate) label: String,
    /// Whether it is open from the start.
    pub(crate) open: bool,
    /// Members.
    pub(crate) rows: Vec<Row>,
    /// Choices of a union; then there are no rows.
    pub(crate) choices: Vec<Choice>,
    /// The name that the choices' radio buttons share, unique on the page.
    pub(crate) group: String,
}

/// A choice of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Choice {
    /// What it is called.
    pub(crate) title: String,
    /// Its type in words.
    pub(crate) ty: Html,
    /// The member and value that tell it, in words.
    pub(crate) tag: Option<Html>,
    /// What it means.
    pub(crate) docs: Option<Html>,
    /// Members; empty for plain values.
    pub(crate) rows: Vec<Row>,
    /// Values, when it is an enum.
    pub(crate) values: Vec<String>,
    /// Limits, when it is a plain value.
    pub(crate) facts: Vec<Fact>,
    /// Whole sentences about its members.
    pub(crate) notes: Vec<Html>,
    /// Whether it should no longer be used.
    pub(crate) deprecated: bool,
}
