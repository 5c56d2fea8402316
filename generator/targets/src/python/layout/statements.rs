//! Statements that are too long for a line.

use super::{WIDTH, call, types::on_lines};

/// `from module import item, item`.
pub(in super::super) fn import(depth: usize, module: &str, items: &[String]) -> String {
    let one = format!("from {module} import {}", items.join(", "));
    if depth * 4 + one.len() <= WIDTH {
        return one;
    }
    let prefix = format!("from {module} import ");
    // Behind the last item stands a comma only where it is broken: what is one character too long for it fits as it is.
    call(depth, &prefix, '(', items, ')', "")
}

/// `prefix(item, item)suffix`: on one line, else its items together on the next, else one a line.
pub(in super::super) fn invoked(
    depth: usize,
    prefix: &str,
    items: &[String],
    suffix: &str,
) -> String {
    let joined = items.join(", ");
    let one = format!("{prefix}({joined}){suffix}");
    let fits = |depth: usize, text: &str| depth * 4 + text.chars().count() <= WIDTH;
    if fits(depth, &one) {
        return one;
    }
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    if fits(depth + 1, &joined) {
        return format!("{prefix}(\n{inner}{joined}\n{outer}){suffix}");
    }
    let items: Vec<String> = items
        .iter()
        .map(|item| on_lines(depth + 1, item, 1))
        .collect();
    call(depth, prefix, '(', &items, ')', suffix)
}

/// `a or b` as an argument on a line of its own.
pub(in super::super) fn either(depth: usize, one: &str, other: &str) -> String {
    if depth * 4 + one.len() + " or ,".len() + other.len() <= WIDTH {
        return format!("{one} or {other}");
    }
    format!("{one}\n{}or {other}", "    ".repeat(depth))
}

/// `assert isinstance(result, A | B)`.
pub(in super::super) fn assertion(depth: usize, value: &str, kinds: &[String]) -> String {
    let items = [value.to_owned(), kinds.join(" | ")];
    invoked(depth, "assert isinstance", &items, "")
}

/// `assert all(isinstance(item, A | B) for item in items)`.
pub(in super::super) fn all(depth: usize, items: &str, kinds: &[String]) -> String {
    let kinds = ["item".to_owned(), kinds.join(" | ")];
    let every = format!("for item in {items}");
    let one = format!("isinstance({}) {every}", kinds.join(", "));
    let fits = |depth: usize, text: &str| depth * 4 + text.chars().count() <= WIDTH;
    if fits(depth, &format!("assert all({one})")) {
        return format!("assert all({one})");
    }
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    let body = if fits(depth + 1, &one) {
        one
    } else {
        let tested = invoked(depth + 1, "isinstance", &kinds, "");
        format!("{tested}\n{inner}{every}")
    };
    format!("assert all(\n{inner}{body}\n{outer})")
}

/// `name = value`, the value on lines of its own between parentheses where its first line is too long beside the name alone.
/// It is asked for behind what stands to its left, at a depth.
pub(in super::super) fn assignment(
    depth: usize,
    name: &str,
    value: impl Fn(usize, &str) -> String,
) -> String {
    let fits = |depth: usize, text: &str| {
        let first = text.lines().next().unwrap_or_default();
        depth * 4 + first.chars().count() <= WIDTH
    };
    let plain = value(depth, &format!("{name} = "));
    if fits(depth, &plain) {
        return plain;
    }
    let alone = value(depth + 1, "");
    if !fits(depth + 1, &alone) {
        return plain;
    }
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    format!("{name} = (\n{inner}{alone}\n{outer})")
}
