//! The files of a build while it is made: those that it gives, and those that it keeps of the build before.

use crate::files::Served;
use crate::snapshot::Loaded;
use portolan_emit::{File, FileTree, PathError, Sink, TreePath};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Takes files from many threads. What is kept, and what is given as it was, is shared with the build before.
#[derive(Debug, Default)]
pub struct Files {
    before: Option<Arc<Loaded>>,
    found: Mutex<Found>,
}

#[derive(Debug, Default)]
struct Found {
    files: BTreeMap<String, Arc<Served>>,
    /// The paths in small letters: no two files differ only in case.
    folded: BTreeSet<String>,
}

impl Files {
    /// None yet, after this build.
    pub(crate) fn after(before: Option<Arc<Loaded>>) -> Files {
        Files {
            before,
            found: Mutex::default(),
        }
    }

    /// The text of the file at `path`.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        let served = self.found().files.get(path).cloned()?;
        Some(String::from_utf8_lossy(&served.bytes).into_owned())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found().files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All there are now, by their paths.
    pub(crate) fn so_far(&self) -> BTreeMap<String, Arc<Served>> {
        self.found().files.clone()
    }

    /// All of them.
    pub(crate) fn into_served(self) -> BTreeMap<String, Arc<Served>> {
        let found = self.found.into_inner();
        found.unwrap_or_else(PoisonError::into_inner).files
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, path: &str) -> Option<&Arc<Served>> {
        self.before.as_ref()?.manifest.served(path)
    }
}

impl Found {
    fn take(&mut self, path: &str, served: Arc<Served>) -> Result<(), PathError> {
        if !self.folded.insert(path.to_lowercase()) {
            return Err(PathError::taken(path));
        }
        self.files.insert(path.to_owned(), served);
        Ok(())
    }
}

impl Sink for Files {
    fn put(&self, path: &str, file: File) -> Result<(), PathError> {
        let path = TreePath::new(path)?;
        let path = path.as_str();
        let known = self.known(path);
        let served = match known.filter(|known| known.bytes == file.bytes) {
            Some(known) => Arc::clone(known),
            None => Arc::new(Served::new(path, file.bytes)),
        };
        self.found().take(path, served)
    }

    fn keep(&self, paths: &[String]) -> bool {
        let known = paths.iter().map(|path| self.known(path).cloned());
        let Some(known) = known.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut found = self.found();
        let mut all = paths.iter().zip(known);
        all.all(|(path, served)| found.take(path, served).is_ok())
    }
}

impl From<FileTree> for Files {
    fn from(tree: FileTree) -> Files {
        let files = Files::default();
        for (path, file) in tree {
            let served = Arc::new(Served::new(path.as_str(), file.bytes));
            // A tree holds no two files of one path.
            let _new = files.found().take(path.as_str(), served);
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Snapshot, Snapshots};

    fn given(files: &Files, path: &str, text: &str) {
        files.put(path, text.into()).expect("a path that is free");
    }

    #[test]
    fn files_of_the_build_before_are_shared_and_no_path_is_taken_twice() {
        let snapshots = Snapshots::new();
        let files = snapshots.files();
        given(&files, "a.html", "a");
        given(&files, "b.html", "b");
        snapshots.publish(
            Snapshot {
                files,
                ..Snapshot::default()
            },
            &serde_json::json!([]),
        );
        let first = snapshots.current().expect("a build");

        let files = snapshots.files();
        assert!(files.keep(&["a.html".to_owned()]));
        assert!(!files.keep(&["b.html".to_owned(), "c.html".to_owned()]));
        given(&files, "b.html", "b");
        assert!(files.put("A.html", "other".into()).is_err());
        assert!(files.put("../c", "out".into()).is_err());
        let served = files.into_served();
        for path in ["a.html", "b.html"] {
            let before = first.manifest.served(path).expect("it was there");
            assert!(Arc::ptr_eq(&served[path], before), "{path}");
        }
    }
}
