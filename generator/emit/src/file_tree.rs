//! All that we make, before it is anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A place inside a [`FileTree`]: relative, with `/`, valid on every system. Checked once, here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TreePath(String);

/// Why a path cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be the path of a generated file: {reason}")]
pub struct PathError {
    /// The path, shortened.
    pub path: String,
    /// Why not.
    pub reason: &'static str,
}

impl PathError {
    /// Two files cannot have one path.
    #[must_use]
    pub fn taken(path: impl fmt::Display) -> PathError {
        PathError {
            path: path.to_string(),
            reason: "another file has this path, perhaps in other case",
        }
    }
}

/// The longest path, in bytes.
const MAX_BYTES: usize = 240;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

impl TreePath {
    /// Checks a path.
    ///
    /// # Errors
    /// When it is empty, absolute, too long, has an empty part, `.` or `..`, a character that some system refuses, a
    /// device's name, or a part that ends with a dot or a space.
    pub fn new(path: impl Into<String>) -> Result<TreePath, PathError> {
        let path = path.into();
        match fault(&path) {
            Some(reason) => Err(PathError {
                path: path.chars().take(120).collect(),
                reason,
            }),
            None => Ok(TreePath(path)),
        }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for TreePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.len() > MAX_BYTES {
        return Some("it is longer than 240 bytes");
    }
    if path
        .chars()
        .any(|character| character.is_control() || r#"\:*?"<>|"#.contains(character))
    {
        return Some("it holds a character that some systems refuse");
    }
    path.split('/').find_map(|part| {
        let stem = part
            .split('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let numbered = |prefix: &str| {
            stem.strip_prefix(prefix).is_some_and(|rest| {
                rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        match part {
            "" => Some("it is absolute or has an empty part"),
            "." | ".." => Some("it has a part `.` or `..`"),
            part if part.ends_with(['.', ' ']) => Some("a part ends with a dot or a space"),
            ".git" => Some("it leads into a repository's own folder"),
            _ if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") => {
                Some("a part is a device's name")
            }
            _ => None,
        }
    })
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether it may be run.
    pub executable: bool,
    /// Whether it is a beginning that belongs to people from then on: written once, never again.
    pub starter: bool,
}

impl<T: Into<Vec<u8>>> From<T> for File {
    fn from(bytes: T) -> File {
        File {
            bytes: bytes.into(),
            executable: false,
            starter: false,
        }
    }
}

impl File {
    /// The same file, as a beginning for people to go on with: a changelog, a list of files to ignore.
    #[must_use]
    pub fn starter(mut self) -> File {
        self.starter = true;
        self
    }

    /// The same file, to be run.
    #[must_use]
    pub fn executable(mut self) -> File {
        self.executable = true;
        self
    }
}

/// Files by path. No two paths differ only in case, so that the tree is the same on every system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<TreePath, File>,
    folded: BTreeSet<String>,
}

impl FileTree {
    /// An empty tree.
    #[must_use]
    pub fn new() -> FileTree {
        FileTree::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When the path cannot be used, or is taken, also in other case.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        file: impl Into<File>,
    ) -> Result<(), PathError> {
        let path = TreePath::new(path)?;
        if !self.folded.insert(path.as_str().to_lowercase()) {
            return Err(PathError::taken(&path));
        }
        self.files.insert(path, file.into());
        Ok(())
    }

    /// Adds all files of `other` below the folder `prefix`.
    ///
    /// # Errors
    /// As [`insert`](FileTree::insert).
    pub fn extend_under(&mut self, prefix: &str, other: FileTree) -> Result<(), PathError> {
        for (path, file) in other.files {
            self.insert(format!("{prefix}/{path}"), file)?;
        }
        Ok(())
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// All files by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&TreePath, &File)> {
        self.files.iter()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The size of all files, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.files.values().map(|file| file.bytes.len()).sum()
    }
}

impl IntoIterator for FileTree {
    type Item = (TreePath, File);
    type IntoIter = std::collections::btree_map::IntoIter<TreePath, File>;

    fn into_iter(self) -> Self::IntoIter {
        self.files.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leaves_the_tree() {
        for bad in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/../b",
            "./a",
            "a\\b",
            "C:/a",
            "a\0b",
            "a/CON",
            "a/con.py",
            "com1",
            "a.",
            "a /b",
            ".git/hooks/pre-commit",
            "a\nb",
            &"x".repeat(300),
        ] {
            assert!(TreePath::new(bad).is_err(), "{bad:?}");
        }
        for good in [
            "a",
            "a/b.py",
            ".github/workflows/ci.yml",
            "console.js",
            "a/é.html",
            "a b",
        ] {
            assert!(TreePath::new(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn two_paths_that_differ_in_case_are_one() {
        let mut tree = FileTree::new();
        tree.insert("a/User.py", "").expect("free");
        let error = tree.insert("a/user.py", "").expect_err("taken");
        assert_eq!(
            error.to_string(),
            "`a/user.py` cannot be the path of a generated file: another file has this path, perhaps in other case"
        );
    }
}
