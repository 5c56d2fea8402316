//! What every store must do, asked of SQLite in memory and in a file.

use portolan_storage::{Added, Document, Error, Sqlite, Storage};
use std::sync::Arc;

const CAPACITY: u64 = 1000;

fn document(id: &str, content: &str) -> Document {
    Document {
        id: id.to_owned(),
        title: format!("The {id}"),
        version: "1".to_owned(),
        summary: Some("é".to_owned()),
        openapi_version: "3.1.0".to_owned(),
        operation_count: 3,
        created_at: 1_700_000_000,
        content: content.as_bytes().to_vec(),
    }
}

async fn stores(folder: &std::path::Path) -> [Arc<dyn Storage>; 2] {
    [
        Arc::new(Sqlite::in_memory(CAPACITY).await.expect("memory")),
        Arc::new(Sqlite::open(folder, CAPACITY).await.expect("a file")),
    ]
}

#[tokio::test]
async fn what_is_kept_comes_back_until_it_is_forgotten() {
    let folder = tempfile::tempdir().expect("a folder");
    for store in stores(folder.path()).await {
        let added = store.add(document("a", "{}")).await.expect("room");
        let record = store.record("a").await.expect("an answer").expect("it");
        assert_eq!(added, Added::New(record.clone()));
        assert_eq!((record.title.as_str(), record.size), ("The a", 2));
        assert_eq!(record.summary.as_deref(), Some("é"));
        assert_eq!(
            store.content("a").await.expect("an answer").as_deref(),
            Some(&b"{}"[..])
        );
        assert!(store.remove("a").await.expect("an answer"));
        assert!(!store.remove("a").await.expect("an answer"));
        assert_eq!(store.record("a").await.expect("an answer"), None);
        assert_eq!(store.content("a").await.expect("an answer"), None);
        store.check().await.expect("it answers");
    }
}

#[tokio::test]
async fn a_document_that_is_known_stays_where_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for store in stores(folder.path()).await {
        let first = store.add(document("a", "1")).await.expect("room");
        store.add(document("b", "2")).await.expect("room");
        let again = store
            .add(Document {
                created_at: 0,
                ..document("a", "1")
            })
            .await;
        assert_eq!(
            again.expect("room"),
            Added::Known(first.record().clone()),
            "the time of the first stays"
        );
    }
}

#[tokio::test]
async fn lists_go_on_where_they_ended_whatever_comes_and_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    for store in stores(folder.path()).await {
        for id in ["a", "b", "c", "d"] {
            store.add(document(id, id)).await.expect("room");
        }
        let page = store.list(0, 2).await.expect("a page");
        assert_eq!(ids(&page), ["a", "b"]);
        store.remove("b").await.expect("an answer");
        store.remove("d").await.expect("an answer");
        store.add(document("e", "e")).await.expect("room");
        let page = store.list(page[1].sequence, 9).await.expect("a page");
        assert_eq!(ids(&page), ["c", "e"]);
        // A place that was given is not given again, or a reader of pages would miss what came.
        let last = page[1].sequence;
        store.remove("e").await.expect("an answer");
        let added = store.add(document("f", "f")).await.expect("room");
        assert!(added.record().sequence > last);
    }
}

fn ids(records: &[portolan_storage::Record]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

#[tokio::test]
async fn a_full_store_says_so_and_takes_again_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = "x".repeat(600);
    for store in stores(folder.path()).await {
        store.add(document("a", &large)).await.expect("room");
        let refused = store.add(document("b", &large)).await;
        assert!(
            matches!(
                refused,
                Err(Error::Full {
                    held: 600,
                    capacity: 1000
                })
            ),
            "{refused:?}"
        );
        store.remove("a").await.expect("an answer");
        store.add(document("b", &large)).await.expect("room again");
    }
}

#[tokio::test]
async fn a_file_outlives_its_process_and_many_write_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("deep/er");
    let store = Arc::new(Sqlite::open(&place, CAPACITY).await.expect("a file"));
    let writers: Vec<_> = (0..20)
        .map(|number| {
            let store = Arc::clone(&store);
            // Each content is added twice.
            let id = (number / 2).to_string();
            tokio::spawn(async move { store.add(document(&id, &id)).await.expect("room") })
        })
        .collect();
    let mut new = 0;
    for writer in writers {
        let added = writer.await.expect("no panic");
        new += usize::from(matches!(added, Added::New(_)));
    }
    assert_eq!(new, 10);
    drop(store);
    let again = Sqlite::open(&place, CAPACITY).await.expect("the file");
    assert_eq!(again.list(0, 100).await.expect("a page").len(), 10);
}

#[tokio::test]
async fn a_file_that_is_no_store_is_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("portolan.sqlite3"),
        "no database at all, and long enough to be read as one".repeat(20),
    )
    .expect("written");
    let error = Sqlite::open(folder.path(), CAPACITY)
        .await
        .expect_err("no database");
    assert!(error.to_string().contains("open its file"), "{error}");
}
