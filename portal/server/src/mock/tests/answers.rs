//! What the mock answers.

use super::{Client, JSON, Written};
use crate::mock::{Options, Recorder};
use serde_json::{Value, json};

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
async fn options_names_the_methods() {
    let got = Client::new().send("OPTIONS /v1/books", &[], "").await;
    assert_eq!(got.status, 204);
    assert_eq!(got.header("allow"), "GET, POST, Purge");
}

#[tokio::test]
async fn a_download_goes_on_where_it_stopped() {
    let client = Client::new();
    let whole = client.get("/books/7/file.pdf").await;
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let length = whole.body.len();
    let rest = client
        .send("GET /books/7/file.pdf", &[("range", "bytes=10-")], "")
        .await;
    assert_eq!(rest.status, 206);
    assert_eq!(rest.body, whole.body[10..]);
    let range = format!("bytes 10-{}/{length}", length - 1);
    assert_eq!(rest.header("content-range"), range);
    let beyond = client
        .send("GET /books/7/file.pdf", &[("range", "bytes=9999-")], "")
        .await;
    assert_eq!((beyond.status, beyond.body.len()), (416, 0));
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));
}

#[tokio::test]
async fn a_stream_goes_on_behind_the_last_event() {
    let got = Client::new()
        .send("GET /events", &[("last-event-id", "2")], "")
        .await;
    assert_eq!(got.text(), "id: 3\ndata: 1\n\n");
}

#[tokio::test]
async fn a_seed_draws_other_values_and_always_the_same() {
    let client = Client::new();
    let ask = async |prefer: &str| {
        client
            .send("GET /books/7", &[("prefer", prefer)], "")
            .await
            .text()
    };
    let steady = ask("dynamic=true").await;
    let drawn = ask("dynamic=true, seed=7").await;
    assert_eq!(drawn, ask("dynamic=true, seed=7").await);
    assert_ne!(drawn, steady);
    assert_ne!(drawn, ask("dynamic=true, seed=8").await);
    assert_eq!(steady, ask("dynamic=true").await);
    let seeded = Client::with(Options {
        seed: Some(7),
        ..Options::default()
    });
    assert_eq!(seeded.get("/books/7").await.text(), drawn);
}

#[tokio::test]
async fn an_example_of_another_response_is_found_by_its_name() {
    let got = Client::new()
        .send("GET /books/7", &[("prefer", "example=gone")], "")
        .await;
    assert_eq!((got.status, got.json()), (404, json!({"message": "gone"})));
}

#[tokio::test]
async fn what_arrives_is_written_down_without_secrets() {
    let written = Written::default();
    let client = Client::with(Options {
        record: Some(Recorder::new(written.clone())),
        ..Options::default()
    });
    client
        .send(
            "GET /v1/books?limit=5&genre=poetry&genre=prose",
            &[("cookie", "session=3; sid=secret"), ("x-key", "secret")],
            "",
        )
        .await;
    client
        .send(
            "POST /books",
            &[JSON, ("authorization", "Basic secret")],
            r#"{"title": ""}"#,
        )
        .await;
    client
        .token("grant_type=client_credentials&client_secret=secret")
        .await;
    let text = written.text();
    assert!(
        !text.contains("secret\"") && !text.contains("=secret"),
        "{text}"
    );
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(
        lines[0],
        json!({
            "operation": "listBooks",
            "method": "GET",
            "path": "/v1/books",
            "query": "limit=5&genre=poetry&genre=prose",
            "parameters": {
                "query": {"limit": 5, "genre": ["poetry", "prose"]},
                "cookie": {"session": 3},
            },
            "headers": {"cookie": "session=3; sid=[redacted]", "x-key": "[redacted]"},
            "body": null,
            "status": 200,
            "errors": [],
        })
    );
    assert_eq!(lines[1]["headers"]["authorization"], "Basic [redacted]");
    assert_eq!(
        lines[1]["body"],
        json!({"size": 13, "text": "{\"title\": \"\"}", "value": {"title": ""}})
    );
    assert_eq!(
        (&lines[1]["status"], &lines[1]["errors"][0]["rule"]),
        (&json!(401), &json!("required"))
    );
    assert_eq!(
        lines[2]["body"]["text"],
        "grant_type=client_credentials&client_secret=[redacted]"
    );
}
