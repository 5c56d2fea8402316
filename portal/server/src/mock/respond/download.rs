//! Parts of a download (RFC 9110, 14): what a client asks for that goes on where it stopped.

use axum::http::{HeaderMap, HeaderValue, header};
use std::ops::Range;

/// What of a file is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: no part was asked for, or several, or one of another version.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Nothing: what was asked for lies behind the end.
    Outside,
}

/// What a request wants of a file of this length; `etag` is the version that there is.
pub(super) fn part(asked: &HeaderMap, length: usize, etag: Option<&HeaderValue>) -> Part {
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else {
        return Part::Whole;
    };
    // RFC 9110, 13.1.5: a part of what changed meanwhile is of no use.
    if asked
        .get(header::IF_RANGE)
        .is_some_and(|known| Some(known) != etag)
    {
        return Part::Whole;
    }
    let Some((first, last)) = range.split_once('-') else {
        return Part::Whole;
    };
    let range = match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..length,
        (Err(_), Ok(count)) if first.trim().is_empty() => length.saturating_sub(count)..length,
        _ => return Part::Whole,
    };
    match range.is_empty() {
        true => Part::Outside,
        false => Part::Bytes(range),
    }
}

/// What `Content-Range` says of a part, or of there being none.
pub(super) fn content_range(part: Option<&Range<usize>>, length: usize) -> Option<HeaderValue> {
    let text = match part {
        Some(part) => format!(
            "bytes {}-{}/{length}",
            part.start,
            part.end.saturating_sub(1)
        ),
        None => format!("bytes */{length}"),
    };
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_part_of_ten_bytes() {
        let cases = [
            ("bytes=0-3", Part::Bytes(0..4)),
            ("bytes=4-", Part::Bytes(4..10)),
            ("bytes=8-99", Part::Bytes(8..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-99", Part::Bytes(0..10)),
            ("bytes=10-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=3-1", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("lines=0-1", Part::Whole),
        ];
        for (range, wanted) in cases {
            let mut asked = HeaderMap::new();
            asked.insert(header::RANGE, range.parse().expect("a header"));
            assert_eq!(part(&asked, 10, None), wanted, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_version_is_none() {
        let mut asked = HeaderMap::new();
        asked.insert(header::RANGE, HeaderValue::from_static("bytes=1-"));
        asked.insert(header::IF_RANGE, HeaderValue::from_static("\"1\""));
        let etag = HeaderValue::from_static("\"1\"");
        assert_eq!(part(&asked, 3, Some(&etag)), Part::Bytes(1..3));
        assert_eq!(part(&asked, 3, None), Part::Whole);
    }
}
