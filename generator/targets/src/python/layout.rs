//! Lines as `ruff format` would lay them out: on one line where they fit, else one item a line with a comma behind each.

/// The longest line, as in the emitted `pyproject.toml`.
pub(super) const WIDTH: usize = 100;

/// `prefix(items)suffix`, at the given depth of four spaces. The first line carries no indent.
pub(super) fn call(
    depth: usize,
    prefix: &str,
    open: char,
    items: &[String],
    close: char,
    suffix: &str,
) -> String {
    let one = format!("{prefix}{open}{}{close}{suffix}", items.join(", "));
    if depth * 4 + one.chars().count() <= WIDTH && !one.contains('\n') {
        return one;
    }
    let indent = "    ".repeat(depth + 1);
    let mut text = format!("{prefix}{open}\n");
    for item in items {
        // Nothing may follow a bare `*` on its line but its comma.
        text.push_str(&format!("{indent}{item},\n"));
    }
    text.push_str(&"    ".repeat(depth));
    text.push(close);
    text.push_str(suffix);
    text
}

/// A tuple: one item alone keeps its comma.
pub(super) fn tuple(depth: usize, prefix: &str, items: &[String], suffix: &str) -> String {
    match items {
        [one]
            if !one.contains('\n')
                && depth * 4 + prefix.len() + one.chars().count() + 3 + suffix.len() <= WIDTH =>
        {
            format!("{prefix}({one},){suffix}")
        }
        _ => call(depth, prefix, '(', items, ')', suffix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_stands_one_a_line() {
        let items = ["a".repeat(50), "b".repeat(60)];
        assert_eq!(
            call(1, "f", '(', &items[..1], ')', ""),
            format!("f({})", items[0])
        );
        let expected = format!("f(\n        {},\n        {},\n    )", items[0], items[1]);
        assert_eq!(call(1, "f", '(', &items, ')', ""), expected);
    }
}
