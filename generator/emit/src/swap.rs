//! A tree in place of a whole folder that is ours: the old one or the new one, never a mixture.

use crate::manifest::Manifest;
use crate::{Error, FileTree, MANIFEST};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Builds `tree` in a folder beside `folder` and exchanges the two in one step.
///
/// # Errors
/// When `folder` holds anything and no manifest of ours, or the machine refuses; then `folder` is as it was.
pub fn swap(tree: &FileTree, folder: &Path) -> Result<(), Error> {
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
    fill(tree, fresh.path())?;
    let fail = Error::io("replace", folder);
    if exists {
        exchange(fresh.path(), folder).map_err(fail)?;
        // What the guard removes now is the old content.
        drop(fresh);
    } else {
        std::fs::rename(fresh.path(), folder).map_err(fail)?;
        // The guard's folder has moved; there is nothing left for it to remove.
        let _moved = fresh.keep();
    }
    Ok(())
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

fn fill(tree: &FileTree, folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder, open).map_err(Error::io("write", folder))?;
    }
    let folders: BTreeSet<_> = tree
        .iter()
        .filter_map(|(path, _)| Path::new(path.as_str()).parent())
        .collect();
    for inside in folders {
        let path = folder.join(inside);
        std::fs::create_dir_all(&path).map_err(Error::io("create", path))?;
    }
    tree.iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .try_for_each(|(path, file)| -> Result<(), Error> {
            let place = folder.join(path.as_str());
            std::fs::write(&place, &file.bytes).map_err(Error::io("write", &place))?;
            #[cfg(unix)]
            if file.executable {
                use std::os::unix::fs::PermissionsExt;
                let run = std::fs::Permissions::from_mode(0o755);
                std::fs::set_permissions(&place, run).map_err(Error::io("write", &place))?;
            }
            Ok(())
        })?;
    let place = folder.join(MANIFEST);
    std::fs::write(&place, Manifest::of(tree).to_bytes()).map_err(Error::io("write", &place))
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
    fn a_folder_of_somebody_else_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("thesis.txt"), "years of work").expect("written");
        let error = swap(&tree("a"), folder.path()).expect_err("refused");
        assert!(matches!(error, Error::Foreign { .. }), "{error}");
        assert!(folder.path().join("thesis.txt").exists());
    }
}
