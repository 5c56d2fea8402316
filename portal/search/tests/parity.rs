//! The reader of the server and the reader of the browser give the same answers, to the last point of each score.

#![allow(missing_docs, clippy::print_stderr)]

use portolan_search::{Entry, Index, Kind, Query};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const READER: &str = "../../templates/portal/assets/js/search-reader.js";

#[test]
fn both_readers_answer_alike() {
    let index = Index::build(entries()).expect("an index");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in index.export() {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let queries = queries();
    let asked: Vec<Value> = queries.iter().map(in_javascript).collect();
    let Some(answers) = node(folder.path(), &json!({ "texts": [], "queries": asked })) else {
        return;
    };
    let answers = answers["results"].as_array().expect("answers");
    assert_eq!(answers.len(), queries.len());
    for (query, theirs) in queries.iter().zip(answers) {
        let ours = in_rust(&index, query);
        assert_eq!(&ours, theirs, "{query:?}");
    }
}

#[test]
fn the_browser_finds_the_same_words() {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("fixtures/words.json")).expect("cases");
    let texts: Vec<&Value> = cases.iter().map(|case| &case["text"]).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in Index::build(Vec::new()).expect("an empty index").export() {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let Some(answers) = node(folder.path(), &json!({ "texts": texts, "queries": [] })) else {
        return;
    };
    for (case, words) in cases
        .iter()
        .zip(answers["words"].as_array().expect("answers"))
    {
        assert_eq!(&case["words"], words, "{}", case["text"]);
    }
}

fn entries() -> Vec<Entry> {
    serde_json::from_str(include_str!("fixtures/entries.json")).expect("entries")
}

/// Each line as it is, and some with filters and pages.
fn queries() -> Vec<Query> {
    let lines = include_str!("fixtures/queries.txt").lines();
    let mut queries: Vec<Query> = lines.map(Query::new).collect();
    queries.push(Query::new(""));
    queries.push(Query::new("book ".repeat(200)));
    queries.push(Query::new("\u{85}list\u{2003}books\u{feff}"));
    for text in ["books", "payment", "readings", "key", "DELETE", "list"] {
        let query = Query::new(text);
        queries.push(Query {
            kinds: vec![Kind::Type, Kind::Guide],
            ..query.clone()
        });
        queries.push(Query {
            apis: vec!["bookshop".into(), "__proto__".into()],
            ..query.clone()
        });
        queries.push(Query {
            methods: vec!["GET".into()],
            offset: 3,
            limit: 5,
            ..query.clone()
        });
        queries.push(Query {
            deprecated: Some(true),
            ..query.clone()
        });
        queries.push(Query {
            kinds: vec![Kind::Property, Kind::Sdk],
            categories: vec!["finance".into(), "commerce".into()],
            ..query.clone()
        });
        queries.push(Query {
            authentication: vec!["oauth2".into(), "none".into()],
            ..query.clone()
        });
        queries.push(Query {
            offset: 10_000,
            limit: 1_000,
            ..query
        });
    }
    queries
}

fn in_javascript(query: &Query) -> Value {
    let kinds: Vec<&str> = query.kinds.iter().map(|kind| kind.name()).collect();
    let mut options = json!({
        "kinds": kinds, "apis": query.apis, "methods": query.methods,
        "categories": query.categories, "authentication": query.authentication, "limit": query.limit, "offset": query.offset,
    });
    if let Some(deprecated) = query.deprecated {
        options["deprecated"] = json!(deprecated);
    }
    json!([query.text, options])
}

fn in_rust(index: &Index, query: &Query) -> Value {
    let results = index.search(query);
    let hits: Vec<Value> = (results.hits.iter())
        .map(|hit| {
            let entry = hit.entry;
            json!({
                "title": entry.title, "kind": entry.kind, "address": entry.address, "api": entry.api, "method": entry.method,
                "path": entry.path, "deprecated": entry.deprecated, "summary": entry.short_summary(), "score": hit.score,
            })
        })
        .collect();
    let facets = &results.facets;
    json!({
        "hits": hits,
        "total": results.total,
        "facets": {
            "kinds": facets.kinds.iter().collect::<Vec<_>>(),
            "apis": facets.apis.iter().collect::<Vec<_>>(),
            "methods": facets.methods.iter().collect::<Vec<_>>(),
            "categories": facets.categories.iter().collect::<Vec<_>>(),
            "authentication": facets.authentication.iter().collect::<Vec<_>>(),
            "deprecated": facets.deprecated,
        },
    })
}

/// Asks the script. Without Node.js the test is skipped, but never in CI.
fn node(folder: &Path, questions: &Value) -> Option<Value> {
    let child = Command::new("node")
        .args(["tests/reader.mjs", READER])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "node is needed: {error}");
            eprintln!("skipped: node is not here ({error})");
            return None;
        }
    };
    let mut input = child.stdin.take().expect("a pipe");
    input
        .write_all(questions.to_string().as_bytes())
        .expect("questions are read");
    drop(input);
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node failed");
    Some(serde_json::from_slice(&output.stdout).expect("answers in JSON"))
}
