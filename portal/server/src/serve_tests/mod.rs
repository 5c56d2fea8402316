//! The preview server, asked over its router, and once over a socket.

mod files;
mod guard;
mod integration;
mod live;
mod uploads;

use super::*;
use crate::mock::fixture;
use crate::workshop::{
    ArchiveFormat, ChangeCounts, CodeSample, Comparison, Finding, FindingSeverity, Packages,
    Packed, Place, Reading, Samples, Score, Side, Workshop,
};
use crate::{
    Archive, Authentication, Category, DocsPage, Files, Lifecycle, Limits, Listing, ListingVersion,
    Reference, Snapshot, Spec, Uploads,
};
use axum::body::{Body, HttpBody as _, to_bytes};
use axum::http::Request;
use flate2::read::GzDecoder;
use portolan_emit::{FileTree, TreePath};
use portolan_model::Api;
use portolan_search::{Entry, Index, Kind};
use portolan_storage::Sqlite;
use serde_json::{Value, json};
use std::io::Read as _;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

const HOST: (&str, &str) = ("host", "localhost:4000");

fn tree(files: &[(&str, &str)]) -> Files {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert(*path, *text).expect("a path that is free");
    }
    tree.into()
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
        versions: vec![ListingVersion {
            version: "1".to_owned(),
            date: None,
            changes: vec!["It began.".to_owned()],
        }],
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
            format: ArchiveFormat::TarGz,
            file_name: "shop-1.tar.gz".to_owned(),
        }],
        samples: Arc::new(Fake),
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
        categories: vec![Category {
            id: "books".to_owned(),
            name: "BOOKS".to_owned(),
            summary: "To read.".to_owned(),
            listing_count: 1,
        }],
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

/// A workshop that takes documents which begin with a brace, and says in its answers what it was asked.
#[derive(Debug)]
struct Fake;

impl Workshop for Fake {
    fn read(&self, document: &[u8]) -> Reading {
        if !document.starts_with(b"{") {
            let place = Place {
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 2,
                message: String::new(),
            };
            let finding = Finding {
                code: "no-brace".to_owned(),
                severity: FindingSeverity::Error,
                message: "there is no brace".to_owned(),
                places: vec![place],
                help: vec!["write one".to_owned()],
            };
            return Reading {
                findings: vec![finding],
                ..Reading::default()
            };
        }
        assert!(!document.starts_with(b"{panic"), "as it was told");
        Reading {
            api: Some(Arc::new(fixture::shop())),
            score: Some(Score {
                points: 50.0,
                grade: "D".to_owned(),
                advice: Vec::new(),
            }),
            packages: Some(Arc::new(Fake)),
            ..Reading::default()
        }
    }

    fn languages(&self) -> Vec<&'static str> {
        vec!["python", "curl"]
    }

    fn compare(&self, older: &Api, newer: &Api) -> Comparison {
        let side = |api: &Api| Side {
            title: api.title.clone(),
            version: api.version.clone(),
        };
        Comparison {
            older: side(older),
            newer: side(newer),
            severity: None,
            next_version: None,
            version_is_enough: None,
            counts: ChangeCounts {
                breaking: 0,
                risky: 0,
                compatible: 0,
                documentation: 0,
            },
            changes: Vec::new(),
        }
    }
}

impl Samples for Fake {
    fn samples(&self, operation: &str) -> Option<Vec<CodeSample>> {
        let sample = |language: &str, example: Option<&str>| CodeSample {
            language: language.to_owned(),
            label: language.to_uppercase(),
            example: example.map(str::to_owned),
            environment: Vec::new(),
            source: format!("call {operation}"),
        };
        (operation == "listBooks").then(|| {
            vec![
                sample("python", None),
                sample("python", Some("many")),
                sample("curl", None),
            ]
        })
    }
}

impl Packages for Fake {
    fn pack(&self, language: &str, format: ArchiveFormat) -> Result<Packed, Vec<Finding>> {
        Ok(Packed {
            file_name: format!("shop-{language}.{}", format.name()),
            bytes: format!("{language} as {}", format.name()).into_bytes(),
        })
    }
}

async fn empty() -> Site {
    limited(None).await
}

/// A store in memory, and the fake workshop.
async fn uploads(a_minute: Option<u32>) -> Uploads {
    let storage = Sqlite::in_memory(12 << 20).await.expect("memory");
    let limits = Limits {
        costly_a_minute: a_minute.and_then(std::num::NonZeroU32::new),
        workers: 2,
    };
    Uploads::new(Arc::new(storage), Arc::new(Fake), limits)
}

/// A server without a build, whose clients may ask so often for what costs.
async fn limited(a_minute: Option<u32>) -> Site {
    let snapshots = Snapshots::new();
    let (close, closing) = watch::channel(false);
    let uploads = uploads(a_minute).await;
    Site {
        router: router(snapshots.clone(), uploads, closing),
        snapshots,
        close,
    }
}

async fn site() -> Site {
    let site = empty().await;
    site.snapshots.publish(snapshot(), &json!([]));
    site
}

impl Site {
    async fn open(&self, line: &str, headers: &[(&str, &str)]) -> Response {
        self.open_with(line, headers, Body::empty()).await
    }

    async fn open_with(&self, line: &str, headers: &[(&str, &str)], body: Body) -> Response {
        let (method, uri) = line.split_once(' ').expect("a method and a path");
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
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

    /// Sends a body as a type.
    async fn post(&self, uri: &str, kind: &str, body: impl Into<Body>) -> (u16, HeaderMap, Value) {
        let headers = [HOST, ("content-type", kind)];
        let response = self
            .open_with(&format!("POST {uri}"), &headers, body.into())
            .await;
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let value = serde_json::from_slice(&bytes).expect("JSON");
        (parts.status.as_u16(), parts.headers, value)
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
