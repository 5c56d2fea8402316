//! What a project says of the portal's looks, with the places of what may be wrong.

use portolan_source::{Node, Span};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Colours, fonts and shapes of the portal.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ThemeSettings {
    /// Colours of the light theme, `#rrggbb`, by the name of their token: `text`, `text-secondary`, `surface`, `border`, `accent`, `get`, `code-string` and all others of portal/assets/css/tokens.css.
    pub(crate) light: BTreeMap<String, String>,
    /// Colours of the dark theme.
    pub(crate) dark: BTreeMap<String, String>,
    /// How round corners are, e.g. `6px` or `0.375rem`.
    pub(crate) radius: Option<String>,
    /// The fonts of text, best first, e.g. `Inter, Arial`.
    pub(crate) font: Option<String>,
    /// The fonts of code, best first.
    pub(crate) code_font: Option<String>,
    /// Files of fonts, which are served with the portal: pages load none from elsewhere.
    pub(crate) fonts: Vec<FontSettings>,
    /// Where the colours and the table itself stand.
    #[serde(skip)]
    pub(crate) places: Places,
}

/// A file of a font.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FontSettings {
    /// The family, as `font` names it.
    pub(crate) family: String,
    /// The file (WOFF2, WOFF, TTF or OTF), a path relative to this file.
    pub(crate) file: PathBuf,
    /// Its weight, or the range of a variable font: `400` (the default), `100 900`.
    pub(crate) weight: Option<String>,
    /// Whether it is slanted.
    #[serde(default)]
    pub(crate) italic: bool,
}

/// Where settings stand, for diagnostics.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) table: Span,
    light: BTreeMap<String, Span>,
    dark: BTreeMap<String, Span>,
}

impl Places {
    /// Of the table `portal.theme`.
    pub(super) fn of(theme: Option<&Node>) -> Places {
        let spans = |key: &str| {
            let table = theme.and_then(|theme| theme.get(key));
            let members = table.map(Node::members).unwrap_or_default();
            let spans = members
                .iter()
                .map(|member| (member.key.to_string(), member.node.span));
            spans.collect()
        };
        Places {
            table: theme.map(|theme| theme.span).unwrap_or_default(),
            light: spans("light"),
            dark: spans("dark"),
        }
    }

    /// Of a colour of the light or the dark theme.
    pub(crate) fn color(&self, light: bool, token: &str) -> Span {
        let places = if light { &self.light } else { &self.dark };
        places.get(token).copied().unwrap_or(self.table)
    }
}
