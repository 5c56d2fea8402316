//! Headers that make answers cheap to repeat and safe to save.

use axum::http::{HeaderMap, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Whether `If-None-Match` says that the client has what `etag` names (RFC 9110, 13.1.2).
pub(crate) fn matches(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag == etag)
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
