//! A tree into a folder that people share: what is theirs stays.
//!
//! 1. A file of ours that a person edited (its hash is neither that of the manifest nor that of the tree) is kept and
//!    named, unless writing is forced.
//! 2. A file whose bytes are right is not touched, so that build tools see no change.
//! 3. Each other file is written beside its place and renamed: a reader sees the old bytes or the new.
//! 4. Files that an earlier run wrote and this one does not are removed, unless edited.
//! 5. A starter is written where there is nothing, and once: a person may change it, or remove it, and no run (a forced
//!    one neither) looks at it again.
//! 6. The manifest comes last: a run that is cut off is repaired by the next.

use crate::manifest::{Manifest, sha256};
use crate::{Error, File, FileTree, MANIFEST, TreePath};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

/// What [`write()`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other bytes now.
    pub written: Vec<String>,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files of an earlier run that are gone.
    pub removed: Vec<String>,
    /// Files that a person edited, or that were there before us: left as they are.
    pub kept: Vec<String>,
}

enum Outcome {
    Written(String),
    Unchanged,
    Kept(String),
}

/// Writes `tree` into `folder`; with `force` also over files that a person edited.
///
/// # Errors
/// When the machine refuses; what was written until then is whole.
pub fn write(tree: &FileTree, folder: &Path, force: bool) -> Result<Written, Error> {
    std::fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    let before = Manifest::read(folder)?.unwrap_or_default();
    let mut after = Manifest::of(tree);
    after.starters.extend(before.starters.iter().cloned());
    let folders: BTreeSet<_> = tree
        .iter()
        .filter_map(|(path, _)| Path::new(path.as_str()).parent())
        .collect();
    for inside in folders {
        let path = folder.join(inside);
        std::fs::create_dir_all(&path).map_err(Error::io("create", path))?;
    }

    let files: Vec<(&TreePath, &File)> = tree.iter().collect();
    let outcomes: Result<Vec<Outcome>, Error> = files
        .into_par_iter()
        .map(|(path, file)| {
            let place = folder.join(path.as_str());
            let known = before.files.get(path.as_str());
            if file.starter && (before.starters.contains(path.as_str()) || place.exists()) {
                return Ok(Outcome::Unchanged);
            }
            match std::fs::read(&place) {
                Ok(bytes) if bytes == file.bytes => Ok(Outcome::Unchanged),
                Ok(bytes) if !force && known != Some(&sha256(&bytes)) => {
                    Ok(Outcome::Kept(path.to_string()))
                }
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(Error::io("read", place)(error))
                }
                _ => replace(&place, file).map(|()| Outcome::Written(path.to_string())),
            }
        })
        .collect();

    let mut result = Written::default();
    for outcome in outcomes? {
        match outcome {
            Outcome::Written(path) => result.written.push(path),
            Outcome::Unchanged => result.unchanged += 1,
            Outcome::Kept(path) => result.kept.push(path),
        }
    }
    let gone = |path: &str| !after.files.contains_key(path) && !after.starters.contains(path);
    for (path, known) in before.files.iter().filter(|(path, _)| gone(path)) {
        // The manifest is a file that others can edit: a path in it is checked like any other.
        let Ok(checked) = TreePath::new(path.as_str()) else {
            continue;
        };
        let place = folder.join(checked.as_str());
        match std::fs::read(&place) {
            Ok(bytes) if force || sha256(&bytes) == *known => {
                std::fs::remove_file(&place).map_err(Error::io("remove", &place))?;
                result.removed.push(path.clone());
            }
            Ok(_) => result.kept.push(path.clone()),
            Err(_) => {}
        }
    }
    let manifest = folder.join(MANIFEST);
    let bytes = after.to_bytes();
    if std::fs::read(&manifest).ok().as_ref() != Some(&bytes) {
        replace(&manifest, &File::from(bytes))?;
    }
    Ok(result)
}

/// Writes one file that is its owner's from now on: it is in no manifest, and nothing is overwritten.
///
/// # Errors
/// When there is something at `place` already, or the machine refuses.
pub fn write_new(place: &Path, file: &File) -> Result<(), Error> {
    if let Some(parent) = place.parent() {
        std::fs::create_dir_all(parent).map_err(Error::io("create", parent))?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if file.executable {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o777);
    }
    let mut opened = options.open(place).map_err(Error::io("create", place))?;
    opened
        .write_all(&file.bytes)
        .map_err(Error::io("write", place))
}

/// Writes one file that a person asked for by its name, over what stands there: a reader sees the old bytes or the new.
///
/// # Errors
/// When the machine refuses.
pub fn write_file(place: &Path, file: &File) -> Result<(), Error> {
    match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => {
            std::fs::create_dir_all(parent).map_err(Error::io("create", parent))?;
            replace(place, file)
        }
        _ => replace(&Path::new(".").join(place), file),
    }
}

