//! The explanations of codes, one Markdown file each in `codes/`, embedded by build.rs.
//!
//! Each begins with the code as its heading, one sentence that says what is wrong, and a line in italics with the
//! severity that the rule usually has. What the rest must hold, and how its examples are tried, is in the tests.

use portolan_source::report::Rule;
use portolan_source::{Severity, nearest};
use std::fmt;

include!(concat!(env!("OUT_DIR"), "/codes.rs"));

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// The code.
    pub(crate) code: &'static str,
    /// The whole text, Markdown.
    pub(crate) text: &'static str,
}

impl Explanation {
    /// One sentence: what is wrong.
    pub(crate) fn summary(self) -> &'static str {
        self.paragraph(1)
    }

    /// How bad it usually is.
    pub(crate) fn severity(self) -> Severity {
        let line = self.paragraph(2).trim_start_matches('*');
        if line.starts_with("Error") {
            Severity::Error
        } else if line.starts_with("Warning") {
            Severity::Warning
        } else {
            Severity::Note
        }
    }

    /// Why it matters: the paragraphs below that heading.
    fn reason(self) -> &'static str {
        let section = self
            .text
            .split_once("## Why it matters\n")
            .map_or("", |(_, rest)| rest);
        section.split("\n## ").next().unwrap_or_default().trim()
    }

    /// The same for the machines of code hosts.
    pub(crate) fn rule(self) -> Rule {
        Rule {
            summary: self.summary(),
            reason: self.reason(),
            explanation: self.text,
            severity: self.severity(),
        }
    }

    /// A paragraph of the text; the heading is the first.
    fn paragraph(self, index: usize) -> &'static str {
        self.text.split("\n\n").nth(index).unwrap_or_default()
    }
}

/// All of them, in the order of their codes.
pub(crate) fn all() -> impl ExactSizeIterator<Item = Explanation> {
    EMBEDDED
        .iter()
        .map(|&(code, text)| Explanation { code, text })
}

/// The explanation of a code.
pub(crate) fn find(code: &str) -> Option<Explanation> {
    all().find(|explanation| explanation.code == code)
}

/// What machines are told of a code: of a diagnostic, of a rule of the quality report, or of a kind of change.
pub(crate) fn rule(code: &str) -> Option<Rule> {
    let of_quality = |rule: &portolan_quality::Rule| Rule {
        summary: rule.title,
        reason: rule.why,
        explanation: rule.why,
        severity: Severity::Note,
    };
    let of_difference = |rule: portolan_difference::Rule| Rule {
        summary: rule.words(),
        reason: rule.severity().meaning(),
        explanation: rule.severity().meaning(),
        severity: severity_of(rule.severity()),
    };
    find(code)
        .map(Explanation::rule)
        .or_else(|| portolan_quality::rule(code).map(of_quality))
        .or_else(|| portolan_difference::Rule::find(code).map(of_difference))
}

/// How a change is shown among other findings.
pub(crate) fn severity_of(severity: portolan_difference::Severity) -> Severity {
    match severity {
        portolan_difference::Severity::Breaking => Severity::Error,
        portolan_difference::Severity::Risky => Severity::Warning,
        portolan_difference::Severity::Compatible
        | portolan_difference::Severity::Documentation => Severity::Note,
    }
}

/// There is no such code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownCode {
    written: String,
    near: Option<&'static str>,
}

impl UnknownCode {
    /// What is wrong.
    pub(crate) fn message(&self) -> String {
        format!("there is no code `{}`", self.written)
    }

    /// What to do about it.
    pub(crate) fn advice(&self) -> String {
        match self.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`portolan check --explain` lists all codes".to_owned(),
        }
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.message(), self.advice())
    }
}

impl std::error::Error for UnknownCode {}

/// The explanation of a code that a person has written.
///
/// # Errors
/// When there is no such code; the nearest is named.
pub(crate) fn look_up(code: &str) -> Result<Explanation, UnknownCode> {
    // A code is often copied with what stands around it: `warning[unknown-key]`.
    let bare = code
        .split_once('[')
        .map_or(code, |(_, rest)| rest.trim_end_matches([']', ':']));
    find(&bare.to_ascii_lowercase()).ok_or_else(|| UnknownCode {
        written: code.to_owned(),
        near: nearest(bare, all().map(|explanation| explanation.code)),
    })
}

#[cfg(test)]
mod tests;
