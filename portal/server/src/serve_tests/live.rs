//! Live reload, and the end.

use super::*;

/// The next event of a stream.
async fn next(body: &mut Body) -> String {
    let frame = std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context));
    let frame = tokio::time::timeout(Duration::from_secs(5), frame)
        .await
        .expect("an event in time");
    match frame {
        Some(frame) => {
            let bytes = frame.expect("no error").into_data().expect("data");
            String::from_utf8(bytes.to_vec()).expect("text")
        }
        None => "the end".to_owned(),
    }
}

#[tokio::test]
async fn pages_learn_of_builds_that_fail_and_of_new_ones() {
    let site = site().await;
    let build = site
        .snapshots
        .current()
        .expect("a build")
        .manifest
        .fingerprint()
        .to_owned();
    let listen = async |headers: &[(&str, &str)]| {
        site.open("GET /_portolan/events", headers)
            .await
            .into_body()
    };

    let mut events = listen(&[HOST]).await;
    assert_eq!(
        next(&mut events).await,
        format!("event: diagnostics\ndata: []\nid: {build}\n\n")
    );
    site.snapshots.fail(&json!(["broken"]));
    assert_eq!(
        next(&mut events).await,
        format!("event: diagnostics\ndata: [\"broken\"]\nid: {build}\n\n")
    );

    // The same pages again: only the report is new.
    site.snapshots.publish(snapshot(), &json!([]));
    assert_eq!(
        next(&mut events).await,
        format!("event: diagnostics\ndata: []\nid: {build}\n\n")
    );

    let changed = Snapshot {
        files: tree(&[("index.html", "<h1>New</h1>")]),
        ..snapshot()
    };
    site.snapshots.publish(changed, &json!([]));
    let build = site
        .snapshots
        .current()
        .expect("a build")
        .manifest
        .fingerprint()
        .to_owned();
    assert_eq!(
        next(&mut events).await,
        format!("event: reload\ndata: {build}\nid: {build}\n\n")
    );

    // Who comes back with the id of another build is told at once.
    let mut late = listen(&[HOST, ("last-event-id", "another")]).await;
    assert!(next(&mut late).await.starts_with("event: reload\n"));

    site.close.send_replace(true);
    assert_eq!(next(&mut events).await, "the end");
}

#[tokio::test]
async fn the_server_ends_when_it_is_told_though_pages_listen() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let snapshots = Snapshots::new();
    snapshots.publish(snapshot(), &json!([]));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, snapshots, uploads(None).await, async {
        let _ = stopped.await;
    }));

    let mut connection = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let request = format!("GET /_portolan/events HTTP/1.1\r\nHost: {address}\r\n\r\n");
    connection
        .write_all(request.as_bytes())
        .await
        .expect("sent");
    let mut buffer = [0; 4096];
    let read = connection.read(&mut buffer).await.expect("an answer");
    assert!(buffer[..read].starts_with(b"HTTP/1.1 200 OK\r\n"));

    stop.send(()).expect("the server still runs");
    let ended = tokio::time::timeout(Duration::from_secs(2), server).await;
    ended
        .expect("in time")
        .expect("no panic")
        .expect("no error");
}

#[tokio::test]
async fn a_page_hears_only_of_itself_and_of_what_it_missed() {
    let site = site().await;
    let (_, headers, _) = site.get("/shop/").await;
    let tag = headers["etag"]
        .to_str()
        .expect("text")
        .trim_matches('"')
        .to_owned();
    let path = format!("GET /_portolan/events?page=/shop/&seen=%22{tag}%22");
    let mut events = site.open(&path, &[HOST]).await.into_body();
    let quiet = format!("event: diagnostics\ndata: []\nid: {tag}\n\n");
    assert_eq!(next(&mut events).await, quiet);

    // Another page is another one: nothing to hear of but the report.
    let other = |text: &str| Snapshot {
        files: tree(&[("index.html", text), ("shop/index.html", "<h1>Shop</h1>")]),
        ..snapshot()
    };
    site.snapshots
        .publish(other("<h1>New</h1>"), &json!(["hint"]));
    let told = format!("event: diagnostics\ndata: [\"hint\"]\nid: {tag}\n\n");
    assert_eq!(next(&mut events).await, told);

    // Its own page changes, and one that comes late hears of it as well.
    let changed = Snapshot {
        files: tree(&[("shop/index.html", "<h1>Shops</h1>")]),
        ..snapshot()
    };
    site.snapshots.publish(changed, &json!([]));
    assert!(next(&mut events).await.starts_with("event: reload\n"));
    let mut late = site.open(&path, &[HOST]).await.into_body();
    assert!(next(&mut late).await.starts_with("event: reload\n"));
}
