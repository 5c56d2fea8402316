//! How ready an API's document is for SDKs and for readers: [`Api`] -> [`Report`].
//!
//! 1. A `Survey` walks the model once and lists what there is to judge: operations, parameters, types in use, their members.
//! 2. Each [`Rule`] of [`rules`] counts, of the things that it speaks of, those that pass, and says of each other one what
//!    is missing and where.
//! 3. The [`Report`] weighs the shares. A rule with nothing to judge weighs nothing: its weight goes to the others.
//!
//! ```
//! use portolan_source::{Diagnostics, Sources};
//!
//! let mut sources = Sources::new();
//! sources.insert("books.yaml", "
//! openapi: 3.1.0
//! info: { title: Books, version: 1.0.0 }
//! paths:
//!   /books:
//!     get:
//!       tags: [books]
//!       responses: { '200': { description: All books. } }
//! ");
//! let mut diagnostics = Diagnostics::new();
//! let api = portolan_openapi::load("books.yaml".as_ref(), &mut sources, &mut diagnostics).expect("it has no mistakes");
//! let report = portolan_quality::score(&api, &diagnostics);
//! let check = report.check("operation-id").expect("there is such a rule");
//! assert_eq!((check.passed, check.total), (0, 1));
//! assert_eq!(check.findings[0].what, "`GET /books` has no `operationId`");
//! assert_eq!(check.advice.as_deref(), Some("give 1 operation an `operationId`"));
//! ```

mod names;
mod report;
mod rules;
mod shape;
mod survey;
mod tally;
mod words;

pub use report::{CategoryScore, Check, Finding, Grade, Place, Points, Report};
pub use rules::{Category, RULES_VERSION, Rule, rule, rules};

use portolan_model::Api;
use portolan_source::Diagnostics;

/// Judges an API that was loaded; `diagnostics` is what loading it had to say.
#[must_use]
pub fn score(api: &Api, diagnostics: &Diagnostics) -> Report {
    let survey = survey::Survey::of(api, diagnostics);
    Report::of(rules().map(|rule| (rule, rule.judge(&survey))))
}
