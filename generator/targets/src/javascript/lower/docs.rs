//! What the document says of things, as comments.

use super::super::package::Property;
use super::super::value::{key, typed};
use crate::docs;
use portolan_emit::{Code, Language, comment};
use portolan_model::Docs;

/// The width of lines of documentation.
const WIDTH: usize = 100;

/// A member of an interface.
pub(in super::super) fn property(
    name: &str,
    required: bool,
    text: &str,
    docs: Vec<Code>,
) -> Property {
    let declaration = if required {
        format!("{}: {text}", key(name))
    } else {
        format!("{}?: {text} | undefined", key(name))
    };
    Property {
        docs,
        declaration: typed(declaration),
    }
}

/// What the document says, as lines of a comment.
pub(in super::super) fn documentation(
    docs: &Docs,
    deprecated: bool,
    title: Option<&str>,
) -> Vec<Code> {
    let mut lines: Vec<Code> = Vec::new();
    let mut add = |text: &str| {
        let text = docs::lines(text, WIDTH);
        if !text.is_empty() && !lines.is_empty() {
            lines.push(comment::line(Language::TypeScript, ""));
        }
        let words = |line: &String| comment::words(Language::TypeScript, line);
        lines.extend(text.iter().map(words));
    };
    match (&docs.summary, title, &docs.description) {
        (Some(summary), _, _) => add(summary),
        (None, Some(title), None) => add(title),
        _ => {}
    }
    if let Some(description) = &docs.description
        && docs.summary.as_ref() != Some(description)
    {
        add(description);
    }
    if let Some(external) = &docs.external {
        add(&format!("See {}", external.url));
    }
    lines.extend(deprecated.then(|| comment::line(Language::TypeScript, "@deprecated")));
    lines
}

/// What the document says of a member or a parameter, and its limits; a tag stands last, or it would take them for its own.
pub(in super::super) fn described(
    docs: &Docs,
    deprecated: bool,
    limits: Option<Code>,
) -> Vec<Code> {
    let mut lines = documentation(docs, false, None);
    lines.extend(limits);
    lines.extend(deprecated.then(|| comment::line(Language::TypeScript, "@deprecated")));
    lines
}
