//! The mock, asked over its router.

use super::{fixture, router};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;

struct Got {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the answer is text")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header is text"))
    }
}

struct Client(axum::Router);

impl Client {
    fn new() -> Client {
        Client(router(Arc::new(fixture::shop())))
    }

    async fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let (method, uri) = line.split_once(' ').expect("a method and a path");
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let answer = self.0.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        Got {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.expect("a body").to_vec(),
        }
    }

    async fn get(&self, uri: &str) -> Got {
        self.send(&format!("GET {uri}"), &[], "").await
    }
}

const KEY: (&str, &str) = ("x-key", "k");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn an_answer_is_the_first_example() {
    let got = Client::new().get("/books").await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("content-type"), "application/json");
    assert_eq!(
        got.json(),
        json!({"data": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}], "next_cursor": "page-2"})
    );
}

#[tokio::test]
async fn an_operation_answers_below_each_base_path_and_without() {
    let client = Client::new();
    for uri in ["/books/7", "/v1/books/7"] {
        let got = client.get(uri).await;
        assert_eq!(got.status, 200, "{uri}");
        assert_eq!(got.header("etag"), "\"7f\"", "{uri}");
    }
    assert_eq!(client.get("/v2/books/7").await.status, 404);
}

#[tokio::test]
async fn a_list_has_three_pages_and_an_end() {
    let client = Client::new();
    let mut uri = "/books?limit=1".to_owned();
    let mut pages = Vec::new();
    loop {
        let page = client.get(&uri).await.json();
        pages.push(page["data"].as_array().expect("a list").len());
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        uri = format!("/books?limit=1&cursor={cursor}");
    }
    assert_eq!(pages, [1, 1, 1]);
}

#[tokio::test]
async fn prefer_chooses_status_and_example() {
    let client = Client::new();
    let ask = async |uri: &str, prefer: &str| {
        client
            .send(&format!("GET {uri}"), &[("prefer", prefer)], "")
            .await
    };
    let gone = ask("/books/7", "code=404").await;
    assert_eq!(
        (gone.status, gone.json()),
        (404, json!({"message": "gone"}))
    );
    let nothing = ask("/books", "example=nothing").await;
    assert_eq!(nothing.json(), json!({"data": [], "next_cursor": null}));
    let busy = ask("/books", "code=429").await;
    assert_eq!((busy.status, busy.header("retry-after")), (429, "1"));
    let down = ask("/books", "code=503, retry-after=0").await;
    assert_eq!((down.status, down.header("retry-after")), (503, "0"));
    assert_eq!(down.header("content-type"), "application/problem+json");
    assert_eq!(ask("/books", "code=302").await.status, 400);
    assert_eq!(ask("/books", "example=other").await.status, 400);
}

#[tokio::test]
async fn a_sequence_takes_a_step_with_each_request() {
    let client = Client::new();
    let ask = async |name: &str| {
        let headers = [
            ("prefer", "status-sequence=503,429,200"),
            ("x-mock-sequence", name),
        ];
        client.send("GET /books", &headers, "").await.status
    };
    let mut statuses = Vec::new();
    for name in ["a", "a", "b", "a", "b", "a"] {
        statuses.push(ask(name).await);
    }
    assert_eq!(statuses, [503, 429, 503, 200, 429, 503]);
}

#[tokio::test]
async fn a_form_that_the_client_accepts_is_sent() {
    let client = Client::new();
    let ask = async |accept: &str| {
        client
            .send("GET /books/7/file.pdf", &[("accept", accept)], "")
            .await
    };
    assert!(ask("*/*").await.body.starts_with(b"%PDF"));
    let picture = ask("image/*").await;
    assert_eq!(picture.header("content-type"), "image/png");
    assert!(picture.body.starts_with(b"\x89PNG"));
    assert_eq!(ask("text/html").await.status, 406);
}

