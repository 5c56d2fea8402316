//! Parts of a file: `Range` (RFC 9110, 14), for downloads that go on where they were broken off.

use axum::http::{HeaderMap, header};
use std::ops::Range;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Bytes that there are not.
    Outside,
}

impl Part {
    /// What a request asks for of a file with this tag and length. Several ranges at once, other units and what is written
    /// wrongly count as none, which the standard allows.
    pub(crate) fn of(headers: &HeaderMap, etag: &str, length: usize) -> Part {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(range) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else {
            return Part::Whole;
        };
        // What has changed meanwhile is sent from its beginning.
        let is_same = headers.get(header::IF_RANGE).is_none_or(|tag| tag == etag);
        let Some((first, last)) = range.trim().split_once('-').filter(|_| is_same) else {
            return Part::Whole;
        };
        let (first, last) = match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1)),
            (Some(first), None) if last.is_empty() => (first, length),
            (None, Some(count)) if first.is_empty() => (length.saturating_sub(count), length),
            _ => return Part::Whole,
        };
        let range = first..last.min(length);
        match range.is_empty() {
            true => Part::Outside,
            false => Part::Bytes(range),
        }
    }
}

fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than a number has are beyond the end of any file.
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(range: &str, if_range: Option<&str>) -> Part {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().expect("a header"));
        if let Some(tag) = if_range {
            headers.insert(header::IF_RANGE, tag.parse().expect("a header"));
        }
        Part::of(&headers, "\"a\"", 10)
    }

    #[test]
    fn one_range_is_answered_and_all_else_is_the_whole_file() {
        let cases = [
            ("bytes=0-3", Part::Bytes(0..4)),
            ("bytes=4-", Part::Bytes(4..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=8-99999999999999999999999", Part::Bytes(8..10)),
            ("bytes=10-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=1-2", Part::Whole),
        ];
        for (range, expected) in cases {
            assert_eq!(part(range, None), expected, "{range}");
        }
        assert_eq!(part("bytes=0-3", Some("\"a\"")), Part::Bytes(0..4));
        assert_eq!(part("bytes=0-3", Some("\"b\"")), Part::Whole);
    }
}
