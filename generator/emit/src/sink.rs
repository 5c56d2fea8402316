//! Where files go as soon as they are made: a portal of thousands of pages need not be in memory at once.

use crate::{File, FileTree, PathError};
use std::sync::{Mutex, PoisonError};

/// Takes files from many threads, in any order.
pub trait Sink: Sync {
    /// Takes a file. What the machine has to say against it, the sink says when it is finished.
    ///
    /// # Errors
    /// When the path cannot be used, or is taken, also in other case.
    fn put(&self, path: &str, file: File) -> Result<(), PathError>;

    /// Takes the files that the last build gave under these paths, when it has all of them; else it takes none of them and
    /// says `false`.
    fn keep(&self, paths: &[String]) -> bool {
        let _ = paths;
        false
    }

    /// Takes all files of `tree` below the folder `prefix`; an empty one is none.
    ///
    /// # Errors
    /// As [`put`](Sink::put).
    fn put_all(&self, prefix: &str, tree: FileTree) -> Result<(), PathError> {
        tree.into_iter().try_for_each(|(path, file)| match prefix {
            "" => self.put(path.as_str(), file),
            _ => self.put(&format!("{prefix}/{path}"), file),
        })
    }
}

/// Keeps all in memory.
impl Sink for Mutex<FileTree> {
    fn put(&self, path: &str, file: File) -> Result<(), PathError> {
        let mut tree = self.lock().unwrap_or_else(PoisonError::into_inner);
        tree.insert(path, file)
    }
}
