//! A tree as one file to download, the same bytes on every run.

use crate::{FileTree, TreePath};
use flate2::{Compression, GzBuilder};

/// 1980-01-01, in seconds: zip files made from unpacked trees can hold no earlier date.
const TIME: u64 = 315_532_800;

/// A gzipped tar file (POSIX ustar) of `tree` below the folder `top`, e.g. `bookshop-1.4.0`.
///
/// # Panics
/// Never for a tree whose paths were checked: writing to memory does not fail.
#[must_use]
pub fn tar_gz(top: &str, tree: &FileTree) -> Vec<u8> {
    let encoder = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::new(6));
    let mut archive = tar::Builder::new(encoder);
    archive.mode(tar::HeaderMode::Deterministic);
    for (path, file) in tree.iter() {
        let path = TreePath::new(format!("{top}/{path}"))
            .expect("the top folder is a checked name and the path is short");
        let mut header = tar::Header::new_gnu();
        header.set_size(file.bytes.len() as u64);
        header.set_mode(if file.executable { 0o755 } else { 0o644 });
        header.set_mtime(TIME);
        archive
            .append_data(&mut header, path.as_str(), file.bytes.as_slice())
            .expect("memory takes all");
    }
    archive
        .into_inner()
        .and_then(flate2::write::GzEncoder::finish)
        .expect("memory takes all")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::File;

    #[test]
    fn the_same_tree_gives_the_same_bytes() {
        let mut tree = FileTree::new();
        tree.insert("bin/run", File::from("#!/bin/sh\n").executable())
            .expect("free");
        tree.insert("a.py", "1").expect("free");
        let archive = tar_gz("x-1.0", &tree);
        assert_eq!(archive, tar_gz("x-1.0", &tree));
        let mut reader = tar::Archive::new(flate2::read::GzDecoder::new(archive.as_slice()));
        let found: Vec<_> = reader
            .entries()
            .expect("readable")
            .map(|entry| {
                let entry = entry.expect("readable");
                (
                    entry.path().expect("text").display().to_string(),
                    entry.header().mode().expect("a mode"),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("x-1.0/a.py".to_owned(), 0o644),
                ("x-1.0/bin/run".to_owned(), 0o755)
            ]
        );
    }
}