#[tokio::test]
async fn streams_have_three_items() {
    let client = Client::new();
    assert_eq!(
        client.get("/events").await.text(),
        "id: 1\ndata: 1\n\nid: 2\ndata: 1\n\nid: 3\ndata: 1\n\n"
    );
    let lines = client
        .send("GET /events", &[("accept", "application/jsonl")], "")
        .await;
    assert_eq!(lines.text(), "1\n1\n1\n");
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let client = Client::new();
    let got = client.send("HEAD /books/7", &[], "").await;
    let length = client.get("/books/7").await.body.len().to_string();
    assert_eq!((got.status, got.body.len()), (200, 0));
    assert_eq!(got.header("content-length"), length);
}

#[tokio::test]
async fn who_calls_is_asked_for_in_any_of_the_ways() {
    let client = Client::new();
    let body = r#"{"title": "T"}"#;
    let none = client.send("POST /books", &[JSON], body).await;
    assert_eq!(none.status, 401);
    assert_eq!(
        none.header("www-authenticate"),
        "ApiKey realm=\"mock\", Basic realm=\"mock\""
    );
    assert_eq!(
        none.json()["detail"],
        "the request does not show who it comes from: send the header `X-Key`, or `Authorization: Basic` with user and password"
    );
    for way in [KEY, ("authorization", "Basic YTpi")] {
        assert_eq!(
            client.send("POST /books", &[JSON, way], body).await.status,
            201
        );
    }
    for way in [
        ("x-key", ""),
        ("authorization", "Bearer YTpi"),
        ("authorization", "Basic YQ=="),
    ] {
        assert_eq!(
            client.send("POST /books", &[JSON, way], body).await.status,
            401
        );
    }
}

/// Method and path, headers, body, the status, and the first mistake that is named.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, u16, &'a str);

/// A request as it should be, changed in one place: what is refused, and which rule is named.
#[tokio::test]
async fn a_mutated_request_is_refused_by_name() {
    let client = Client::new();
    let cases: [Case<'_>; 34] = [
        // Nothing is wrong.
        (
            "GET /books?limit=100&genre=poetry&genre=prose",
            &[],
            "",
            200,
            "",
        ),
        (
            "GET /books",
            &[
                ("x-trace", "0b54cd54-5d0c-4a8f-9f1b-6c4f2a1e8d37"),
                ("cookie", "session=3"),
            ],
            "",
            200,
            "",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "subtitle": null, "genre": "prose"}"#,
            201,
            "",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "products": [{"kind": "audio", "seconds": 9007199254740993}]}"#,
            201,
            "",
        ),
        (
            "POST /sessions",
            &[(
                "content-type",
                "application/x-www-form-urlencoded; charset=utf-8",
            )],
            "user=ada&days=3",
            204,
            "",
        ),
        // Paths and methods.
        ("GET /shelves", &[], "", 404, ""),
        ("DELETE /books", &[], "", 405, ""),
        // Parameters.
        ("GET /books?limit=0", &[], "", 400, "query limit minimum"),
        ("GET /books?limit=101", &[], "", 400, "query limit maximum"),
        ("GET /books?limit=ten", &[], "", 400, "query limit type"),
        ("GET /books?limit=", &[], "", 400, "query limit type"),
        (
            "GET /books?limit=1&limit=2",
            &[],
            "",
            400,
            "query limit style",
        ),
        (
            "GET /books?genre=poetry&genre=drama",
            &[],
            "",
            400,
            "query genre enum",
        ),
        (
            "GET /books",
            &[("x-trace", "no")],
            "",
            400,
            "header X-Trace format",
        ),
        (
            "GET /books",
            &[("cookie", "session=12")],
            "",
            400,
            "cookie session maximum",
        ),
        ("GET /books/1000", &[], "", 400, "path id maximum"),
        ("GET /books/x", &[], "", 400, "path id type"),
        // Bodies.
        ("POST /books", &[JSON, KEY], "", 400, "body  required"),
        ("POST /books", &[KEY], "", 400, "body  required"),
        ("POST /books", &[JSON, KEY], "{", 400, "body  contentType"),
        (
            "POST /books",
            &[("content-type", "text/plain"), KEY],
            "T",
            415,
            "",
        ),
        ("POST /books", &[KEY], r#"{"title": "T"}"#, 415, ""),
        ("POST /books", &[JSON, KEY], "[]", 422, "body  type"),
        (
            "POST /books",
            &[JSON, KEY],
            "{}",
            422,
            "body /title required",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": ""}"#,
            422,
            "body /title minLength",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": null}"#,
            422,
            "body /title type",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "genre": "drama"}"#,
            422,
            "body /genre enum",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "subtitle": 1}"#,
            422,
            "body /subtitle type",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "colour": "red"}"#,
            422,
            "body /colour additionalProperties",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "products": [{"kind": "clay"}]}"#,
            422,
            "body /products/0/kind enum",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "products": [{"kind": "printed", "pages": 1.5}]}"#,
            422,
            "body /products/0/pages type",
        ),
        (
            "POST /books",
            &[JSON, KEY],
            r#"{"title": "T", "products": [{"kind": "printed", "pages": 4294967296}]}"#,
            422,
            "body /products/0/pages maximum",
        ),
        (
            "POST /sessions",
            &[("content-type", "application/x-www-form-urlencoded")],
            "days=3",
            422,
            "body /user required",
        ),
        (
            "POST /sessions",
            &[("content-type", "application/x-www-form-urlencoded")],
            "user=a&days=x",
            422,
            "body /days type",
        ),
    ];
    for (line, headers, body, status, first) in cases {
        let got = client.send(line, headers, body).await;
        assert_eq!(
            got.status,
            status,
            "{line} {headers:?} {body}: {}",
            got.text()
        );
        if status < 400 {
            continue;
        }
        assert_eq!(got.header("content-type"), "application/problem+json");
        let problem = got.json();
        assert_eq!(problem["status"], status);
        let named = problem["errors"].get(0).map_or(String::new(), |error| {
            let text = |member: &str| error[member].as_str().expect("text").to_owned();
            format!("{} {} {}", text("in"), text("name"), text("rule"))
        });
        assert_eq!(named, first, "{line} {headers:?} {body}: {problem}");
    }
}

