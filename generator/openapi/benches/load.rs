//! From bytes to the model, beside what serde_json needs to parse the same bytes.
//!
//! `cargo bench -p portolan-openapi` measures a document made here and, where the corpus is unpacked (`PORTOLAN_CORPUS`,
//! else `target/corpus`), GitHub's. It ends with the two ratios that the project promises, taken in this one run:
//! at most 4 times the time of serde_json, and memory of at most 12 times the file.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people"
)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use portolan_source::{Diagnostics, Sources};
use std::fmt::Write;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn benchmarks(criterion: &mut Criterion) {
    for (name, text) in documents() {
        let mut group = criterion.benchmark_group(&name);
        group
            .throughput(Throughput::Bytes(text.len() as u64))
            .sample_size(20)
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(5));
        group.bench_function("serde_json", |bencher| bencher.iter(|| parse(&text)));
        group.bench_function("model", |bencher| {
            bencher.iter_batched(|| Arc::clone(&text), load, BatchSize::PerIteration);
        });
        group.finish();
        report(&name, &text);
    }
}

/// The two by turns, so that a busy machine slows both; the middle of each.
fn report(name: &str, text: &Arc<str>) {
    let (mut parses, mut loads) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        parses.push(timed(|| parse(text)));
        loads.push(timed(|| load(Arc::clone(text))));
    }
    parses.sort();
    loads.sort();
    let (parse, load) = (parses[7], loads[7]);
    println!(
        "{name}: serde_json {parse:.1?}, bytes to model {load:.1?}, ratio {:.2}",
        load.as_secs_f64() / parse.as_secs_f64()
    );
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn parse(text: &str) {
    let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    black_box(value);
}

fn load(text: Arc<str>) {
    let mut sources = Sources::new();
    sources.insert("openapi.json", text);
    let mut diagnostics = Diagnostics::new();
    let api = portolan_openapi::load("openapi.json".as_ref(), &mut sources, &mut diagnostics);
    black_box(api.expect("it has no errors"));
}

/// Name and text of each document that is measured.
fn documents() -> Vec<(String, Arc<str>)> {
    let mut documents = vec![("made".to_owned(), Arc::from(made()))];
    match std::fs::read_to_string(corpus().join("github-api.json")) {
        Ok(text) => documents.push(("github".to_owned(), Arc::from(text))),
        Err(_) => eprintln!("SKIPPED: no corpus, so GitHub's document is not measured"),
    }
    documents
}

fn corpus() -> PathBuf {
    std::env::var_os("PORTOLAN_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/corpus"),
        PathBuf::from,
    )
}

/// A document of 6 MB with what large ones are full of: objects with words, examples, references, answers by status.
fn made() -> String {
    const RESOURCES: usize = 1000;
    let words =
        "What it is, in a sentence or two, as most documents have them for most of their members.";
    let mut text = String::from(
        r##"{"openapi": "3.1.0", "info": {"title": "Made", "version": "1.0.0"}, "paths": {"##,
    );
    for index in 0..RESOURCES {
        let comma = if index == 0 { "" } else { "," };
        let answer = format!(
            r##"{{"200": {{"description": "{words}", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Thing{index}"}},
              "examples": {{"one": {{"value": {{"id": "thing_{index}", "size": 12.50, "tags": ["a", "b"], "owner": null}}}}}}}}}}}},
              "404": {{"$ref": "#/components/responses/Missing"}}}}"##
        );
        let _ = writeln!(
            text,
            r##"{comma}"/things{index}/{{id}}": {{
              "parameters": [{{"name": "id", "in": "path", "required": true, "description": "{words}", "schema": {{"type": "string"}}}}],
              "get": {{"operationId": "get_thing{index}", "tags": ["things{index}"], "summary": "{words}", "description": "{words}\n{words}",
                "parameters": [{{"name": "expand", "in": "query", "description": "{words}", "schema": {{"type": "array", "items": {{"type": "string", "enum": ["owner", "parts"]}}}}}}],
                "responses": {answer}}},
              "put": {{"operationId": "put_thing{index}", "tags": ["things{index}"], "summary": "{words}",
                "requestBody": {{"required": true, "content": {{"application/json": {{"schema": {{"allOf": [{{"$ref": "#/components/schemas/Thing{index}"}}, {{"type": "object", "properties": {{"comment": {{"type": "string"}}}}}}]}}}}}}}},
                "responses": {answer}}}}}"##
        );
    }
    text.push_str(
        r##"}, "components": {"responses": {"Missing": {"description": "There is no such thing."}}, "schemas": {"##,
    );
    for index in 0..RESOURCES {
        let comma = if index == 0 { "" } else { "," };
        let next = (index + 1) % RESOURCES;
        let _ = writeln!(
            text,
            r##"{comma}"Thing{index}": {{"type": "object", "description": "{words}", "required": ["id", "size"], "properties": {{
              "id": {{"type": "string", "description": "{words}", "pattern": "^thing_[0-9]+$"}},
              "size": {{"type": "number", "description": "{words}", "minimum": 0, "default": 1.5}},
              "state": {{"type": "string", "enum": ["new", "used", "broken"]}},
              "created": {{"type": "string", "format": "date-time", "examples": ["2026-01-31T12:00:00Z"]}},
              "tags": {{"type": "array", "items": {{"type": "string", "maxLength": 40}}}},
              "owner": {{"oneOf": [{{"$ref": "#/components/schemas/Thing{next}"}}, {{"type": "null"}}]}},
              "place": {{"type": "object", "properties": {{"street": {{"type": "string"}}, "town": {{"type": "string"}}, "code": {{"type": ["string", "null"]}}}}}}}}}}"##
        );
    }
    text.push_str("}}}");
    text
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
