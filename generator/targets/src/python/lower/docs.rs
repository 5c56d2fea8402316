//! Words of the document -> lines of docstrings.

use super::super::literal::code;
use crate::docs;
use portolan_emit::{Code, Language, comment};
use portolan_model::Docs;

/// Columns that words may take.
const WIDTH: usize = 88;

/// The lines of a docstring: the summary, then the description where it says more.
pub(super) fn docstring(docs: &Docs, depth: usize) -> Vec<Code> {
    let mut text = String::new();
    for part in [&docs.summary, &docs.description].into_iter().flatten() {
        let part = part.trim();
        if !part.is_empty() && !text.starts_with(part) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
            let ends = part.ends_with(['.', '!', '?', ':', '`', '>', '|', ')']);
            if !ends && !part.contains('\n') {
                text.push('.');
            }
        }
    }
    lines(&text, WIDTH.saturating_sub(depth * 4))
}

/// A whole docstring at this depth, quotes and all; `None` when there is nothing to say.
pub(super) fn block(lines: &[Code], depth: usize) -> Option<Code> {
    let (first, rest) = lines.split_first()?;
    if rest.is_empty() {
        return Some(code(format!("\"\"\"{first}\"\"\"")));
    }
    let indent = "    ".repeat(depth);
    let mut text = format!("\"\"\"{first}\n");
    for line in rest {
        if !line.as_str().is_empty() {
            text.push_str(&indent);
            text.push_str(line.as_str());
        }
        text.push('\n');
    }
    text.push_str(&indent);
    text.push_str("\"\"\"");
    Some(code(text))
}

/// What a document says of a thing, as a whole docstring.
pub(super) fn documented(docs: &Docs, depth: usize) -> Option<Code> {
    block(&docstring(docs, depth), depth)
}

/// The same for a member.
pub(super) fn documented_member(docs: &Docs, deprecated: bool, depth: usize) -> Option<Code> {
    let mut lines = docstring(docs, depth);
    if deprecated {
        let first = lines.first().map(|line| format!("Deprecated. {line}"));
        let first = code(first.unwrap_or_else(|| "Deprecated.".to_owned()));
        match lines.first_mut() {
            Some(line) => *line = first,
            None => lines.push(first),
        }
    }
    block(&lines, depth)
}

/// A default, for people.
pub(super) fn default_note(value: Option<&portolan_model::Value>) -> String {
    match value {
        None => String::new(),
        Some(portolan_model::Value::String(text)) => format!(" (default `{text}`)"),
        Some(value) => format!(" (default `{}`)", value.to_json()),
    }
}

/// Text as lines of comments.
pub(super) fn lines(text: &str, width: usize) -> Vec<Code> {
    docs::lines(text, width.max(40))
        .iter()
        .map(|line| comment::line(Language::Python, line))
        .collect()
}

/// What there is to say of an argument, as the document has it.
pub(super) fn words(docs: &Docs, fallback: &str, note: &str, deprecated: bool) -> String {
    let mark = if deprecated { "Deprecated. " } else { "" };
    let said = docs
        .description
        .as_deref()
        .or(docs.summary.as_deref())
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .unwrap_or(fallback);
    format!("{mark}{said}{note}")
}

/// `name: words`, continued with an indent, for the sections of a docstring.
pub(super) fn entry(
    name: &str,
    docs: &Docs,
    fallback: &str,
    note: &str,
    deprecated: bool,
) -> Vec<Code> {
    let mut lines: Vec<Code> = Vec::new();
    let words = docs::lines(&words(docs, fallback, note, deprecated), WIDTH - 16);
    for (index, line) in words.iter().enumerate() {
        let line = comment::line(Language::Python, line);
        lines.push(match index {
            0 => code(format!("    {name}: {line}").trim_end()),
            _ if line.as_str().is_empty() => code(""),
            _ => code(format!("        {line}")),
        });
    }
    lines
}
