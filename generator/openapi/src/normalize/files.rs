//! References -> files, under the document's folder only, each opened once.

use super::reference::{Found, Miss};
use super::swagger::Swagger;
use crate::document::{Document, File, Version, unreadable};
use crate::grammar::{Holds, Kind};
use crate::resolve::identifiers::{self, Identifiers};
use crate::resolve::locate::Tokens;
use crate::resolve::lookup::Lookup;
use portolan_source::{
    Diagnostic, Diagnostics, Node, OpenError, Reported, Source, SourceId, Sources, Span, Value,
    read,
};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// How many files one document may consist of.
const MAX_FILES: usize = 20_000;

/// How many names of a folder are looked at to find the one that was meant.
const MAX_NAMES: usize = 1_000;

/// How many values may be put where references stood.
const MAX_COPIED: usize = 200_000;

/// Opens files and remembers where each reference leads.
pub(crate) struct Loader<'a> {
    pub(crate) document: &'a mut Document,
    root: PathBuf,
    by_source: HashMap<SourceId, usize>,
    /// What each file calls its parts, once somebody asked; `None` for a file without such words.
    pub(super) identifiers: Vec<Option<Identifiers>>,
    /// Addresses of those: the file, and the schema (by its place among its resources).
    pub(super) addresses: HashMap<Box<str>, (usize, Option<usize>)>,
    /// Parts that were walked, or are walked with the whole.
    pub(super) walked: HashSet<(usize, Tokens, Kind)>,
    /// Files that could not be read, so that each is reported once.
    broken: HashSet<PathBuf>,
    /// The names of the files in folders where one was not found.
    folders: HashMap<PathBuf, Vec<String>>,
    pub(super) unresolved: HashSet<(SourceId, Box<str>)>,
    /// References to addresses that a file which is not loaded yet may have as its `$self`.
    pub(super) waiting: Vec<Found>,
    /// How many values may still be put where references stood.
    pub(super) budget: usize,
    /// What is known of 2.0.
    pub(super) swagger: Swagger,
    pub(super) lookup: Lookup,
    /// Whether there is a `$dynamicRef`.
    pub(super) dynamic: bool,
    /// Every reference that was asked for, when somebody wants to know.
    pub(super) recorded: Option<Vec<Found>>,
    /// Whether all files are there: what still waits then is refused.
    pub(crate) complete: bool,
}

