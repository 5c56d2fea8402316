//! Query strings to checked values; what is wrong becomes a list of violations, all at once.

use crate::{Problem, ProblemType, Violation};
use axum::extract::FromRequestParts;
use axum::http::{StatusCode, request::Parts};
use percent_encoding::percent_decode_str;

/// The longest text that a filter takes, in characters.
const MAX_TEXT: usize = 256;

/// The decoded pairs of a query string, in order. A `+` is a space, as in forms.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    violations: Vec<Violation>,
}

impl Query {
    pub(crate) fn parse(text: &str) -> Query {
        let decode = |text: &str| {
            let text = text.replace('+', " ");
            percent_decode_str(&text).decode_utf8_lossy().into_owned()
        };
        let pairs = text
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        Query {
            pairs,
            violations: Vec::new(),
        }
    }

    /// All values of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.pairs
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// The only value of a name.
    pub(crate) fn one(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.all(name);
        if values.len() > 1 {
            self.refuse(name, "type", "it is given more than once");
        }
        values.pop()
    }

    /// The only value of a name that is text of ours: short.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        let text = self.one(name)?;
        if text.chars().count() > MAX_TEXT {
            self.refuse(
                name,
                "maxLength",
                format!("it is longer than {MAX_TEXT} characters"),
            );
        }
        Some(text)
    }

    /// A whole number within limits.
    pub(crate) fn number(
        &mut self,
        name: &'static str,
        limits: std::ops::RangeInclusive<usize>,
    ) -> Option<usize> {
        let text = self.one(name)?;
        let (low, high) = (*limits.start(), *limits.end());
        match text.parse::<usize>() {
            Err(_) => {
                self.refuse(name, "type", format!("`{text}` is not a whole number"));
                None
            }
            Ok(number) if number < low => {
                self.refuse(name, "minimum", format!("{number} is less than {low}"));
                None
            }
            Ok(number) if number > high => {
                self.refuse(name, "maximum", format!("{number} is greater than {high}"));
                None
            }
            Ok(number) => Some(number),
        }
    }

    /// One of the words that the parameter knows.
    pub(crate) fn words<T>(
        &mut self,
        name: &'static str,
        known: impl Fn(&str) -> Option<T>,
        choice: &[&str],
    ) -> Vec<T> {
        let mut found = Vec::new();
        for word in self.all(name) {
            match known(&word) {
                Some(value) => found.push(value),
                None => self.refuse(
                    name,
                    "enum",
                    format!("`{word}` is none of {}", choice.join(", ")),
                ),
            }
        }
        found
    }

    /// The only one of the words that the parameter knows.
    pub(crate) fn word<T>(
        &mut self,
        name: &'static str,
        known: impl Fn(&str) -> Option<T>,
        choice: &[&str],
    ) -> Option<T> {
        let word = self.one(name)?;
        let value = known(&word);
        if value.is_none() {
            let detail = format!("`{word}` is none of {}", choice.join(", "));
            self.refuse(name, "enum", detail);
        }
        value
    }

    /// Notes a mistake.
    pub(crate) fn refuse(&mut self, name: &str, rule: &str, detail: impl Into<String>) {
        self.violations.push(Violation {
            location: "query",
            name: name.to_owned(),
            pointer: String::new(),
            rule: rule.to_owned(),
            detail: detail.into(),
        });
    }

    /// Fails with all mistakes that were noted.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.violations.is_empty() {
            return Ok(());
        }
        Err(Problem {
            kind: ProblemType::InvalidRequest.uri(),
            ..Problem::violations(StatusCode::BAD_REQUEST, self.violations)
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query, Self::Rejection> {
        Ok(Query::parse(parts.uri.query().unwrap_or_default()))
    }
}
