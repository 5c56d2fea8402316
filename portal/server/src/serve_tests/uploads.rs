//! Documents that are sent.

use super::*;

const BINARY: &str = "application/octet-stream";

#[tokio::test]
async fn a_document_comes_is_used_and_goes() {
    let site = site().await;
    let (status, headers, spec) = site.post("/v1/specs", BINARY, "{}").await;
    assert_eq!(status, 201);
    let id = spec["id"].as_str().expect("an id");
    // `printf {} | sha256sum`
    assert_eq!(id, "upload_44136fa355b3678a1146ad16f7e8649e");
    let address = format!("/v1/specs/{id}");
    assert_eq!(headers["location"], address.as_str());
    assert_eq!(spec["report"]["score"]["grade"], "D");
    assert_eq!(spec["origin"], "upload");
    assert!(spec["uploaded_at"].as_str().expect("a time").ends_with('Z'));
    assert_eq!(
        spec["sdks"][0],
        json!({"language": "python", "archives": []})
    );

    let (status, again, same) = site
        .post("/v1/specs", "application/json; charset=utf-8", "{}")
        .await;
    assert_eq!(
        (status, &same),
        (200, &spec),
        "the same bytes are the same document"
    );
    assert_eq!(again["etag"], headers["etag"]);
    let (_, got) = site.json(&address).await;
    assert_eq!(got, spec);

    let (_, samples) = site
        .json(&format!(
            "{address}/samples/listBooks?language=python&example=many"
        ))
        .await;
    assert_eq!(samples["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(samples["data"][0]["source"], "call listBooks");

    let tag = headers["etag"].to_str().expect("text").to_owned();
    let other = [HOST, ("if-match", "\"other\"")];
    assert_eq!(site.send(&format!("DELETE {address}"), &other).await.0, 412);
    let right = [HOST, ("if-match", tag.as_str())];
    assert_eq!(site.send(&format!("DELETE {address}"), &right).await.0, 204);
    assert_eq!(
        site.send(&format!("DELETE {address}"), &[HOST]).await.0,
        404
    );
    assert_eq!(site.json(&address).await.0, 404);
    assert_eq!(site.send("DELETE /v1/specs/shop", &[HOST]).await.0, 409);
    assert_eq!(site.send("DELETE /v1/specs/none", &[HOST]).await.0, 404);
}

#[tokio::test]
async fn an_sdk_of_a_document_is_made_once() {
    let site = limited(Some(2)).await;
    let (_, _, spec) = site.post("/v1/specs", BINARY, "{}").await;
    let uri = format!(
        "/v1/specs/{}/sdks/python?format=zip",
        spec["id"].as_str().expect("an id")
    );
    let (status, headers, body) = site.get(&uri).await;
    assert_eq!((status, body.as_slice()), (200, &b"python as zip"[..]));
    assert_eq!(headers["content-type"], "application/zip");
    assert_eq!(
        headers["content-disposition"],
        "attachment; filename=\"shop-python.zip\""
    );
    assert_eq!(headers["ratelimit"], "\"costly\";r=0;t=60");
    let tag = headers["etag"].to_str().expect("text");
    let (status, headers, body) = site
        .send(&format!("GET {uri}"), &[HOST, ("if-none-match", tag)])
        .await;
    assert_eq!((status, body.len()), (304, 0));
    assert!(
        !headers.contains_key("ratelimit"),
        "what was made costs nothing"
    );
    let (status, headers, _) = site.get(&uri.replace("zip", "tar.gz")).await;
    assert_eq!(status, 429);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(headers["retry-after"], "30");
    assert_eq!(headers["ratelimit-policy"], "\"costly\";q=2;w=60");
}

#[tokio::test]
async fn a_document_that_is_refused_is_not_kept() {
    let site = site().await;
    let (status, _, problem) = site.post("/v1/specs", BINARY, "[]").await;
    assert_eq!(status, 422);
    assert_eq!(
        problem,
        json!({
            "type": "/v1/problems/invalid-document", "title": "Unprocessable Entity", "status": 422,
            "detail": "the document has an error: there is no brace",
            "diagnostics": [{
                "code": "no-brace", "severity": "error", "message": "there is no brace",
                "places": [{"line": 1, "column": 1, "end_line": 1, "end_column": 2, "message": ""}],
                "help": ["write one"]
            }]
        })
    );
    let most = 5 << 20;
    let largest = format!("{{{}", " ".repeat(most - 1));
    assert_eq!(site.post("/v1/specs", BINARY, largest.clone()).await.0, 201);
    let (status, _, problem) = site.post("/v1/specs", BINARY, largest + " ").await;
    assert_eq!(
        (status, &problem["type"]),
        (413, &json!("/v1/problems/document-too-large"))
    );
    // Nobody says how long it is.
    let endless = Body::from_stream(Pieces(6));
    assert_eq!(site.post("/v1/specs", BINARY, endless).await.0, 413);
    let packed = [HOST, ("content-type", BINARY), ("content-encoding", "gzip")];
    assert_eq!(site.send("POST /v1/specs", &packed).await.0, 415);
    let (_, page) = site.json("/v1/specs?origin=upload").await;
    assert_eq!(
        page["data"].as_array().map(Vec::len),
        Some(1),
        "the largest alone"
    );
    let second = format!("{{2{}", " ".repeat(most - 2));
    assert_eq!(site.post("/v1/specs", BINARY, second).await.0, 201);
    let third = format!("{{3{}", " ".repeat(most - 2));
    let (status, _, problem) = site.post("/v1/specs", BINARY, third).await;
    assert_eq!(
        (status, &problem["type"]),
        (507, &json!("/v1/problems/store-full"))
    );
}

/// A body of so many pieces of a megabyte.
struct Pieces(usize);

impl futures_core::Stream for Pieces {
    type Item = Result<String, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or(0);
        std::task::Poll::Ready(left.map(|_| Ok(" ".repeat(1 << 20))))
    }
}

#[tokio::test]
async fn one_page_has_the_portals_apis_and_the_documents_whatever_comes_between() {
    let site = site().await;
    let mut ids = Vec::new();
    for document in ["{1", "{2", "{3"] {
        let (_, _, spec) = site.post("/v1/specs", BINARY, document).await;
        ids.push(spec["id"].as_str().expect("an id").to_owned());
    }
    let all = ["shop", "shop-2", "shop-3", &ids[0], &ids[1], &ids[2]];
    for limit in 1..=7 {
        let mut found: Vec<String> = Vec::new();
        let mut cursor = String::new();
        loop {
            let (status, page) = site.json(&format!("/v1/specs?limit={limit}{cursor}")).await;
            assert_eq!(status, 200, "{page}");
            let data = page["data"].as_array().expect("a list");
            assert!(data.len() <= limit && !data.is_empty());
            found.extend(
                data.iter()
                    .map(|spec| spec["id"].as_str().expect("an id").to_owned()),
            );
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, all, "{limit}");
    }
    let (_, page) = site.json("/v1/specs?origin=upload&limit=2").await;
    let cursor = page["next_cursor"].as_str().expect("another page");
    let (status, _) = site.json(&format!("/v1/specs?cursor={cursor}")).await;
    assert_eq!(status, 400, "a cursor belongs to its filters");
    site.send(&format!("DELETE /v1/specs/{}", ids[1]), &[HOST])
        .await;
    site.post("/v1/specs", BINARY, "{4").await;
    let (_, page) = site
        .json(&format!("/v1/specs?origin=upload&cursor={cursor}"))
        .await;
    assert_eq!(
        page["data"][0]["id"],
        ids[2].as_str(),
        "the one before it is gone"
    );
    assert_eq!(
        page["data"].as_array().map(Vec::len),
        Some(2),
        "and one came"
    );
}

#[tokio::test]
async fn versions_are_compared_by_id_or_by_document() {
    let site = site().await;
    let json_type = "application/json";
    let uri = "/v1/specs/shop/diff";
    for (body, status) in [
        (json!({"against": "shop-2"}), 200),
        (json!({"document": "{}"}), 200),
        (json!({"document": "no"}), 422),
        (json!({"against": "none"}), 400),
        (json!({"against": "upload_0"}), 400),
        (json!({}), 400),
        (json!({"against": "shop", "document": "{}"}), 400),
        (json!({"agianst": "shop"}), 400),
        (json!([]), 400),
        (json!({"document": " ".repeat(6 << 20)}), 413),
    ] {
        let (got, _, answer) = site.post(uri, json_type, body.to_string()).await;
        assert_eq!(got, status, "{answer}");
    }
    let (_, _, answer) = site
        .post(uri, json_type, json!({"against": "shop-2"}).to_string())
        .await;
    let side = json!({"title": "Shop", "version": "1"});
    assert_eq!((&answer["older"], &answer["newer"]), (&side, &side));
    let (status, _, _) = site
        .post("/v1/specs/none/diff", json_type, "{\"against\": \"shop\"}")
        .await;
    assert_eq!(status, 404);
    let (_, page) = site.json("/v1/specs?origin=upload").await;
    assert_eq!(page["data"], json!([]), "what is compared is not kept");
}

#[tokio::test]
async fn what_the_workshop_breaks_stays_in_the_workshop() {
    let site = site().await;
    for _ in 0..4 {
        let (status, _, problem) = site.post("/v1/specs", BINARY, "{panic").await;
        assert_eq!(
            (status, &problem["type"]),
            (500, &json!("/v1/problems/internal-error"))
        );
    }
    assert_eq!(
        site.post("/v1/specs", BINARY, "{}").await.0,
        201,
        "its workers came back"
    );
}
