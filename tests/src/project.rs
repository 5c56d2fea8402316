//! A folder of its own for each test, and the binary run inside it.

use crate::{Run, Running, Tree, binary, workspace};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A temporary folder that the binary is run in.
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
}

impl Default for Project {
    fn default() -> Project {
        Project::new()
    }
}

impl Project {
    /// An empty folder.
    ///
    /// # Panics
    /// When the machine has no room for it.
    #[must_use]
    pub fn new() -> Project {
        let folder = tempfile::Builder::new()
            .prefix("portolan-test-")
            .tempdir()
            .expect("a temporary folder");
        Project { folder }
    }

    /// The small project that `portolan init` makes.
    #[must_use]
    pub fn started() -> Project {
        let project = Project::new();
        project.run(["init"]).succeeds();
        project
    }

    /// The folder with one more file.
    #[must_use]
    pub fn with(self, path: &str, text: impl AsRef<[u8]>) -> Project {
        self.write(path, text);
        self
    }

    /// The folder with a copy of a file or folder of the workspace, at the same path.
    ///
    /// # Panics
    /// When it cannot be copied.
    #[must_use]
    pub fn with_copy_of(self, path: &str) -> Project {
        let from = workspace().join(path);
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.expect("a readable folder of the workspace");
            if entry.file_type().is_file() {
                let relative = entry
                    .path()
                    .strip_prefix(workspace())
                    .expect("it lies in the workspace");
                let to = self.path(relative);
                std::fs::create_dir_all(to.parent().expect("it lies in a folder")).expect("made");
                std::fs::copy(entry.path(), to).expect("copied");
            }
        }
        self
    }

    /// Writes a file, over the one that is there.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.path(path);
        std::fs::create_dir_all(place.parent().expect("it lies in the folder"))
            .expect("a folder for the file");
        std::fs::write(place, text).expect("the file is written");
    }

    /// The text of a file.
    ///
    /// # Panics
    /// When it is not there or not text.
    #[must_use]
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A path inside the folder.
    #[must_use]
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// All files below a path of the folder.
    #[must_use]
    pub fn tree(&self, relative: &str) -> Tree {
        Tree::read(&self.path(relative))
    }

    /// The binary with these arguments, in this folder, in an environment that says nothing.
    #[must_use]
    pub fn command(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the binary to its end.
    pub fn run(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        Run::of(&mut self.command(arguments), self.folder.path())
    }

    /// Starts a server and waits until it says where it listens.
    pub fn start(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Running {
        Running::start(self.command(arguments))
    }
}
