//! `portolan check --score`: how ready documents are for SDKs and for readers.

use crate::arguments::{Format, Scoring};
use portolan_model::Api;
use portolan_quality::{CategoryScore, Check, Finding, Grade, Report};
use portolan_source::report::{self, visible};
use portolan_source::{Diagnostic, Diagnostics, Sources};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// How many findings of one rule programs get, unless they ask for all.
const MOST_FINDINGS: usize = 20;
/// How many rules people are told of, those that gain most first, unless they ask for all.
const MOST_RULES: usize = 5;
/// How many characters the bar of a full category has.
const BAR: usize = 24;

/// A document with its report.
#[derive(Serialize)]
pub(super) struct Scored {
    document: String,
    /// `None` when the document has errors: then there is no API to judge.
    report: Option<Report>,
}

impl Scored {
    /// Judges a document that was read; `diagnostics` is what reading it had to say.
    pub(super) fn of(
        path: &Path,
        api: Option<&Api>,
        sources: &Sources,
        diagnostics: &Diagnostics,
        all: bool,
    ) -> Scored {
        let report = api.map(|api| {
            let mut report = portolan_quality::score(api, diagnostics);
            if !all {
                report.limit(MOST_FINDINGS);
            }
            report.locate(sources);
            report
        });
        Scored {
            document: path.display().to_string(),
            report,
        }
    }

    /// What the rules found, as notes: code hosts show them beside the lines.
    pub(super) fn notes(&self) -> Diagnostics {
        let mut notes = Diagnostics::new();
        for check in self.report.iter().flat_map(|report| &report.checks) {
            for finding in &check.findings {
                let note = Diagnostic::note(check.code, &finding.what).at(finding.span);
                notes.push(match &check.advice {
                    Some(advice) => note.help(advice),
                    None => note,
                });
            }
        }
        notes
    }

    /// Why it is not good enough, in a sentence.
    pub(super) fn verdict(&self, scoring: &Scoring) -> String {
        let least = scoring.min_score.unwrap_or_default();
        match &self.report {
            Some(report) => format!(
                "{}: {} points are fewer than {least}",
                self.document, report.points
            ),
            None => format!(
                "{}: without a grade it has fewer points than {least}",
                self.document
            ),
        }
    }

    /// Whether it is worth less than the points asked for.
    pub(super) fn is_below(&self, scoring: &Scoring) -> bool {
        scoring.min_score.is_some_and(|least| {
            self.report
                .as_ref()
                .is_none_or(|report| report.points.value() < least)
        })
    }
}

/// What is wrong and how documents are graded, in one object for programs.
pub(super) fn json(
    sources: &Sources,
    diagnostics: &Diagnostics,
    scored: &[Scored],
) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Answer<'s> {
        diagnostics: Vec<report::Entry>,
        scores: &'s [Scored],
    }
    let answer = Answer {
        diagnostics: report::json(sources, diagnostics),
        scores: scored,
    };
    Ok(serde_json::to_string_pretty(&answer)? + "\n")
}

/// The reports, in a form for people or for lines of text; the forms for programs hold them already.
pub(super) fn text(scored: &[Scored], format: Format, all: bool, color: bool) -> String {
    let mut text = String::new();
    for Scored { document, report } in scored {
        let document = visible(document);
        let _ = match (report, format) {
            (_, Format::Json | Format::Sarif) => Ok(()),
            (None, _) => writeln!(
                text,
                "{document}: no grade: a document with errors has nothing to judge"
            ),
            (Some(report), Format::Short) => lines(&mut text, &document, report, all),
            (Some(report), Format::Human) => human(&mut text, &document, report, all, color),
        };
    }
    text
}

