//! Closing brackets that stand too far left.
//!
//! YAML 1.2.2, 7.4 wants every line of a flow collection indented further than its parent, and saphyr-parser insists;
//! libyaml, which most people's tools are made of, does not, and real documents close their brackets below the key.

use super::offsets::Offsets;
use crate::Diagnostic;

/// The text with the line of the closing bracket at `at` joined to the line above, every other byte in its place; `None`
/// when something else stands there.
pub(super) fn join_line(text: &str, at: usize) -> Option<String> {
    let bracket = bracket(text, at)?;
    let start = text[..bracket].rfind('\n')?;
    let above = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    // A comment would swallow the bracket.
    if text[above..start].contains('#') {
        return None;
    }
    let end = if text[..start].ends_with('\r') {
        start - 1
    } else {
        start
    };
    let mut better = String::with_capacity(text.len());
    better.push_str(&text[..end]);
    better.extend(std::iter::repeat_n(' ', start + 1 - end));
    better.push_str(&text[start + 1..]);
    Some(better)
}

/// The first sign of the line that `at` lies in or behind, when it closes a bracket.
fn bracket(text: &str, at: usize) -> Option<usize> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    [start, at].into_iter().find_map(|from| {
        let rest = &text[from..];
        let sign = rest.len() - rest.trim_start().len();
        rest[sign..].starts_with([']', '}']).then_some(from + sign)
    })
}

pub(super) fn warning(offsets: &Offsets<'_>, text: &str, at: u32) -> Diagnostic {
    let at = bracket(text, at as usize).unwrap_or(at as usize);
    Diagnostic::warning("yaml-indentation", "this bracket stands too far left")
        .at(offsets.bytes(at, at + 1))
        .help("indent it further than the key that the brackets belong to")
}
