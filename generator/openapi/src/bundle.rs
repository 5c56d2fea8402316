//! A document of many files -> the same document in one.
//!
//! 1. The document is read as for any other use, so that every reference in it is found and its mistakes are said. Then
//!    all files are read once more, and stay as their authors wrote them: nothing is repaired or converted.
//! 2. [`places`] decides where each part of another file will stand: where the document itself refers to it from a
//!    section of components, else under a name of its own in the section for its kind; what has no section (a path item,
//!    an operation, a whole map) stands in the place of the reference.
//! 3. [`copy`] writes the document down again, with references that lead to those places.

mod copy;
mod places;

use crate::document::{Document, File, Version};
use crate::grammar::Kind;
use crate::input::Input;
use crate::normalize::{self, files::Loader, reference::Found};
use crate::resolve::locate::{self, Tokens};
use portolan_source::{Diagnostics, Node, Reported, Severity, Sources, Span, read};
use std::collections::HashMap;

/// How many levels a bundle may have.
const MAX_DEPTH: usize = 1024;

/// Reads a document and puts everything that it refers to into one tree, as its authors wrote it.
///
/// Only what is wrong with references is said, and errors.
///
/// # Errors
/// When an error was recorded: what has no meaning is not written down anew.
pub fn bundle(
    input: &Input<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let mut found = Diagnostics::new();
    let result = parts(input, sources, &mut found).map(|parts| copy::run(&parts, &mut found));
    found.sort();
    let proof = found.ok();
    for diagnostic in &found {
        let matters = ["reference", "mapping"]
            .iter()
            .any(|word| diagnostic.code.contains(word));
        if matters || diagnostic.severity == Severity::Error {
            diagnostics.push(diagnostic.clone());
        }
    }
    proof?;
    result
}

/// A place in a file.
type Location = (usize, Tokens);

/// All files as they were written, and where their references lead.
struct Parts {
    version: Version,
    files: Vec<File>,
    /// By the place of the reference's text.
    references: HashMap<Span, Reference>,
}

/// A reference and where it leads.
struct Reference {
    found: Found,
    /// The file that it stands in.
    from: usize,
    to: Location,
}

impl Parts {
    fn node(&self, location: &Location) -> Option<&Node> {
        locate::node(&self.files[location.0].node, &location.1)
    }

    /// The reference that stands at a node: an object with a `$ref`, or a text of a mapping.
    fn reference(&self, node: &Node) -> Option<&Reference> {
        match node.as_str() {
            Some(_) => self
                .references
                .get(&node.span)
                .filter(|reference| reference.found.mapping),
            None => self
                .references
                .get(&node.get("$ref")?.span)
                .filter(|reference| !reference.found.mapping),
        }
    }

    /// Where objects of a kind have names: the way to the section.
    fn section(&self, kind: Kind) -> Option<Tokens> {
        let way: &[&str] = match (self.version, kind) {
            (Version::V2_0, Kind::Schema) => &["definitions"],
            (Version::V2_0, Kind::Parameter | Kind::RequestBody) => &["parameters"],
            (Version::V2_0, Kind::Response) => &["responses"],
            (Version::V2_0, Kind::SecurityScheme) => &["securityDefinitions"],
            // Operations and the parameters that they share are read where their path is.
            (Version::V2_0, _) | (_, Kind::PathItem) => return None,
            (Version::V3_0 | Version::V3_1, Kind::MediaType) => return None,
            (_, kind) => &["components", kind.section()?],
        };
        Some(way.iter().map(|token| Box::from(*token)).collect())
    }

    /// The section for what a reference leads to; none when that has to stand in its place.
    fn section_of(&self, reference: &Reference) -> Option<Tokens> {
        match reference.found.place {
            Some(_) => None,
            None => self.section(reference.found.kind),
        }
    }
}

fn parts(
    input: &Input<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Parts, Reported> {
    let mut document = Document::open(input, sources, diagnostics)?;
    let mut root = Some(document.root().clone());
    let recorded = normalize::run_recording(&mut document, input.root(), sources, diagnostics);
    diagnostics.ok()?;
    let version = document.version;
    // What is wrong was said the first time.
    let mut again = Diagnostics::new();
    let mut files: Vec<File> = Vec::new();
    for file in document.files {
        // Copies of templates are no files of their own.
        if files.iter().any(|known| known.source == file.source) {
            continue;
        }
        // The document itself has its overlays laid over it.
        let node = match root.take() {
            Some(root) => root,
            // A file that is one text needs no reading.
            None if file.node.as_str().is_some() => file.node,
            None => read(sources, file.source, &mut again)?,
        };
        files.push(File { node, ..file });
    }
    let mut document = Document {
        version_text: document.version_text,
        // As written: pointers lead through the files as they are.
        version: Version::V3_0,
        files,
        overlays: document.overlays,
        references: HashMap::new(),
        placed: HashMap::new(),
    };
    let mut loader = Loader::new(&mut document, input.root());
    loader.complete = true;
    let mut references = HashMap::new();
    for found in recorded {
        if references.contains_key(&found.span) {
            continue;
        }
        let from = loader.file_of(found.span.source);
        if let Some(to) = loader.locate(&found, sources, &mut again) {
            references.insert(found.span, Reference { found, from, to });
        }
    }
    Ok(Parts {
        version,
        files: document.files,
        references,
    })
}
