//! A tree as one file to download, the same bytes on every run.

use crate::{FileTree, TreePath};
use flate2::{Compression, GzBuilder};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

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
        let path = below(top, path);
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

/// A zip file of `tree` below the folder `top`; what is executable stays so where there is such a thing.
///
/// # Panics
/// Never for a tree whose paths were checked: writing to memory does not fail.
#[must_use]
pub fn zip(top: &str, tree: &FileTree) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // Without a date: the format's first day, 1980-01-01.
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(zip::DateTime::default());
    for (path, file) in tree.iter() {
        let mode = if file.executable { 0o755 } else { 0o644 };
        archive
            .start_file(below(top, path).as_str(), options.unix_permissions(mode))
            .and_then(|()| Ok(archive.write_all(file.bytes.as_slice())?))
            .expect("memory takes all");
    }
    archive.finish().expect("memory takes all").into_inner()
}

fn below(top: &str, path: &TreePath) -> TreePath {
    TreePath::new(format!("{top}/{path}"))
        .expect("the top folder is a checked name and the path is short")
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

    #[test]
    fn a_zip_file_holds_the_same_and_what_may_be_run() {
        let mut tree = FileTree::new();
        tree.insert("bin/run", File::from("#!/bin/sh\n").executable())
            .expect("free");
        tree.insert("größe.py", "1").expect("free");
        let archive = super::zip("x-1.0", &tree);
        assert_eq!(archive, super::zip("x-1.0", &tree));
        let mut reader = ::zip::ZipArchive::new(Cursor::new(archive)).expect("readable");
        let found: Vec<_> = (0..reader.len())
            .map(|index| {
                let mut entry = reader.by_index(index).expect("an entry");
                let mut text = String::new();
                std::io::Read::read_to_string(&mut entry, &mut text).expect("text");
                let name = entry.name().expect("a name").to_string();
                (name, entry.unix_mode().expect("a mode"), text)
            })
            .collect();
        assert_eq!(
            found,
            [
                (
                    "x-1.0/bin/run".to_owned(),
                    0o100_755,
                    "#!/bin/sh\n".to_owned()
                ),
                ("x-1.0/größe.py".to_owned(), 0o100_644, "1".to_owned())
            ]
        );
    }
}
