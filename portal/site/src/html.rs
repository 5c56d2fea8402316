//! Text that may stand in HTML as it is.

use minijinja::Value;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// HTML that this crate made: text went in escaped, addresses went in checked.
///
/// Templates print it as it is; every other string they escape.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Html(Arc<str>);

impl Html {
    /// Declares that `text` is safe: only this crate's own writers call it.
    pub(crate) fn new(text: impl Into<Arc<str>>) -> Html {
        Html(text.into())
    }

    /// Text without markup.
    pub(crate) fn text(text: &str) -> Html {
        let mut html = String::with_capacity(text.len());
        escape(text, &mut html);
        Html::new(html)
    }

    /// Text as code.
    pub(crate) fn code(text: &str) -> Html {
        let mut html = String::from("<code>");
        escape(text, &mut html);
        Html::new(html + "</code>")
    }

    /// Several with the same text between them.
    pub(crate) fn joined(parts: &[Html], separator: &str) -> Html {
        let mut html = String::new();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                escape(separator, &mut html);
            }
            html.push_str(part.as_str());
        }
        Html::new(html)
    }

    /// The markup.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Inside a template's context a string that is not escaped again.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if minijinja::value::serializing_for_value() {
            Value::from_safe_string(self.0.to_string()).serialize(serializer)
        } else {
            serializer.serialize_str(&self.0)
        }
    }
}

/// Writes `text` so that it is text, between tags and inside quoted attributes.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let html = Html::text(r#"<a href='x' title="y">&</a>"#);
        assert_eq!(
            html.as_str(),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;"
        );
    }
}
