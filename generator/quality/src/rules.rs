//! The rules: what is judged, why, and how much it counts. One file per category; a rule is one row and one function.

mod correctness;
mod documentation;
mod errors;
mod examples;
mod sdk;
mod security;

use crate::survey::Survey;
use crate::tally::Tally;
use serde::Serialize;

/// The edition of the rules: it grows when a rule, a weight or a threshold changes.
pub const RULES_VERSION: u32 = 1;

/// All rules, in the order of their categories. Their weights add up to 100.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    Category::ALL
        .into_iter()
        .flat_map(|category| match category {
            Category::Correctness => correctness::RULES,
            Category::Sdk => sdk::RULES,
            Category::Documentation => documentation::RULES,
            Category::Examples => examples::RULES,
            Category::Errors => errors::RULES,
            Category::Security => security::RULES,
        })
}

/// The rule with this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

/// One thing that is judged.
#[derive(Debug)]
pub struct Rule {
    /// The stable, kebab-case name.
    pub code: &'static str,
    /// What it claims.
    pub title: &'static str,
    /// What it belongs to.
    pub category: Category,
    /// How much it counts; all weights together are 100.
    pub weight: u32,
    /// Whom it helps, and how.
    pub why: &'static str,
    /// What to do; the word in braces is what is counted, e.g. `describe {parameter}`.
    pub mend: &'static str,
    judge: fn(&Survey<'_>, &mut Tally),
}

impl Rule {
    /// What to do to `count` things.
    #[must_use]
    pub fn advice(&self, count: usize) -> String {
        let (before, noun, after) = self.parts();
        if count == 1 {
            format!("{before}1 {noun}{after}")
        } else {
            format!("{before}{count} {}{after}", plural(noun))
        }
    }

    /// What to do, without a number.
    #[must_use]
    pub fn general_advice(&self) -> String {
        let (before, noun, after) = self.parts();
        format!("{before}{}{after}", plural(noun))
    }

    fn parts(&self) -> (&'static str, &'static str, &'static str) {
        self.mend
            .split_once('{')
            .and_then(|(before, rest)| {
                let (noun, after) = rest.split_once('}')?;
                Some((before, noun, after))
            })
            .expect("a rule says what it counts")
    }

    pub(crate) fn judge(&self, survey: &Survey<'_>) -> Tally {
        let mut tally = Tally::default();
        (self.judge)(survey, &mut tally);
        tally
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// What rules belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The document says what it means.
    Correctness,
    /// Names and types that make a good library.
    Sdk,
    /// Words for readers.
    Documentation,
    /// Values that can be tried.
    Examples,
    /// What can go wrong, and how it is told.
    Errors,
    /// Who may call, and how safely.
    Security,
}

impl Category {
    /// All, in the order of reports.
    pub const ALL: [Category; 6] = [
        Category::Correctness,
        Category::Sdk,
        Category::Documentation,
        Category::Examples,
        Category::Errors,
        Category::Security,
    ];

    /// For people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Category::Correctness => "Correctness",
            Category::Sdk => "SDK",
            Category::Documentation => "Documentation",
            Category::Examples => "Examples",
            Category::Errors => "Errors",
            Category::Security => "Security",
        }
    }
}

/// The code of `check` for examples that their types forbid.
const INVALID_EXAMPLE: &str = "invalid-example";

/// The host of an absolute URL, perhaps with a port.
fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (!scheme.is_empty() && !host.is_empty()).then_some(host)
}

/// Whether a host is only there for those who run the server themselves.
fn is_local(host: &str) -> bool {
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = if host.starts_with('[') {
        host
    } else {
        host.split(':').next().unwrap_or_default()
    };
    host.eq_ignore_ascii_case("localhost")
        || host.ends_with(".localhost")
        || host.ends_with(".local")
        || host.starts_with("127.")
        || host.starts_with("10.")
        || host.starts_with("192.168.")
        || host == "0.0.0.0"
        || host.starts_with("[::1]")
}
