//! Older versions of an API, as portolan.toml names them: each of another name, days as days, documents in the project.

use super::ProjectFile;
use portolan_source::{Diagnostic, Diagnostics, Node, Span};
use std::collections::BTreeMap;

/// Checks what the types alone cannot say.
pub(super) fn check(node: &Node, file: &ProjectFile, diagnostics: &mut Diagnostics) {
    for (index, api) in file.apis.iter().enumerate() {
        let entry = node.get("apis").and_then(|apis| apis.items().get(index));
        check_day(api.released.as_deref(), entry, node.span, diagnostics);
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (place, version) in api.versions.iter().enumerate() {
            let entry = entry
                .and_then(|entry| entry.get("versions"))
                .and_then(|versions| versions.items().get(place));
            let span_of = |key: &str| {
                let value = entry.and_then(|entry| entry.get(key));
                value.map_or(node.span, |value| value.span)
            };
            check_day(version.released.as_deref(), entry, node.span, diagnostics);
            let span = span_of("version");
            if version.version.trim().is_empty() {
                let message = format!("a version of `{}` has no name", api.id);
                diagnostics.push(Diagnostic::error("invalid-id", message).at(span).help(
                    "name it as people know it, e.g. `1.3` or `2025-10`: it is part of its address",
                ));
            }
            if let Some(first) = seen.insert(version.version.trim(), span) {
                let message = format!(
                    "two versions of `{}` are called `{}`",
                    api.id, version.version
                );
                diagnostics.push(
                    Diagnostic::error("duplicate-id", message)
                        .at(span)
                        .label(first, "first used here")
                        .help(
                            "names of versions are addresses in the portal, so each must be unique",
                        ),
                );
            }
            let overlays = version.overlays.iter().map(|path| ("overlays", path));
            for (key, path) in [("document", &version.document)]
                .into_iter()
                .chain(overlays)
            {
                if path.is_absolute() || path.starts_with("~") {
                    let message = format!("`{key}` of `{}` is not relative to the project", api.id);
                    diagnostics.push(
                        Diagnostic::error("absolute-path", message).at(span_of(key)).help(
                            "a project is built on other machines too: write the path from the project file",
                        ),
                    );
                }
            }
        }
    }
}

fn check_day(day: Option<&str>, entry: Option<&Node>, around: Span, diagnostics: &mut Diagnostics) {
    let Some(day) = day.filter(|day| !is_day(day)) else {
        return;
    };
    let value = entry.and_then(|entry| entry.get("released"));
    diagnostics.push(
        Diagnostic::error("invalid-value", format!("`{day}` is no day"))
            .at(value.map_or(around, |value| value.span))
            .help("write the year, the month and the day, e.g. `2026-03-17`"),
    );
}

/// A day of the calendar, as RFC 3339 writes it.
fn is_day(day: &str) -> bool {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().unwrap_or_default())
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2026-03-17", "2024-02-29", "2000-02-29", "1999-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for day in [
            "2026-3-17",
            "2025-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-04-31",
            "17.3.2026",
            "2026-03-1x",
            "",
        ] {
            assert!(!is_day(day), "{day}");
        }
    }
}
