//! Files in place of a whole folder that is ours: the old ones or the new ones, never a mixture.

use crate::manifest::Manifest;
use crate::{Error, File, FileTree, MANIFEST, PathError, Sink, TreePath};
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// Builds `tree` in a folder beside `folder` and exchanges the two in one step.
///
/// # Errors
/// When `folder` holds anything and no manifest of ours, or the machine refuses; then `folder` is as it was.
pub fn swap(tree: &FileTree, folder: &Path) -> Result<(), Error> {
    let replacement = Replacement::of(folder)?;
    let files: Vec<_> = tree.iter().collect();
    files
        .into_par_iter()
        .try_for_each(|(path, file)| replacement.add(path.clone(), file))?;
    replacement.finish().map(|_| ())
}

/// A folder that is being built beside the one that it is going to replace. One that is dropped leaves nothing behind.
pub struct Replacement {
    folder: PathBuf,
    exists: bool,
    fresh: TempDir,
    state: Mutex<State>,
}

/// What has been written so far.
#[derive(Default)]
struct State {
    manifest: Manifest,
    /// Paths in lower case.
    taken: HashSet<String>,
    /// Folders that were made.
    folders: HashSet<String>,
    bytes: u64,
    /// The first thing that the machine refused.
    refused: Option<Error>,
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The number of files.
    pub files: usize,
    /// What is in them.
    pub bytes: u64,
}

impl Replacement {
    /// Begins one beside `folder`.
    ///
    /// # Errors
    /// When `folder` holds anything and no manifest of ours, or the machine refuses.
    pub fn of(folder: &Path) -> Result<Replacement, Error> {
        let exists = is_ours(folder)?;
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        std::fs::create_dir_all(&parent).map_err(Error::io("create", &parent))?;
        let name = folder
            .file_name()
            .map_or_else(|| "out".into(), |name| name.to_string_lossy().into_owned());
        let prefix = format!(".{name}.portolan-");
        remove_leftovers(&parent, &prefix);
        let fresh = tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(&parent)
            .map_err(Error::io("create", &parent))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let open = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(fresh.path(), open).map_err(Error::io("write", folder))?;
        }
        Ok(Replacement {
            folder: folder.to_path_buf(),
            exists,
            fresh,
            state: Mutex::default(),
        })
    }

    /// Puts the files in the place of the folder.
    ///
    /// # Errors
    /// When the machine refuses, or has refused one of the files; then the folder is as it was.
    pub fn finish(self) -> Result<Size, Error> {
        let state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.refused {
            return Err(error);
        }
        let place = self.fresh.path().join(MANIFEST);
        std::fs::write(&place, state.manifest.to_bytes()).map_err(Error::io("write", &place))?;
        let fail = Error::io("replace", &self.folder);
        if self.exists {
            exchange(self.fresh.path(), &self.folder).map_err(fail)?;
            // What the guard removes now is the old content.
            drop(self.fresh);
        } else {
            std::fs::rename(self.fresh.path(), &self.folder).map_err(fail)?;
            // The guard's folder has moved; there is nothing left for it to remove.
            let _moved = self.fresh.keep();
        }
        Ok(Size {
            files: state.manifest.files.len() + state.manifest.starters.len(),
            bytes: state.bytes,
        })
    }

    fn add(&self, path: TreePath, file: &File) -> Result<(), Error> {
        let place = self.fresh.path().join(path.as_str());
        {
            let mut state = self.state();
            if state.refused.is_some() {
                return Ok(());
            }
            if !state.taken.insert(path.as_str().to_lowercase()) {
                return Err(PathError::taken(&path).into());
            }
            state.bytes += file.bytes.len() as u64;
            let (folder, _) = path.as_str().rsplit_once('/').unwrap_or_default();
            if !state.folders.contains(folder) {
                let parent = place.parent().expect("a place inside has a parent");
                std::fs::create_dir_all(parent).map_err(Error::io("create", parent))?;
                state.folders.insert(folder.to_owned());
            }
        }
        std::fs::write(&place, &file.bytes).map_err(Error::io("write", &place))?;
        #[cfg(unix)]
        if file.executable {
            use std::os::unix::fs::PermissionsExt;
            let run = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&place, run).map_err(Error::io("write", &place))?;
        }
        let line = Manifest::line(file);
        self.state().manifest.add(&path, line);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Replacement {
    fn put(&self, path: &str, file: File) -> Result<(), PathError> {
        match self.add(TreePath::new(path)?, &file) {
            Err(Error::Path(error)) => return Err(error),
            Err(error) => {
                self.state().refused.get_or_insert(error);
            }
            Ok(()) => {}
        }
        Ok(())
    }
}

