//! What one load reads.

use crate::document::{Document, unreadable};
use crate::{lower, overlay};
use portolan_model::Api;
use portolan_source::{Diagnostics, Node, Reported, Sources, Span};
use std::path::{Path, PathBuf};

/// A document, and what belongs to it.
///
/// ```
/// use portolan_openapi::Input;
///
/// let input = Input { root: Some("specs".as_ref()), ..Input::new("specs/books/openapi.yaml".as_ref()) };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input<'a> {
    /// The document.
    pub path: &'a Path,
    /// The folder that its references to files may not leave; none is the document's own.
    pub root: Option<&'a Path>,
    /// Files whose changes are laid over the document before all else, in this order.
    pub overlays: &'a [PathBuf],
}

impl<'a> Input<'a> {
    /// A document whose files lie in its own folder.
    #[must_use]
    pub fn new(path: &'a Path) -> Input<'a> {
        Input {
            path,
            root: None,
            overlays: &[],
        }
    }

    /// The folder that references may not leave.
    #[must_use]
    pub fn root(&self) -> &'a Path {
        self.root.or(self.path.parent()).unwrap_or(Path::new(""))
    }

    /// Reads the document and everything that it refers to.
    ///
    /// All mistakes are recorded, in the order of their places. The API is returned when none of them is an error.
    ///
    /// # Errors
    /// When an error was recorded.
    pub fn load(
        &self,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Api, Reported> {
        let mut found = Diagnostics::new();
        let result = Document::read(self, sources, &mut found).map(|document| {
            let api = lower::lower(&document, &id_of(self.path), &mut found);
            // A million nodes take as long to free as a tenth of all the rest, and nobody waits for it.
            rayon::spawn(move || drop(document));
            api
        });
        found.sort();
        let proof = found.ok();
        diagnostics.append(found);
        proof?;
        result
    }

    /// The document itself, as it was read, with the overlays laid over it; nothing is followed or repaired.
    ///
    /// # Errors
    /// When the file cannot be opened or has a syntax error.
    pub fn read(
        &self,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Node, Reported> {
        let mut node = read_node(self.path, sources, diagnostics)?;
        overlay::run(self, &mut node, sources, diagnostics);
        Ok(node)
    }
}

/// The tree of one file, as it was read: the stage `node` of `portolan inspect`.
///
/// # Errors
/// When the file cannot be opened or has a syntax error.
pub fn read_node(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let source = sources
        .open(path)
        .map_err(|error| diagnostics.report(unreadable(&error, Span::default())))?;
    portolan_source::read(sources, source, diagnostics)
}

/// A short name for the API: that of the file, or of its folder when the file is called `openapi`.
fn id_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    let name = match (stem.as_ref(), folder) {
        ("openapi" | "swagger" | "api" | "spec" | "index" | "main", Some(folder)) => folder,
        _ => stem.into_owned(),
    };
    let mut id = String::new();
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            id.push(character.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() {
        "api".to_owned()
    } else {
        id.to_owned()
    }
}
