//! Documents that people really have: `generate` ends without a panic on each, and says what it did.

use portolan_tests::corpus::{self, Document};
use portolan_tests::{Project, Run};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Documents of the corpus that are wrong on purpose: they may be refused, with a diagnostic.
const WRONG: &[&str] = &[
    "fail-",
    "injection-",
    "malicious-",
    "pathological-",
    "burgershop-badref",
];

#[test]
fn each_openapi_3_document_of_the_corpus_is_generated() {
    let mut documents = corpus::documents();
    documents.retain(|document| document.version.starts_with('3'));
    let next = AtomicUsize::new(0);
    let refused = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        for _ in 0..workers {
            scope.spawn(|| {
                let mine = || documents.get(next.fetch_add(1, Ordering::Relaxed));
                while let Some(document) = mine() {
                    let run = generate(document);
                    let meant = WRONG.iter().any(|start| document.name.starts_with(start));
                    if run.code == Some(1) && !meant {
                        let mut refused = refused.lock().expect("no worker has failed");
                        refused.push(format!("{}\n{}", document.name, run.stderr));
                    }
                }
            });
        }
    });
    let refused = refused.into_inner().expect("no worker has failed");
    assert!(
        refused.is_empty(),
        "{} documents were refused:\n{}",
        refused.len(),
        refused.join("\n")
    );
}

/// Makes all packages of a document, or nothing and a reason.
fn generate(document: &Document) -> Run {
    let project = Project::new();
    let name = &document.name;
    let path = document.path.to_str().expect("a path of text");
    let root = document.root.to_str().expect("a path of text");
    let options = ["--package", "tried", "--quiet"];
    let arguments = ["generate", path, "--root", root, "--out", "sdk"];
    let run = project.run(arguments.iter().chain(&options));
    assert!(
        matches!(run.code, Some(0 | 1)),
        "{name}: {:?}\n{}",
        run.code,
        run.stderr
    );
    if run.code == Some(1) {
        assert!(
            run.stderr.contains("error["),
            "{name} was refused without a reason"
        );
        assert!(project.tree("").is_empty(), "{name}: nothing half-written");
    }
    run
}
