//! Every fixture of tests/fixtures: what is wrong gives the whole report, what is awkward gives the whole model.
//!
//! `SNAPSHOTS=overwrite cargo test -p portolan-openapi` writes the answers anew; read each before keeping it.

use portolan_source::{Diagnostics, Sources, report};
use snapbox::{Assert, Data, assert::Action};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures")
        .join(name)
}

/// Documents of a folder: files, and folders with an `openapi.yaml`; paths relative to it, in order.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures is there") {
        let path = entry.expect("it can be listed").path();
        let name = PathBuf::from(path.file_name().expect("entries have names"));
        if path.is_dir() {
            found.insert(name.join("openapi.yaml"));
        } else if !name.to_string_lossy().ends_with(".model.json")
            && name
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "json")
        {
            found.insert(name);
        }
    }
    found.into_iter().collect()
}

/// The name of a fixture: that of its file or folder.
fn name(document: &Path) -> String {
    let top = document
        .components()
        .next()
        .expect("a path has a first part");
    let stem = Path::new(&top).file_stem().expect("it has a name");
    stem.to_string_lossy().into_owned()
}

fn assert() -> Assert {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    Assert::new().action(if overwrite {
        Action::Overwrite
    } else {
        Action::Verify
    })
}

/// All files of the fixture in memory, so that reports name paths that are the same everywhere.
fn sources(folder: &Path, document: &Path) -> Sources {
    let mut sources = Sources::new();
    let whole = match document.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => document,
    };
    let mut open = vec![whole.to_path_buf()];
    while let Some(path) = open.pop() {
        let place = folder.join(&path);
        if place.is_dir() {
            let entries = std::fs::read_dir(place).expect("the folder is there");
            open.extend(
                entries.map(|entry| path.join(entry.expect("it can be listed").file_name())),
            );
        } else {
            let text = std::fs::read_to_string(place).expect("a fixture is text");
            sources.insert(path, text);
        }
    }
    sources
}

#[test]
fn a_document_that_is_wrong_gives_the_whole_report() {
    let folder = folder("invalid");
    for document in documents(&folder) {
        let mut sources = sources(&folder, &document);
        let mut diagnostics = Diagnostics::new();
        let loaded = portolan_openapi::load(&document, &mut sources, &mut diagnostics);
        assert_eq!(
            loaded.is_err(),
            diagnostics.has_errors(),
            "{}",
            document.display()
        );
        let name = name(&document);
        // A second fixture of a code has a word more: CODE--WORD.yaml.
        let expected_code = name.split("--").next().unwrap_or_default();
        let code = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code == expected_code);
        assert!(
            code || name.ends_with("-mistakes"),
            "{name}: the report does not have the code that the fixture is named after"
        );
        let report = report::human(&sources, &diagnostics, false);
        let expected = Data::read_from(&folder.join(format!("{name}.txt")), None);
        assert().eq(Data::text(report), expected.raw());
    }
}

#[test]
fn an_awkward_document_gives_the_model_that_is_meant() {
    let folder = folder("valid");
    for document in documents(&folder) {
        let mut sources = sources(&folder, &document);
        let mut diagnostics = Diagnostics::new();
        let api = portolan_openapi::load(&document, &mut sources, &mut diagnostics);
        assert_eq!(
            report::human(&sources, &diagnostics, false),
            "",
            "{}",
            document.display()
        );
        let api = api.expect("nothing was reported");
        let model = serde_json::to_string_pretty(&api).expect("a model is data") + "\n";
        let expected = Data::read_from(
            &folder.join(format!("{}.model.json", name(&document))),
            None,
        );
        assert().eq(Data::text(model), expected.raw());
    }
}

#[test]
fn every_code_has_a_fixture() {
    let mut codes = BTreeSet::new();
    for root in ["src", "../source/src"] {
        collect_codes(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(root),
            &mut codes,
        );
    }
    // Those that a document in memory cannot have, and those that only typed readers of other files give.
    for elsewhere in ["unreadable-file", "toml-syntax", "too-many-files"] {
        codes.remove(elsewhere);
    }
    let fixtures: BTreeSet<String> = ["invalid", "overlays"]
        .iter()
        .flat_map(|kind| documents(&folder(kind)))
        .map(|document| name(&document))
        .collect();
    let missing: Vec<_> = codes.difference(&fixtures).collect();
    assert!(
        missing.is_empty(),
        "codes without a fixture in tests/fixtures/{{invalid,overlays}}: {missing:?}"
    );
    let explanations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/codes");
    let unexplained: Vec<_> = codes
        .iter()
        .filter(|code| !explanations.join(format!("{code}.md")).is_file())
        .collect();
    assert!(
        unexplained.is_empty(),
        "codes without generator/cli/codes/CODE.md: {unexplained:?}"
    );
}

/// Every string that stands as the code of a new diagnostic.
fn collect_codes(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("they can be listed").path();
        if path.is_dir() {
            collect_codes(&path, codes);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            let text = std::fs::read_to_string(&path).expect("sources are text");
            let text = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            for start in [
                "Diagnostic::error(",
                "Diagnostic::warning(",
                "Diagnostic::note(",
                "Error::new(",
            ] {
                for rest in text.split(start).skip(1) {
                    let code = rest
                        .trim_start()
                        .strip_prefix('"')
                        .and_then(|rest| rest.split('"').next());
                    codes.extend(code.map(str::to_owned));
                }
            }
        }
    }
}
