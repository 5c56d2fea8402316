//! Addresses that strangers wrote: which of them may become links.

/// The URL when it may stand in a link: `http`, `https` or `mailto`, without blanks or control characters.
///
/// Anything else is shown as plain text.
pub(crate) fn safe(url: &str) -> Option<&str> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let known = ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let clean = !url.chars().any(|character| {
        character.is_control()
            || character.is_whitespace()
            || matches!(character, '<' | '>' | '"' | '\\')
    });
    let whole = scheme.eq_ignore_ascii_case("mailto") || rest.starts_with("//");
    (known && clean && whole && rest.len() > 2).then_some(url)
}

/// `scheme://host:port` of a server's URL, for the policy of a page; `None` when it is relative or has a host that a
/// policy could not name.
pub(crate) fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    let ok = !authority.is_empty() && authority.len() < 200 && authority.bytes().all(plain);
    ok.then(|| format!("{scheme}://{}", authority.to_ascii_lowercase()))
}

/// Percent-encodes what a path in an `href` cannot hold.
pub(crate) fn encode_path(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/#".contains(&byte);
    if path.bytes().all(plain) {
        return path.to_owned();
    }
    path.bytes().fold(String::new(), |mut text, byte| {
        if plain(byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_become_links() {
        let refused = [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//host/x",
            "/x",
            "x",
            "http:x",
            "https://a\" onclick=\"x",
            "file:///etc/passwd",
            "",
        ];
        for url in refused {
            assert_eq!(safe(url), None, "{url}");
        }
        let allowed = [
            "https://a.example/x?y=1#z",
            "HTTP://a",
            "mailto:a@b.example",
        ];
        for url in allowed {
            assert_eq!(safe(url), Some(url));
        }
    }

    #[test]
    fn an_origin_cannot_widen_the_policy() {
        assert_eq!(
            origin("https://api.example:8080/v1").as_deref(),
            Some("https://api.example:8080")
        );
        for url in [
            "/v1",
            "https://*",
            "https://a; script-src *",
            "https://{host}/",
            "data:x",
            "ws://a",
        ] {
            assert_eq!(origin(url), None, "{url}");
        }
    }
}
