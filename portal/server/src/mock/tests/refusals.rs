//! What the mock refuses.

use super::{Client, JSON, KEY};
use crate::mock::Options;
use serde_json::{Value, json};

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
    let cases: [Case<'_>; 37] = [
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
        ("GET /books/1000", &[], "", 404, "path id maximum"),
        ("GET /books/x", &[], "", 404, "path id type"),
        // Bodies.
        ("POST /books", &[JSON, KEY], "", 400, "body  required"),
        ("POST /books", &[KEY], "", 400, "body  required"),
        ("POST /books", &[JSON, KEY], "{", 400, "body  contentType"),
        (
            "POST /books",
            &[("content-type", "text/plain"), KEY],
            "T",
            415,
            "header Content-Type contentType",
        ),
        (
            "POST /books",
            &[JSON, KEY, ("content-encoding", "gzip")],
            "T",
            415,
            "header Content-Encoding contentEncoding",
        ),
        (
            "GET /books",
            &[("accept", "text/html")],
            "",
            406,
            "header Accept accept",
        ),
        (
            "POST /books",
            &[JSON],
            r#"{"title": "T"}"#,
            401,
            "header X-Key required",
        ),
        (
            "POST /books",
            &[KEY],
            r#"{"title": "T"}"#,
            415,
            "header Content-Type contentType",
        ),
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
            400,
            "body /user required",
        ),
        (
            "POST /sessions",
            &[("content-type", "application/x-www-form-urlencoded")],
            "user=a&days=x",
            400,
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
        assert!(got.header("content-type").ends_with("json"));
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
        let said = |member: &str| problem["errors"][0][member].as_str().unwrap_or("");
        let named = format!("{} {}", said("name"), said("rule"));
        (got.status, named.trim().to_owned())
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
        (422, "/details/title type".to_owned())
    );
    assert_eq!(
        send(&["name=note\r\n\r\nhello"]).await,
        (422, "/file required".to_owned())
    );
    let text = "name=file\r\ncontent-type: text/plain\r\n\r\nno";
    let refused = (422, "/file contentType".to_owned());
    assert_eq!(send(&[text]).await, refused);
    let twice = (422, "/file type".to_owned());
    assert_eq!(send(&[file, file]).await, twice);
    // Of a part that no type describes nobody knows that it is no list: here, it is one that may not be there at all.
    let unknown = "name=unknown\r\n\r\n1";
    assert_eq!(
        send(&[file, unknown, unknown, unknown]).await,
        (422, "/unknown additionalProperties".to_owned())
    );
}

#[tokio::test]
async fn only_the_given_credentials_open() {
    let client = Client::with(Options {
        credentials: vec!["right".to_owned(), "ada:lovelace".to_owned()],
        ..Options::default()
    });
    let cases = [
        (("x-key", "right"), 201, ""),
        (("x-key", "wrong"), 401, "credential"),
        (("authorization", "Basic YWRhOmxvdmVsYWNl"), 201, ""),
        (("authorization", "Basic YTpi"), 401, "required"),
    ];
    for (way, status, rule) in cases {
        let got = client
            .send("POST /books", &[JSON, way], r#"{"title": "T"}"#)
            .await;
        assert_eq!(got.status, status, "{way:?}");
        if status == 401 {
            assert_eq!(got.json()["errors"][0]["rule"], rule, "{way:?}");
        }
    }
    let token = client
        .token("client_id=a&grant_type=client_credentials")
        .await;
    assert_eq!(
        (token.status, &token.json()["access_token"]),
        (200, &"right".into())
    );
}

#[tokio::test]
async fn a_token_is_given_to_those_who_ask_as_the_standard_says() {
    let client = Client::new();
    let cases = [
        (
            "grant_type=client_credentials&client_id=a&scope=read",
            200,
            "read",
        ),
        ("grant_type=client_credentials", 401, "invalid_client"),
        ("client_id=a", 400, "invalid_request"),
    ];
    for (form, status, said) in cases {
        let got = client.token(form).await;
        let body = got.json();
        assert_eq!(got.status, status, "{form}");
        assert_eq!(got.header("cache-control"), "no-store");
        let member = if status == 200 { "scope" } else { "error" };
        assert_eq!(body[member], said, "{form}");
    }
}

/// The document has an error type of its own: the problem is told in its words, and beside them in ours.
#[tokio::test]
async fn a_refusal_is_also_what_the_document_describes() {
    let client = Client::new();
    let got = client
        .send(
            "POST /sessions",
            &[("content-type", "application/x-www-form-urlencoded")],
            "user=a&days=x",
        )
        .await;
    assert_eq!(got.status, 400, "422 is not described");
    assert_eq!(got.header("content-type"), "application/json");
    assert_eq!(
        got.json(),
        json!({
            "message": "`/days` of the body is refused: \"x\" is not of type \"integer\"",
            "errors": [{
                "field": "days",
                "code": "type",
                "in": "body",
                "name": "/days",
                "pointer": "/days",
                "rule": "type",
                "detail": "\"x\" is not of type \"integer\"",
            }],
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "`/days` of the body is refused: \"x\" is not of type \"integer\"",
        })
    );
}

#[tokio::test]
async fn methods_are_told_apart_by_case() {
    let client = Client::new();
    assert_eq!(client.send("get /books", &[], "").await.status, 405);
    assert_eq!(client.send("Purge /books", &[], "").await.status, 204);
    assert_eq!(client.send("PURGE /books", &[], "").await.status, 405);
}
