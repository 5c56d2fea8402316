//! The preview server, asked over its router, and once over a socket.

use super::*;
use crate::mock::fixture;
use crate::{Archive, Authentication, DocsPage, Lifecycle, Listing, Reference, Snapshot, Spec};
use axum::body::{Body, HttpBody as _, to_bytes};
use axum::http::Request;
use flate2::read::GzDecoder;
use portolan_emit::{FileTree, TreePath};
use portolan_search::{Entry, Index, Kind};
use serde_json::{Value, json};
use std::io::Read as _;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

const HOST: (&str, &str) = ("host", "localhost:4000");

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert(*path, *text).expect("a path that is free");
    }
    tree
}

fn style() -> String {
    "body { color: black }\n".repeat(100)
}

fn listing(id: &str, category: &str) -> Listing {
    let reference = |id: &str| Reference {
        id: id.to_owned(),
        name: id.to_uppercase(),
    };
    Listing {
        id: id.to_owned(),
        name: id.to_uppercase(),
        categories: vec![reference(category)],
        tags: vec!["books".to_owned()],
        provider: reference("shop"),
        lifecycle: Lifecycle::Beta,
        authentication: vec![Authentication::ApiKey],
        address: format!("catalog/{id}/"),
        ..Listing::default()
    }
}

fn snapshot() -> Snapshot {
    let entry = |id: &str| Entry {
        api: "shop".to_owned(),
        method: "GET".to_owned(),
        path: "/books".to_owned(),
        ..Entry::new(
            Kind::Operation,
            id,
            format!("List books {id}"),
            "shop/books/list/",
        )
    };
    let spec = |id: &str| Spec {
        id: id.to_owned(),
        title: "Shop".to_owned(),
        version: "1".to_owned(),
        api: Arc::new(fixture::shop()),
        archives: vec![Archive {
            language: "python".to_owned(),
            path: TreePath::new("shop/sdks/shop-1.tar.gz").expect("a good path"),
            media_type: "application/gzip".to_owned(),
            file_name: "shop-1.tar.gz".to_owned(),
        }],
        document: Arc::from(&b"{}"[..]),
    };
    Snapshot {
        files: tree(&[
            ("index.html", "<h1>Home</h1>"),
            ("404.html", "<h1>Not here</h1>"),
            ("shop/index.html", "<h1>Shop</h1>"),
            ("assets/site.css", &style()),
            ("shop/sdks/shop-1.tar.gz", "an archive"),
        ]),
        specs: vec![spec("shop"), spec("shop-2"), spec("shop-3")],
        docs: vec![DocsPage {
            slug: "shop/guides/start".to_owned(),
            title: "Start".to_owned(),
            summary: String::new(),
            spec: Some("shop".to_owned()),
            address: "shop/guides/start/".to_owned(),
            markdown: "Begin.\n".to_owned(),
        }],
        listings: vec![listing("a", "books"), listing("b", "maps")],
        search: Some(Arc::new(
            Index::build((0..3).map(|n| entry(&n.to_string())).collect()).expect("an index"),
        )),
        connect: vec!["https://api.shop.example".to_owned()],
    }
}

struct Site {
    snapshots: Snapshots,
    router: Router,
    close: watch::Sender<bool>,
}

fn empty() -> Site {
    let snapshots = Snapshots::new();
    let (close, closing) = watch::channel(false);
    Site {
        router: router(snapshots.clone(), closing),
        snapshots,
        close,
    }
}

fn site() -> Site {
    let site = empty();
    site.snapshots.publish(snapshot(), &json!([]));
    site
}

impl Site {
    async fn open(&self, line: &str, headers: &[(&str, &str)]) -> Response {
        let (method, uri) = line.split_once(' ').expect("a method and a path");
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer")
    }

    async fn send(&self, line: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, Vec<u8>) {
        let (parts, body) = self.open(line, headers).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        (parts.status.as_u16(), parts.headers, bytes.to_vec())
    }

    async fn get(&self, uri: &str) -> (u16, HeaderMap, Vec<u8>) {
        self.send(&format!("GET {uri}"), &[HOST]).await
    }

