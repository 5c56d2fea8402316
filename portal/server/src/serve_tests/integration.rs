//! The integration API.

use super::*;

#[tokio::test]
async fn lists_have_pages() {
    let site = site().await;
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
    let site = site().await;
    let (_, page) = site.json("/v1/specs?limit=1").await;
    // `printf "an archive" | sha256sum`
    let digest = "9e691d5adacf0e102f203100842ffaba4e2a7dfe3dbd536827d3c0db8c7e88f1";
    assert_eq!(
        page["data"][0],
        json!({
            "id": "shop", "origin": "portal", "title": "Shop", "version": "1", "summary": null, "openapi_version": "3.1.0",
            "operation_count": 8, "address": "shop/", "uploaded_at": null,
            "sdks": [{"language": "python", "archives": [{
                "format": "tar.gz", "file_name": "shop-1.tar.gz", "media_type": "application/gzip", "size": 10,
                "sha256": digest
            }]}]
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
    let site = site().await;
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
            listed["sdks"][0]["archives"][0]["sha256"]
                .as_str()
                .expect("text")
        )
    );
    let (status, _, body) = site
        .send(&format!("GET {uri}"), &[HOST, ("if-none-match", tag)])
        .await;
    assert_eq!((status, body.len()), (304, 0));
}

#[tokio::test]
async fn docs_and_listings_are_found_by_name() {
    let site = site().await;
    let (_, page) = site.json("/v1/docs?spec=shop").await;
    assert_eq!(
        page["data"],
        json!([{
            "slug": "shop/guides/start", "title": "Start", "summary": "", "spec": "shop", "address": "shop/guides/start/"
        }])
    );
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
    let (_, versions) = site.json("/v1/catalog/a/versions").await;
    let first = json!({"version": "1", "date": null, "changes": ["It began."]});
    assert_eq!(versions, json!({"data": [first]}));
    let (_, categories) = site.json("/v1/categories").await;
    let books = json!({"id": "books", "name": "BOOKS", "summary": "To read.", "listing_count": 1});
    assert_eq!(categories, json!({"data": [books]}));
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let site = site().await;
    for uri in [
        "/v1/specs",
        "/v1/specs/shop",
        "/v1/specs/shop/samples/listBooks",
        "/v1/search?q=books",
        "/v1/docs",
        "/v1/docs/shop%2Fguides%2Fstart",
        "/v1/catalog",
        "/v1/catalog/a",
        "/v1/catalog/a/versions",
        "/v1/categories",
        "/v1/problems/busy",
    ] {
        let (status, headers, _) = site.get(uri).await;
        assert_eq!(status, 200, "{uri}");
        let tag = headers["etag"].to_str().expect("text");
        let known = [HOST, ("if-none-match", tag)];
        let (status, headers, body) = site.send(&format!("GET {uri}"), &known).await;
        assert_eq!((status, body.len()), (304, 0), "{uri}");
        assert_eq!(headers["etag"].to_str().expect("text"), tag);
    }
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_explanation() {
    let site = site().await;
    let (_, problem) = site.json("/v1/specs/none").await;
    let (status, told) = site.json(problem["type"].as_str().expect("text")).await;
    assert_eq!((status, &told["type"]), (200, &problem["type"]));
    assert_eq!(
        (&told["title"], &told["status"]),
        (&problem["title"], &problem["status"])
    );
    assert!(told["description"].as_str().expect("text").contains("no"));
}

#[tokio::test]
async fn whatever_is_wrong_is_a_problem_document() {
    let site = site().await;
    let cases = [
        ("/v1/specs?limit=0", 400, "limit minimum"),
        ("/v1/specs?limit=101", 400, "limit maximum"),
        ("/v1/specs?limit=x&cursor=y", 400, "limit type"),
        ("/v1/specs?cursor=y", 400, "cursor format"),
        ("/v1/specs?origin=moon", 400, "origin enum"),
        ("/v1/specs/shop/sdks/python?format=rar", 400, "format enum"),
        (
            "/v1/specs/shop/samples/listBooks?language=cobol",
            400,
            "language enum",
        ),
        ("/v1/specs/shop/samples/none", 404, ""),
        ("/v1/specs/shop/sdks/python?format=zip", 404, ""),
        ("/v1/specs/upload_0", 404, ""),
        ("/v1/specs/%ff", 404, ""),
        ("/v1/catalog/none/versions", 404, ""),
        ("/v1/problems/none", 404, ""),
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
    assert_eq!(headers["allow"], "GET,HEAD,POST");
    assert_eq!(headers["content-type"], "application/problem+json");
}

#[tokio::test]
async fn every_operation_of_the_document_answers() {
    let site = site().await;
    let document: Value = serde_json::from_str(crate::document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let uri = path
                .replace("{language}", "python")
                .replace("{operation_id}", "listBooks")
                .replace("{slug}", "shop%2Fguides%2Fstart")
                .replace("{name}", "busy")
                .replace(
                    "{id}",
                    if path.contains("catalog") {
                        "a"
                    } else {
                        "shop"
                    },
                );
            let (uri, status) = match (method.as_str(), path.as_str()) {
                ("get", "/v1/search") => (format!("{uri}?q=books"), 200),
                ("get", _) => (uri, 200),
                // Without a body, and of an API of the portal.
                ("post", _) => (uri, 415),
                _ => (uri, 409),
            };
            let line = format!("{} {uri}", method.to_uppercase());
            assert_eq!(site.send(&line, &[HOST]).await.0, status, "{line}");
        }
    }
    assert_eq!(paths.len(), 16);
    assert_eq!(site.json("/openapi.json").await, (200, document.clone()));
}
