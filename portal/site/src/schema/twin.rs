//! The same tree as Markdown, for machines.

use super::row::{Inside, Row};
use crate::locale::Locale;

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
        out.push_str(&format!("{indent}- {name}({ty}{marks})"));
        if let Some(docs) = &row.docs {
            let words = crate::twin::strip_tags(docs.as_str());
            out.push_str(&format!(
                " {}",
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
        }
        for fact in &row.facts {
            out.push_str(
                &format!(" {} {} {}", fact.words, fact.value, fact.unit)
                    .trim_end()
                    .replace('\n', " "),
            );
            out.push(';');
        }
        if !row.values.is_empty() {
            let words = locale.say("one-of-values");
            out.push_str(&format!(" {words} {}.", row.values.join(", ")));
        }
        out.push('\n');
        for value in &row.described {
            let words = crate::twin::strip_tags(value.docs.as_str());
            out.push_str(&format!(
                "{indent}  - `{}`: {}\n",
                value.value,
                words.trim()
            ));
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
        out.push_str(&format!("{}- {}", "  ".repeat(depth), choice.title));
        if let Some(tag) = &choice.tag {
            out.push_str(&format!(" ({})", crate::twin::strip_tags(tag.as_str())));
        }
        out.push('\n');
        markdown(locale, &choice.rows, depth + 1, out);
    }
}
