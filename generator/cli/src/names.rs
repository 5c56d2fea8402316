//! The names file on disk: read before anything is named, written when all went well.

use crate::console::Console;
use anyhow::Context;
use portolan_emit::File;
use portolan_model::Api;
use portolan_source::{Diagnostics, Reported, Sources};
use portolan_targets::names::{Kept, NamesFile};
use std::path::{Path, PathBuf};

/// What it is called, beside portolan.toml or in the folder of `generate`.
pub(crate) const FILE: &str = "portolan.names.toml";

/// The names file of a project, or of one output.
#[derive(Debug)]
pub(crate) struct Names {
    path: PathBuf,
    file: NamesFile,
    text: Option<String>,
}

impl Names {
    /// Reads the file; one that is not there yet is empty.
    ///
    /// # Errors
    /// When it is there and cannot be opened. What is wrong inside it is in `diagnostics`.
    pub(crate) fn open(
        path: PathBuf,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> anyhow::Result<Result<Names, Reported>> {
        let is_there = std::fs::exists(&path)
            .with_context(|| format!("could not look for `{}`", path.display()))?;
        if !is_there {
            return Ok(Ok(Names {
                path,
                file: NamesFile::default(),
                text: None,
            }));
        }
        let id = sources.open(&path)?;
        Ok(
            portolan_source::read(sources, id, diagnostics).map(|node| Names {
                file: NamesFile::read(&node, diagnostics),
                text: Some(sources.text(id).to_string()),
                path,
            }),
        )
    }

    /// What the packages of an API were called.
    pub(crate) fn kept(&self, id: &str, api: &Api) -> Kept {
        self.file.kept(id, api)
    }

    /// Takes up what they are called now.
    pub(crate) fn update(&mut self, api: &str, kept: &Kept, targets: &[&str]) {
        self.file.update(api, kept, targets);
    }

    /// Forgets APIs that a project does not have any more.
    pub(crate) fn retain(&mut self, apis: &[&str]) {
        self.file.retain(apis);
    }

    /// Writes the file where it says something new.
    ///
    /// # Errors
    /// When the machine refuses.
    pub(crate) fn write(&self, console: &Console) -> anyhow::Result<()> {
        let text = self.file.text();
        if self.text.as_ref() == Some(&text) {
            return Ok(());
        }
        portolan_emit::write_file(&self.path, &File::from(text.into_bytes()))?;
        console.say(format!(
            "names are in {}; commit it, and they stay",
            self.path.display()
        ));
        Ok(())
    }
}

/// The names of one document: those of the file that the user names, else of the one in the folder of its packages, which
/// tells of no other document.
pub(crate) struct Beside {
    names: Names,
    is_own: bool,
}

impl Beside {
    /// As [`Names::open`].
    pub(crate) fn open(
        out: &Path,
        said: Option<&PathBuf>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> anyhow::Result<Result<Beside, Reported>> {
        let path = said.cloned().unwrap_or_else(|| out.join(FILE));
        let is_own = said.is_none();
        let names = Names::open(path, sources, diagnostics)?;
        Ok(names.map(|names| Beside { names, is_own }))
    }

    /// The names of the document's API, whose id is in `api`.
    pub(crate) fn of(mut self, api: &str) -> Names {
        if self.is_own {
            self.names.file.adopt(api);
        }
        self.names
    }
}
