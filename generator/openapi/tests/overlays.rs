//! Every fixture of tests/fixtures/overlays: a rule of the Overlay Specification, or a mistake by the name of its code.
//!
//! A folder holds `openapi.yaml`, and `overlay.yaml` or `overlay-1.yaml`, `overlay-2.yaml`, which are applied in this
//! order. Beside them stand what comes of it: the whole document (`result.json`), and the whole report of loading it
//! (`report.txt`). `SNAPSHOTS=overwrite cargo test -p portolan-openapi` writes both anew; read them before keeping them.

use portolan_openapi::{Input, Tree};
use portolan_source::{Diagnostics, Sources, report};
use snapbox::{Assert, Data, assert::Action};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/overlays")
}

fn assert() -> Assert {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    Assert::new().action(if overwrite {
        Action::Overwrite
    } else {
        Action::Verify
    })
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| name.into_string().expect("fixtures have plain names"))
        .collect();
    names.sort();
    names
}

#[test]
fn an_overlay_gives_the_document_and_the_report_that_are_meant() {
    for fixture in names(&folder()) {
        let folder = folder().join(&fixture);
        let mut overlays = Vec::new();
        // All files are in memory, so that reports name paths that are the same everywhere.
        let mut files = Vec::new();
        for name in names(&folder) {
            let path = Path::new(&fixture).join(&name);
            if name.starts_with("overlay") {
                overlays.push(path.clone());
            }
            let text = std::fs::read_to_string(folder.join(&name)).expect("a fixture is text");
            files.push((path, text));
        }
        let sources = || {
            let mut sources = Sources::new();
            for (path, text) in &files {
                sources.insert(path, text.as_str());
            }
            sources
        };
        let document = Path::new(&fixture).join("openapi.yaml");
        let input = Input {
            overlays: &overlays,
            ..Input::new(&document)
        };

        let result = input
            .read(&mut sources(), &mut Diagnostics::new())
            .expect("the document is YAML");
        let result = serde_json::to_string_pretty(&Tree(&result)).expect("it is data") + "\n";
        let expected = Data::read_from(&folder.join("result.json"), None);
        assert().eq(Data::text(result), expected.raw());

        let (mut sources, mut diagnostics) = (sources(), Diagnostics::new());
        let loaded = input.load(&mut sources, &mut diagnostics);
        assert_eq!(loaded.is_err(), diagnostics.has_errors(), "{fixture}");
        let report = report::human(&sources, &diagnostics, false);
        let expected = Data::read_from(&folder.join("report.txt"), None);
        assert().eq(Data::text(report), expected.raw());
    }
}