/// Whether the folder exists; an error when it is not ours to replace.
fn is_ours(folder: &Path) -> Result<bool, Error> {
    let mut entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    if entries.next().is_some() && Manifest::read(folder)?.is_none() {
        return Err(Error::Foreign {
            path: folder.to_path_buf(),
        });
    }
    Ok(true)
}

/// Removes what a killed run left; failing to is harmless.
fn remove_leftovers(parent: &Path, prefix: &str) {
    const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
    let Ok(entries) = std::fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let old = entry
            .metadata()
            .and_then(|metadata| metadata.modified())
            .ok();
        let old = old
            .and_then(|modified| modified.elapsed().ok())
            .is_some_and(|age| age > HOUR);
        if old && entry.file_name().to_string_lossy().starts_with(prefix) {
            let _gone = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Exchanges two folders in one step where the system can, else by two renames.
fn exchange(fresh: &Path, folder: &Path) -> std::io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, fresh, CWD, folder, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            Err(
                rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP,
            ) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let aside = fresh.with_extension("old");
    std::fs::rename(folder, &aside)?;
    if let Err(error) = std::fs::rename(fresh, folder) {
        std::fs::rename(&aside, folder)?;
        return Err(error);
    }
    std::fs::rename(&aside, fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(path: &str) -> FileTree {
        let mut tree = FileTree::new();
        tree.insert(path, "x").expect("a fixture's path is good");
        tree
    }

    #[test]
    fn the_new_tree_takes_the_place_of_the_old() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("dist");
        swap(&tree("a/b"), &folder).expect("built");
        swap(&tree("c"), &folder).expect("replaced");
        let mut names: Vec<_> = walkdir::WalkDir::new(parent.path())
            .min_depth(1)
            .into_iter()
            .map(|entry| {
                entry
                    .expect("readable")
                    .path()
                    .strip_prefix(parent.path())
                    .expect("inside")
                    .display()
                    .to_string()
            })
            .collect();
        names.sort();
        assert_eq!(names, ["dist", "dist/.portolan.json", "dist/c"]);
    }

    #[test]
    fn a_replacement_that_is_dropped_leaves_nothing() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("dist");
        let replacement = Replacement::of(&folder).expect("begun");
        replacement.put("a/b", "x".into()).expect("free");
        assert!(replacement.put("A/b", "x".into()).is_err());
        assert!(replacement.put("../b", "x".into()).is_err());
        drop(replacement);
        assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 0);
    }

    #[test]
    fn what_the_machine_refused_is_told_at_the_end() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("dist");
        let replacement = Replacement::of(&folder).expect("begun");
        replacement.put("a", "x".into()).expect("free");
        // A file stands where a folder would have to be.
        replacement.put("a/b", "x".into()).expect("told later");
        let error = replacement.finish().expect_err("told");
        assert!(matches!(error, Error::Io { .. }), "{error}");
        assert!(!folder.exists());
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("thesis.txt"), "years of work").expect("written");
        let error = swap(&tree("a"), folder.path()).expect_err("refused");
        assert!(matches!(error, Error::Foreign { .. }), "{error}");
        assert!(folder.path().join("thesis.txt").exists());
    }
}
