//! What a test wants to happen: the `Prefer` header (RFC 7240).

use super::fault::{Abort, Step};
use axum::http::HeaderMap;
use std::time::Duration;

/// The preference whose value is a list.
const SEQUENCE: &str = "status-sequence";
/// The longest delay that a test may ask for.
const MAX_DELAY: Duration = Duration::from_secs(120);

/// The preferences that the mock knows; others are ignored, as the standard has it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Preferences {
    /// `code=404`: answer with this status.
    pub(super) code: Option<u16>,
    /// `example=name`: answer with this example.
    pub(super) example: Option<String>,
    /// `dynamic=true`: make the answer from the schema, whatever examples there are.
    pub(super) dynamic: bool,
    /// `delay=1.5`: wait this long first.
    pub(super) delay: Option<Duration>,
    /// `seed=7`: what is made from the schema is drawn with this number.
    pub(super) seed: Option<u64>,
    /// `abort=body`: the connection breaks before, within the head or in the middle of the body.
    pub(super) abort: Option<Abort>,
    /// `status-sequence=503,body,200`: one status, or place to break off, for each request in turn.
    pub(super) sequence: Vec<Step>,
    /// `retry-after=2`: what `Retry-After` says on 429 and 503.
    pub(super) retry_after: Option<String>,
    /// Those of the request that are known, for `Preference-Applied`.
    pub(super) applied: Vec<String>,
}

impl Preferences {
    pub(super) fn read(headers: &HeaderMap) -> Preferences {
        let mut preferences = Preferences::default();
        let mut last = String::new();
        for part in headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']))
        {
            // A number that follows a comma belongs to the list before it.
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name.trim().to_ascii_lowercase(), value),
                None if last == SEQUENCE && step(part.trim().trim_matches('"')).is_some() => {
                    (last.clone(), part)
                }
                None => (part.trim().to_ascii_lowercase(), "true"),
            };
            let value = value.trim().trim_matches('"');
            let known = match name.as_str() {
                "code" => set(&mut preferences.code, status(value)),
                "example" => set(&mut preferences.example, Some(value.to_owned())),
                "dynamic" => {
                    preferences.dynamic = value != "false";
                    preferences.dynamic
                }
                "seed" => set(&mut preferences.seed, value.parse().ok()),
                "delay" => set(&mut preferences.delay, delay(value)),
                "abort" => set(&mut preferences.abort, Abort::read(value)),
                SEQUENCE => {
                    let step = step(value);
                    preferences.sequence.extend(step);
                    step.is_some() && last != name
                }
                "retry-after" => set(&mut preferences.retry_after, Some(value.to_owned())),
                _ => false,
            };
            if known {
                preferences.applied.push(match name.as_str() {
                    SEQUENCE => name.clone(),
                    _ => format!("{name}={value}"),
                });
            }
            last = name;
        }
        preferences
    }
}

fn set<T>(preference: &mut Option<T>, value: Option<T>) -> bool {
    *preference = value;
    preference.is_some()
}

/// A step of a sequence: a status, or where to break off.
fn step(text: &str) -> Option<Step> {
    status(text)
        .map(Step::Status)
        .or_else(|| Abort::read(text).map(Step::Abort))
}

fn status(text: &str) -> Option<u16> {
    text.parse()
        .ok()
        .filter(|status| (200..=599).contains(status))
}

fn delay(text: &str) -> Option<Duration> {
    let seconds = text.parse::<f64>().ok()?;
    let delay = Duration::try_from_secs_f64(seconds).ok()?;
    Some(delay.min(MAX_DELAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Preferences {
        let mut headers = HeaderMap::new();
        headers.insert("prefer", text.parse().expect("a header"));
        Preferences::read(&headers)
    }

    #[test]
    fn preferences_stand_in_one_header_or_many() {
        assert_eq!(
            read("respond-async, code=404; example=\"not found\", Delay=0.5"),
            Preferences {
                code: Some(404),
                example: Some("not found".to_owned()),
                delay: Some(Duration::from_millis(500)),
                applied: ["code=404", "example=not found", "delay=0.5"]
                    .map(str::to_owned)
                    .into(),
                ..Preferences::default()
            }
        );
    }

    #[test]
    fn a_sequence_is_a_list_with_or_without_quotes() {
        let wanted = Preferences {
            sequence: vec![
                Step::Status(503),
                Step::Abort(Abort::Body),
                Step::Status(200),
            ],
            retry_after: Some("0".to_owned()),
            applied: [SEQUENCE, "retry-after=0"].map(str::to_owned).into(),
            ..Preferences::default()
        };
        assert_eq!(read("status-sequence=503,body,200, retry-after=0"), wanted);
        assert_eq!(
            read("status-sequence=\"503, body, 200\", retry-after=0"),
            wanted
        );
    }

    #[test]
    fn nonsense_is_no_preference() {
        for text in [
            "code=abc",
            "code=42",
            "abort=twice",
            "seed=x",
            "delay=-1",
            "delay=NaN",
            "code",
            "",
        ] {
            assert_eq!(read(text), Preferences::default(), "{text}");
        }
    }
}
