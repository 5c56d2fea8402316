//! What a test wants to happen: the `Prefer` header (RFC 7240).

use axum::http::HeaderMap;
use std::time::Duration;

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
    /// `status-sequence=503,503,200`: one status for each request in turn.
    pub(super) sequence: Vec<u16>,
    /// `retry-after=2`: what `Retry-After` says on 429 and 503.
    pub(super) retry_after: Option<String>,
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
                None if last == "status-sequence" => (last.clone(), part),
                None => (part.trim().to_ascii_lowercase(), "true"),
            };
            let value = value.trim().trim_matches('"');
            match name.as_str() {
                "code" => preferences.code = status(value),
                "example" => preferences.example = Some(value.to_owned()),
                "dynamic" => preferences.dynamic = value != "false",
                "delay" => preferences.delay = delay(value),
                "status-sequence" => preferences.sequence.extend(status(value)),
                "retry-after" => preferences.retry_after = Some(value.to_owned()),
                _ => {}
            }
            last = name;
        }
        preferences
    }
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
                ..Preferences::default()
            }
        );
    }

    #[test]
    fn a_sequence_is_a_list_with_or_without_quotes() {
        let wanted = Preferences {
            sequence: vec![503, 503, 200],
            retry_after: Some("0".to_owned()),
            ..Preferences::default()
        };
        assert_eq!(read("status-sequence=503,503,200, retry-after=0"), wanted);
        assert_eq!(
            read("status-sequence=\"503, 503, 200\", retry-after=0"),
            wanted
        );
    }

    #[test]
    fn nonsense_is_no_preference() {
        for text in ["code=abc", "code=42", "delay=-1", "delay=NaN", "code", ""] {
            assert_eq!(read(text), Preferences::default(), "{text}");
        }
    }
}
