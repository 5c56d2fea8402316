//! Embeds `templates/` into the binary: one table of path and bytes, sorted, tests left out.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../templates");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut table = String::from("pub(crate) static EMBEDDED: &[(&str, &[u8])] = &[\n");
    let shipped = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let ours = entry.depth() == 2 && matches!(name.as_ref(), "tests" | "README.md");
        let scratch =
            name.starts_with('.') || matches!(name.as_ref(), "__pycache__" | "node_modules");
        !ours && !scratch
    };
    for entry in walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(shipped)
    {
        let entry = entry.expect("templates are readable");
        println!("cargo:rerun-if-changed={}", entry.path().display());
        if entry.file_type().is_file() {
            let name = entry
                .path()
                .strip_prefix(&root)
                .expect("inside templates")
                .to_string_lossy()
                .replace('\\', "/");
            let path = entry.path().canonicalize().expect("the file exists");
            writeln!(
                table,
                "    ({name:?}, include_bytes!({:?})),",
                path.display().to_string()
            )
            .expect("a string grows");
        }
    }
    table.push_str("];\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    fs::write(out, table).expect("the build folder is writable");
}
