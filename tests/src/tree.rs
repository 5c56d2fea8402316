//! A folder as bytes, to compare two of them.

use std::collections::BTreeMap;
use std::path::Path;

/// All files of a folder by their paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Reads a folder; one that is not there has no files.
    ///
    /// # Panics
    /// When a file cannot be read.
    #[must_use]
    pub fn read(folder: &Path) -> Tree {
        if !folder.exists() {
            return Tree(BTreeMap::new());
        }
        let files = walkdir::WalkDir::new(folder)
            .into_iter()
            .filter_map(|entry| {
                let entry = entry.expect("a readable folder");
                let path = entry.path();
                entry.file_type().is_file().then(|| {
                    let name = path.strip_prefix(folder).expect("it lies inside");
                    let bytes = std::fs::read(path)
                        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                    (name.to_string_lossy().replace('\\', "/"), bytes)
                })
            });
        Tree(files.collect())
    }

    /// The paths, in order.
    #[must_use]
    pub fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paths of files that differ or are in one tree only; a short text for a failing test.
    #[must_use]
    pub fn differences(&self, other: &Tree) -> Vec<String> {
        let mut found = Vec::new();
        for (path, bytes) in &self.0 {
            match other.0.get(path) {
                None => found.push(format!("{path}: only in the first")),
                Some(theirs) if theirs != bytes => found.push(format!("{path}: differs")),
                Some(_) => {}
            }
        }
        let alone = other.0.keys().filter(|path| !self.0.contains_key(*path));
        found.extend(alone.map(|path| format!("{path}: only in the second")));
        found
    }
}
