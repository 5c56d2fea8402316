//! Pages of any origin may ask a mock that stands alone: it has nothing to hide, and an SDK in a page is tested against it.
//!
//! 1. A preflight (an `OPTIONS` that names the method to come) is answered here; everything that it asks for is allowed.
//! 2. Every other answer names the origin that asked, and lets its page read each of the answer's headers.
//!
//! The mocks of the preview server have a portal beside them and allow none of this.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Seconds for which a browser may remember the answer to a preflight.
const MAX_AGE: &str = "600";

/// The middleware.
pub(super) async fn allow(request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let mut answer = if is_preflight(request.method(), request.headers()) {
        preflight(request.headers())
    } else {
        next.run(request).await
    };
    let exposed = exposed(answer.headers());
    let sent = answer.headers_mut();
    sent.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    sent.insert(
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
    sent.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(exposed) = exposed {
        sent.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    answer
}

fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    *method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The method and the headers that a browser asks for, allowed.
fn preflight(asked: &HeaderMap) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    let allowed = answer.headers_mut();
    for (question, permission) in [
        (
            header::ACCESS_CONTROL_REQUEST_METHOD,
            header::ACCESS_CONTROL_ALLOW_METHODS,
        ),
        (
            header::ACCESS_CONTROL_REQUEST_HEADERS,
            header::ACCESS_CONTROL_ALLOW_HEADERS,
        ),
    ] {
        if let Some(value) = asked.get(question) {
            allowed.insert(permission, value.clone());
        }
    }
    allowed.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static(MAX_AGE),
    );
    answer
}

/// The names of an answer's headers; the wildcard would not hold for requests with cookies.
fn exposed(headers: &HeaderMap) -> Option<HeaderValue> {
    let names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    HeaderValue::from_str(&names.join(", "))
        .ok()
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::mock::{Options, fixture, router};
    use axum::body::Body;
    use axum::http::{HeaderMap, Request};
    use std::sync::Arc;
    use tower::ServiceExt as _;

    async fn ask(line: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap) {
        let (method, uri) = line.split_once(' ').expect("a method and a path");
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = router(Arc::new(fixture::shop()), Options::default())
            .oneshot(request)
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.headers().clone())
    }

    #[tokio::test]
    async fn a_preflight_allows_what_it_asks_for() {
        let asked = [
            ("origin", "http://page.example"),
            ("access-control-request-method", "PATCH"),
            ("access-control-request-headers", "authorization,x-key"),
        ];
        let (status, headers) = ask("OPTIONS /books/7", &asked).await;
        assert_eq!(status, 204);
        for (name, value) in [
            ("access-control-allow-origin", "http://page.example"),
            ("access-control-allow-methods", "PATCH"),
            ("access-control-allow-headers", "authorization,x-key"),
            ("access-control-allow-credentials", "true"),
            ("vary", "origin"),
        ] {
            assert_eq!(headers[name], value, "{name}");
        }
    }

    #[tokio::test]
    async fn a_page_may_read_every_answer_and_its_headers() {
        for (line, expected) in [("GET /books", 200), ("GET /none", 404)] {
            let (status, headers) = ask(line, &[("origin", "null")]).await;
            assert_eq!(status, expected);
            assert_eq!(headers["access-control-allow-origin"], "null");
            let exposed = headers["access-control-expose-headers"].to_str();
            assert!(exposed.expect("text").contains("content-type"));
        }
    }

    #[tokio::test]
    async fn who_is_no_page_sees_nothing_of_it() {
        let (status, headers) = ask("OPTIONS /books", &[]).await;
        assert_eq!(status, 204);
        assert!(headers.contains_key("allow"));
        assert!(!headers.contains_key("access-control-allow-origin"));
        assert!(!headers.contains_key("vary"));
    }
}
