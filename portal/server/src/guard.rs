//! What every answer of the preview server obeys, whatever answers.
//!
//! 1. `Host` must name this machine: a page elsewhere that points its own name at it (DNS rebinding) learns nothing.
//! 2. What is more than reading must come from this origin, when a browser sends it; so must whatever a page asks of the
//!    integration API, since to answer may cost. There is no CORS.
//! 3. Every answer carries the policy that pages are written for: no inline script or style, nothing from elsewhere.

use crate::{Problem, ProblemType, Snapshots};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The middleware.
pub(crate) async fn guard(
    State(snapshots): State<Snapshots>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match refusal(&request) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    let sent = response.headers_mut();
    let connect = snapshots
        .current()
        .map_or_else(String::new, |loaded| loaded.connect.clone());
    if let Ok(policy) = HeaderValue::from_str(&policy(&connect)) {
        sent.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        sent.insert(name, HeaderValue::from_static(value));
    }
    sent.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    sent.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// The content security policy; `connect` are more sources for `connect-src`, each with a space before it.
fn policy(connect: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'{connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The sources that can stand in a policy, each with a space before it.
pub(crate) fn connect_sources(sources: &[String]) -> String {
    sources
        .iter()
        .filter(|source| {
            let secure = source.starts_with("https://") || source.starts_with("http://");
            secure
                && source
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && !b";,'\"".contains(&byte))
        })
        .map(|source| format!(" {source}"))
        .collect()
}

fn refusal(request: &Request) -> Option<Problem> {
    let headers = request.headers();
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let target = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    let local = host.is_some_and(is_local) && target.is_none_or(is_local);
    let foreign = |detail| Some(ProblemType::ForeignOrigin.problem(detail));
    if !local {
        return foreign(
            "this server answers only under the names `localhost`, `127.0.0.1` and `[::1]`",
        );
    }
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let origin = headers
        .get(header::ORIGIN)
        .map(|value| value.to_str().unwrap_or("null"));
    let own = origin.is_none_or(|origin| {
        origin
            .strip_prefix("http://")
            .is_some_and(|origin| host == Some(origin))
    });
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // Only browsers say it, and no page can make them say something else. `none` is a person who typed the address.
    let near = said("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
    let allowed = reads || (own && near);
    if !allowed {
        return foreign("a page of another origin may only read");
    }
    let follows_link = said("sec-fetch-mode") == Some("navigate");
    let costs = request.uri().path().starts_with("/v1/");
    if costs && !near && !follows_link {
        return foreign("a page of another origin may not ask the integration API");
    }
    None
}

/// Whether an authority names this machine, with any port.
fn is_local(authority: &str) -> bool {
    let name = match authority.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => authority,
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|local| name.eq_ignore_ascii_case(local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_local() {
        for local in [
            "localhost",
            "LocalHost:4000",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:4000",
        ] {
            assert!(is_local(local), "{local}");
        }
        for foreign in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:4000",
            "localhost@evil.example",
            "[::2]:4000",
            "0.0.0.0:4000",
        ] {
            assert!(!is_local(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_source_cannot_leave_its_directive() {
        let sources = [
            "https://api.bookshop.example",
            "https://a; script-src *",
            "'unsafe-inline'",
            "https://b,c",
            "data:",
        ]
        .map(str::to_owned);
        assert_eq!(connect_sources(&sources), " https://api.bookshop.example");
    }
}
