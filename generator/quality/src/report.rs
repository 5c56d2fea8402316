//! What came of the rules: points, a grade, and what to mend.

use crate::rules::{Category, RULES_VERSION, Rule};
use crate::tally::Tally;
use portolan_source::{Sources, Span};
use serde::{Serialize, Serializer};
use std::fmt;

/// How ready a document is, with everything that led to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The edition of the rules: points are comparable between reports of the same one.
    pub rules: u32,
    /// The points in one letter.
    pub grade: Grade,
    /// The weighted share of what passes, in hundredths.
    pub points: Points,
    /// The same for each category, in the order of [`Category::ALL`].
    pub categories: Vec<CategoryScore>,
    /// Every rule, in the order of [`rules`](crate::rules()).
    pub checks: Vec<Check>,
}

/// The points of one category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryScore {
    /// Which one.
    pub category: Category,
    /// Its name for people.
    pub title: &'static str,
    /// The sum of the weights of its rules.
    pub weight: u32,
    /// `None` when the document has nothing for its rules to judge.
    pub points: Option<Points>,
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// The stable, kebab-case name of the rule.
    pub code: &'static str,
    /// What it claims.
    pub title: &'static str,
    /// What it belongs to.
    pub category: Category,
    /// How much it counts; all weights together are 100.
    pub weight: u32,
    /// How many of the things that it judges pass.
    pub passed: usize,
    /// How many things it judges; zero when the document has none.
    pub total: usize,
    /// The points that the report gains when all pass.
    pub gain: f64,
    /// What to do, with the number of things to do it to; `None` when all pass.
    pub advice: Option<String>,
    /// What does not pass, in the order of the document. [`Report::limit`] may have cut it short.
    pub findings: Vec<Finding>,
}

impl Check {
    /// How many of the things that it judges do not pass.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.total - self.passed
    }
}

/// One thing that does not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is wrong: lower case, no full stop, names in backticks.
    pub what: String,
    /// Where, for people and programs; filled in by [`Report::locate`].
    pub place: Option<Place>,
    /// Where, in the sources that the document was read from.
    #[serde(skip)]
    pub span: Span,
}

/// A place in a file; line and column begin at one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub path: String,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.path, self.line, self.column)
    }
}

impl Report {
    /// Weighs what the rules found.
    pub(crate) fn of<'r>(found: impl Iterator<Item = (&'r Rule, Tally)>) -> Report {
        let found: Vec<_> = found.collect();
        // A rule with nothing to judge weighs nothing.
        let weighed: f64 = found
            .iter()
            .filter(|(_, tally)| tally.total > 0)
            .map(|(rule, _)| f64::from(rule.weight))
            .sum();
        let categories = Category::ALL
            .map(|category| CategoryScore {
                category,
                title: category.title(),
                weight: found
                    .iter()
                    .filter(|(rule, _)| rule.category == category)
                    .map(|(rule, _)| rule.weight)
                    .sum(),
                points: share(
                    found
                        .iter()
                        .filter(|(rule, _)| rule.category == category)
                        .map(|(rule, tally)| (rule.weight, tally)),
                ),
            })
            .to_vec();
        let points =
            share(found.iter().map(|(rule, tally)| (rule.weight, tally))).unwrap_or(Points(0));
        let checks = found
            .into_iter()
            .map(|(rule, tally)| {
                let failed = tally.total - tally.passed;
                let gain = if failed == 0 {
                    0.0
                } else {
                    f64::from(rule.weight) / weighed * 100.0 * ratio(failed, tally.total)
                };
                Check {
                    code: rule.code,
                    title: rule.title,
                    category: rule.category,
                    weight: rule.weight,
                    passed: tally.passed,
                    total: tally.total,
                    gain: (gain * 100.0).round() / 100.0,
                    advice: (failed > 0).then(|| rule.advice(failed)),
                    findings: tally.findings,
                }
            })
            .collect();
        Report {
            rules: RULES_VERSION,
            grade: Grade::of(points),
            points,
            categories,
            checks,
        }
    }

    /// The check of a rule.
    #[must_use]
    pub fn check(&self, code: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.code == code)
    }

    /// The checks that something fails, the one that gains most first.
    #[must_use]
    pub fn to_mend(&self) -> Vec<&Check> {
        let mut checks: Vec<&Check> = self
            .checks
            .iter()
            .filter(|check| check.failed() > 0)
            .collect();
        checks.sort_by(|left, right| right.gain.total_cmp(&left.gain));
        checks
    }

    /// Gives every finding its place.
    pub fn locate(&mut self, sources: &Sources) {
        for finding in self.checks.iter_mut().flat_map(|check| &mut check.findings) {
            finding.place = sources
                .place(finding.span)
                .map(|(path, line, column)| Place {
                    path: path.display().to_string(),
                    line,
                    column,
                });
        }
    }

    /// Keeps the first `most` findings of each check; the counts stay.
    pub fn limit(&mut self, most: usize) {
        for check in &mut self.checks {
            check.findings.truncate(most);
        }
    }
}

/// The weighted share of what passes.
fn share<'t>(found: impl Iterator<Item = (u32, &'t Tally)>) -> Option<Points> {
    let (mut reached, mut reachable) = (0.0, 0.0);
    for (weight, tally) in found.filter(|(_, tally)| tally.total > 0) {
        reached += f64::from(weight) * ratio(tally.passed, tally.total);
        reachable += f64::from(weight);
    }
    // Rounded down, so that only what is complete is 100; the last bits of a sum are not let decide.
    (reachable > 0.0).then(|| Points((reached / reachable * 1000.0 + 1e-6).floor() as u32))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a document are far below 2^52"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Points out of a hundred, with one digit behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(u32);

impl Points {
    /// As a number.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Points {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// Points in one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the letters of schools")]
pub enum Grade {
    F,
    D,
    C,
    B,
    A,
    APlus,
}

impl Grade {
    /// Each grade and the points that it takes, best first.
    pub const THRESHOLDS: [(Grade, u32); 6] = [
        (Grade::APlus, 95),
        (Grade::A, 90),
        (Grade::B, 80),
        (Grade::C, 65),
        (Grade::D, 50),
        (Grade::F, 0),
    ];

    /// The grade for so many points.
    #[must_use]
    pub fn of(points: Points) -> Grade {
        Grade::THRESHOLDS
            .into_iter()
            .find(|(_, least)| points.0 >= least * 10)
            .map_or(Grade::F, |(grade, _)| grade)
    }

    /// As it is written, e.g. `A+`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::APlus => "A+",
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
            Grade::F => "F",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for Grade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
