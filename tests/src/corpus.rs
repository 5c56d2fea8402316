//! Real documents, where they are at hand: they belong to their owners and are no part of the repository.

use crate::workspace;
use std::path::PathBuf;

/// A document of the corpus.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name in the index.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// The folder that its references may not leave.
    pub root: PathBuf,
    /// The version of OpenAPI that it says, e.g. `3.0.3`.
    pub version: String,
    /// How many operations it has, by the index.
    pub operations: usize,
}

/// All documents of the corpus; none, with a visible line, when it is not there.
///
/// # Panics
/// When its index has another form than expected.
#[must_use]
pub fn documents() -> Vec<Document> {
    let folder = workspace().join("target/corpus");
    let Ok(index) = std::fs::read_to_string(folder.join("INDEX.tsv")) else {
        skip("the corpus is not at target/corpus: real documents are not tried");
        return Vec::new();
    };
    let mut lines = index.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let found = head.iter().position(|title| *title == name);
        found.unwrap_or_else(|| panic!("the index of the corpus has a column `{name}`"))
    };
    let (name, file, version, operations) = (
        column("name"),
        column("file"),
        column("version"),
        column("operations"),
    );
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            // A document of several files has a folder of its own.
            let root = cells[file].split_once('/').map_or("", |(first, _)| first);
            Document {
                name: cells[name].to_owned(),
                path: folder.join(cells[file]),
                root: folder.join(root),
                version: cells[version].to_owned(),
                operations: cells[operations].parse().unwrap_or_default(),
            }
        })
        .collect()
}

/// Says visibly that something was not tested.
fn skip(reason: &str) {
    use std::io::Write;
    // The harness of the tests captures print macros, and this line is for people.
    let _closed = writeln!(std::io::stderr(), "skipped: {reason}");
}
