//! Where the binary under test lies.

use std::path::{Path, PathBuf};

/// The root of the workspace.
///
/// # Panics
/// When tests/ does not lie in a workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the workspace")
        .to_path_buf()
}

/// The binary `portolan`: the one that `PORTOLAN` names, else the one built beside this test.
///
/// # Panics
/// When it was not built.
#[must_use]
pub fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("PORTOLAN") {
        return named.into();
    }
    let test = std::env::current_exe().expect("a test knows its own path");
    let profile = test
        .ancestors()
        .find(|folder| folder.join("deps").is_dir())
        .expect("a test lies in target/PROFILE/deps");
    let binary = profile.join(format!("portolan{}", std::env::consts::EXE_SUFFIX));
    assert!(
        binary.is_file(),
        "`{}` is missing; build it first: cargo build -p portolan-cli (tests/run does)",
        binary.display()
    );
    binary
}
