//! JavaScript packages, as their users' tools see them: golden trees; every module imports; `tsc --strict` passes; the
//! runtime behaves on real sockets.

use portolan_emit::{FileTree, Templates};
use portolan_source::{Diagnostics, Sources};
use portolan_targets::PackageConfig;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the workspace")
        .to_path_buf()
}

fn generate(document: &Path) -> FileTree {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    sources.open(document).expect("the document can be read");
    let api = portolan_openapi::load(document, &mut sources, &mut diagnostics)
        .unwrap_or_else(|_| panic!("{} has errors: {diagnostics:?}", document.display()));
    let templates = Templates::new(None).expect("our own templates are right");
    let target = portolan_targets::find("javascript").expect("JavaScript is a target");
    let config = PackageConfig::of(&api);
    let tree = target
        .generate(&api, &config, &templates, &mut diagnostics)
        .unwrap_or_else(|_| panic!("{}: {diagnostics:?}", document.display()));
    let again = target.generate(&api, &config, &templates, &mut Diagnostics::new());
    assert!(
        again.is_ok_and(|again| again == tree),
        "two runs on {} differ",
        document.display()
    );
    tree
}

/// Documents that threaten something, and one that is usual.
fn documents() -> Vec<(String, PathBuf)> {
    let mut found = vec![(
        "bookshop".to_owned(),
        root().join("specs/bookshop/openapi.yaml"),
    )];
    for entry in std::fs::read_dir(root().join("tests/fixtures/valid")).expect("fixtures") {
        let path = entry.expect("readable").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let is_document = path
            .extension()
            .is_some_and(|ending| ending == "yaml" || ending == "json");
        if is_document && !name.ends_with(".model") {
            found.push((name, path));
        }
    }
    found.sort();
    found
}

/// Whether a tool is there; a test without it says so and passes, but never where `CI` is set.
fn present(tool: &Path) -> bool {
    let there = Command::new(tool)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    assert!(
        there || std::env::var_os("CI").is_none(),
        "{} is missing",
        tool.display()
    );
    if !there {
        let _closed = writeln!(
            std::io::stderr(),
            "skipped: {} is missing (npm ci in tests/ brings it)",
            tool.display()
        );
    }
    there
}

fn run(command: &mut Command) {
    let output = command.output().expect("the tool starts");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn tsc() -> PathBuf {
    root().join("tests/node_modules/.bin/tsc")
}

#[test]
fn the_package_of_awkward_names_is_as_it_was() {
    let tree = generate(&root().join("tests/fixtures/javascript/awkward.yaml"));
    let mut own = FileTree::new();
    for (path, file) in tree
        .iter()
        .filter(|(path, _)| !path.as_str().starts_with("runtime/"))
    {
        own.insert(path.as_str(), file.clone())
            .expect("it was in a tree before");
    }
    let golden = root().join("tests/golden/awkward/javascript");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        portolan_emit::swap(&own, &golden).expect("the golden tree can be written");
    }
    let changes = portolan_emit::diff(&own, &golden).expect("the golden tree can be read");
    assert!(
        changes.is_empty(),
        "UPDATE_GOLDEN=1 writes it anew:\n{changes:#?}"
    );
}

#[test]
fn packages_import_and_their_types_are_strict() {
    if !present(Path::new("node")) || !present(&tsc()) {
        return;
    }
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new("node");
    command.arg(root().join("tests/javascript/check.mjs"));
    let awkward = (
        "awkward".to_owned(),
        root().join("tests/fixtures/javascript/awkward.yaml"),
    );
    for (name, document) in documents().into_iter().chain([awkward]) {
        let folder = scratch.path().join(&name);
        portolan_emit::swap(&generate(&document), &folder).expect("the package can be written");
        command.arg(folder);
    }
    run(&mut command);
}