    async fn json(&self, uri: &str) -> (u16, Value) {
        let (status, headers, body) = self.get(uri).await;
        let wanted = match status {
            200 => "application/json",
            _ => "application/problem+json",
        };
        assert_eq!(headers["content-type"], wanted, "{uri}");
        (status, serde_json::from_slice(&body).expect("JSON"))
    }
}

#[tokio::test]
async fn a_page_is_served_with_its_policy() {
    let (status, headers, body) = site().get("/").await;
    assert_eq!((status, body.as_slice()), (200, &b"<h1>Home</h1>"[..]));
    let wanted = [
        ("content-type", "text/html; charset=utf-8"),
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self' https://api.shop.example; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-cache"),
    ];
    for (name, value) in wanted {
        assert_eq!(headers[name], value);
    }
    assert!(!headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn a_folder_without_its_slash_is_sent_there() {
    let site = site();
    let (status, headers, _) = site.get("/shop?x=1").await;
    assert_eq!(
        (status, &headers["location"]),
        (308, &"/shop/?x=1".parse().expect("a header"))
    );
    assert_eq!(site.get("/shop/").await.2, b"<h1>Shop</h1>");
}

#[tokio::test]
async fn what_is_not_in_the_manifest_is_not_there() {
    let site = site();
    let paths = [
        "/nothing",
        "/assets",
        "/assets/",
        "//index.html",
        "/./index.html",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/index.html",
        "/shop/%2e%2e/index.html",
        "/shop/..%5cindex.html",
        "/shop%2findex.html",
        "/index.html%00",
        "/%252e%252e/index.html",
        "/shop/..;/index.html",
        "/C:/index.html",
        "/etc/passwd",
        "/shop/index.html/",
        "/%ff",
    ];
    for path in paths {
        let (status, _, body) = site.get(path).await;
        assert_eq!(
            (status, body.as_slice()),
            (404, &b"<h1>Not here</h1>"[..]),
            "{path}"
        );
    }
}

#[tokio::test]
async fn bodies_are_compressed_and_repeated_only_when_they_changed() {
    let site = site();
    let packed = ("accept-encoding", "br, gzip;q=0.8");
    let (status, headers, body) = site.send("GET /assets/site.css", &[HOST, packed]).await;
    assert_eq!(
        (status, &headers["content-encoding"]),
        (200, &"gzip".parse().expect("a header"))
    );
    assert_eq!(headers["vary"], "Accept-Encoding");
    let mut text = String::new();
    GzDecoder::new(body.as_slice())
        .read_to_string(&mut text)
        .expect("gzip");
    assert_eq!(text, style());

    let tag = headers["etag"].to_str().expect("text").to_owned();
    let (status, _, body) = site
        .send(
            "GET /assets/site.css",
            &[HOST, packed, ("if-none-match", &tag)],
        )
        .await;
    assert_eq!((status, body.len()), (304, 0));
    let (status, headers, body) = site
        .send(
            "GET /assets/site.css",
            &[
                HOST,
                ("if-none-match", &tag),
                ("accept-encoding", "gzip;q=0"),
            ],
        )
        .await;
    assert_eq!((status, body), (200, style().into_bytes()));
    assert!(!headers.contains_key("content-encoding"));
    let (status, headers, body) = site.send("HEAD /assets/site.css", &[HOST]).await;
    assert_eq!((status, body.len()), (200, 0));
    assert_eq!(headers["content-length"], style().len().to_string());
}

#[tokio::test]
async fn only_this_machine_is_answered_and_only_this_origin_may_write() {
    let site = site();
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

#[tokio::test]
async fn a_mock_is_mounted_for_each_api() {
    let site = site();
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
    let site = empty();
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

#[tokio::test]
async fn lists_have_pages() {
    let site = site();
    for (list, key, count) in [
        ("specs?", "id", 3),
        ("catalog?", "id", 2),
        ("search?q=books&", "id", 3),
    ] {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let (status, page) = site.json(&format!("/v1/{list}limit=1{cursor}")).await;
            assert_eq!(status, 200);
            let data = page["data"].as_array().expect("a list");
            assert_eq!(data.len(), 1, "{list}");
            found.push(data[0][key].clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        found.dedup();
        assert_eq!(found.len(), count, "{list}");
    }
}

#[tokio::test]
async fn specs_tell_what_they_offer() {
    let site = site();
    let (_, page) = site.json("/v1/specs?limit=1").await;
    // `printf "an archive" | sha256sum`
    let digest = "9e691d5adacf0e102f203100842ffaba4e2a7dfe3dbd536827d3c0db8c7e88f1";
    assert_eq!(
        page["data"][0],
        json!({
            "id": "shop", "title": "Shop", "version": "1", "summary": null, "openapi_version": "3.1.0",
            "operation_count": 7, "address": "shop/",
            "sdks": [{
                "language": "python", "file_name": "shop-1.tar.gz", "media_type": "application/gzip", "size": 10,
                "sha256": digest
            }]
        })
    );
    let (_, spec) = site.json("/v1/specs/shop").await;
    assert_eq!(spec["servers"], json!(["https://api.shop.example/v1"]));
    assert_eq!(
        spec["operations"][3],
        json!({
            "id": "uploadFile", "method": "PUT", "path": "/books/{id}/file.{format}", "summary": null,
            "resource": "files", "deprecated": false
        })
    );
}

#[tokio::test]
async fn an_sdk_is_downloaded_once() {
    let site = site();
    let uri = "/v1/specs/shop/sdks/python";
    let (status, headers, body) = site.get(uri).await;
    assert_eq!((status, body.as_slice()), (200, &b"an archive"[..]));
    assert_eq!(headers["content-type"], "application/gzip");
    assert_eq!(
        headers["content-disposition"],
        "attachment; filename=\"shop-1.tar.gz\""
    );
    let tag = headers["etag"].to_str().expect("text");
    let (_, listed) = site.json("/v1/specs/shop").await;
    assert_eq!(
        tag,
        format!(
            "\"{}\"",
            listed["sdks"][0]["sha256"].as_str().expect("text")
        )
    );
    let (status, _, body) = site
        .send(&format!("GET {uri}"), &[HOST, ("if-none-match", tag)])
        .await;
    assert_eq!((status, body.len()), (304, 0));
}

#[tokio::test]
async fn docs_and_listings_are_found_by_name() {
    let site = site();
    let (status, page) = site.json("/v1/docs/shop%2Fguides%2Fstart").await;
    assert_eq!((status, &page["markdown"]), (200, &json!("Begin.\n")));
    let (_, page) = site
        .json("/v1/catalog?category=maps&provider=shop&tag=books")
        .await;
    assert_eq!(page["data"][0]["id"], "b");
    assert_eq!(page["data"].as_array().map(Vec::len), Some(1));
    let (_, listing) = site.json("/v1/catalog/a").await;
    assert_eq!(
        listing,
        json!({
            "id": "a", "name": "A", "summary": "", "categories": [{"id": "books", "name": "BOOKS"}], "tags": ["books"],
            "provider": {"id": "shop", "name": "SHOP"}, "lifecycle": "beta", "authentication": ["api-key"],
            "address": "catalog/a/"
        })
    );
}

#[tokio::test]
async fn whatever_is_wrong_is_a_problem_document() {
    let site = site();
    let cases = [
        ("/v1/specs?limit=0", 400, "limit minimum"),
        ("/v1/specs?limit=101", 400, "limit maximum"),
        ("/v1/specs?limit=x&cursor=y", 400, "limit type"),
        ("/v1/specs?cursor=y", 400, "cursor format"),
        ("/v1/search", 400, "q required"),
        ("/v1/search?q=+", 400, "q minLength"),
        ("/v1/search?q=a&q=b", 400, "q type"),
        ("/v1/search?q=a&kind=animal", 400, "kind enum"),
        ("/v1/specs/none", 404, ""),
        ("/v1/specs/shop/sdks/cobol", 404, ""),
        ("/v1/docs/none", 404, ""),
        ("/v1/catalog/none", 404, ""),
        ("/v1/none", 404, ""),
        ("/v1", 404, ""),
    ];
    for (uri, status, first) in cases {
        let (got, problem) = site.json(uri).await;
        assert_eq!(got, status, "{uri}");
        assert_eq!(problem["status"], status);
        let named = problem["errors"].get(0).map_or(String::new(), |error| {
            format!(
                "{} {}",
                error["name"].as_str().expect("text"),
                error["rule"].as_str().expect("text")
            )
        });
        assert_eq!(named, first, "{uri}: {problem}");
    }
    let (status, headers, _) = site.send("DELETE /v1/specs", &[HOST]).await;
    assert_eq!(status, 405);
    assert_eq!(headers["allow"], "GET,HEAD");
    assert_eq!(headers["content-type"], "application/problem+json");
}

#[tokio::test]
async fn every_operation_of_the_document_answers() {
    let site = site();
    let document: Value = serde_json::from_str(crate::document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let uri = path
                .replace("{language}", "python")
                .replace("{slug}", "shop%2Fguides%2Fstart")
                .replace(
                    "{id}",
                    if path.contains("catalog") {
                        "a"
                    } else {
                        "shop"
                    },
                );
            let uri = if path.ends_with("search") {
                format!("{uri}?q=books")
            } else {
                uri
            };
            let line = format!("{} {uri}", method.to_uppercase());
            assert_eq!(site.send(&line, &[HOST]).await.0, 200, "{line}");
        }
    }
    assert_eq!(paths.len(), 9);
    assert_eq!(site.json("/openapi.json").await, (200, document.clone()));
}

/// The next event of a stream.
async fn next(body: &mut Body) -> String {
    let frame = std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context));
    let frame = tokio::time::timeout(Duration::from_secs(5), frame)
        .await
        .expect("an event in time");
    match frame {
        Some(frame) => {
            let bytes = frame.expect("no error").into_data().expect("data");
            String::from_utf8(bytes.to_vec()).expect("text")
        }
        None => "the end".to_owned(),
    }
}

#[tokio::test]
async fn pages_learn_of_builds_that_fail_and_of_new_ones() {
    let site = site();
    let build = site
        .snapshots
        .current()
        .expect("a build")
        .manifest
        .fingerprint()
        .to_owned();
    let listen = async |headers: &[(&str, &str)]| {
        site.open("GET /_portolan/events", headers)
            .await
            .into_body()
    };

    let mut events = listen(&[HOST]).await;
    assert_eq!(
        next(&mut events).await,
        format!("event: diagnostics\ndata: []\nid: {build}\n\n")
    );
    site.snapshots.fail(&json!(["broken"]));
    assert_eq!(
        next(&mut events).await,
        format!("event: diagnostics\ndata: [\"broken\"]\nid: {build}\n\n")
    );

    // The same pages again: only the report is new.
    site.snapshots.publish(snapshot(), &json!([]));
    assert_eq!(
        next(&mut events).await,
        format!("event: diagnostics\ndata: []\nid: {build}\n\n")
    );

    let changed = Snapshot {
        files: tree(&[("index.html", "<h1>New</h1>")]),
        ..snapshot()
    };
    site.snapshots.publish(changed, &json!([]));
    let build = site
        .snapshots
        .current()
        .expect("a build")
        .manifest
        .fingerprint()
        .to_owned();
    assert_eq!(
        next(&mut events).await,
        format!("event: reload\ndata: {build}\nid: {build}\n\n")
    );

    // Who comes back with the id of another build is told at once.
    let mut late = listen(&[HOST, ("last-event-id", "another")]).await;
    assert!(next(&mut late).await.starts_with("event: reload\n"));

    site.close.send_replace(true);
    assert_eq!(next(&mut events).await, "the end");
}

#[tokio::test]
async fn the_server_ends_when_it_is_told_though_pages_listen() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let snapshots = Snapshots::new();
    snapshots.publish(snapshot(), &json!([]));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, snapshots, async {
        let _ = stopped.await;
    }));

    let mut connection = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let request = format!("GET /_portolan/events HTTP/1.1\r\nHost: {address}\r\n\r\n");
    connection
        .write_all(request.as_bytes())
        .await
        .expect("sent");
    let mut buffer = [0; 4096];
    let read = connection.read(&mut buffer).await.expect("an answer");
    assert!(buffer[..read].starts_with(b"HTTP/1.1 200 OK\r\n"));

    stop.send(()).expect("the server still runs");
    let ended = tokio::time::timeout(Duration::from_secs(2), server).await;
    ended
        .expect("in time")
        .expect("no panic")
        .expect("no error");
}
