//! The version that follows from what changed, by <https://semver.org>.
//!
//! From 1.0.0 on a breaking change is a new major version, what is risky or new a minor one, words are a patch. Before, the
//! number in the middle counts what breaks and the last one all else. A version of another form (a date) has no successor.

use crate::{Difference, Severity};
use serde::Serialize;

/// Which number of a version grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// None.
    None,
    /// The last.
    Patch,
    /// The middle one.
    Minor,
    /// The first.
    Major,
}

/// What follows for the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Which number grows.
    pub bump: Bump,
    /// The version that follows; `None` when the old one is not semantic.
    pub version: Option<String>,
    /// Whether the version that the new document says is at least that one; `None` when it cannot be told.
    pub enough: Option<bool>,
}

/// Tells which version follows `old`, and whether `new` is enough.
#[must_use]
pub fn advise(difference: &Difference, old: &str, new: &str) -> Advice {
    let worst = difference.severity();
    let Some(before) = parse(old) else {
        return Advice {
            bump: bump(worst, false),
            version: None,
            enough: None,
        };
    };
    let bump = bump(worst, before.numbers[0] == 0);
    let [major, minor, patch] = before.numbers;
    let next = match bump {
        _ if before.is_preview => before.numbers,
        Bump::None => before.numbers,
        Bump::Patch => [major, minor, patch.saturating_add(1)],
        Bump::Minor => [major, minor.saturating_add(1), 0],
        Bump::Major => [major.saturating_add(1), 0, 0],
    };
    let version = match next == before.numbers && !before.is_preview {
        // As it was written: `1.0` stays `1.0`.
        true => old.trim().to_owned(),
        false => format!("{}.{}.{}", next[0], next[1], next[2]),
    };
    Advice {
        bump,
        version: Some(version),
        enough: parse(new).map(|after| after.numbers >= next),
    }
}

fn bump(worst: Option<Severity>, before_one: bool) -> Bump {
    match worst {
        None => Bump::None,
        Some(Severity::Documentation) => Bump::Patch,
        Some(Severity::Compatible | Severity::Risky) if before_one => Bump::Patch,
        Some(Severity::Compatible | Severity::Risky) => Bump::Minor,
        Some(Severity::Breaking) if before_one => Bump::Minor,
        Some(Severity::Breaking) => Bump::Major,
    }
}

struct Version {
    numbers: [u64; 3],
    /// Anything may change before the version itself comes.
    is_preview: bool,
}

/// `1.2.3`, `v1.2`, `1.2.3-beta.1`; a year in front is a date.
fn parse(text: &str) -> Option<Version> {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let core = text.split('+').next()?;
    let (core, preview) = match core.split_once('-') {
        // `2024-01-15` is a day.
        Some((core, _)) if !core.contains('.') => return None,
        Some((core, preview)) => (core, Some(preview)),
        None => (core, None),
    };
    let mut numbers = [0; 3];
    let parts: Vec<&str> = core.split('.').collect();
    if parts.len() > 3 {
        return None;
    }
    for (number, part) in numbers.iter_mut().zip(&parts) {
        *number = part.parse().ok()?;
    }
    (numbers[0] < 1900).then_some(Version {
        numbers,
        is_preview: preview.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Rule, Subject};

    fn advice(rule: Option<Rule>, old: &str, new: &str) -> (Option<String>, Option<bool>) {
        let change = |rule| Change {
            rule,
            subject: Subject::Api,
            path: String::new(),
            before: None,
            after: None,
            old: Default::default(),
            new: Default::default(),
            operations: Vec::new(),
        };
        let difference = Difference {
            changes: rule.map(change).into_iter().collect(),
        };
        let advice = advise(&difference, old, new);
        (advice.version, advice.enough)
    }

    #[test]
    fn the_number_that_grows_is_that_of_the_worst_change() {
        let next = |rule, old| advice(rule, old, old).0.expect("it is semantic");
        assert_eq!(next(Some(Rule::OperationRemoved), "1.4.2"), "2.0.0");
        assert_eq!(next(Some(Rule::OperationAdded), "1.4.2"), "1.5.0");
        assert_eq!(next(Some(Rule::OperationRenamed), "1.4.2"), "1.5.0");
        assert_eq!(next(Some(Rule::DocumentationChanged), "1.4.2"), "1.4.3");
        assert_eq!(next(None, "1.4.2"), "1.4.2");
        assert_eq!(next(None, "v1.4"), "v1.4");
        assert_eq!(next(Some(Rule::OperationRemoved), "0.4.2"), "0.5.0");
        assert_eq!(next(Some(Rule::OperationAdded), "0.4.2"), "0.4.3");
        assert_eq!(next(Some(Rule::OperationRemoved), "v2"), "3.0.0");
    }

    #[test]
    fn a_preview_may_change_until_its_version_comes() {
        assert_eq!(
            advice(Some(Rule::OperationRemoved), "2.0.0-beta.1", "2.0.0"),
            (Some("2.0.0".to_owned()), Some(true))
        );
    }

    #[test]
    fn the_version_of_the_new_document_is_enough_or_not() {
        assert_eq!(
            advice(Some(Rule::OperationRemoved), "1.4.2", "2.0.0").1,
            Some(true)
        );
        assert_eq!(
            advice(Some(Rule::OperationRemoved), "1.4.2", "1.5.0").1,
            Some(false)
        );
    }

    #[test]
    fn a_date_has_no_successor() {
        assert_eq!(
            advice(Some(Rule::OperationRemoved), "2024-01-15", "2025-01-15"),
            (None, None)
        );
        assert_eq!(
            advice(Some(Rule::OperationRemoved), "2024.1", "2025.1"),
            (None, None)
        );
        assert_eq!(
            advice(Some(Rule::OperationRemoved), "latest", "latest"),
            (None, None)
        );
    }
}