/// A line for the grade and one for each rule that something fails, or for each finding.
fn lines(text: &mut String, document: &str, report: &Report, all: bool) -> std::fmt::Result {
    writeln!(
        text,
        "{document}: grade {}, {} points",
        report.grade, report.points
    )?;
    for check in report.to_mend() {
        if all {
            for finding in &check.findings {
                writeln!(
                    text,
                    "{}score[{}]: {}",
                    place(finding),
                    check.code,
                    said(finding)
                )?;
            }
        } else {
            let advice = check.advice.as_deref().unwrap_or(check.title);
            writeln!(
                text,
                "{document}: {} {advice} [{}]",
                gain(check),
                check.code
            )?;
        }
    }
    Ok(())
}

fn human(
    text: &mut String,
    document: &str,
    report: &Report,
    all: bool,
    color: bool,
) -> std::fmt::Result {
    let paint = Paint { color };
    let grade = paint.grade(report.grade, &format!("grade {}", report.grade));
    writeln!(
        text,
        "{}: {grade}, {} of 100 points\n",
        paint.bold(document),
        report.points
    )?;
    for category in &report.categories {
        writeln!(text, "  {:<14}{}", category.title, bar(category, &paint))?;
    }
    let to_mend = report.to_mend();
    if to_mend.is_empty() {
        return writeln!(text, "\nEverything that was judged passes.\n");
    }
    let shown = if all { usize::MAX } else { MOST_RULES };
    writeln!(
        text,
        "\n{}\n",
        if all {
            "What to mend, and the points that it gains:"
        } else {
            "What gains most:"
        }
    )?;
    for check in to_mend.iter().take(shown) {
        let advice = check.advice.as_deref().unwrap_or(check.title);
        writeln!(
            text,
            "  {}  {advice}  {}",
            paint.bold(&format!("{:>5}", gain(check))),
            paint.faint(&format!("[{}]", check.code))
        )?;
        let findings = check.findings.iter().take(if all { usize::MAX } else { 1 });
        for finding in findings {
            writeln!(
                text,
                "         {}{}",
                paint.faint(&place(finding)),
                said(finding)
            )?;
        }
    }
    let (rules, more) = (to_mend.len(), to_mend.len().saturating_sub(shown));
    let findings: usize = to_mend.iter().map(|check| check.failed()).sum();
    writeln!(text)?;
    if !all {
        let judged = report.checks.iter().filter(|check| check.total > 0).count();
        let others = match more {
            0 => String::new(),
            1 => " One more finds something.".to_owned(),
            more => format!(" {more} more find something."),
        };
        writeln!(
            text,
            "{} of {judged} rules pass.{others} --all shows every finding ({findings}).\n",
            judged - rules,
        )?;
    }
    Ok(())
}

fn bar(category: &CategoryScore, paint: &Paint) -> String {
    let Some(points) = category.points else {
        return paint.faint("    -  nothing to judge");
    };
    // Only what is complete has a full bar.
    let full = (points.value() / 100.0 * BAR as f64).floor() as usize;
    let (done, left) = ("█".repeat(full), "░".repeat(BAR - full));
    let done = paint.grade(Grade::of(points), &done);
    format!("{:>5}  {done}{}", points.to_string(), paint.faint(&left))
}

/// Where a finding is, ready to stand before it.
fn place(finding: &Finding) -> String {
    match &finding.place {
        Some(place) => format!("{}: ", visible(&place.to_string())),
        None => String::new(),
    }
}

fn said(finding: &Finding) -> String {
    visible(&finding.what).into_owned()
}

fn gain(check: &Check) -> String {
    if check.gain < 0.05 {
        "<0.1".to_owned()
    } else {
        format!("+{:.1}", check.gain)
    }
}

/// Colours, when there are any.
struct Paint {
    color: bool,
}

impl Paint {
    fn with(&self, style: &str, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("\x1b[{style}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn faint(&self, text: &str) -> String {
        self.with("2", text)
    }

    fn grade(&self, grade: Grade, text: &str) -> String {
        let style = match grade {
            Grade::APlus | Grade::A => "1;32",
            Grade::B | Grade::C => "1;33",
            Grade::D | Grade::F => "1;31",
        };
        self.with(style, text)
    }
}
