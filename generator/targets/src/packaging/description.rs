//! What a reference says of an operation below its headline.

use portolan_emit::literal::markdown;
use portolan_emit::{Code, comment};
use portolan_model::Docs;

/// The description where it says more than the headline, a paragraph each.
pub(crate) fn description(docs: &Docs) -> Vec<Code> {
    let text = docs.description.as_deref().unwrap_or_default();
    let first = usize::from(docs.summary.is_none());
    comment::split_lines(text.trim())
        .join("\n")
        .split("\n\n")
        .skip(first)
        .map(markdown::prose)
        .filter(|paragraph| !paragraph.as_str().is_empty())
        .collect()
}
