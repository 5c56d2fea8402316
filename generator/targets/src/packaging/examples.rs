//! The samples of one call as reference.md shows them: one block per named example, each under what it is about.

use portolan_emit::{Code, Language, literal::markdown};
use std::borrow::Cow;

/// The blocks one below the other; where there are several, each under its title.
pub(crate) fn examples<'t>(blocks: impl IntoIterator<Item = (Option<Cow<'t, str>>, Code)>) -> Code {
    let blocks: Vec<(Option<Cow<'_, str>>, Code)> = blocks.into_iter().collect();
    let several = blocks.len() > 1;
    let blocks: Vec<String> = blocks
        .into_iter()
        .map(|(title, block)| match title.filter(|_| several) {
            Some(title) => format!("{}:\n\n{block}", markdown::text(&title)),
            None => block.to_string(),
        })
        .collect();
    Code::new(Language::Markdown, blocks.join("\n\n"))
}
