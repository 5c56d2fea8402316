//! The same tree as Markdown, for machines.

use super::row::{Fact, Inside, Row};
use crate::locale::Locale;
use std::fmt::Write as _;

/// Markdown lines of rows, for machines: the same tree, indented.
pub(crate) fn markdown(locale: &Locale, rows: &[Row], depth: usize, out: &mut String) {
    for row in rows {
        let indent = "  ".repeat(depth);
        let ty = crate::twin::strip_tags(row.ty.as_str());
        let marks = row
            .marks
            .iter()
            .map(|mark| format!(", {}", mark.words))
            .collect::<String>();
        let name = if row.name.is_empty() {
            String::new()
        } else {
            format!("`{}` ", row.name)
        };
        let _ = write!(out, "{indent}- {name}({ty}{marks})");
        if let Some(docs) = &row.docs {
            let words = crate::twin::strip_tags(docs.as_str());
            let _ = write!(
                out,
                " {}",
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
        facts(&row.facts, out);
        if !row.values.is_empty() {
            let words = locale.say("one-of-values");
            let _ = write!(out, " {words} {}.", row.values.join(", "));
        }
        for note in &row.notes {
            let _ = write!(out, " {}", crate::twin::strip_tags(note.as_str()));
        }
        out.push('\n');
        for value in &row.described {
            let words = crate::twin::strip_tags(value.docs.as_str());
            let name = value.name.as_ref().map(|name| format!(" {name}"));
            let deprecated = value.deprecated.then(|| locale.say("mark-deprecated"));
            let deprecated = deprecated.map(|words| format!(" ({words})"));
            let _ = writeln!(
                out,
                "{indent}  - `{}`{}{}: {}",
                value.value,
                name.unwrap_or_default(),
                deprecated.unwrap_or_default(),
                words.trim()
            );
        }
        if let Some(inside) = &row.inside {
            markdown_inside(locale, inside, depth + 1, out);
        }
    }
}

/// Markdown lines of what is inside a row or a body.
pub(crate) fn markdown_inside(locale: &Locale, inside: &Inside, depth: usize, out: &mut String) {
    markdown(locale, &inside.rows, depth, out);
    for choice in &inside.choices {
        let _ = write!(out, "{}- {}", "  ".repeat(depth), choice.title);
        let title = choice.title.to_lowercase();
        let ty = crate::twin::strip_tags(choice.ty.as_str());
        if ty.to_lowercase() != title {
            let _ = write!(out, ": {ty}");
        }
        if let Some(tag) = &choice.tag {
            let _ = write!(out, " ({})", crate::twin::strip_tags(tag.as_str()));
        }
        if choice.deprecated {
            let _ = write!(out, " ({})", locale.say("mark-deprecated"));
        }
        if let Some(docs) = &choice.docs {
            let words = crate::twin::strip_tags(docs.as_str());
            let words = words.split_whitespace().collect::<Vec<_>>();
            let _ = write!(out, " {}", words.join(" "));
        }
        if !choice.values.is_empty() {
            let words = locale.say("one-of-values");
            let _ = write!(out, " {words} {}.", choice.values.join(", "));
        }
        facts(&choice.facts, out);
        for note in &choice.notes {
            let _ = write!(out, " {}", crate::twin::strip_tags(note.as_str()));
        }
        out.push('\n');
        markdown(locale, &choice.rows, depth + 1, out);
    }
}

/// Limits and examples behind a row.
pub(crate) fn facts(facts: &[Fact], out: &mut String) {
    for fact in facts {
        let words = [&fact.words, &fact.value, &fact.unit];
        let words: Vec<&str> = words.iter().flat_map(|it| it.split_whitespace()).collect();
        let _ = write!(out, " {};", words.join(" "));
    }
}
