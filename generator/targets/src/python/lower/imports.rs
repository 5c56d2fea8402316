//! The lines of imports of resources: of their tables of operations, and of their classes.

use super::super::layout;
use super::super::literal::code;
use super::super::types::Used;
use super::mode::Mode;
use portolan_emit::Code;

/// The imports of a class.
pub(super) fn of_class(used: &Used, mode: Mode, module: &Code, has_methods: bool) -> Vec<Code> {
    let has = |word: &str| used.words.contains(word);
    let mut run = standard(used, false);
    if has("deprecated") {
        run.push(code("\nfrom typing_extensions import deprecated"));
    }
    run.extend(gap(&run, used));
    if has_methods {
        let table = format!("{module} as _operations");
        run.push(code(layout::import(0, ".._operations", &[table])));
    }
    if has("models") {
        run.push(code("from .._runtime import models"));
    }
    let mut from = |module: &str, names: Vec<String>| {
        if !names.is_empty() {
            let names = names.join(", ");
            run.push(code(format!("from .._runtime.{module} import {names}")));
        }
    };
    let among = |words: &[&str]| -> Vec<String> {
        let found = words.iter().filter(|word| has(word));
        found.map(|word| (*word).to_owned()).collect()
    };
    if mode == Mode::Async {
        from("async_client", vec!["AsyncResource".to_owned()]);
        if has("Page") {
            from("async_pages", vec![mode.pages().to_owned()]);
        }
        from(
            "async_response",
            among(&["AsyncDownload", "AsyncDownloadCall"]),
        );
        from("async_streams", among(&["AsyncStream", "AsyncStreamCall"]));
    }
    if mode == Mode::Sync {
        from("client", vec!["Resource".to_owned()]);
    }
    from("files", among(&["FileContent", "FileInput"]));
    if has_methods {
        from("options", vec!["RequestOptions".to_owned()]);
    }
    if mode == Mode::Sync {
        if has("Page") {
            from("pages", vec![mode.pages().to_owned()]);
        }
        from("response", among(&["Download"]));
    }
    from("sentinel", among(&["NOT_GIVEN", "NotGiven"]));
    match mode {
        Mode::Sync => from("streams", among(&["ServerSentEvent", "Stream"])),
        Mode::Async => from("streams", among(&["ServerSentEvent"])),
    }
    run
}

/// What a table needs when it is loaded.
pub(super) fn of_table(used: &Used) -> Vec<Code> {
    let has = |word: &str| used.words.contains(word);
    let mut run = standard(used, has("Download") || has("Stream"));
    run.extend(gap(&run, used));
    if has("models") {
        run.push(code("from .._runtime import models"));
    }
    if has("pagination") {
        run.push(code("from .._runtime import pagination"));
    }
    for (module, words) in [
        ("forms", &["Encoding"][..]),
        (
            "operation",
            &["DownloadOperation", "Operation", "StreamOperation"],
        ),
        (
            "parameters",
            &["cookie", "header", "path", "query", "querystring"],
        ),
        ("streams", &["ServerSentEvent"]),
    ] {
        let words: Vec<&str> = words.iter().copied().filter(|word| has(word)).collect();
        if !words.is_empty() {
            let words = words.join(", ");
            run.push(code(format!("from .._runtime.{module} import {words}")));
        }
    }
    run
}

/// What the dictionary of headers needs.
pub(super) fn of_headers(mut used: Used) -> Vec<Code> {
    used.words.insert("TypedDict");
    let mut run = standard(&used, false);
    if !used.types.is_empty() {
        run.extend([code(""), code("from . import types")]);
    }
    run
}

/// What only the annotations of a table name: it must not load both clients.
pub(super) fn of_table_types(used: &Used) -> Vec<Code> {
    let mut run = Vec::new();
    for (word, module) in [("Download", "response"), ("Stream", "streams")] {
        if used.words.contains(word) {
            run.push(code(format!(
                "from .._runtime.async_{module} import Async{word}"
            )));
            run.push(code(format!("from .._runtime.{module} import {word}")));
        }
    }
    run
}

/// A blank line behind what is not of this package, and the types.
fn gap(before: &[Code], used: &Used) -> Vec<Code> {
    let blank = (!before.is_empty()).then(|| code(""));
    let types = (!used.types.is_empty()).then(|| code("from .. import types"));
    blank.into_iter().chain(types).collect()
}

/// Modules of Python itself.
fn standard(used: &Used, type_checking: bool) -> Vec<Code> {
    let has = |word: &str| used.words.contains(word) || (word == "TYPE_CHECKING" && type_checking);
    let among = |words: &[&'static str]| {
        let found = words.iter().copied().filter(|word| has(word));
        found.collect::<Vec<_>>().join(", ")
    };
    let mut run = Vec::new();
    for module in ["builtins", "datetime", "decimal"] {
        if has(module) {
            run.push(code(format!("import {module}")));
        }
    }
    let words = among(&["Mapping", "Sequence"]);
    if !words.is_empty() {
        run.push(code(format!("from collections.abc import {words}")));
    }
    let words = among(&["TYPE_CHECKING", "Any", "Literal", "TypedDict", "Union"]);
    if !words.is_empty() {
        run.push(code(format!("from typing import {words}")));
    }
    run
}
