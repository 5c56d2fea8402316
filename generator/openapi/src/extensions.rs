//! Extensions (`x-*`) that we understand; all others are data that nobody reads.

use portolan_model::{FieldPath, Name, Pagination};
use portolan_source::{Diagnostic, Diagnostics, Node, Value, deserialize};
use schemars::JsonSchema;
use serde::Deserialize;

/// Whether a member of an operation is the author's samples.
pub(crate) fn is_code_samples(key: &str) -> bool {
    matches!(key, "x-codeSamples" | "x-code-samples")
}

/// How a list continues, as people write it: in `x-portolan-pagination`, and in the settings of a project. Ways into the
/// answer are names of members joined by dots, e.g. `meta.next`; without `items` the answer is the list itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields, tag = "style")]
#[allow(missing_docs, reason = "the words of `Pagination`")]
pub enum PaginationRule {
    Cursor {
        cursor: String,
        next: String,
        items: Option<String>,
        has_more: Option<String>,
    },
    LastItem {
        cursor: String,
        member: Option<String>,
        items: Option<String>,
        has_more: Option<String>,
    },
    Offset {
        offset: String,
        limit: Option<String>,
        items: Option<String>,
        total: Option<String>,
    },
    PageNumber {
        page: String,
        first: Option<u32>,
        size: Option<String>,
        items: Option<String>,
        total_pages: Option<String>,
    },
    NextUrl {
        next: String,
        items: Option<String>,
    },
    LinkHeader {
        items: Option<String>,
    },
}

/// What an operation says of its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Paging {
    /// Nothing: look at its parameters and its answer.
    Unsaid,
    /// `x-portolan-pagination: false`: it looks like pages, but is none.
    None,
    /// This way.
    Said(Pagination),
}

/// Reads `x-portolan-pagination`: an object whose `style` is one of the model's, ways into the answer written as member
/// names joined by dots; or `false`.
pub(crate) fn pagination(operation: &Node, diagnostics: &mut Diagnostics) -> Paging {
    let Some(node) = operation.get("x-portolan-pagination") else {
        return Paging::Unsaid;
    };
    if let Value::Bool(false) = node.value {
        return Paging::None;
    }
    let mut found = Diagnostics::new();
    let Ok(said) = deserialize::<PaginationRule>(node, &mut found) else {
        // A wrong extension must not cost the document: the rules still apply.
        for diagnostic in &found {
            let mut warning = Diagnostic::warning(
                "invalid-extension",
                format!(
                    "`x-portolan-pagination` was ignored: {}",
                    diagnostic.message
                ),
            )
            .at(diagnostic.span());
            for help in &diagnostic.help {
                warning = warning.help(help.clone());
            }
            diagnostics.push(warning);
        }
        return Paging::Unsaid;
    };
    Paging::Said(said.into())
}

impl From<PaginationRule> for Pagination {
    fn from(said: PaginationRule) -> Pagination {
        let path = |text: String| {
            FieldPath(
                text.split('.')
                    .filter(|name| !name.is_empty())
                    .map(Name::from)
                    .collect(),
            )
        };
        let items = |text: Option<String>| text.map(path).unwrap_or_default();
        match said {
            PaginationRule::Cursor {
                cursor,
                next,
                items: list,
                has_more,
            } => Pagination::Cursor {
                cursor: cursor.into(),
                next: path(next),
                items: items(list),
                has_more: has_more.map(path),
            },
            PaginationRule::LastItem {
                cursor,
                member,
                items: list,
                has_more,
            } => Pagination::LastItem {
                cursor: cursor.into(),
                member: path(member.unwrap_or_else(|| "id".to_owned())),
                items: items(list),
                has_more: has_more.map(path),
            },
            PaginationRule::Offset {
                offset,
                limit,
                items: list,
                total,
            } => Pagination::Offset {
                offset: offset.into(),
                limit: limit.map(Name::from),
                items: items(list),
                total: total.map(path),
            },
            PaginationRule::PageNumber {
                page,
                first,
                size,
                items: list,
                total_pages,
            } => Pagination::PageNumber {
                page: page.into(),
                first: first.unwrap_or(1),
                size: size.map(Name::from),
                items: items(list),
                total_pages: total_pages.map(path),
            },
            PaginationRule::NextUrl { next, items: list } => Pagination::NextUrl {
                next: path(next),
                items: items(list),
            },
            PaginationRule::LinkHeader { items: list } => {
                Pagination::LinkHeader { items: items(list) }
            }
        }
    }
}
