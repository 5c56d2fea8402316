//! Who may ask, mocks beside the portal, and the time before the first build.

use super::*;

#[tokio::test]
async fn only_this_machine_is_answered_and_only_this_origin_may_write() {
    let site = site().await;
    let cases = [
        ("GET /", "localhost:4000", None, 200),
        ("GET /", "[::1]:4000", None, 200),
        ("GET /", "evil.example", None, 403),
        ("GET /v1/specs", "evil.example:4000", None, 403),
        ("GET /", "localhost:4000", Some("http://evil.example"), 200),
        (
            "POST /_mock/shop/sessions",
            "localhost:4000",
            Some("http://evil.example"),
            403,
        ),
        (
            "POST /_mock/shop/sessions",
            "localhost:4000",
            Some("null"),
            403,
        ),
        (
            "POST /_mock/shop/sessions",
            "localhost:4000",
            Some("http://localhost:4000"),
            400,
        ),
        ("POST /_mock/shop/sessions", "localhost:4000", None, 400),
        ("POST /", "localhost:4000", None, 405),
    ];
    for (line, host, origin, wanted) in cases {
        let mut headers = vec![("host", host)];
        headers.extend(origin.map(|origin| ("origin", origin)));
        let (status, sent, _) = site.send(line, &headers).await;
        assert_eq!(status, wanted, "{line} {host} {origin:?}");
        assert!(!sent.contains_key("access-control-allow-origin"));
        assert!(sent.contains_key("content-security-policy"));
    }
    assert_eq!(site.send("GET /", &[]).await.0, 403, "no host at all");
}

/// A request, the headers that a browser sends with it, and the status that it gets.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16);

#[tokio::test]
async fn a_page_elsewhere_can_neither_change_nor_cost_anything() {
    let site = site().await;
    let cases: [Case<'_>; 10] = [
        // A script elsewhere, with what it may send without asking.
        (
            "POST /v1/specs",
            &[
                ("origin", "http://evil.example"),
                ("content-type", "text/plain"),
            ],
            403,
        ),
        (
            "POST /v1/specs",
            &[
                ("sec-fetch-site", "cross-site"),
                ("content-type", "text/plain"),
            ],
            403,
        ),
        (
            "POST /v1/specs",
            &[
                ("sec-fetch-site", "same-site"),
                ("content-type", "text/plain"),
            ],
            403,
        ),
        (
            "POST /v1/specs",
            &[
                ("sec-fetch-site", "cross-site"),
                ("content-type", "application/json"),
            ],
            403,
        ),
        // Without any of these headers a form could still not say more than that.
        ("POST /v1/specs", &[("content-type", "text/plain")], 415),
        (
            "POST /v1/specs",
            &[("content-type", "multipart/form-data; boundary=x")],
            415,
        ),
        (
            "POST /v1/specs/shop/diff",
            &[("content-type", "application/x-www-form-urlencoded")],
            415,
        ),
        (
            "DELETE /v1/specs/shop",
            &[("sec-fetch-site", "cross-site")],
            403,
        ),
        // A picture whose address is an SDK, and a link.
        (
            "GET /v1/specs",
            &[
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", "no-cors"),
            ],
            403,
        ),
        (
            "GET /v1/specs",
            &[
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", "navigate"),
            ],
            200,
        ),
    ];
    for (line, headers, wanted) in cases {
        let headers = [&[HOST], headers].concat();
        let (status, sent, _) = site.send(line, &headers).await;
        assert_eq!(status, wanted, "{line} {headers:?}");
        assert!(!sent.contains_key("access-control-allow-origin"));
    }
    let asked = [
        HOST,
        ("origin", "http://evil.example"),
        ("access-control-request-method", "DELETE"),
    ];
    let (status, sent, _) = site.send("OPTIONS /v1/specs/shop", &asked).await;
    assert_eq!(status, 405, "who asks first is not allowed");
    assert!(!sent.contains_key("access-control-allow-methods"));
}

#[tokio::test]
async fn a_mock_is_mounted_for_each_api() {
    let site = site().await;
    for path in ["/_mock/shop/books", "/_mock/shop/v1/books"] {
        let (status, _, body) = site.get(path).await;
        let page: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(
            (status, &page["data"][0]["id"]),
            (200, &json!("a")),
            "{path}"
        );
    }
    assert_eq!(site.json("/_mock/none/books").await.0, 404);
    assert_eq!(site.json("/_mock/shop").await.0, 404);
}

#[tokio::test]
async fn nothing_is_there_before_the_first_build() {
    let site = empty().await;
    assert_eq!(site.json("/livez").await, (200, json!({"status": "live"})));
    for path in [
        "/",
        "/readyz",
        "/v1/specs",
        "/v1/search?q=x",
        "/_mock/shop/books",
    ] {
        let (status, headers, _) = site.get(path).await;
        assert_eq!(
            (status, &headers["retry-after"]),
            (503, &"1".parse().expect("a header")),
            "{path}"
        );
    }
    site.snapshots.publish(snapshot(), &json!([]));
    assert_eq!(
        site.json("/readyz").await,
        (200, json!({"status": "ready"}))
    );
}
