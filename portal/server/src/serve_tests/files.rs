//! The portal's files.

use super::*;

#[tokio::test]
async fn a_page_is_served_with_its_policy() {
    let (status, headers, body) = site().await.get("/").await;
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
    let site = site().await;
    let (status, headers, _) = site.get("/shop?x=1").await;
    assert_eq!(
        (status, &headers["location"]),
        (308, &"/shop/?x=1".parse().expect("a header"))
    );
    assert_eq!(site.get("/shop/").await.2, b"<h1>Shop</h1>");
}

#[tokio::test]
async fn what_is_not_in_the_manifest_is_not_there() {
    let site = site().await;
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
    let site = site().await;
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
async fn a_download_goes_on_where_it_was_broken_off() {
    let site = site().await;
    let path = "/shop/sdks/shop-1.tar.gz";
    let line = format!("GET {path}");
    let ask = async |range: &str| site.send(&line, &[HOST, ("range", range)]).await;
    let (status, headers, body) = ask("bytes=3-").await;
    assert_eq!((status, &body[..]), (206, &b"archive"[..]));
    assert_eq!(headers["content-range"], "bytes 3-9/10");
    assert_eq!(headers["content-length"], "7");
    let (status, headers, _) = ask("bytes=10-").await;
    assert_eq!(status, 416);
    assert_eq!(headers["content-range"], "bytes */10");
    let (_, headers, _) = site.get(path).await;
    assert_eq!(headers["accept-ranges"], "bytes");
}