/// Puts a file in place by one rename.
fn replace(place: &Path, file: &File) -> Result<(), Error> {
    let fail = |source| Error::Io {
        act: "write",
        path: place.to_path_buf(),
        source,
    };
    let parent = place
        .parent()
        .expect("a place inside a folder has a parent");
    let mut builder = tempfile::Builder::new();
    builder.prefix(".portolan-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if file.executable { 0o777 } else { 0o666 };
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut temporary = builder.tempfile_in(parent).map_err(fail)?;
    temporary.write_all(&file.bytes).map_err(fail)?;
    temporary
        .persist(place)
        .map_err(|error| fail(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> FileTree {
        let mut tree = FileTree::new();
        for (path, text) in files {
            tree.insert(*path, *text)
                .expect("a fixture's paths are good");
        }
        tree
    }

    fn names(paths: &[&str]) -> Vec<String> {
        paths.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn stale_files_go_and_foreign_files_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        write(
            &tree(&[("a.py", "1"), ("b/c.py", "2")]),
            folder.path(),
            false,
        )
        .expect("written");
        std::fs::write(folder.path().join("mine.py"), "mine").expect("written");
        let second =
            write(&tree(&[("a.py", "1"), ("d.py", "3")]), folder.path(), false).expect("written");
        let expected = Written {
            written: names(&["d.py"]),
            unchanged: 1,
            removed: names(&["b/c.py"]),
            kept: Vec::new(),
        };
        assert_eq!(second, expected);
        assert!(folder.path().join("mine.py").exists());
    }

    #[test]
    fn a_file_edited_by_hand_is_kept_until_forced() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("a.py");
        write(&tree(&[("a.py", "1")]), folder.path(), false).expect("written");
        std::fs::write(&place, "edited").expect("written");
        let kept = write(&tree(&[("a.py", "2")]), folder.path(), false).expect("written");
        assert_eq!(
            (kept.kept, std::fs::read_to_string(&place).expect("read")),
            (names(&["a.py"]), "edited".to_owned())
        );
        let forced = write(&tree(&[("a.py", "2")]), folder.path(), true).expect("written");
        assert_eq!(
            (
                forced.written,
                std::fs::read_to_string(&place).expect("read")
            ),
            (names(&["a.py"]), "2".to_owned())
        );
    }

    #[test]
    fn a_starter_is_written_once_and_then_belongs_to_people() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("CHANGELOG.md");
        let starter = |text: &str| {
            let mut tree = FileTree::new();
            tree.insert("CHANGELOG.md", File::from(text).starter())
                .expect("a good path");
            tree
        };
        let first = write(&starter("1"), folder.path(), false).expect("written");
        assert_eq!(first.written, names(&["CHANGELOG.md"]));
        std::fs::write(&place, "edited").expect("written");
        let second = write(&starter("2"), folder.path(), true).expect("written");
        assert_eq!((second.unchanged, second.kept), (1, Vec::new()));
        assert_eq!(std::fs::read_to_string(&place).expect("read"), "edited");
        assert_eq!(
            crate::diff(&starter("2"), folder.path()).expect("compared"),
            []
        );
        std::fs::remove_file(&place).expect("removed");
        assert_eq!(
            crate::diff(&starter("2"), folder.path()).expect("compared"),
            []
        );
        write(&starter("2"), folder.path(), true).expect("written");
        assert!(!place.exists(), "who removed it does not want it");
        write(&tree(&[]), folder.path(), true).expect("written");
        write(&starter("2"), folder.path(), true).expect("written");
        assert!(!place.exists(), "a run without it forgets nothing");
    }

    #[test]
    fn a_file_that_became_a_starter_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        write(&tree(&[("a.md", "1")]), folder.path(), false).expect("written");
        let mut later = FileTree::new();
        later
            .insert("a.md", File::from("2").starter())
            .expect("a good path");
        let done = write(&later, folder.path(), false).expect("written");
        assert_eq!((done.unchanged, done.removed), (1, Vec::new()));
    }

    #[test]
    fn a_manifest_cannot_name_files_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let outside = folder.path().join("outside");
        std::fs::write(&outside, "x").expect("written");
        let inside = folder.path().join("inside");
        std::fs::create_dir(&inside).expect("created");
        let forged = format!(
            r#"{{"generator":"portolan","files":{{"../outside":"{}"}}}}"#,
            sha256(b"x")
        );
        std::fs::write(inside.join(MANIFEST), forged).expect("written");
        write(&tree(&[("a", "1")]), &inside, true).expect("written");
        assert!(outside.exists());
    }
}
