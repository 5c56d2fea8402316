//! Types, and what is declared to be of them, over as many lines as they need.

use super::WIDTH;

/// `name: annotation`, or `name: annotation = value`, as a statement. Of a value over several lines the first one counts.
pub(in super::super) fn declaration(
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
        let broken = in_brackets(depth, value)
            .filter(|value| bars(value).len() == 1 && fits(depth, &format!("{head} = {value}")))
            .or_else(|| in_parentheses(depth, value));
        return match broken {
            Some(value) => format!("{head} = {value}"),
            None => format!("{head}{tail}"),
        };
    }
    // Where the name alone is too long, parentheses make no line shorter.
    if !fits(depth, &format!("{name}: (")) {
        return format!("{head}{tail}");
    }
    let broken = match bars(annotation).len() {
        1 => in_brackets(depth, annotation).or_else(|| in_parentheses(depth, annotation)),
        _ => in_parentheses(depth, annotation),
    };
    format!("{name}: {}{tail}", broken.as_deref().unwrap_or(annotation))
}

/// A parameter on a line of its own: a choice that is too long for it breaks in front of its bars.
pub(in super::super) fn parameter(
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
pub(in super::super) fn lambda(depth: usize, prefix: &str, value: &str) -> String {
    let one = format!("{prefix}lambda: {value}");
    if depth * 4 + one.chars().count() < WIDTH {
        return one;
    }
    let broken = in_brackets(depth, value).or_else(|| in_parentheses(depth, value));
    broken.map_or(one, |value| format!("{prefix}lambda: {value}"))
}

/// The start of a constant `name: class[argument] = class(`, and whether the call has to stand in parentheses.
pub(in super::super) fn constant(
    name: &str,
    class: &str,
    argument: Option<&str>,
) -> (String, bool) {
    let annotation = argument.map_or_else(String::new, |argument| format!(": {class}[{argument}]"));
    let fits = |line: &str| line.chars().count() <= WIDTH;
    if fits(&format!("{name}{annotation} = {class}(")) {
        return (format!("{name}{annotation} = "), false);
    }
    match argument {
        Some(argument) if !fits(&format!("{name}{annotation} = (")) => {
            let argument = on_lines(1, argument, 0);
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
    let body = if text.contains('\n') || fits(text) {
        text.replace('\n', "\n    ")
    } else if bars(text).len() > 1 {
        on_lines(depth + 1, text, 0)
    } else {
        return None;
    };
    Some(format!("(\n{inner}{body}\n{outer})"))
}

/// A type that stands alone on its lines, but for `behind` characters that follow it: a choice breaks in front of its bars,
/// what is in brackets breaks behind its commas.
pub(super) fn on_lines(depth: usize, text: &str, behind: usize) -> String {
    if depth * 4 + text.chars().count() + behind <= WIDTH {
        return text.to_owned();
    }
    let choices = bars(text);
    if choices.len() == 1 {
        return in_brackets(depth, text).unwrap_or_else(|| text.to_owned());
    }
    let last = choices.len() - 1;
    let lines: Vec<String> = choices
        .iter()
        .enumerate()
        .map(|(index, choice)| {
            let bar = if index == 0 { 0 } else { 2 };
            let behind = if index == last { behind } else { 0 };
            if depth * 4 + bar + choice.chars().count() + behind <= WIDTH {
                (*choice).to_owned()
            } else {
                in_brackets(depth, choice).unwrap_or_else(|| (*choice).to_owned())
            }
        })
        .collect();
    lines.join(&format!("\n{}| ", "    ".repeat(depth)))
}

/// `list[item]` with its arguments on a line of their own, or one a line.
fn in_brackets(depth: usize, text: &str) -> Option<String> {
    let (class, argument) = text.strip_suffix(']')?.split_once('[')?;
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    let arguments = parts(argument, ',');
    let body = if inner.len() + argument.chars().count() <= WIDTH {
        argument.to_owned()
    } else if let [one] = arguments.as_slice() {
        on_lines(depth + 1, one, 0)
    } else {
        let lines: Vec<String> = arguments
            .iter()
            .map(|argument| format!("{},", on_lines(depth + 1, argument, 1)))
            .collect();
        lines.join(&format!("\n{inner}"))
    };
    Some(format!("{class}[\n{inner}{body}\n{outer}]"))
}

/// `class[item, item]suffix`, its arguments together on a line of their own, or one a line.
pub(in super::super) fn subscript(
    depth: usize,
    class: &str,
    arguments: &[String],
    suffix: &str,
) -> String {
    let text = format!("{class}[{}]", arguments.join(", "));
    format!("{}{suffix}", on_lines(depth, &text, suffix.len()))
}

/// A type as a value, behind `return `.
pub(in super::super) fn returned_value(depth: usize, text: &str) -> String {
    on_lines(depth, text, "return ".len())
}

/// What a function returns, behind `) -> ` and in front of a colon.
pub(in super::super) fn returned(depth: usize, text: &str) -> String {
    if depth * 4 + ") -> :".len() + text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let broken = match bars(text).len() {
        1 => in_brackets(depth, text),
        _ => in_parentheses(depth, text),
    };
    broken.unwrap_or_else(|| text.to_owned())
}

/// The choices of a type.
fn bars(text: &str) -> Vec<&str> {
    parts(text, '|')
}

/// The parts of a type between the marks that stand in no brackets and in no text.
fn parts(text: &str, mark: char) -> Vec<&str> {
    let mut list = Vec::new();
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
            (None, found) if found == mark && level == 0 => {
                list.push(text[start..index].trim_end());
                start = index + 1;
            }
            _ => {}
        }
    }
    list.push(&text[start..]);
    list.into_iter().map(str::trim).collect()
}
