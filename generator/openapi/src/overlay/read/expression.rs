//! The texts of JSONPath in an overlay, and places inside of them.

use super::super::query::{self, Query};
use super::Reader;
use portolan_source::{Diagnostic, Node, Span};

/// A JSONPath with its text and its place.
pub(in crate::overlay) struct Expression {
    pub(in crate::overlay) query: Query,
    pub(in crate::overlay) text: Box<str>,
    pub(in crate::overlay) span: Span,
}

impl Reader<'_> {
    pub(super) fn expression(&mut self, key: &str, node: &Node) -> Option<Expression> {
        let Some(text) = node.as_str() else {
            self.invalid(
                format!("`{key}` is a JSONPath, not {}", node.kind()),
                crate::overlay::head(node.span),
                "write e.g. `$.paths['/pets'].get`",
            );
            return None;
        };
        match query::parse(text) {
            Ok(parsed) => {
                for (at, name) in parsed.bare {
                    let span = self.inside(node, at, name.len());
                    self.diagnostics.push(
                        Diagnostic::warning("bare-name", format!("`{name}` stands without brackets in a JSONPath"))
                            .at(span)
                            .help(format!("write `['{name}']`: other tools refuse a hyphen there (RFC 9535, 2.5.1)")),
                    );
                }
                Some(Expression {
                    query: parsed.query,
                    text: text.into(),
                    span: node.span,
                })
            }
            Err(mistake) => {
                let width = text
                    .get(mistake.at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8);
                let span = self.inside(node, mistake.at, width);
                let mut message = format!("`{text}` is no JSONPath: {}", mistake.message);
                if span == node.span {
                    message.push_str(&format!(
                        " (character {})",
                        text[..mistake.at].chars().count() + 1
                    ));
                }
                let diagnostic = Diagnostic::error("invalid-json-path", message).at(span);
                self.diagnostics.push(match mistake.help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                });
                None
            }
        }
    }

    /// The place of a part of a text; that of the whole text when it is not written as it is meant (escapes, folds).
    fn inside(&self, node: &Node, at: usize, width: usize) -> Span {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let (written, meant) = (self.text.get(start..end), node.as_str());
        let (Some(written), Some(meant)) = (written, meant) else {
            return node.span;
        };
        let offset = match written.find(meant) {
            Some(offset) if written.len() == meant.len() + 2 * offset && offset < 2 => offset,
            _ => return node.span,
        };
        let from = (start + offset + at).min(end.saturating_sub(1));
        let to = (from + width).min(end);
        match (u32::try_from(from), u32::try_from(to)) {
            (Ok(from), Ok(to)) => Span::new(node.span.source, from, to),
            _ => node.span,
        }
    }
}
