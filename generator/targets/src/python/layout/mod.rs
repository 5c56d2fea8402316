//! Lines as `ruff format` would lay them out: on one line where they fit, else one item a line with a comma behind each.

mod statements;
mod types;

pub(super) use statements::{all, assertion, assignment, either, import, invoked};
pub(super) use types::{
    constant, declaration, lambda, parameter, returned, returned_value, subscript,
};

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
        assert_eq!(
            declared("T", Some(&list)),
            format!("{name}: T = list[\n        {long}\n    ]")
        );
        let endless = "n".repeat(95);
        assert_eq!(
            declaration(1, &endless, "float", None),
            format!("{endless}: float")
        );
    }

    #[test]
    fn the_second_of_two_values_stands_below_the_first_where_they_are_long() {
        assert_eq!(either(5, "a", "b"), "a or b");
        let (one, other) = ("a".repeat(30), "b".repeat(46));
        assert_eq!(
            either(5, &one, &other),
            format!("{one}\n{}or {other}", " ".repeat(20))
        );
        assert_eq!(
            either(5, &one, &other[1..]),
            format!("{one} or {}", &other[1..])
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
