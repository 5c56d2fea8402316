//! Every document of the corpus loads, and no operation is lost.
//!
//! The corpus belongs to its owners and is not part of the repository: `PORTOLAN_CORPUS` names its folder, else
//! `target/corpus` is taken; without it the test says so and passes.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use portolan_source::{Diagnostics, Sources, report};
use std::path::{Path, PathBuf};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("PORTOLAN_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/corpus"),
        PathBuf::from,
    );
    folder.join("INDEX.tsv").is_file().then_some(folder)
}

#[test]
fn every_document_of_the_corpus_loads_with_all_its_operations() {
    let Some(corpus) = corpus() else {
        eprintln!("SKIPPED: no corpus; unpack it into target/corpus or set PORTOLAN_CORPUS");
        return;
    };
    let index = std::fs::read_to_string(corpus.join("INDEX.tsv")).expect("the index is text");
    let mut failures = Vec::new();
    for line in index.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (name, file) = (columns[0], columns[1]);
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        // One document refers to folders beside its own.
        let top = Path::new(file)
            .iter()
            .next()
            .expect("a path has a first part");
        let root = if Path::new(file).components().count() > 1 {
            corpus.join(top)
        } else {
            corpus.clone()
        };
        let loaded = portolan_openapi::Input {
            path: &corpus.join(file),
            root: Some(&root),
            overlays: &[],
        }
        .load(&mut sources, &mut diagnostics);
        let broken = ["fail-", "burgershop-badref"]
            .iter()
            .any(|start| name.starts_with(start));
        if broken {
            assert!(diagnostics.has_errors(), "{name} should not load");
            continue;
        }
        match loaded {
            Err(_) => failures.push(format!(
                "{name}:\n{}",
                report::short(&sources, &diagnostics)
            )),
            Ok(api) => {
                let counted = count(&corpus.join(file));
                let found = api.operations().len();
                if found != counted {
                    failures.push(format!(
                        "{name}: {counted} operations in the file, {found} in the model"
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Pairs of path and method, counted in the tree of the file itself: references of path items followed by hand.
fn count(path: &Path) -> usize {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let root = portolan_openapi::read_node(path, &mut sources, &mut diagnostics)
        .expect("the file can be read");
    let paths = root.get("paths");
    paths
        .into_iter()
        .flat_map(portolan_source::Node::members)
        .map(|member| {
            let item = match member
                .node
                .get("$ref")
                .and_then(portolan_source::Node::as_str)
            {
                Some(reference) => {
                    let file = path
                        .parent()
                        .unwrap_or(Path::new(""))
                        .join(reference.split('#').next().unwrap_or_default());
                    portolan_openapi::read_node(&file, &mut sources, &mut diagnostics)
                        .expect("the file can be read")
                }
                None => member.node.clone(),
            };
            let more = item
                .get("additionalOperations")
                .map_or(0, |more| more.members().len());
            more + item
                .members()
                .iter()
                .filter(|member| METHODS.contains(&&*member.key))
                .count()
        })
        .sum()
}
