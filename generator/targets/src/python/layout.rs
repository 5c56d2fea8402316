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

/// `name(arguments)` as an item of a list: what is too long has its arguments on a line of their own.
pub(super) fn invocation(depth: usize, name: &str, arguments: &str) -> String {
    let one = format!("{name}({arguments})");
    if depth * 4 + one.chars().count() < WIDTH {
        return one;
    }
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    format!("{name}(\n{inner}{arguments}\n{outer})")
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
        // Without its comma it would just fit, and be no tuple.
        [one] => {
            let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
            format!("{prefix}(\n{inner}{one},\n{outer}){suffix}")
        }
        _ => call(depth, prefix, '(', items, ')', suffix),
    }
}

/// `name: annotation`, or `name: annotation = value`, as a statement. Of a value over several lines the first one counts.
pub(super) fn declaration(
    depth: usize,
    name: &str,
    annotation: &str,
    value: Option<&str>,
) -> String {
    let fits = |depth: usize, text: &str| {
        let first = text.lines().next().unwrap_or_default();
        depth * 4 + first.chars().count() <= WIDTH
    };
    let head = format!("{name}: {annotation}");
    let tail = value.map_or_else(String::new, |value| format!(" = {value}"));
    if fits(depth, &format!("{head}{tail}")) {
        return format!("{head}{tail}");
    }
    if let Some(value) = value
        && fits(depth, &format!("{head} = ("))
    {
        return match in_parentheses(depth, value) {
            Some(value) => format!("{head} = {value}"),
            None => format!("{head}{tail}"),
        };
    }
    let broken = match bars(annotation).len() {
        1 => in_brackets(depth, annotation).or_else(|| in_parentheses(depth, annotation)),
        _ => in_parentheses(depth, annotation),
    };
    format!("{name}: {}{tail}", broken.as_deref().unwrap_or(annotation))
}

/// A parameter on a line of its own: a choice that is too long for it breaks in front of its bars.
pub(super) fn parameter(
    depth: usize,
    name: &str,
    annotation: &str,
    default: Option<&str>,
) -> String {
    let tail = default.map_or_else(String::new, |default| format!(" = {default}"));
    let one = format!("{name}: {annotation}{tail}");
    if depth * 4 + one.chars().count() < WIDTH {
        return one;
    }
    let choices = bars(annotation);
    let mut head = format!("{name}: ");
    let mut lines = Vec::with_capacity(choices.len());
    for choice in &choices {
        // The tail or the comma stands behind the last one.
        let behind = if lines.len() + 1 == choices.len() {
            tail.len() + 1
        } else {
            0
        };
        let too_long = depth * 4 + head.len() + choice.len() + behind > WIDTH;
        let broken = too_long.then(|| in_brackets(depth, choice)).flatten();
        lines.push(format!("{head}{}", broken.as_deref().unwrap_or(choice)));
        head = "| ".to_owned();
    }
    let joint = format!("\n{}", "    ".repeat(depth));
    format!("{}{tail}", lines.join(&joint))
}

/// `lambda: value` as the last thing of a line, its value in parentheses where the line would be too long.
pub(super) fn lambda(depth: usize, prefix: &str, value: &str) -> String {
    let one = format!("{prefix}lambda: {value}");
    if depth * 4 + one.chars().count() < WIDTH {
        return one;
    }
    let broken = in_brackets(depth, value).or_else(|| in_parentheses(depth, value));
    broken.map_or(one, |value| format!("{prefix}lambda: {value}"))
}

/// The start of a constant `name: class[argument] = class(`, and whether the call has to stand in parentheses.
pub(super) fn constant(name: &str, class: &str, argument: Option<&str>) -> (String, bool) {
    let annotation = argument.map_or_else(String::new, |argument| format!(": {class}[{argument}]"));
    let fits = |line: &str| line.chars().count() <= WIDTH;
    if fits(&format!("{name}{annotation} = {class}(")) {
        return (format!("{name}{annotation} = "), false);
    }
    match argument {
        Some(argument) if !fits(&format!("{name}{annotation} = (")) => {
            (format!("{name}: {class}[\n    {argument}\n] = "), false)
        }
        _ => (format!("{name}{annotation} = "), true),
    }
}

/// The text on lines of its own between parentheses; a choice that is too long even so stands one a line.
fn in_parentheses(depth: usize, text: &str) -> Option<String> {
    let outer = "    ".repeat(depth);
    let inner = "    ".repeat(depth + 1);
    let fits = |line: &str| inner.len() + line.chars().count() <= WIDTH;
    let choices = bars(text);
    let body = if text.contains('\n') || fits(text) {
        text.replace('\n', "\n    ")
    } else if choices.len() > 1 {
        choices.join(&format!("\n{inner}| "))
    } else {
        return None;
    };
    Some(format!("(\n{inner}{body}\n{outer})"))
}

/// `list[item]` with its argument on a line of its own.
fn in_brackets(depth: usize, text: &str) -> Option<String> {
    let (class, argument) = text.strip_suffix(']')?.split_once('[')?;
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    Some(format!("{class}[\n{inner}{argument}\n{outer}]"))
}

/// The parts of a type between the bars that stand in no brackets and in no text.
fn bars(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut level, mut quote, mut escaped) = (0, 0_usize, None, false);
    for (index, character) in text.char_indices() {
        match (quote, character) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), found) if open == found => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '(' | '{') => level += 1,
            (None, ']' | ')' | '}') => level = level.saturating_sub(1),
            (None, '|') if level == 0 => {
                parts.push(text[start..index].trim_end());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).collect()
}

/// An item that was laid out with the comma behind it, which the list around it writes itself.
pub(super) fn item(mut text: String) -> String {
    text.pop();
    text
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

    #[test]
    fn one_item_is_a_tuple_whatever_its_length() {
        for length in 80..110 {
            let text = tuple(1, "a=", &["i".repeat(length)], ",");
            assert!(
                text.contains("i,\n    )") || text.ends_with("i,),"),
                "{text}"
            );
            assert!(text.lines().all(|line| line.len() <= WIDTH.max(length + 9)));
        }
    }

    #[test]
    fn what_is_too_long_for_a_declaration_stands_in_parentheses_or_brackets() {
        let (long, list) = ("A".repeat(60), format!("list[{}]", "A".repeat(60)));
        let declared = |annotation: &str, value| declaration(1, &"n".repeat(40), annotation, value);
        let name = "n".repeat(40);
        assert_eq!(declared("int", Some("None")), format!("{name}: int = None"));
        assert_eq!(
            declared(&long, None),
            format!("{name}: (\n        {long}\n    )")
        );
        let value = "_models.Field(\n        default=None,\n    )";
        assert_eq!(
            declared(&"A".repeat(45), Some(value)),
            format!(
                "{name}: {} = (\n        _models.Field(\n            default=None,\n        )\n    )",
                "A".repeat(45)
            )
        );
        assert_eq!(
            declared(&list, None),
            format!("{name}: list[\n        {long}\n    ]")
        );
        let choice = format!("{list} | None");
        assert_eq!(
            declared(&choice, Some("None")),
            format!("{name}: (\n        {choice}\n    ) = None")
        );
    }

    #[test]
    fn a_parameter_breaks_in_front_of_bars_that_stand_in_nothing() {
        let annotation = format!("list[{} | str] | Literal[\"a | b\"] | None", "A".repeat(70));
        let expected = annotation.replace("] | ", "]\n        | ");
        assert_eq!(
            parameter(2, "name", &annotation, Some("None")),
            format!("name: {expected} = None")
        );
    }
}
