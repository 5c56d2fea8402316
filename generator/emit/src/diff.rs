//! What writing a tree would change.

use crate::manifest::Manifest;
use crate::{Error, FileTree, MANIFEST};
use serde::Serialize;
use std::path::Path;

/// A file that differs between a tree and a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "change", content = "path")]
pub enum Change {
    /// In the tree, not in the folder.
    Added(String),
    /// In both, with other bytes.
    Changed(String),
    /// Written by us before, no longer in the tree.
    Removed(String),
}

/// Compares a tree with what is in `folder`. Files there that we did not write are not looked at.
///
/// # Errors
/// When a file cannot be read.
pub fn diff(tree: &FileTree, folder: &Path) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    let written = Manifest::read(folder)?.unwrap_or_default();
    for (path, file) in tree.iter() {
        let place = folder.join(path.as_str());
        if file.starter && (written.starters.contains(path.as_str()) || place.exists()) {
            continue;
        }
        match std::fs::read(&place) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(_) => changes.push(Change::Changed(path.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                changes.push(Change::Added(path.to_string()))
            }
            Err(error) => return Err(Error::io("read", place)(error)),
        }
    }
    let stale = written
        .files
        .into_keys()
        .filter(|path| path != MANIFEST && tree.get(path).is_none());
    changes.extend(
        stale
            .filter(|path| folder.join(path).exists())
            .map(Change::Removed),
    );
    changes.sort();
    Ok(changes)
}
