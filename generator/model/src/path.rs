//! A path of the document, taken apart once.

use crate::Name;
use serde::Serialize;

/// A path template such as `/books/{bookId}/cover.{format}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathTemplate {
    /// As the document writes it.
    pub raw: String,
    /// Its parts in order; joined they are the path, without a fragment that the document may have put behind it.
    pub parts: Vec<PathPart>,
}

/// A stretch of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathPart {
    /// Text that is sent as it stands.
    Literal(String),
    /// The place of a path parameter.
    Parameter(Name),
}

impl PathTemplate {
    /// Takes a path apart at its `{names}`; a brace that is never closed is text.
    #[must_use]
    pub fn parse(raw: &str) -> PathTemplate {
        let mut parts = Vec::new();
        let mut rest = raw;
        while let Some((before, name, after)) = rest.split_once('{').and_then(|(before, inside)| {
            inside
                .split_once('}')
                .map(|(name, after)| (before, name, after))
        }) {
            if !before.is_empty() {
                parts.push(PathPart::Literal(before.to_owned()));
            }
            parts.push(PathPart::Parameter(name.into()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(PathPart::Literal(rest.to_owned()));
        }
        PathTemplate {
            raw: raw.to_owned(),
            parts,
        }
    }

    /// The path as it is sent, with `{names}` where its parameters stand.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                PathPart::Literal(text) => text.clone(),
                PathPart::Parameter(name) => format!("{{{name}}}"),
            })
            .collect()
    }

    /// The names of its parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &Name> {
        self.parts.iter().filter_map(|part| match part {
            PathPart::Parameter(name) => Some(name),
            PathPart::Literal(_) => None,
        })
    }
}
