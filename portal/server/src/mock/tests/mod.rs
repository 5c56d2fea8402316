//! The mock, asked over its router.

mod answers;
mod faults;
mod refusals;

use super::{Options, fixture, router};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
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
        Client::with(Options::default())
    }

    fn with(options: Options) -> Client {
        Client(router(Arc::new(fixture::shop()), options))
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

    /// Serves on a port of its own, for what only a socket shows.
    async fn listen(self) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (close, _) = tokio::sync::watch::channel(false);
        tokio::spawn(crate::serve::run(
            listener,
            self.0,
            close,
            std::future::pending(),
        ));
        address
    }

    async fn token(&self, form: &str) -> Got {
        let form_type = ("content-type", "application/x-www-form-urlencoded");
        self.send("POST /oauth/token", &[form_type], form).await
    }

    async fn get(&self, uri: &str) -> Got {
        self.send(&format!("GET {uri}"), &[], "").await
    }
}

const KEY: (&str, &str) = ("x-key", "k");
const JSON: (&str, &str) = ("content-type", "application/json");

/// Keeps what is written to it.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("nobody panics").clone();
        String::from_utf8(bytes).expect("text")
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
