//! Headers that make answers cheap to repeat and safe to save.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Whether `If-None-Match` says that the client has what `etag` names (RFC 9110, 13.1.2).
pub(crate) fn matches(headers: &HeaderMap, etag: &str) -> bool {
    tags(headers, header::IF_NONE_MATCH)
        .map(|tag| tag.trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag == etag)
}

/// Whether `If-Match`, where it is sent, allows to change what `etag` names (RFC 9110, 13.1.1): weak tags never do.
pub(crate) fn allows(headers: &HeaderMap, etag: &str) -> bool {
    !headers.contains_key(header::IF_MATCH)
        || tags(headers, header::IF_MATCH).any(|tag| tag == "*" || tag == etag)
}

fn tags(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// A value as JSON, with the tag that names these bytes.
pub(crate) fn written(value: &impl Serialize) -> (Vec<u8>, String) {
    let body = serde_json::to_vec(value).expect("an answer is made of what JSON has");
    let digest = Sha256::digest(&body);
    let tag: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    (body, format!("\"{tag}\""))
}

/// The answer to a request for JSON, or that the client has it already.
pub(crate) fn json(headers: &HeaderMap, value: &impl Serialize) -> Response {
    let (body, etag) = written(value);
    let mut response = match matches(headers, &etag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
    };
    let sent = response.headers_mut();
    // Kept by whoever likes, and asked for again each time.
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        sent.insert(header::ETAG, etag);
    }
    response
}

/// RFC 8187, 3.2.1: what `filename*` leaves as it is.
const ATTRIBUTE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'*')
    .add(b',')
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'{')
    .add(b'}');

/// `Content-Disposition` for a file to save, whatever its name is (RFC 6266).
pub(crate) fn attachment(file_name: &str) -> String {
    let plain = file_name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte));
    if plain {
        return format!("attachment; filename=\"{file_name}\"");
    }
    format!(
        "attachment; filename*=UTF-8''{}",
        utf8_percent_encode(file_name, ATTRIBUTE)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_several_tags_matches_weak_or_strong() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::IF_NONE_MATCH,
            "\"a\", W/\"b\"".parse().expect("a header"),
        );
        assert!(matches(&headers, "\"a\""));
        assert!(matches(&headers, "\"b\""));
        assert!(!matches(&headers, "\"c\""));
        assert!(!matches(&HeaderMap::new(), "\"a\""));
    }

    #[test]
    fn only_the_tag_itself_allows_to_change() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, value.parse().expect("a header"));
            headers
        };
        assert!(allows(&HeaderMap::new(), "\"a\""));
        assert!(allows(&with("\"b\", \"a\""), "\"a\""));
        assert!(allows(&with("*"), "\"a\""));
        assert!(!allows(&with("W/\"a\""), "\"a\""));
        assert!(!allows(&with("\"b\""), "\"a\""));
    }

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        assert_eq!(
            attachment("a-1.tar.gz"),
            "attachment; filename=\"a-1.tar.gz\""
        );
        assert_eq!(
            attachment("a\"\r\nX: é"),
            "attachment; filename*=UTF-8''a%22%0D%0AX%3A%20%C3%A9"
        );
    }
}
