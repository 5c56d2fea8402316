//! The list of what we wrote, so that stale files go and foreign files stay.

use crate::{Error, File, FileTree, TreePath};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// The name of the manifest in each folder that we write.
pub const MANIFEST: &str = ".portolan.json";

/// What we wrote into a folder, with the hash of each file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// By whom.
    pub(crate) generator: String,
    /// SHA-256 in hexadecimal, by path.
    pub(crate) files: BTreeMap<String, String>,
    /// What was given to people as a beginning: theirs to change, and to remove.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) starters: BTreeSet<String>,
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest {
            generator: "portolan".to_owned(),
            files: BTreeMap::new(),
            starters: BTreeSet::new(),
        }
    }
}

impl Manifest {
    /// Of the tree as it is to be written.
    pub(crate) fn of(tree: &FileTree) -> Manifest {
        let mut manifest = Manifest::default();
        for (path, file) in tree.iter() {
            manifest.add(path, Manifest::line(file));
        }
        manifest
    }

    /// What there is to say of a file: its hash; `None` for a starter.
    pub(crate) fn line(file: &File) -> Option<String> {
        (!file.starter).then(|| sha256(&file.bytes))
    }

    /// Adds the [`line`](Manifest::line) of a file.
    pub(crate) fn add(&mut self, path: &TreePath, line: Option<String>) {
        match line {
            Some(hash) => {
                self.files.insert(path.to_string(), hash);
            }
            None => {
                self.starters.insert(path.to_string());
            }
        }
    }

    /// As it stands in `folder`; `None` when there is none, or one that is not ours.
    pub(crate) fn read(folder: &Path) -> Result<Option<Manifest>, Error> {
        let path = folder.join(MANIFEST);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)
                .ok()
                .filter(|found: &Manifest| found.generator == "portolan")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", path)(error)),
        }
    }

    /// As it is written.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("text and maps are always JSON");
        bytes.push(b'\n');
        bytes
    }
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string grows");
            text
        })
}
