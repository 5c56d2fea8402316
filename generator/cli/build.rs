//! Embeds the explanations of codes, `codes/*.md`, into the binary: one table of code and text, sorted.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("codes");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the explanations are there")
        .map(|entry| entry.expect("they can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let mut table = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let code = file.file_stem().expect("a file has a name");
        let (code, path) = (code.to_string_lossy(), file.display().to_string());
        writeln!(table, "    ({code:?}, include_str!({path:?})),").expect("a string grows");
    }
    table.push_str("];\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("codes.rs");
    fs::write(out, table).expect("the build folder is writable");
}