#[tokio::test]
async fn an_upload_needs_its_parts() {
    let client = Client::new();
    let send = async |parts: &[&str]| {
        let body: String = parts
            .iter()
            .map(|part| format!("--x\r\ncontent-disposition: form-data; {part}\r\n"))
            .collect();
        let headers = [("content-type", "multipart/form-data; boundary=x")];
        let got = client
            .send(
                "PUT /books/7/file.pdf",
                &headers,
                &format!("{body}--x--\r\n"),
            )
            .await;
        let problem = match got.status {
            204 => Value::Null,
            _ => got.json(),
        };
        (
            got.status,
            problem["errors"][0]["name"]
                .as_str()
                .unwrap_or("")
                .to_owned(),
        )
    };
    let file = "name=file; filename=a.pdf\r\ncontent-type: application/pdf\r\n\r\n%PDF";
    assert_eq!(
        send(&[file, "name=note\r\n\r\nhello"]).await,
        (204, String::new())
    );
    let details = "name=details\r\ncontent-type: application/json\r\n\r\n";
    let good = format!("{details}{{\"title\": \"T\"}}");
    assert_eq!(send(&[file, &good]).await, (204, String::new()));
    let bad = format!("{details}{{\"title\": 1}}");
    assert_eq!(
        send(&[file, &bad]).await,
        (422, "/details/title".to_owned())
    );
    assert_eq!(
        send(&["name=note\r\n\r\nhello"]).await,
        (422, "/file".to_owned())
    );
    let text = "name=file\r\ncontent-type: text/plain\r\n\r\nno";
    assert_eq!(send(&[text]).await, (422, "/file".to_owned()));
    assert_eq!(send(&[file, file]).await, (422, "/file".to_owned()));
}

#[tokio::test]
async fn options_names_the_methods() {
    let got = Client::new().send("OPTIONS /v1/books", &[], "").await;
    assert_eq!(got.status, StatusCode::NO_CONTENT.as_u16());
    assert_eq!(got.header("allow"), "GET, POST");
}
