//! The preview server, asked over its router, and once over a socket.

mod files;
mod guard;
mod integration;
mod live;

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
