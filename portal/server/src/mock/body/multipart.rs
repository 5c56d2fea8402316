//! Multipart bodies taken apart (RFC 2046, 5.1; RFC 7578).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The most parts that one body may have.
const MAX_PARTS: usize = 1000;

/// A part of a multipart body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// Its name; parts that are known by their position have none.
    pub(super) name: Option<String>,
    pub(super) content_type: Option<String>,
    /// All headers; of what is none, nothing.
    pub(super) headers: HeaderMap,
    pub(super) bytes: &'a [u8],
}

/// The parts of a body, or what is wrong with it.
pub(super) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Result<Vec<Part<'a>>, String> {
    let boundary = parameter(content_type, "boundary")
        .filter(|boundary| !boundary.is_empty())
        .ok_or("the content type names no boundary")?;
    let delimiter = format!("--{boundary}").into_bytes();
    let mut rest = match find(body, &delimiter) {
        Some(at) => &body[at + delimiter.len()..],
        None => return Err("the boundary of the content type is not in the body".to_owned()),
    };
    let inner = [b"\r\n".as_slice(), &delimiter].concat();
    let mut found = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(found);
        }
        let line = find(rest, b"\r\n").ok_or("a boundary does not end its line")?;
        rest = &rest[line + 2..];
        let end = find(rest, &inner).ok_or("the last boundary is missing")?;
        found.push(part(&rest[..end])?);
        if found.len() > MAX_PARTS {
            return Err(format!("it has more than {MAX_PARTS} parts"));
        }
        rest = &rest[end + inner.len()..];
    }
}

fn part(bytes: &[u8]) -> Result<Part<'_>, String> {
    let (head, body) = match find(bytes, b"\r\n\r\n") {
        Some(at) => (&bytes[..at], &bytes[at + 4..]),
        None => return Err("a part has no empty line behind its headers".to_owned()),
    };
    let head = String::from_utf8_lossy(head);
    let headers: HeaderMap = head
        .split("\r\n")
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value.trim()).ok()?))
        })
        .collect();
    let text = |name: HeaderName| {
        let value = headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let name =
        text(header::CONTENT_DISPOSITION).and_then(|disposition| parameter(&disposition, "name"));
    Ok(Part {
        name,
        content_type: text(header::CONTENT_TYPE),
        headers,
        bytes: body,
    })
}

/// A parameter of a header value, quoted or not.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    loop {
        let at = rest.find(';')?;
        rest = rest[at + 1..].trim_start();
        let Some((known, after)) = rest.split_once('=') else {
            continue;
        };
        let wanted = known.trim().eq_ignore_ascii_case(name);
        let Some(quoted) = after.strip_prefix('"') else {
            let end = after.find(';').unwrap_or(after.len());
            if wanted {
                return Some(after[..end].trim().to_owned());
            }
            rest = after;
            continue;
        };
        let mut text = String::new();
        let mut characters = quoted.char_indices();
        let end = loop {
            match characters.next()? {
                (at, '"') => break at,
                (_, '\\') => text.push(characters.next()?.1),
                (_, character) => text.push(character),
            }
        };
        if wanted {
            return Some(text);
        }
        rest = &quoted[end..];
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_apart() {
        let body = b"preamble\r\n--x y\r\nContent-Disposition: form-data; filename=\"a;b\\\".pdf\"; name=\"file\"\r\n\
                     Content-Type: application/pdf\r\nX-Part: a: b\r\n\r\n%PDF\r\n--x\r\n--x y\r\n\
                     content-disposition: form-data; name=note\r\n\r\n\r\n--x y--\r\n";
        let found = parts("multipart/form-data; boundary=\"x y\"", body).expect("parts");
        let told: Vec<_> = found
            .iter()
            .map(|part| {
                let header = part.headers.get("x-part").map(HeaderValue::as_bytes);
                (
                    part.name.as_deref(),
                    part.content_type.as_deref(),
                    header,
                    part.bytes,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    Some("file"),
                    Some("application/pdf"),
                    Some(b"a: b".as_slice()),
                    b"%PDF\r\n--x".as_slice()
                ),
                (Some("note"), None, None, b"".as_slice()),
            ]
        );
    }

    #[test]
    fn a_broken_body_is_refused_with_its_reason() {
        let cases: [(&str, &[u8]); 4] = [
            ("multipart/form-data", b"--x--"),
            ("multipart/form-data; boundary=y", b"--x--"),
            ("multipart/form-data; boundary=x", b"--x\r\nno end"),
            ("multipart/form-data; boundary=x", b"--x"),
        ];
        for (content_type, body) in cases {
            assert!(parts(content_type, body).is_err(), "{content_type}");
        }
        assert_eq!(
            parts("multipart/form-data; boundary=x", b"--x--"),
            Ok(vec![])
        );
    }
}
