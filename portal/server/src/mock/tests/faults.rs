//! What goes wrong on demand.

use super::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

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
async fn a_connection_breaks_where_it_should() {
    let address = Client::new().listen().await;
    let ask = async |prefer: &str| {
        let request = format!(
            "GET /books HTTP/1.1\r\nhost: localhost\r\nprefer: {prefer}\r\nconnection: close\r\n\r\n"
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = Vec::new();
        // A connection that breaks may also be reset.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).expect("text")
    };
    assert_eq!(ask("abort=before").await, "");
    assert_eq!(ask("abort=head").await, "HTTP/1.1 200");
    let whole = ask("respond-async").await;
    let (_, whole) = whole.split_once("\r\n\r\n").expect("a body");
    let broken = ask("abort=body").await;
    let (head, broken) = broken.split_once("\r\n\r\n").expect("a body");
    assert!(head.contains(&format!("content-length: {}", whole.len())));
    assert!(!broken.is_empty() && broken.len() < whole.len() && whole.starts_with(broken));
    let steps = [
        ask("status-sequence=before,503,200").await,
        ask("status-sequence=before,503,200").await,
    ];
    assert_eq!(steps[0], "");
    assert!(steps[1].starts_with("HTTP/1.1 503"));
}

#[tokio::test]
async fn what_was_preferred_is_said() {
    let got = Client::new()
        .send("GET /books", &[("prefer", "code=429, wait=5, dynamic")], "")
        .await;
    assert_eq!(got.header("preference-applied"), "code=429, dynamic=true");
}