impl<'a> Loader<'a> {
    pub(crate) fn new(document: &'a mut Document, root: &Path) -> Loader<'a> {
        let version = document.version;
        let files = document.files.iter().enumerate();
        let by_source = files.map(|(index, file)| (file.source, index)).collect();
        Loader {
            document,
            root: root.to_path_buf(),
            by_source,
            identifiers: Vec::new(),
            addresses: HashMap::new(),
            walked: HashSet::new(),
            broken: HashSet::new(),
            folders: HashMap::new(),
            unresolved: HashSet::new(),
            waiting: Vec::new(),
            budget: MAX_COPIED,
            swagger: Swagger::new(version == Version::V2_0),
            lookup: Lookup::default(),
            recorded: None,
            dynamic: false,
            complete: false,
        }
    }

    /// The file that a place belongs to: what an overlay adds is read as if it stood in the document.
    pub(crate) fn file_of(&self, source: SourceId) -> usize {
        if self.document.overlays.contains(&source) {
            0
        } else {
            self.by_source[&source]
        }
    }

    pub(super) fn open(
        &mut self,
        path: &Path,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, Miss> {
        if self.document.files.len() >= MAX_FILES {
            diagnostics.push(
                Diagnostic::error(
                    "too-many-files",
                    format!("the document refers to more than {MAX_FILES} files"),
                )
                .at(found.span),
            );
            return Err(Miss::Reported);
        }
        let source = match sources.open_within(&self.root, path) {
            Ok(source) => source,
            // It may be the name that a file has by its `$self`.
            Err(error) if is_not_there(&error) && !self.complete && found.place.is_none() => {
                return Err(Miss::Waiting);
            }
            Err(error) => {
                let diagnostic = match &error {
                    OpenError::Outside { .. } => Diagnostic::error(
                        "reference-outside-root",
                        format!("`{}` leads out of the document's folder", found.text),
                    )
                    .at(found.span)
                    .help("a document may only refer to files in its own folder or below"),
                    OpenError::Sealed { .. } => Diagnostic::error(
                        "reference-outside-root",
                        format!("`{}` leads to another file", found.text),
                    )
                    .at(found.span)
                    .help(
                        "a document that is sent stands for itself; `portolan bundle` makes one file of several",
                    ),
                    error if is_not_there(error) => {
                        Diagnostic::error(
                            "unresolved-reference",
                            format!("there is no file `{}`", path.display()),
                        )
                        .at(found.span)
                        .help(
                            if let Some(near) = self.nearby(path, diagnostics) {
                                format!("did you mean `{near}`? it is in the same folder")
                            } else if found.text.contains(['/', '.', '#']) {
                                "the path is relative to the file that holds the reference"
                                    .to_owned()
                            } else {
                                format!(
                                    "a component is written `#/components/schemas/{}`",
                                    found.text
                                )
                            },
                        )
                    }
                    _ => unreadable(&error, found.span),
                };
                diagnostics.push(diagnostic);
                return Err(Miss::Reported);
            }
        };
        if let Some(file) = self.by_source.get(&source) {
            return Ok(*file);
        }
        let path = sources
            .get(source)
            .expect("the file was just opened")
            .path()
            .to_path_buf();
        if self.broken.contains(&path) {
            return Err(Miss::Reported);
        }
        let node = match found.place {
            Some((_, Holds::Text)) if is_text(&path) => text(sources, source),
            _ => read(sources, source, diagnostics),
        };
        let Ok(node) = node else {
            self.broken.insert(path);
            return Err(Miss::Reported);
        };
        let file = self.document.files.len();
        self.document.files.push(File { source, path, node });
        self.by_source.insert(source, file);
        Ok(file)
    }

    /// The file in the folder of `path` whose name is nearest; of folders under the root only.
    fn nearby(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
        let folder = path.parent()?.to_path_buf();
        let root = &self.root;
        let listing = self.folders.entry(folder);
        let names = listing.or_insert_with_key(|folder| file_names(folder, root));
        let word = path.file_name()?.to_str()?;
        diagnostics
            .nearest(word, names.iter().map(String::as_str))
            .map(str::to_owned)
    }

    /// The way through a file as it is now to what stood at `tokens` when it was read. While files are read, targets keep
    /// the author's way: a part of 2.0 moves when it is walked.
    pub(super) fn now(&self, file: usize, tokens: &[Box<str>]) -> Tokens {
        if self.swagger.is_active() {
            let root = &self.document.files[file].node;
            self.swagger.translate(root, tokens)
        } else {
            tokens.to_vec()
        }
    }

    /// Gives all targets their way through the files as they are now, when nothing moves any more.
    pub(super) fn settle(&mut self) {
        let Loader {
            document, swagger, ..
        } = self;
        if !swagger.is_active() {
            return;
        }
        let targets = document.references.values_mut();
        for target in targets.chain(document.placed.values_mut()) {
            let root = &document.files[target.file].node;
            target.tokens = swagger.translate(root, &target.tokens);
        }
    }

    /// Learns the names in files that were opened since the last time.
    pub(super) fn index(&mut self, sources: &Sources) {
        for (number, file) in self
            .document
            .files
            .iter()
            .enumerate()
            .skip(self.identifiers.len())
        {
            let text = sources.get(file.source).map(Source::text);
            let found = text
                .filter(|text| identifiers::mentioned(text))
                .map(|_| Identifiers::of(&file.node));
            if let Some(found) = &found {
                for (index, resource) in found.resources.iter().enumerate() {
                    let entry = self.addresses.entry(resource.id.clone());
                    entry.or_insert((number, Some(index)));
                }
                if let Some(own) = &found.own {
                    self.addresses.entry(own.clone()).or_insert((number, None));
                }
            }
            self.identifiers.push(found);
        }
    }

    /// What a file calls its parts; `None` when it has no such words.
    pub(super) fn names(&mut self, file: usize, sources: &Sources) -> Option<&Identifiers> {
        self.index(sources);
        self.identifiers[file].as_ref()
    }

    /// The schema with an `$id` that the place lies in.
    pub(super) fn resource(&self, file: usize, tokens: &[Box<str>]) -> Option<Span> {
        let identifiers = self.identifiers.get(file)?.as_ref()?;
        let mut around = identifiers.resources.iter().filter(|resource| {
            resource.tokens.len() < tokens.len() && tokens.starts_with(&resource.tokens)
        });
        around.next_back().map(|resource| resource.span)
    }
}

/// Whether a file that stands for a text is that text itself: words, or a program.
fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|it| !matches!(it, "yaml" | "yml" | "json" | "toml"))
}

/// A file as one text.
fn text(sources: &Sources, source: SourceId) -> Result<Node, Reported> {
    let text = &**sources
        .get(source)
        .expect("the file was just opened")
        .text();
    Ok(Node {
        // No file is larger than a span can say.
        span: Span::new(source, 0, u32::try_from(text.len()).unwrap_or(u32::MAX)),
        value: Value::String(text.into()),
    })
}

/// Whether there is no such file: it may be a name that a file gives itself.
fn is_not_there(error: &OpenError) -> bool {
    match error {
        OpenError::Io { source, .. } => source.kind() == std::io::ErrorKind::NotFound,
        OpenError::Sealed { .. } => true,
        _ => false,
    }
}

/// The names of the files in a folder, in order; none when links lead out of the root.
fn file_names(folder: &Path, root: &Path) -> Vec<String> {
    let canonical = |path: &Path| match path.as_os_str().is_empty() {
        true => Path::new(".").canonicalize(),
        false => path.canonicalize(),
    };
    let (Ok(inside), Ok(root)) = (canonical(folder), canonical(root)) else {
        return Vec::new();
    };
    if !inside.starts_with(root) {
        return Vec::new();
    }
    let entries = std::fs::read_dir(inside).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .take(MAX_NAMES)
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}
